"""Test how lines of a printed page become running text."""

import pytest

from corpus.importers.faq import Recognised
from corpus.importers.faq.escaping import plain_blocks
from corpus.importers.faq.formats import parse


def read(text: str) -> Recognised:
    """Recognise a plain text."""
    return parse(text.encode(), "faq.txt")


def answer(text: str, number: int = 0) -> str:
    """Give the answer to one question of a plain text."""
    return read(text).questions[number].answer


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("samen-\nwerking met buren", "samenwerking met buren"),
        ("tuin-\nen groenafval", "tuin- en groenafval"),
        ("oud-\nbewoners van de wijk", "oud-bewoners van de wijk"),
        ("een auto-\nonderdeel dat stuk is", "een auto-onderdeel dat stuk is"),
        ("de GFT-\ncontainer van de buren", "de GFT-container van de buren"),
        ("met een e-\nmail aan ons", "met een e-mail aan ons"),
        ("in Zuid-\nHolland en daar voorbij", "in Zuid-Holland en daar voorbij"),
        ("een zacht\u00ad\nstreepje tussen", "een zachtstreepje tussen"),
    ],
)
def test_settles_a_hyphen_at_the_end_of_a_line(lines: str, expected: str) -> None:
    text = f"Hoe gaat dat?\n\nDat gaat via {lines}.\n\nEn dan?\n\nDan niets.\n"

    assert answer(text) == f"Dat gaat via {expected}."


def test_a_word_elsewhere_in_the_document_settles_its_hyphen() -> None:
    text = (
        "Wat is een rest-container?\n\nDat is een bak.\n\n"
        "Waar staat de bak?\n\nJe vindt de rest-\ncontainer op de hoek van de straat.\n"
    )

    assert answer(text, 1) == "Je vindt de rest-container op de hoek van de straat."


def test_a_link_broken_over_two_lines_is_joined() -> None:
    text = (
        "Waar staat het?\n\nKijk op https://www.voorbeeldstad.nl/afval/milieu-\n"
        "straat/tarieven voor alle prijzen.\n\nEn dan?\n\nDan niets.\n"
    )

    link = "https://www.voorbeeldstad.nl/afval/milieu-straat/tarieven"
    assert answer(text) == f"Kijk op {link} voor alle prijzen."


def test_ligatures_and_odd_blanks_become_plain() -> None:
    text = "Wat kost het?\n\nDe o\ufb03ci\u00eble prijs\u00a0is\u2009vijf euro, \ufb01ets vrij.\n"

    assert answer(text) == "De officiële prijs is vijf euro, fiets vrij."


PAGES = """Gemeente Voorbeeldstad, afval

Wanneer komt de wagen?

De wagen komt om de week langs op de vaste dag van je straat, en in de zomer
komt hij elke week. Zet de bak op tijd klaar, want de chauffeur rijdt
{furniture}
door als er niets staat. Dat geldt ook op feestdagen, die in de kalender
staan met een andere dag.

Wat kost een nieuwe bak?
{furniture2}
Een nieuwe bak is gratis als de oude stuk is gegaan zonder dat je daar iets
aan kon doen, en anders kost hij veertig euro met brengen erbij.
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("\n2\n\fGemeente Voorbeeldstad, afval\n", "\n3\n\fGemeente Voorbeeldstad, afval\n"),
        ("\nPagina 1 van 3\n\nGemeente Voorbeeldstad, afval\n", "\nPagina 2 van 3\n"),
        (
            "\n- 1 -\n\nGemeente Voorbeeldstad, afval\n",
            "\n- 2 -\n\nGemeente Voorbeeldstad, afval\n",
        ),
    ],
)
def test_page_furniture_is_dropped_and_the_sentence_goes_on(first: str, second: str) -> None:
    found = read(PAGES.format(furniture=first, furniture2=second))

    assert [draft.question for draft in found.questions] == [
        "Wanneer komt de wagen?",
        "Wat kost een nieuwe bak?",
    ]
    assert "want de chauffeur rijdt door als er niets staat" in found.questions[0].answer
    assert "Voorbeeldstad" not in "".join(draft.answer for draft in found.questions)
    assert any("pagina" in piece.reason for piece in found.left_out)


def test_a_running_head_without_page_numbers_is_no_section() -> None:
    head = "Gemeente Voorbeeldstad, vragen over afval"
    text = f"""{head}

Waar staat de bak?

Op de hoek.

{head}

Wat kost een bak?

Niets.

{head}

Wie haalt de bak op?

Niet van toepassing
"""

    found = read(text)

    assert [draft.answer for draft in found.questions] == [
        "Op de hoek.",
        "Niets.",
        "Niet van toepassing",
    ]
    assert found.sections == ("Veelgestelde vragen",)
    assert [piece.text for piece in found.left_out] == [head]


def test_numbered_sections_are_no_running_heads() -> None:
    text = "\f".join(
        f"Onderdeel {n}\n\nMag ik soort {n} hier brengen?\n\nSoort {n} mag niet.\n\n{n}"
        for n in range(1, 5)
    )

    assert read(text).sections == tuple(f"Onderdeel {n}" for n in range(1, 5))


def test_an_answer_that_returns_is_no_running_head() -> None:
    text = "\n\n".join(f"Mag ik soort {n} brengen?\n\nDat mag niet hier" for n in "abcd")

    assert {draft.answer for draft in read(text).questions} == {"Dat mag niet hier"}


def test_double_spaced_text_is_read_as_single() -> None:
    lines = [
        "Wanneer komt de wagen?",
        "",
        "",
        "De wagen komt om de week langs op de vaste dag van je straat en in de",
        "",
        "zomer komt hij elke week. Zet de bak op tijd klaar want de chauffeur rijdt",
        "",
        "door als er niets staat. Dat geldt ook op feestdagen die in de kalender",
        "",
        "staan met een andere dag.",
        "",
        "",
        "Wat kost een bak?",
        "",
        "",
        "Niets.",
    ]

    found = read("\n".join(lines))

    assert [draft.question for draft in found.questions] == [lines[0], "Wat kost een bak?"]
    assert found.questions[0].answer.startswith("De wagen komt om de week langs")
    assert "\n" not in found.questions[0].answer


def test_items_that_run_over_two_lines_stay_one_item() -> None:
    text = """Wat mag mee?

Dit mag mee:
• oude kranten en tijdschriften, als je ze
  in een doos doet
• glas
    - flessen
    - potten met
      hun deksel
• kleine apparaten

En verder mag er niets mee.
"""

    assert answer(text) == (
        "Dit mag mee:\n\n"
        "- oude kranten en tijdschriften, als je ze in een doos doet\n"
        "- glas\n  - flessen\n  - potten met hun deksel\n- kleine apparaten\n\n"
        "En verder mag er niets mee."
    )


def test_lettered_items_keep_their_letters() -> None:
    text = "Wat heb ik nodig?\n\nJe neemt mee:\n\na) je pas;\nb) een foto.\n\nEn dan?\n\nNiets.\n"

    assert answer(text) == "Je neemt mee:\n\n- a) je pas;\n- b) een foto."


def test_a_bullet_alone_on_its_line_belongs_to_the_next() -> None:
    text = "Wat mag mee?\n\nDit mag:\n•\npapier\n•\nglas\n\nEn dan?\n\nNiets.\n"

    assert answer(text) == "Dit mag:\n\n- papier\n- glas"


def test_a_row_of_tabs_becomes_a_table() -> None:
    text = "Wat kost het?\n\nDe prijzen:\n\nSoort\tPrijs\nhout\t9 cent\npuin\t2 cent\n"

    table = "| Soort | Prijs |\n| --- | --- |\n| hout | 9 cent |\n| puin | 2 cent |"
    assert answer(text) == f"De prijzen:\n\n{table}"


@pytest.mark.parametrize(
    ("reference", "note"),
    [("elke week.[1]", "[1]"), ("elke week.¹", "¹"), ("elke week.1", "1")],
)
def test_a_footnote_goes_to_the_answer_that_refers_to_it(reference: str, note: str) -> None:
    text = f"""Wanneer komt de wagen?

De wagen komt {reference}

Wat kost een bak?

Een bak is gratis.

________________
{note} Behalve in de zomervakantie.
"""

    found = read(text)

    assert found.questions[0].answer.endswith(f"{note} Behalve in de zomervakantie.")
    assert found.questions[1].answer == "Een bak is gratis."


def test_signs_of_markdown_in_plain_text_show_as_they_are() -> None:
    sentence = "Gebruik *geen* <b>tags</b>, _lijn_ of `code` en geen [haken](x) erbij."
    text = f"Hoe schrijf ik het?\n\n{sentence}\n\nEn dan?\n\nNiets.\n"

    assert plain_blocks(answer(text)) == [sentence]


def test_answers_without_such_signs_are_letter_by_letter() -> None:
    sentence = "De prijs (incl. btw) is € 2,50 per m³ - hij/ zij betaalt 10% & krijgt 1 [pas]."
    text = f"Wat is de prijs?\n\n{sentence}\n\nEn dan?\n\nNiets.\n"

    assert answer(text) == sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_reads_the_encodings_that_programs_write(encoding: str) -> None:
    text = "Wat is één ‘bak’?\n\nEen bak voor fruit – € 5 per jaar, geïnd per kwartaal.\n"

    found = parse(text.encode(encoding), "faq.txt")

    assert found.questions[0].question == "Wat is één ‘bak’?"
    assert "€ 5 per jaar, geïnd" in found.questions[0].answer


def test_windows_line_ends_make_no_difference() -> None:
    text = "Waar?\n\nHier is\nhet.\n\nWanneer?\n\nNu.\n"

    assert read(text.replace("\n", "\r\n")).drafts == read(text).drafts
