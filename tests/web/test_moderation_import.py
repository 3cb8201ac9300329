"""Taking a chat in: look first, correct, then import."""

import io
import re
from typing import Any

import pytest

from web.queue.cards import Filter
from web.queue.reading import count_cards, list_cards
from web.queue.webinars import keeps_names

TABLE = (
    "Bericht;Notitie;Tijdstip\nnul;Waar laat ik lege batterijen?;14:01\nnul;Mag glas erbij?;14:02\n"
)


@pytest.fixture
def path(site: Any) -> str:
    return f"{site.path}/inlezen"


CHAT = """14:00:01\t From  Jan : Waar laat ik lege batterijen?
14:00:20\t From  Piet : sluit me aan
14:01:05\t From  Kees : hallo allemaal
14:02:00\t From  Ans  to  Jan(Privately) : dit is geheim
"""


def test_the_preview_names_format_and_counts_and_stores_nothing(
    anna: Any, site: Any, path: str
) -> None:
    page = anna.post(path, text=CHAT, action="preview").text
    assert "Zoom-chat (opgeslagen): 3 berichten. 1 privébericht overgeslagen." in page
    assert '<option value="zoom" selected>' in page
    assert "Lees 1 vraag in" in page
    assert "geheim" not in page.split("</textarea>")[1]
    assert count_cards(site.database, site.webinar.id)[Filter.ALL] == 0


def test_an_import_tells_what_came_of_it(anna: Any, site: Any, path: str) -> None:
    page = anna.post(path, text=CHAT, action="import").text
    assert "1 privébericht overgeslagen" in page
    assert re.search(r"Nieuwe berichten</dt><dd>3<", page)
    cards = list_cards(site.database, site.webinar.id)
    assert [(card.question, card.asked) for card in cards] == [("Waar laat ik lege batterijen?", 2)]


def test_names_are_kept_only_where_that_is_chosen_and_until_they_are_taken_away(
    anna: Any, site: Any, path: str
) -> None:
    def console() -> str:
        return anna.get(site.path).text.split("<main")[1]

    anna.post(path, text=CHAT, action="import")
    assert "Jan" not in console()
    anna.post(path, text=CHAT, action="import", keep_names="ja")
    assert '<span class="small soft askers">Jan</span>' in console()
    for name in ("json", "csv", "xlsx", "docx", "md", "keuzes"):
        assert b"Jan" not in anna.get(f"{site.path}/export/{name}").data
    for page in ("verslag", "na-afloop"):
        assert "Jan" not in anna.get(f"{site.path}/{page}").text
    assert "Haal ze weg" in anna.get(f"{site.path}/na-afloop").text
    anna.post(f"{site.path}/instellingen", action="names")
    assert "Jan" not in console()
    assert "Haal de namen weg" not in anna.get(f"{site.path}/instellingen").text
    anna.post(path, text=CHAT, action="import", keep_names="ja")
    anna.post(f"{site.path}/instellingen", action="archive")
    assert not keeps_names(site.database, site.webinar.id)


def test_a_longer_save_adds_only_what_is_new(anna: Any, path: str) -> None:
    anna.post(path, text=CHAT, action="import")
    again = anna.post(path, text=CHAT, action="import").text
    assert "Er was niets nieuws" in again
    longer = anna.post(
        path, text=CHAT + "14:05:00\t From  Ria : Mag glas bij papier?\n", action="import"
    )
    assert re.search(r"Nieuwe berichten</dt><dd>1<", longer.text)


def test_the_format_can_be_corrected(anna: Any, path: str) -> None:
    page = anna.post(path, text=CHAT, action="preview", format="pasted").text
    assert '<option value="pasted" selected>' in page


def test_a_file_is_read_and_its_columns_can_be_pointed_out(anna: Any, site: Any, path: str) -> None:
    def upload(**fields: str) -> str:
        file = (io.BytesIO(TABLE.encode()), "export.csv")
        page: str = anna.post(path, file=file, format="table", **fields).text
        return page

    assert "Welke kolom is wat?" in upload(action="preview")
    page = upload(action="import", column_text="2", column_time="3")
    assert "2 berichten" in page
    cards = list_cards(site.database, site.webinar.id)
    assert [card.question for card in cards] == ["Mag glas erbij?", "Waar laat ik lege batterijen?"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Kies een bestand, of plak de chat"),
        ({"file": (io.BytesIO(b""), "leeg.txt")}, "Dit bestand is leeg."),
        ({"file": (io.BytesIO(b"\x00\x01\x02\xff" * 99), "x.bin")}, "geen tekst die te lezen is"),
        ({"file": (io.BytesIO(b"PK\x03\x04kapot"), "x.xlsx")}, ""),
        ({"text": '{"meta":', "format": "slido"}, ""),
    ],
)
def test_a_bad_file_gives_one_sentence(anna: Any, path: str, fields: Any, said: str) -> None:
    answer = anna.post(path, action="import", **fields)
    assert answer.status_code == 422
    assert answer.text.count('id="fout"') == 1
    assert said in answer.text
    assert "Traceback" not in answer.text


def test_too_large_a_form_gives_one_sentence(anna: Any, site: Any) -> None:
    site.take_in()
    answer = anna.post(f"{site.path}/kaart/1", action="answer", text="x" * 300_000)
    assert answer.status_code == 413
    assert "hoogstens 256 kB" in answer.text


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("Inbreng;Wanneer\nWaar laat ik lege batterijen?;14:01\n", "ja"),
        ("Waar laat ik lege batterijen?;14:01\nMag glas erbij?;14:02\n", "nee"),
    ],
)
def test_a_moderator_maps_a_table_that_nobody_knows(
    anna: Any, site: Any, path: str, table: str, header: str
) -> None:
    def upload(raw: str = table, **fields: str) -> Any:
        return anna.post(path, file=(io.BytesIO(raw.encode()), "export.csv"), **fields)

    page = upload(action="preview").text
    assert "Wijs aan in welke kolom" in page
    assert "<td>Waar laat ik lege batterijen?</td>" in page
    assert 'value="import"' not in page
    assert upload(action="import").status_code == 422
    page = upload(action="preview", column_text="1", column_time="2", header=header).text
    assert "Lees 1 vraag in" in page or "Lees 2 vragen in" in page
    upload(action="import", column_text="1", column_time="2", header=header)
    cards = list_cards(site.database, site.webinar.id)
    assert "Waar laat ik lege batterijen?" in [card.question for card in cards]
    later = upload(f"{table}Is er ook een bak voor blik?;14:09\n", action="preview").text
    assert "Wijs aan in welke kolom" not in later  # it was remembered
    assert "bak voor blik" in later


def test_the_columns_chosen_are_remembered(anna: Any, site: Any, path: str) -> None:
    def upload(**fields: str) -> str:
        file = (io.BytesIO(TABLE.encode()), "export.csv")
        page: str = anna.post(path, file=file, format="table", **fields).text
        return page

    upload(action="import", column_text="2", column_time="3")
    assert '<option value="2" selected>Notitie' in upload(action="preview")
