"""Learning from what was asked: what is kept, what editors see of it, what they do with it."""

import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from signed_in import Site, token_in

from assistant import Assistant, ReplyKind
from web import create_app
from web.accounts import Role, set_role
from web.config import Settings, SettingsError
from web.editing.asked import Recorder, count_old_questions, delete_old_questions
from web.editing.changes import AddEntry, AddGap, AddOutOfScope, AddPhrasing
from web.editing.collecting import collect
from web.editing.drafts import draft
from web.editing.practice import Tab, by_entry, groups, questions
from web.editing.rows import AskedRow
from web.editing.shelf import Shelf
from web.queue.actions import answer, choose
from web.queue.cards import Act, Actor, Filter
from web.queue.reading import list_cards

EVERY = AskedRow.id > 0


class Learning:
    """Hold an application that keeps what is asked, an editor, and an attendee."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.app = site.app
        self.shelf: Shelf = self.app.extensions["vraagwijzer.shelf"]
        self.recorder: Recorder = self.app.extensions["vraagwijzer.asked"]
        self.attendee = self.app.test_client()
        set_role(site.database, "Anna", Role.EDITOR)
        self.editor = site.person("Anna")

    def ask(self, question: str, **fields: str) -> str:
        page: str = self.attendee.post("/", data={"question": question, **fields}).text
        self.recorder.flush()
        return page

    def step(self, page: str, action: str) -> str:
        conversation = re.search(r'name="conversation" value="([^"]*)"', page)
        assert conversation is not None
        data = {"action": action, "conversation": unescape(conversation[1])}
        text: str = self.attendee.post("/", data=data).text
        self.recorder.flush()
        return text

    def first(self, tab: Tab = Tab.WITHOUT) -> Any:
        return groups(self.shelf, tab)[0]

    def do(self, action: str, group: Any, **fields: Any) -> Any:
        asked = [",".join(map(str, ids)) for _, _, ids in group.wordings]
        return self.editor.post("/redactie/gevraagd", action=action, asked=asked, **fields)


@pytest.fixture
def learning(
    assistant: Assistant, corpus_folder: Path, start_data: Path, tmp_path: Path
) -> Learning:
    data = Path(shutil.copytree(start_data, tmp_path / "data"))
    settings = Settings(corpus=corpus_folder, data=data, store_questions=True)
    app = create_app(settings, assistant)
    app.testing = True
    return Learning(Site(app))


def test_nothing_is_kept_unless_switched_on(site: Any) -> None:
    page = site.app.test_client().post("/", data={"question": "Hoe bak ik een taart?"}).text
    assert "We bewaren je vraag niet" in page
    shelf = site.app.extensions["vraagwijzer.shelf"]
    assert site.app.extensions["vraagwijzer.asked"] is None
    assert questions(shelf, EVERY) == []


def test_whoever_asks_is_told_that_it_is_kept(learning: Learning) -> None:
    assert "We bewaren je vraag 30 dagen om de FAQ beter te maken" in learning.ask("")
    privacy = learning.attendee.get("/privacy").text
    assert "Na 30 dagen verwijderen we die" in privacy
    assert "We bewaren je vraag niet" not in privacy


def test_a_question_is_kept_redacted_with_its_reply(
    learning: Learning, question_for: Any, corpus: Any
) -> None:
    asked = question_for(ReplyKind.ANSWER)
    learning.ask(asked)
    learning.ask("Hoe bak ik een taart? Mail me op jan@voorbeeld.nl of bel 06-12345678")
    learning.ask("hallo")
    kept = questions(learning.shelf, EVERY)[::-1]
    assert kept[0].text == asked
    assert kept[0].kind == "answer"
    assert kept[0].candidates[0][1] > 0
    assert kept[0].corpus_version == corpus.version
    text = " ".join(question.text for question in kept[1:])
    assert "voorbeeld.nl" not in text
    assert "12345678" not in text
    assert "hallo" not in [question.text for question in kept]


def test_feedback_and_choices_come_to_the_question(learning: Learning, question_for: Any) -> None:
    page = learning.ask(question_for(ReplyKind.ANSWER))
    learning.step(page, "no:1:0")
    assert [q.feedback for q in questions(learning.shelf, EVERY)] == ["no"]
    assert len(groups(learning.shelf, Tab.NO)) == 1
    page = learning.ask(question_for(ReplyKind.CHOICES))
    picked = re.search(r'value="(pick:([qp]\d+):1:0)"', page)
    assert picked is not None
    learning.step(page, picked[1])
    newest = questions(learning.shelf, EVERY)[0]
    assert newest.picked == newest.reached == picked[2]


def test_a_made_up_key_changes_nothing(learning: Learning, question_for: Any) -> None:
    page = learning.ask(question_for(ReplyKind.ANSWER))
    key = re.search(r"&#34;([\w-]{16})&#34;\]", page)
    assert key is not None
    other = page.replace(key[1], "A" * 16)
    learning.step(other, "yes:1:0")
    learning.step(page.replace(key[1], "geen sleutel"), "yes:1:0")
    assert [q.feedback for q in questions(learning.shelf, EVERY)] == [""]


def test_questions_of_webinars_come_along_with_what_moderators_chose(learning: Learning) -> None:
    site, assistant = learning.site, learning.app.extensions["vraagwijzer.assistant"]
    site.take_in()
    assert collect(learning.shelf, assistant) == 3
    assert collect(learning.shelf, assistant) == 0
    card = next(
        c for c in list_cards(site.database, site.webinar.id, Filter.ALL) if "taart" in c.question
    )
    choose(site.database, Act(card.id, Actor(1, "Anna"), card.version), "")
    collect(learning.shelf, assistant)
    assert [q.judged for g in groups(learning.shelf, Tab.WITHOUT) for q in g.questions] == [""]
    batteries = next(
        c for c in list_cards(site.database, site.webinar.id, Filter.ALL) if "batter" in c.question
    )
    act = Act(batteries.id, Actor(1, "Anna"), batteries.version)
    answer(site.database, act, "Bij de winkel.", entry_id="q05")
    collect(learning.shelf, assistant)
    reached = dict(by_entry(learning.shelf, learning.shelf.start))["q05"]
    assert [(q.text, q.times) for q in reached] == [("Waar laat ik lege batterijen?", 2)]
    learning.editor.post(f"{site.path}/instellingen", action="delete", word="verwijder")
    assert questions(learning.shelf, EVERY) == []


def test_each_action_lands_in_the_draft_and_can_be_undone(learning: Learning) -> None:
    asked = ("wat is de zin van mijn leven vandaag", "wie wordt de nieuwe burgemeester?")
    for question in (*asked, asked[0]):
        learning.ask(question)
    group = learning.first()
    assert (group.title, group.times) == (asked[0], 2)
    fields = {
        "phrasing": {"guess": "other", "target": "g01"},
        "entry": {"question": "Taart bakken?", "answer": "In de oven.", "section": ""},
        "gap": {"title": "Waar leer ik bakken?", "signpost": "Vraag het de bakker."},
        "outside": {},
        "ignore": {},
    }
    kinds = {
        "phrasing": AddPhrasing,
        "entry": AddEntry,
        "gap": AddGap,
        "outside": AddOutOfScope,
        "ignore": None,
    }
    for action, values in fields.items():
        done = learning.do(action, group, **values)
        assert done.status_code == 303, done.text
        found = draft(learning.shelf).changes
        assert [type(item.change) for item in found] == ([kinds[action]] if kinds[action] else [])
        assert learning.first().title == asked[1]
        assert learning.first(Tab.HANDLED).title == asked[0]
        page = learning.editor.get(done.location).text
        undo = re.search(r'value="(undo:\w+)"', page)
        assert undo is not None
        learning.editor.post("/redactie/gevraagd", action=undo[1])
        assert draft(learning.shelf).changes == ()
        assert learning.first().title == asked[0]


def test_a_colleague_was_first(learning: Learning) -> None:
    learning.ask("hoe bak ik een appeltaart")
    group = learning.first()
    learning.do("ignore", group)
    refused = learning.do("outside", group)
    assert refused.status_code == 400
    assert "Een collega" in refused.text


@pytest.mark.parametrize(
    ("action", "fields", "sentence"),
    [
        ("phrasing", {}, "Kies bij welke vraag"),
        ("phrasing", {"guess": "q99"}, "Kies bij welke vraag"),
        ("entry", {"question": "Wat?"}, "antwoord"),
        ("entry", {"question": "Wat?", "answer": "x " * 200}, "300"),
        ("gap", {"title": "Wat?", "signpost": " "}, "wegwijzer"),
        ("vlieg", {}, "bestaat niet"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    learning: Learning, action: str, fields: dict[str, str], sentence: str
) -> None:
    learning.ask("hoe bak ik een appeltaart")
    refused = learning.do(action, learning.first(), **fields)
    assert refused.status_code == 400
    assert sentence in refused.text
    assert draft(learning.shelf).changes == ()


def test_nothing_chosen(learning: Learning) -> None:
    refused = learning.editor.post("/redactie/gevraagd", action="ignore", asked=["", "x,y"])
    assert "Kies eerst" in refused.text


def test_every_page_of_the_editor_opens(learning: Learning, question_for: Any) -> None:
    for kind in (ReplyKind.ANSWER, ReplyKind.CHOICES, ReplyKind.GAP, ReplyKind.FALLBACK):
        learning.ask(question_for(kind))
    learning.do("phrasing", learning.first(), guess="q01")
    for path in ("", "/gevraagd/per-vraag", "/te-schrijven", "/concept", "/versies"):
        assert learning.editor.get(f"/redactie{path}").status_code == 200
    for tab in Tab:
        page = learning.editor.get(f"/redactie/gevraagd?toon={tab.value}&groep=1")
        assert page.status_code == 200
    odd = learning.editor.get("/redactie/gevraagd?toon=x&groep=abc&gedaan=%00&actie=y")
    assert odd.status_code == 200


def test_old_questions_are_deleted(learning: Learning) -> None:
    learning.ask("hoe bak ik een appeltaart")
    database = learning.shelf.database
    assert (count_old_questions(database, 1), delete_old_questions(database, 1)) == (0, 0)
    assert (count_old_questions(database, -1), delete_old_questions(database, -1)) == (1, 1)
    assert questions(learning.shelf, EVERY) == []


def test_the_setting_takes_ja_and_nee() -> None:
    assert Settings.from_environment({"VRAAGWIJZER_STORE_QUESTIONS": "ja"}).store_questions
    assert not Settings.from_environment({"VRAAGWIJZER_STORE_QUESTIONS": "Nee"}).store_questions
    with pytest.raises(SettingsError, match="ja of nee"):
        Settings.from_environment({"VRAAGWIJZER_STORE_QUESTIONS": "misschien"})


def test_forms_carry_the_token(learning: Learning) -> None:
    assert token_in(learning.editor.get("/redactie/versies").text)
    client = learning.editor.client
    for path in ("gevraagd", "concept", "versies"):
        assert client.post(f"/redactie/{path}", data={"action": "ignore"}).status_code == 403
