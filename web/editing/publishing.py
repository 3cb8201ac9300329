"""Publish the draft: learn it in full, prove it, and make it the version to answer from.

Learning takes a minute or more for a large FAQ, so it is done in a process of its own
(`web.editing.worker`), and the page tells how far it is. A draft that makes answers worse waits
for a reason; the reason is kept with the version. Going back to a version whose model is at hand
takes no learning.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

from assistant import Assistant
from web.db import DatabaseUnavailable
from web.editing.drafts import Draft, draft, mark_published
from web.editing.errors import EditingError
from web.editing.fitting import is_fitted, keep_fitted, model_of
from web.editing.jobs import (
    BLOCKED,
    FAILED,
    LEARNING,
    PROVING,
    PUBLISHED,
    WAITING,
    Job,
    Wanted,
    add_job,
    get_job,
    note_progress,
)
from web.editing.proof import Proof, new_entries, prove, questions_for, side_of
from web.editing.shelf import Shelf
from web.editing.versions import (
    PUBLISH,
    ROLL_BACK,
    Announcement,
    announce,
    current,
    keep_corpus,
    load_version,
    publication,
)
from web.queue.cards import Actor
from web.queue.texts import cut

MAX_NOTE: Final = 300
NO_REASON: Final = "Schrijf op waarom je deze versie toch publiceert."
OVERTAKEN: Final = "Er is intussen een andere versie gepubliceerd. Bekijk het concept opnieuw."
BEAT_SECONDS: Final = 5.0


def publish(shelf: Shelf, actor: Actor, note: str = "", reason: str = "") -> int:
    """Ask for the draft to be published; give the number of the run, to be launched.

    `reason` says why it is published even if it makes answers worse; without one it then waits.
    """
    now = draft(shelf)
    if now.is_empty:
        raise EditingError("Er zijn geen wijzigingen om te publiceren.")
    return _add(shelf, actor, now, note, reason)


def _add(shelf: Shelf, actor: Actor, now: Draft, note: str, reason: str) -> int:
    with shelf.database.writing() as session:
        at = shelf.database.now()
        keep_corpus(session, now.base, at)
        wanted = Wanted(
            PUBLISH,
            now.base.version,
            keep_corpus(session, now.corpus, at),
            actor,
            [proposed.id for proposed in now.fitting],
            cut(note.strip(), MAX_NOTE),
            cut(reason.strip(), MAX_NOTE),
        )
        return add_job(session, shelf, wanted)


def overrule(shelf: Shelf, actor: Actor, job_id: int, reason: str) -> int:
    """Publish what was proved and held back, with a reason that is kept; give its number."""
    job = get_job(shelf, job_id)
    reason = cut(reason.strip(), MAX_NOTE)
    if job.state != BLOCKED:
        raise EditingError("Deze versie wacht niet op een reden.")
    if not reason:
        raise EditingError(NO_REASON)
    return _announce(shelf, job, actor, reason, job.proof)


@dataclass(frozen=True, slots=True)
class RolledBack:
    """Hold the number of the new publication, or of the run that learns the version first."""

    number: int = 0
    job_id: int = 0


def roll_back(shelf: Shelf, actor: Actor, number: int, note: str = "") -> RolledBack:
    """Make an earlier version the current one again.

    That is done at once when its model is at hand; else a run has been added, to be launched.
    """
    wanted = publication(shelf, number)
    if current(shelf).version == wanted.version:
        raise EditingError("Dit is de versie die deelnemers nu al zien.")
    load_version(shelf, wanted.version)  # a damaged one is not gone back to
    said = cut(note.strip(), MAX_NOTE) or f"Terug naar versie {number}"
    at_hand = wanted.version == shelf.start.version or is_fitted(shelf.database, wanted.version)
    with shelf.database.writing() as session:
        now = shelf.database.now()
        if at_hand:
            announcement = Announcement(wanted.version, ROLL_BACK, actor, said)
            return RolledBack(number=announce(session, shelf, announcement, now))
        job = Wanted(ROLL_BACK, current(shelf).version, wanted.version, actor, note=said)
        return RolledBack(job_id=add_job(session, shelf, job))


def run_job(shelf: Shelf, job_id: int) -> None:
    """Do one run, start to end; what goes wrong is told by the run itself."""
    job = get_job(shelf, job_id)
    if job.state != WAITING:
        return
    try:
        with _beating(shelf, job_id):
            _run(shelf, job)
    except EditingError as error:
        _end(shelf, job_id, state=FAILED, problem=str(error))
    except Exception:
        _end(shelf, job_id, state=FAILED, problem="Er ging iets mis. Begin opnieuw.")
        raise


def _run(shelf: Shelf, job: Job) -> None:
    corpus = load_version(shelf, job.version)
    count = sum(1 for _ in corpus.labelled_phrasings()) + len(corpus.training)
    note_progress(shelf, job.id, state=LEARNING, step=f"Leert van {count} vragen")
    model = model_of(shelf.database, corpus)
    keep_fitted(shelf.database, corpus, model)
    if job.kind == ROLL_BACK:
        _announce(shelf, job, job.actor, "", None)
        return
    note_progress(shelf, job.id, state=PROVING, step="Stelt alle testvragen")
    proof = exact_proof(shelf, job, Assistant(corpus, model))
    if proof.blocks and not job.reason:
        _end(shelf, job.id, state=BLOCKED, proof=proof.as_content())
        return
    _announce(shelf, job, job.actor, job.reason if proof.blocks else "", proof)


def exact_proof(shelf: Shelf, job: Job, after: Assistant) -> Proof:
    """Prove a version that was learnt in full against the one that it was made from."""
    started = time.perf_counter()
    base = load_version(shelf, job.base)
    before = Assistant(base, model_of(shelf.database, base))
    test = questions_for(shelf.folder, base)
    fresh = new_entries(base, after.corpus)
    sides = side_of(before, test), side_of(after, test, fresh)
    seconds = time.perf_counter() - started
    return prove(*sides, test.kind, is_exact=True, seconds=seconds)


def _announce(shelf: Shelf, job: Job, actor: Actor, reason: str, proof: Proof | None) -> int:
    """Make the version of a run the current one, unless another one was published meanwhile."""
    with shelf.database.writing() as session:
        now = shelf.database.now()
        if current(shelf).version != job.base:
            raise EditingError(OVERTAKEN)
        content = proof.as_content() if proof else None
        said = Announcement(job.version, job.kind, actor, job.note, reason, content)
        number = announce(session, shelf, said, now)
        mark_published(session, shelf, job.change_ids, number)
    _end(shelf, job.id, state=PUBLISHED, publication=number, proof=content, reason=reason)
    return number


def _end(shelf: Shelf, job_id: int, **fields: object) -> None:
    note_progress(shelf, job_id, ended_at=shelf.database.now(), step="", **fields)


@contextmanager
def _beating(shelf: Shelf, job_id: int) -> Iterator[None]:
    """Let it be known, now and then, that the run is alive."""
    stop = Event()

    def beat() -> None:
        while not stop.wait(BEAT_SECONDS):
            try:
                note_progress(shelf, job_id)
            except DatabaseUnavailable:
                continue

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
