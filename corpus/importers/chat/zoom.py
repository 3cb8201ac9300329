"""Read chats that Zoom saved: on a computer (with From and to) or in the cloud (time, tab, name).

One grammar reads every variant: a stamped line starts a message; indented or bare lines below go on
with it. Whatever is not said to everyone is private.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from corpus.importers.chat.models import RawChat, RawMessage

_STAMP: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d )?(?P<clock>\d{1,2}:\d\d:\d\d)(?P<gap>[ \t]+)(?P<rest>.*)", re.DOTALL
)
_CLOUD: Final = re.compile(r"(?P<clock>\d{1,3}:\d\d:\d\d)\t(?P<name>[^\t]+?):\t(?P<text>.*)")
_PRIVATE: Final = re.compile(r"\S\([^()]*\)$")
"""`B(Privately)`, `B(Direct Message)` or the same in another language: never a space before it."""


class _Grammar(NamedTuple):
    """Hold the words around a message, and whether headers in this file name a recipient."""

    start: tuple[str, ...]
    to: tuple[str, ...]
    everyone: frozenset[str]
    is_addressed: bool = False


@dataclass(slots=True)
class _Open:
    """Hold the message that is being read."""

    message: RawMessage
    lines: list[str] = field(default_factory=list)

    def close(self) -> RawMessage:
        lines = [_unindented(line) for line in self.lines]
        while lines and not lines[-1].strip():
            lines.pop()
        while lines and not lines[0].strip():
            lines.pop(0)
        return replace(self.message, text="\n".join(lines))


@cache
def zoom_words(role: str) -> tuple[str, ...]:
    """Give the words of all languages for one role in zoom_locales.toml, longest first."""
    words = {word for locale in _tables() for word in locale[role]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _tables() -> list[dict[str, list[str]]]:
    text = files("corpus.importers.chat").joinpath("zoom_locales.toml").read_text("utf-8")
    locales: list[dict[str, list[str]]] = tomllib.loads(text)["locale"]
    return locales


def looks_like_zoom(text: str) -> bool:
    """Tell whether the text is a chat that Zoom saved with a sender word."""
    return _grammar_of(text) is not None


def looks_like_zoom_cloud(text: str) -> bool:
    """Tell whether the text is a chat of a cloud recording: time, tab, name, colon, tab."""
    lines = [line for line in text.split("\n") if line.strip()]
    hits = sum(_CLOUD.match(line) is not None for line in lines)
    return hits > 0 and _CLOUD.match(lines[0]) is not None


def read_zoom(text: str) -> RawChat:
    """Read a chat that was saved on a computer, in any of its forms."""
    grammar = _grammar_of(text) or _known_grammar()
    names = _plain_names(text, grammar)
    opened: _Open | None = None
    messages: list[RawMessage] = []
    orphans: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        started = _started(line, grammar, names)
        if started is not None:
            if opened is not None:
                messages.append(opened.close())
            opened = started
        elif opened is not None:
            opened.lines.append(line)
        elif line.strip():
            orphans.append(number)
    if opened is not None:
        messages.append(opened.close())
    return RawChat(tuple(messages), tuple(orphans))


def read_zoom_cloud(text: str) -> RawChat:
    """Read a chat of a cloud recording; its times count from the start."""
    opened: _Open | None = None
    messages: list[RawMessage] = []
    orphans: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = _CLOUD.match(line)
        if found:
            if opened is not None:
                messages.append(opened.close())
            message = RawMessage("", found["clock"], found["name"].strip())
            opened = _Open(message, [found["text"]])
        elif opened is not None:
            opened.lines.append(line)
        elif line.strip():
            orphans.append(number)
    if opened is not None:
        messages.append(opened.close())
    return RawChat(tuple(messages), tuple(orphans))


def _unindented(line: str) -> str:
    if line.startswith("\t"):
        return line[1:].rstrip()
    return (line[2:] if line.startswith("  ") else line).rstrip()


def _known_grammar() -> _Grammar:
    return _Grammar(zoom_words("from"), zoom_words("to"), frozenset(zoom_words("everyone")))


def _stamped(text: str) -> Iterator[str]:
    """Yield what follows the time on each stamped line that is not indented."""
    for line in text.split("\n"):
        found = _STAMP.match(line)
        if found and ":" in found["rest"]:
            yield found["rest"]


def _grammar_of(text: str) -> _Grammar | None:
    """Give the words of the file's own language, or None when it is no such chat."""
    rests = list(_stamped(text))
    grammar = _words_of(rests) if rests else None
    if grammar is None:
        return None
    public = sum(_has_public_recipient(rest, grammar) for rest in rests)
    return grammar._replace(is_addressed=public >= 0.3 * len(rests))


def _words_of(rests: list[str]) -> _Grammar | None:
    firsts = Counter(rest.split(" ", 1)[0] for rest in rests if " " in rest.strip())
    known = _known_grammar()
    if sum(firsts[word] for word in known.start) >= 0.5 * len(rests):
        return known
    word, count = firsts.most_common(1)[0] if firsts else ("", 0)
    if len(rests) < 5 or count < 0.8 * len(rests) or word.endswith(":"):
        return None
    # An unknown language: the last two words that most headers share are 'to everyone'.
    ends = Counter(
        tuple(rest.rstrip(" :").rsplit(" ", 2)[-2:])
        for rest in rests
        if rest.rstrip().endswith(":") and rest.count(" ") > 2
    )
    if not ends:
        return known._replace(start=(word,))
    (to, everyone), _ = ends.most_common(1)[0]
    return _Grammar((word,), (to, *known.to), known.everyone | {everyone})


def _has_public_recipient(rest: str, grammar: _Grammar) -> bool:
    heads = [rest.rstrip().removesuffix(":"), *_heads(rest)]
    return any(_recipient(head.rstrip(), grammar)[1] in grammar.everyone for head in heads)


def _started(line: str, grammar: _Grammar, names: frozenset[str]) -> _Open | None:
    """Give the message that this line starts, or None when it starts none."""
    found = _STAMP.match(line)
    if found is None:
        return None
    rest = found["rest"]
    word = next((w for w in grammar.start if rest.startswith((w + " ", w + "\t"))), None)
    if word is None or ":" not in rest:
        return None
    moment = found["clock"].rjust(8, "0")
    if found["day"]:
        moment = f"{found['day'].strip()}T{moment}"
    head, text = _head_and_text(rest[len(word) :].lstrip("\t"), grammar, names)
    name, is_private = _addressed(head, grammar)
    return _Open(RawMessage("", moment, name, is_private=is_private), [text] if text else [])


def _heads(rest: str) -> list[str]:
    """Give what stands before each ' : ', shortest first."""
    return [rest[: found.start()] for found in re.finditer(r"\s:(?=\s|$)", rest)]


def _head_and_text(rest: str, grammar: _Grammar, names: frozenset[str]) -> tuple[str, str]:
    """Part `NAME to RECIPIENT` from the text behind it, if that stands on the same line."""
    whole = rest.rstrip().removesuffix(":")
    heads = _heads(rest)
    _, recipient = _recipient(whole.rstrip(), grammar)
    if recipient in grammar.everyone or not heads:
        return whole, ""
    for head in heads:
        if _recipient(head.rstrip(), grammar)[1] is not None:
            return head, _behind(rest, head)
    # A name may hold ' : ' itself: the longest head that stands elsewhere on its own wins.
    known = [head for head in heads if head.strip() in names]
    head = known[-1] if known else heads[0]
    return head, _behind(rest, head)


def _behind(rest: str, head: str) -> str:
    return rest[len(head) :].lstrip().removeprefix(":").strip()


def _plain_names(text: str, grammar: _Grammar) -> frozenset[str]:
    """Give the names on lines that hold ' : ' only once: those are certain."""
    found = set()
    for rest in _stamped(text):
        word = next((w for w in grammar.start if rest.startswith(w + " ")), None)
        if word and rest.count(" : ") == 1:
            found.add(rest[len(word) :].partition(" : ")[0].strip())
    return frozenset(found)


def _recipient(head: str, grammar: _Grammar) -> tuple[str, str | None]:
    """Part a head into name and recipient; the recipient is None when there is none."""
    splits = [
        (head[: found.start()].strip(), head[found.end() :].strip(), found[0])
        for word in grammar.to
        for found in re.finditer(rf"(?<!\s)\s+{re.escape(word)}\s+", head)
    ]
    for name, recipient, _ in reversed(splits):
        if recipient in grammar.everyone:
            return name, recipient
    for name, recipient, gap in splits:
        # In a file whose headers name no recipient, ' to ' may be part of a name.
        if grammar.is_addressed or gap.startswith("  ") or _PRIVATE.search(recipient):
            return name, recipient
    return head.strip(), None


def _addressed(head: str, grammar: _Grammar) -> tuple[str, bool]:
    """Give the sender's name, and whether the message was for some people only."""
    name, recipient = _recipient(head, grammar)
    return name, recipient is not None and recipient not in grammar.everyone
