"""Publishing: proof, what holds it back, history, roll back, and workers that follow."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from storage_help import Clock

from assistant import Assistant
from corpus import Corpus, Gap
from web import create_app
from web.config import Settings
from web.db import Database
from web.editing import versions
from web.editing.changes import AddEntry, AddGap, AddPhrasing, Change, EditEntry, RemoveEntry
from web.editing.drafts import draft, propose
from web.editing.errors import EditingError, NoSuchVersion
from web.editing.fitting import fitted, is_fitted
from web.editing.following import get_follower
from web.editing.jobs import BLOCKED, FAILED, PUBLISHED, SILENT, get_job, last_job, note_progress
from web.editing.proof import Proof, proof_from
from web.editing.publishing import overrule, publish, roll_back, run_job
from web.editing.quick import estimate
from web.editing.rows import CorpusRow, FittedRow
from web.editing.shelf import Shelf, get_shelf
from web.editing.versions import current, history, load_version
from web.queue.cards import Actor

GAP = Gap("g90", "Hoe laat rijdt de bus?", "Kijk bij het busbedrijf.", ("bustijden", "de bus"))


@pytest.fixture
def app(
    database: Database, assistant: Assistant, corpus_folder: Path, tmp_path: Path
) -> Iterator[Flask]:
    """Give an application on the database of the test."""
    url = database.engine.url.render_as_string(hide_password=False)
    settings = Settings(corpus=corpus_folder, data=tmp_path, database=url)
    app = create_app(settings, assistant)
    yield app
    app.extensions["vraagwijzer.database"].close()


@pytest.fixture
def shelf(app: Flask, clock: Clock) -> Shelf:
    with app.app_context():
        found = get_shelf()
    found.database.now = clock
    return found


def answering(app: Flask) -> str:
    return str(app.test_client().get("/api/v1/health").json["corpus_version"])  # type: ignore[index]


def published(shelf: Shelf, actor: Actor, reason: str = "") -> int:
    job_id = publish(shelf, actor, "Buslijnen erbij", reason)
    run_job(shelf, job_id)
    job = get_job(shelf, job_id)
    assert job.state == PUBLISHED, job.problem
    assert job.publication is not None
    return job.publication


def test_a_draft_is_learnt_proved_and_published(app: Flask, shelf: Shelf, anna: Actor) -> None:
    propose(shelf, anna, [AddGap(GAP)])
    wanted = draft(shelf).corpus.version
    number = published(shelf, anna)
    now = current(shelf)
    assert (now.number, now.version, now.by, now.note) == (
        number,
        wanted,
        "Anna",
        "Buslijnen erbij",
    )
    assert draft(shelf).changes == ()
    assert is_fitted(shelf.database, wanted)
    found = proof_from(now.proof)
    assert found is not None
    assert found.is_exact
    assert found.questions > 0
    before = answering(app)
    assert get_follower(app).look()
    assert (before, answering(app)) == (shelf.start.version, wanted)
    assert not get_follower(app).look()
    reply = app.test_client().post("/api/v1/ask", json={"question": "hoe laat gaat de bus"}).json
    assert reply is not None
    assert reply["corpus_version"] == wanted


def test_what_makes_answers_worse_waits_for_a_reason(app: Flask, shelf: Shelf, anna: Actor) -> None:
    propose(shelf, anna, sabotage(shelf))
    job_id = publish(shelf, anna)
    run_job(shelf, job_id)
    job = get_job(shelf, job_id)
    assert job.state == BLOCKED
    assert job.proof is not None
    assert job.proof.blocks
    assert current(shelf).number == 0
    with pytest.raises(EditingError, match="waarom"):
        overrule(shelf, anna, job_id, "  ")
    number = overrule(shelf, anna, job_id, "Deze vragen horen hier bij elkaar.")
    assert current(shelf).reason == "Deze vragen horen hier bij elkaar."
    assert current(shelf).number == number
    with pytest.raises(EditingError, match="wacht niet"):
        overrule(shelf, anna, job_id, "Nog een keer.")


def sabotage(shelf: Shelf) -> list[Change]:
    """Give the wordings of some entries to others, so that test questions go astray."""
    first, second, third = shelf.start.entries[:3]
    swapped = (
        replace(first, phrasings=()),
        replace(second, phrasings=()),
        replace(third, phrasings=(*third.phrasings, *first.phrasings, *second.phrasings)),
    )
    pairs = zip((first, second, third), swapped, strict=True)
    return [EditEntry.between(old, new) for old, new in pairs]


def test_the_estimate_tells_beforehand(shelf: Shelf, anna: Actor, assistant: Assistant) -> None:
    propose(shelf, anna, sabotage(shelf))
    found = estimate(shelf, draft(shelf), assistant)
    assert not found.is_exact
    assert len(found.broken) > len(found.mended)
    assert found.blocks
    assert all(item.was != item.becomes for item in found.broken)
    assert estimate(shelf, draft(shelf), assistant) is found  # not worked out twice


def test_proofs_are_kept_and_read(shelf: Shelf, anna: Actor, assistant: Assistant) -> None:
    propose(shelf, anna, [AddGap(GAP)])
    found = estimate(shelf, draft(shelf), assistant)
    again = proof_from(json.loads(json.dumps(found.as_content())))
    assert isinstance(again, Proof)
    assert again == found
    assert proof_from({"oud": 1}) is None
    assert proof_from(None) is None


def test_one_run_at_a_time(shelf: Shelf, anna: Actor, bo: Actor, clock: Clock) -> None:
    with pytest.raises(EditingError, match="geen wijzigingen"):
        publish(shelf, anna)
    propose(shelf, anna, [AddGap(GAP)])
    first = publish(shelf, anna)
    with pytest.raises(EditingError, match="al een versie"):
        publish(shelf, bo)
    clock.forward(SILENT.total_seconds() + 1)
    assert get_job(shelf, first).is_silent
    second = publish(shelf, bo)  # the first one's computer went down
    assert get_job(shelf, first).state == FAILED
    run_job(shelf, second)
    assert get_job(shelf, second).state == PUBLISHED
    run_job(shelf, second)  # done already
    assert next(item.number for item in history(shelf)) == current(shelf).number


def test_a_run_that_was_overtaken_publishes_nothing(
    shelf: Shelf, anna: Actor, clock: Clock
) -> None:
    propose(shelf, anna, [AddGap(GAP)])
    first = publish(shelf, anna)
    note_progress(shelf, first, state=BLOCKED)
    propose(shelf, anna, [AddPhrasing("g90", "wanneer komt lijn 5")])
    published(shelf, anna)
    with pytest.raises(EditingError, match="intussen"):
        overrule(shelf, anna, first, "Toch maar.")
    found = last_job(shelf)
    assert found is not None
    assert found.state == PUBLISHED


def test_one_click_back_and_forth(app: Flask, shelf: Shelf, anna: Actor) -> None:
    propose(shelf, anna, [AddGap(GAP)])
    number = published(shelf, anna)
    start = number - 1
    back = roll_back(shelf, anna, start)
    assert current(shelf).version == shelf.start.version
    assert current(shelf).number == back.number
    get_follower(app).look()
    assert answering(app) == shelf.start.version
    with pytest.raises(EditingError, match="nu al zien"):
        roll_back(shelf, anna, start)
    with pytest.raises(NoSuchVersion):
        roll_back(shelf, anna, 10_000)
    roll_back(shelf, anna, number)
    assert "g90" in load_version(shelf, current(shelf).version).gap_by_id
    with shelf.database.writing() as session:
        session.execute(FittedRow.__table__.delete())
    roll_back(shelf, anna, start)
    forth = roll_back(shelf, anna, number)  # its model is gone: it is learnt first
    assert (forth.number, current(shelf).version) == (0, shelf.start.version)
    run_job(shelf, forth.job_id)
    assert "g90" in load_version(shelf, current(shelf).version).gap_by_id


def test_a_corrupt_version_never_takes_the_place_of_a_good_one(
    app: Flask, shelf: Shelf, anna: Actor
) -> None:
    propose(shelf, anna, [AddGap(GAP)])
    good = published(shelf, anna)
    get_follower(app).look()
    kept = answering(app)
    propose(shelf, anna, [RemoveEntry(shelf.start.entries[-1].id)])
    published(shelf, anna, reason="Die vraag is vervallen.")
    broken = current(shelf).version
    with shelf.database.writing() as session:
        bad = update(CorpusRow).where(CorpusRow.version == broken).values(content=b"stuk")
        session.execute(bad)
    versions._corpora.clear()
    assert not get_follower(app).look()
    assert not get_follower(app).look()
    assert answering(app) == kept
    roll_back(shelf, anna, good)
    assert get_follower(app).look()
    assert answering(app) == kept


def test_a_damaged_model_is_learnt_again(shelf: Shelf, anna: Actor) -> None:
    propose(shelf, anna, [AddGap(GAP)])
    published(shelf, anna)
    corpus = load_version(shelf, current(shelf).version)
    assert fitted(shelf.database, corpus) is not None
    with shelf.database.writing() as session:
        session.execute(update(FittedRow).values(content=b"stuk"))
    assert fitted(shelf.database, corpus) is None


def test_an_entry_that_is_new_is_not_judged_by_old_labels(
    shelf: Shelf, anna: Actor, assistant: Assistant, corpus: Corpus
) -> None:
    text = "Hoe bak ik een appeltaart met kersen?"
    entry = replace(
        corpus.entries[0], id="q90", question=text, related=(), phrasings=("taart bakken",)
    )
    labelled = corpus.calibration
    outside = [q.text for q in labelled.queries if not labelled.acceptable.get(q.id)]
    asked = dict.fromkeys([f"{query} graag" for query in outside[:8]])
    propose(shelf, anna, [AddEntry(replace(entry, phrasings=tuple(asked)))])
    found = estimate(shelf, draft(shelf), assistant)
    assert found.to_judge
    assert not set(found.to_judge) & set(found.broken)
