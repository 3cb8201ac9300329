// Brings in what others do: a stream of events, and asking now and then when there is no stream.

const ASK = 2500; // ms between questions without a stream
const STREAM_AGAIN = 30000; // ms before a stream is tried again

/** `told` holds functions: news(news), state(isLive), signedOut(). Starts after event `sequence`. */
export function createLive(base, sequence, told) {
  let last = sequence;
  let source = null;
  let timer = 0;
  let retry = 0;

  function take(news) {
    if (news.sequence <= last) return; // known already: nothing comes twice
    last = news.sequence;
    told.news(news);
  }

  function stream() {
    clearTimeout(timer);
    clearTimeout(retry);
    source?.close();
    source = new EventSource(`${base}/stroom?na=${last}`);
    source.addEventListener("open", () => told.state(true));
    source.addEventListener("message", (event) => take(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return told.state(navigator.onLine);
      ask();
      retry = setTimeout(stream, STREAM_AGAIN);
    });
  }

  async function ask() {
    clearTimeout(timer);
    try {
      const response = await fetch(`${base}/nieuws?na=${last}`, { headers: { "X-Requested-With": "fetch" } });
      if (response.status === 401 || response.status === 404) return told.signedOut(response.status);
      if (!response.ok) throw new Error(String(response.status));
      const news = await response.json();
      told.state(true);
      take(news);
      if (news.more) return ask();
    } catch {
      told.state(false);
    }
    timer = setTimeout(ask, ASK);
  }

  window.addEventListener("offline", () => told.state(false));
  window.addEventListener("online", stream);
  stream();
  return { get sequence() { return last; } };
}
