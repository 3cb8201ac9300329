"""The report, the draft entries and the files that come of a webinar."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from corpus.labels import load_labelled_set
from web.moderation.drafts import DraftEntry, DraftsError, DraftWording, from_json, to_json
from web.moderation.exports import EXPORTS, HEADER
from web.moderation.report import chart
from web.queue.actions import answer, set_aside
from web.queue.cards import Act, Actor, Filter
from web.queue.reading import get_card, list_cards, list_wordings

ANNA = Actor(1, "Anna")
ODD = (
    DraftEntry(
        "k1",
        "=1+1; wat is dat?",
        3,
        (DraftWording('Met "quotes"; en\nregels', 2), DraftWording("@SUM(A1) 😀", 1)),
        answer="+31 of -1\n\ttab",
    ),
    DraftEntry("k2", "Gewoon?", 1, ()),
)


@pytest.fixture
def site(make_site: Any) -> Any:
    site = make_site()
    site.take_in()
    return site


def card_of(site: Any, word: str) -> Any:
    cards = list_cards(site.database, site.webinar.id, Filter.ALL)
    return next(card for card in cards if word in card.question)


def test_the_report_counts_and_draws(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    answer(site.database, Act(card.id, ANNA, card.version), "Bij de winkel.", entry_id="q05")
    page = anna.get(f"{site.path}/verslag").text
    assert "50 procent" in page  # 2 of the 4 times that something was asked
    assert page.count('<rect class="bar"') >= 3
    assert "Wat bleef liggen?" in page
    assert "taart" in page
    assert "Anna" not in page.split("<main")[1]


def test_an_empty_report_says_so(anna: Any, site: Any) -> None:
    path = anna.post("/moderatie", title="Leeg").location.removesuffix("/inlezen")
    assert "Er zijn nog geen vragen" in anna.get(f"{path}/verslag").text
    assert "geen nieuwe antwoorden nodig" in anna.get(f"{path}/na-afloop").text


def test_a_long_webinar_gets_several_minutes_a_bar() -> None:
    drawn = chart(tuple((f"{at // 60:02}:{at % 60:02}", 1) for at in range(600)))
    assert drawn is not None
    assert len(drawn.bars) <= 120
    assert sum(bar.count for bar in drawn.bars) == 600
    assert chart(()) is None


def test_what_the_faq_answers_is_no_draft(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    answer(site.database, Act(card.id, ANNA, card.version), "Bij de winkel.", entry_id="q05")
    page = anna.get(f"{site.path}/na-afloop").text
    assert "taart" in page
    assert "batterijen" not in page
    assert "hallo" not in page


def test_drafts_are_edited_merged_split_and_taken_back(anna: Any, site: Any) -> None:
    one, two = card_of(site, "taart"), card_of(site, "yoghurt")
    path = f"{site.path}/na-afloop"
    fields = {f"version-{one.id}": one.version, f"question-{one.id}": "Taart bakken, hoe?"}
    anna.post(path, action=f"save:{one.id}", **fields, **{f"answer-{one.id}": "In de oven."})
    changed = get_card(site.database, one.id)
    assert (changed.question, changed.draft) == ("Taart bakken, hoe?", "In de oven.")
    merged = anna.post(path, action="merge", group=[one.id, two.id])
    assert merged.status_code == 303
    whole = get_card(site.database, one.id)
    assert whole.asked == 2
    page = anna.get(merged.location).text
    wording = re.findall(rf'name="wording-{one.id}" value="(\d+)"', page)
    split = anna.post(
        path,
        action=f"split:{one.id}",
        **{f"version-{one.id}": whole.version, f"wording-{one.id}": wording[-1]},
    )
    assert get_card(site.database, one.id).asked == 1
    number = re.search(r"gedaan=(\d+)", split.location)
    assert number is not None
    anna.post(path, action=f"undo:{number[1]}")
    assert get_card(site.database, one.id).asked == 2


@pytest.mark.parametrize("action", ["merge", "vlieg:2", "split:2", "save:2"])
def test_what_cannot_be_done_with_drafts_gives_one_sentence(
    anna: Any, site: Any, action: str
) -> None:
    answer = anna.post(f"{site.path}/na-afloop", action=action)
    assert answer.status_code == 400
    assert "Dat kan niet" in answer.text


def test_json_comes_back_the_same() -> None:
    assert from_json(to_json(ODD)) == ODD
    assert to_json(from_json(to_json(ODD))) == to_json(ODD)


@pytest.mark.parametrize("raw", [b"", b"[" * 9999, b"{}", b'{"format": 1, "version": 1}', b"\xff"])
def test_other_files_are_no_drafts(raw: bytes) -> None:
    with pytest.raises(DraftsError):
        from_json(raw)


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ";"), ("csv-komma", ",")])
def test_csv_keeps_texts_and_neutralises_formulas(name: str, delimiter: str) -> None:
    raw = EXPORTS[name].write(ODD)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    assert rows[0] == list(HEADER)
    assert rows[1][0] == "'=1+1; wat is dat?"
    assert rows[1][1] == 'Met "quotes"; en\nregels\n@SUM(A1) 😀'
    assert rows[1][3].startswith("'+31")


def test_excel_holds_texts_and_no_formulas() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"].write(ODD))).worksheets[0]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet["A2"].value == "'=1+1; wat is dat?"


def test_word_and_markdown_hold_every_wording() -> None:
    document = Document(io.BytesIO(EXPORTS["docx"].write(ODD)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    markdown = EXPORTS["md"].write(ODD).decode()
    for wanted in ("=1+1; wat is dat?", "@SUM(A1) 😀", "Gewoon?"):
        assert wanted in text
        assert wanted in markdown


def test_every_export_is_a_download_without_names(anna: Any, site: Any) -> None:
    for name in EXPORTS:
        answer = anna.get(f"{site.path}/export/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert not re.search(rb"Kees|Ria|Anna", answer.data)
    assert json.loads(anna.get(f"{site.path}/export/json").data)["entries"]
    assert anna.get(f"{site.path}/export/exe").status_code == 404


def test_choices_come_back_as_labelled_questions(anna: Any, site: Any, tmp_path: Path) -> None:
    card = card_of(site, "batterijen")
    answer(site.database, Act(card.id, ANNA, card.version), "Bij de winkel.", entry_id="q05")
    packed = anna.get(f"{site.path}/export/keuzes").data
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path)
    queries = (tmp_path / "queries.tsv").read_text("utf-8")
    assert "Waar laat ik lege batterijen?" in queries
    assert "\tq05\t2" in (tmp_path / "qrels.tsv").read_text("utf-8")
    assert load_labelled_set(tmp_path).labels


def test_a_draft_has_an_owner_and_is_approved(anna: Any, site: Any) -> None:
    card = card_of(site, "taart")
    fields = {
        f"version-{card.id}": card.version,
        f"question-{card.id}": "Hoe bak je een taart?",
        f"answer-{card.id}": "In de oven.",
        f"owner-{card.id}": "Bram",
        f"status-{card.id}": "goedgekeurd",
    }
    path = f"{site.path}/na-afloop"
    page = anna.get(anna.post(path, action=f"save:{card.id}", **fields).location).text
    assert "1 concept is goedgekeurd" in page
    rows = csv.reader(io.StringIO(anna.get(f"{site.path}/export/csv").text), delimiter=";")
    row = next(row for row in rows if "taart" in row[0])
    assert row[3:] == ["In de oven.", "Bram", "goedgekeurd"]


def test_a_wording_is_moved_to_another_group(anna: Any, site: Any) -> None:
    one, two, other = (card_of(site, word) for word in ("taart", "yoghurt", "batterijen"))
    path = f"{site.path}/na-afloop"
    anna.post(path, action="merge", group=[one.id, two.id])
    wording = next(w for w in list_wordings(site.database, one.id) if "yoghurt" in w.text)
    fields = {
        f"version-{one.id}": get_card(site.database, one.id).version,
        f"wording-{one.id}": wording.id,
    }
    assert anna.post(path, action="move", **fields).status_code == 400  # no group to go to
    before = get_card(site.database, other.id).asked
    assert anna.post(path, action="move", group=other.id, **fields).status_code == 303
    assert get_card(site.database, other.id).asked == before + 1


def test_a_file_is_read_back_on_the_page(anna: Any, site: Any) -> None:
    path = f"{site.path}/na-afloop"
    sent = anna.get(f"{site.path}/export/json").data

    def back(raw: bytes) -> Any:
        return anna.post(path, action="import", file=(io.BytesIO(raw), "vragen.json"))

    assert "0 gewijzigd" in anna.get(back(sent).location).text
    changed = sent.replace(b'"answer": ""', b'"answer": "Weet ik niet: vraag het na."')
    assert "3 gewijzigd" in anna.get(back(changed).location).text
    assert anna.get(f"{site.path}/export/json").data == changed
    for raw in (b"", b"[" * 9999, b'{"format": "iets"}'):
        assert "Dat kan niet" in back(raw).text
    assert "Kies eerst" in anna.post(path, action="import").text


def test_a_draft_put_aside_stays_in_the_list_until_it_is_rejected(anna: Any, site: Any) -> None:
    card = card_of(site, "taart")
    set_aside(site.database, Act(card.id, ANNA, card.version))
    assert "taart" in anna.get(f"{site.path}/na-afloop").text


def test_canned_texts_are_made_chosen_changed_and_deleted(anna: Any) -> None:
    path = "/moderatie/vaste-teksten"
    assert anna.post(path, action="add", name="sheets", text="De sheets komen per mail.").location
    part = anna.fetch(path).text
    assert "data-canned" in part
    number = re.search(r"change:(\d+)", anna.get(path).text)
    assert number is not None
    old = {"name": "sheets", "text": "Morgen.", "version": "1"}
    assert anna.post(path, action=f"change:{number[1]}", **old).status_code == 303
    refused = anna.post(path, action=f"change:{number[1]}", **old)
    assert (refused.status_code, "Morgen." in refused.text) == (400, True)
    assert anna.post(path, action="vlieg").status_code == 400
    anna.post(path, action=f"delete:{number[1]}")
    assert "sheets" not in anna.get(path).text
