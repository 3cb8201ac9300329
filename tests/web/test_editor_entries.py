"""Changing an entry: what readers will see, what cannot stay, who was first, who changed what."""

import json
import re
from html import unescape
from typing import Any

import pytest

from corpus import Corpus
from corpus.serialising import to_plain
from web.accounts import Role, set_role
from web.editing.drafts import draft, mark_published
from web.editing.shelf import Shelf
from web.editing.versions import PUBLISH, Announcement, announce, keep_corpus
from web.queue.cards import Actor

PATH = "/redactie/vraag/q04"


@pytest.fixture
def editor(site: Any) -> Any:
    set_role(site.database, "Anna", Role.EDITOR)
    return site.person("Anna")


@pytest.fixture
def shelf(site: Any) -> Shelf:
    found: Shelf = site.app.extensions["vraagwijzer.shelf"]
    return found


@pytest.fixture
def fields(corpus: Corpus) -> dict[str, Any]:
    """Give the form of q04 as a browser would send it back, untouched."""
    entry = corpus.entry_by_id["q04"]
    return {
        "question": entry.question,
        "section": entry.section,
        "answer": entry.answer.replace("\n", "\r\n"),
        "short_answer": entry.short_answer,
        "signpost": entry.signpost,
        "related": list(entry.related),
        "phrasings": "\r\n".join(entry.phrasings),
        "source": entry.source,
        "seen": json.dumps(to_plain(entry)),
        "action": "save",
    }


def test_every_entry_is_listed_by_section(editor: Any, corpus: Corpus) -> None:
    page = editor.get("/redactie/vragen").text
    for entry in corpus.entries:
        assert f'/redactie/vraag/{entry.id}">{entry.question}</a>' in unescape(page)
    assert "16 formuleringen" in page


def test_the_form_holds_the_entry_and_shows_it_as_readers_see_it(
    editor: Any, corpus: Corpus
) -> None:
    page = unescape(editor.get(PATH).text)
    entry = corpus.entry_by_id["q04"]
    assert entry.answer in page
    assert "<strong>Brengen.</strong>" in page
    assert f"{len(entry.short_answer)} van 300 tekens" in page
    assert "woorden per zin" in page
    assert "https://www.waterveen.example/milieustraat</li>" in page


def test_what_was_not_touched_is_no_change(editor: Any, shelf: Shelf, fields: Any) -> None:
    answer = editor.post(PATH, **fields)
    assert answer.status_code == 422
    assert "Je hebt nog niets gewijzigd." in answer.text
    assert not draft(shelf).changes


def test_a_change_becomes_part_of_the_draft(editor: Any, shelf: Shelf, fields: Any) -> None:
    fields |= {"answer": fields["answer"] + "\r\n\r\nNeem je pas mee.", "related": ["q05"]}
    fields["phrasings"] += "\r\n  waar laat ik   puin \r\n\r\n"
    assert editor.post(PATH, **fields).status_code == 303
    found = draft(shelf).corpus.entry_by_id["q04"]
    assert found.answer.endswith("\n\nNeem je pas mee.")
    assert "\r" not in found.answer
    assert found.related == ("q05",)
    assert found.phrasings[-1] == "waar laat ik puin"
    assert draft(shelf).changes[0].by == "Anna"
    assert "In het concept" in editor.get("/redactie/vragen").text


def test_the_preview_proposes_nothing(editor: Any, shelf: Shelf, fields: Any) -> None:
    page = editor.post(PATH, **fields | {"action": "preview", "answer": "Breng het **zelf**."})
    assert "<strong>zelf</strong>" in page.text
    assert not draft(shelf).changes


def test_the_script_gets_only_the_preview(editor: Any, fields: Any) -> None:
    long = "Dit is een zin die maar door blijft gaan en " + "steeds weer verder " * 6 + "loopt."
    part = editor.send(PATH, **fields | {"action": "preview", "answer": long}).text
    assert "<html" not in part
    assert "maak er twee van" in part


def test_a_script_in_an_answer_is_shown_as_text(editor: Any, fields: Any) -> None:
    part = editor.send(PATH, **fields | {"action": "preview", "answer": "<script>x</script>"}).text
    assert "<script>" not in part
    assert "&lt;script&gt;" in part


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": " "}, "Vul de vraag in."),
        ({"answer": "\r\n"}, "Vul het antwoord in."),
        ({"section": ""}, "Kies een afdeling"),
        ({"source": ""}, "Vul in waar het antwoord vandaan komt."),
        ({"short_answer": "x" * 301}, "telt 301 tekens. Er passen er 300 in."),
        ({"question": "Waar laat ik papier en karton?"}, "staat ook bij q03"),
        ({"phrasings": "oude fiets\r\nOude fiets!"}, "‘Oude fiets!’ staat er dubbel."),
        ({"phrasings": "wat betaal ik voor afvalstoffenheffing"}, "staat al bij g01."),
        ({"related": ["q99"]}, "Een van de verwante vragen is er niet meer."),
        ({"related": ["q04"]}, "Een van de verwante vragen is er niet meer."),
        ({"answer": "Zie [dit](javascript:alert)."}, "geen geldig adres"),
    ],
)
def test_what_cannot_stay_is_told_and_nothing_is_lost(
    editor: Any, shelf: Shelf, corpus: Corpus, fields: Any, changed: Any, said: str
) -> None:
    if "staat al bij g01" in said:
        changed = {"phrasings": corpus.gap_by_id["g01"].phrasings[0]}
    if "staat ook bij q03" in said:
        changed = {"question": corpus.entry_by_id["q03"].question}
    answer = editor.post(PATH, **fields | changed)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert fields["source"] in unescape(answer.text) or "source" in changed
    assert not draft(shelf).changes


def test_two_editors_may_change_different_fields(editor: Any, shelf: Shelf, fields: Any) -> None:
    assert editor.post(PATH, **fields | {"short_answer": "Kort."}).status_code == 303
    assert editor.post(PATH, **fields | {"question": "Waarheen met grofvuil?"}).status_code == 303
    found = draft(shelf).corpus.entry_by_id["q04"]
    assert (found.short_answer, found.question) == ("Kort.", "Waarheen met grofvuil?")


def test_who_is_second_sees_what_the_first_wrote_before_replacing_it(
    editor: Any, shelf: Shelf, fields: Any
) -> None:
    assert editor.post(PATH, **fields | {"short_answer": "Van de eerste."}).status_code == 303
    second = fields | {"short_answer": "Van de tweede."}
    answer = editor.post(PATH, **second)
    assert answer.status_code == 409
    assert "<del>eerste.</del><ins>tweede.</ins>" in answer.text
    [seen] = re.findall(r'name="seen" value="([^"]*)"', answer.text)
    assert editor.post(PATH, **second | {"seen": unescape(seen)}).status_code == 303
    assert draft(shelf).corpus.entry_by_id["q04"].short_answer == "Van de tweede."


@pytest.mark.parametrize("seen", ["", "{", "[]", '{"id": "q01"}', "[" * 9000])
def test_a_form_without_what_was_seen_is_compared_with_now(
    editor: Any, shelf: Shelf, fields: Any, seen: str
) -> None:
    assert editor.post(PATH, **fields | {"seen": seen, "source": "Elders"}).status_code == 303
    assert draft(shelf).corpus.entry_by_id["q04"].source == "Elders"


@pytest.mark.parametrize(("practical", "name"), [("", "q07"), ("ja", "p02")])
def test_a_new_entry_gets_the_next_number(
    editor: Any, shelf: Shelf, fields: Any, practical: str, name: str
) -> None:
    del fields["seen"]
    fields |= {"question": "Mag ik asbest brengen?", "phrasings": "asbest", "related": ["q05"]}
    path = "/redactie/vraag/nieuw"
    assert editor.post(path, **fields | {"action": "preview"}).status_code == 200
    assert editor.post(path, **fields, practical=practical).status_code == 303
    assert draft(shelf).corpus.entry_by_id[name].question == "Mag ik asbest brengen?"


def test_an_entry_is_taken_out(editor: Any, shelf: Shelf, fields: Any) -> None:
    assert editor.post(PATH, **fields | {"action": "remove"}).status_code == 303
    assert "q04" not in draft(shelf).corpus.entry_by_id
    assert editor.get(PATH).status_code == 404


@pytest.mark.parametrize("path", ["/redactie/vraag/q99", "/redactie/vraag/q99/geschiedenis"])
def test_an_unknown_entry_is_not_found(editor: Any, path: str) -> None:
    assert editor.get(path).status_code == 404


def test_an_entry_that_never_changed_has_no_history(editor: Any) -> None:
    assert "nog niet gewijzigd" in editor.get(f"{PATH}/geschiedenis").text


def test_the_history_tells_who_changed_what(editor: Any, shelf: Shelf, fields: Any) -> None:
    editor.post(PATH, **fields | {"short_answer": "Bel ons even."})
    found = draft(shelf)
    with shelf.database.writing() as session:
        now = shelf.database.now()
        version = keep_corpus(session, found.corpus, now)
        said = Announcement(version, PUBLISH, Actor(0, "Bram"), "korter gemaakt")
        mark_published(session, shelf, [found.changes[0].id], announce(session, shelf, said, now))
    page = editor.get(f"{PATH}/geschiedenis").text
    assert "Gewijzigd: kort antwoord." in page
    assert "Voorgesteld door Anna. Gepubliceerd door Bram." in " ".join(page.split())
    assert "korter gemaakt" in page
    assert "<ins>Bel ons even.</ins>" in page


def test_moderators_change_no_entries(site: Any, fields: Any) -> None:
    person = site.person("Bram")
    assert person.get(PATH).status_code == 403
    assert person.post(PATH, **fields).status_code == 403
