"""Learn and publish, or make estimates ready, in a process of its own: `python -m` runs it.

The settings come from the environment, as for the server; whoever launches it sets the database
and the corpus there, so that both processes mean the same.
"""

import os
import subprocess
import sys
from threading import Thread
from typing import Final

from assistant import Assistant
from corpus import load_corpus
from web.config import PREFIX, Settings
from web.db import Database
from web.editing.fitting import model_of
from web.editing.publishing import run_job
from web.editing.quick import make_ready
from web.editing.shelf import Shelf, shelf_of
from web.editing.versions import current_corpus

READY: Final = "ready"
_launched: Final[dict[str, subprocess.Popen[bytes]]] = {}


def launch(settings: Settings, task: str) -> None:
    """Start a task in a process of its own, unless this process has started it already.

    A task is the number of a run, or READY. It goes on when the server stops.
    """
    running = _launched.get(task)
    if running is not None and running.poll() is None:
        return
    environment = {
        **os.environ,
        f"{PREFIX}CORPUS": str(settings.corpus),
        f"{PREFIX}DATABASE": settings.database_url,
        f"{PREFIX}DATA": str(settings.data),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    _launched[task] = process = subprocess.Popen(  # noqa: S603 (our own module, and a number)
        [sys.executable, "-m", "web.editing.worker", task],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    Thread(target=process.wait, daemon=True).start()  # so that it leaves no zombie


def main(task: str) -> int:
    """Do one task."""
    os.nice(5)  # attendees go first
    settings = Settings.from_environment()
    database = Database(settings.database_url)
    shelf = shelf_of(database, settings.corpus, load_corpus(settings.corpus))
    try:
        if task == READY:
            _make_ready(shelf)
        else:
            run_job(shelf, int(task))
            _make_ready(shelf)
    finally:
        database.close()
    return 0


def _make_ready(shelf: Shelf) -> None:
    corpus = current_corpus(shelf)
    make_ready(shelf, Assistant(corpus, model_of(shelf.database, corpus)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
