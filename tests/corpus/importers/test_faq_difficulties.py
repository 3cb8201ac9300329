"""Test the import on what makes real documents hard, one small text for each."""

import pytest

from corpus.importers.faq import Recognised
from corpus.importers.faq.formats import parse
from corpus.importers.faq.models import DEFAULT_SECTION


def read(text: str, name: str = "faq.txt") -> Recognised:
    """Recognise a small text."""
    return parse(text.encode(), name)


def outline(found: Recognised) -> list[tuple[str, str]]:
    """Give section and question of each draft on the subject."""
    return [(draft.section, draft.question) for draft in found.questions]


CASES = {
    "no sections at all, only two questions": (
        """Waar mag ik parkeren?

Overal waar geen bord staat.

Wat kost een vergunning?

Een vergunning kost 40 euro per jaar.
""",
        [
            (DEFAULT_SECTION, "Waar mag ik parkeren?"),
            (DEFAULT_SECTION, "Wat kost een vergunning?"),
        ],
    ),
    "no blank line between question and answer": (
        """Waar mag ik parkeren?
Overal waar geen bord staat.
Wat kost een vergunning?
Een vergunning kost 40 euro per jaar.
""",
        [
            (DEFAULT_SECTION, "Waar mag ik parkeren?"),
            (DEFAULT_SECTION, "Wat kost een vergunning?"),
        ],
    ),
    "V: and A: markers": (
        """Betaald parkeren

V: Waar betaal ik?
A: Bij de automaat, of met je telefoon.
Dat kan ook vooraf.

V: Kan ik mijn kenteken wijzigen
A: Ja. Hoe? Log in en kies een ander kenteken.

Vergunningen

V: Wie krijgt een vergunning, en mag
een bedrijf er ook een aanvragen?
A: Bewoners en bedrijven in de zone.
""",
        [
            ("Betaald parkeren", "Waar betaal ik?"),
            ("Betaald parkeren", "Kan ik mijn kenteken wijzigen"),
            ("Vergunningen", "Wie krijgt een vergunning, en mag een bedrijf er ook een aanvragen?"),
        ],
    ),
    "Vraag and Antwoord on lines of their own": (
        """Vraag 1
Waar mag ik parkeren?

Antwoord
Overal waar geen bord staat.

Vraag 2
Wat kost een vergunning?

Antwoord
Een vergunning kost 40 euro.
""",
        [
            (DEFAULT_SECTION, "Waar mag ik parkeren?"),
            (DEFAULT_SECTION, "Wat kost een vergunning?"),
        ],
    ),
    "Vraag 1: and Antwoord: with a question mark in the answer": (
        """Vraag 1: Waar mag ik parkeren?
Antwoord: Ken je de zone?
Kijk dan op het bord.

Vraag 2: Wat kost een vergunning?
Antwoord: Een vergunning kost 40 euro.
""",
        [
            (DEFAULT_SECTION, "Waar mag ik parkeren?"),
            (DEFAULT_SECTION, "Wat kost een vergunning?"),
        ],
    ),
    "sections in capitals": (
        """BETAALD PARKEREN

Waar betaal ik?

Bij de automaat.

VERGUNNINGEN EN ONTHEFFINGEN

Wie krijgt een vergunning?

Bewoners van de zone.
""",
        [
            ("BETAALD PARKEREN", "Waar betaal ik?"),
            ("VERGUNNINGEN EN ONTHEFFINGEN", "Wie krijgt een vergunning?"),
        ],
    ),
    "numbered sections with numbered questions": (
        """1. Betaald parkeren

1.1 Waar betaal ik?

Bij de automaat. Dat gaat zo:

1. Kies je zone.
2. Toets je kenteken in.
3. Betaal.

1.2 Kan ik met de telefoon betalen?

Ja, met elke app.

2. Vergunningen

2.1 Wie krijgt een vergunning?

Bewoners van de zone.
""",
        [
            ("1. Betaald parkeren", "Waar betaal ik?"),
            ("1. Betaald parkeren", "Kan ik met de telefoon betalen?"),
            ("2. Vergunningen", "Wie krijgt een vergunning?"),
        ],
    ),
    "bare numbers in front of questions": (
        """1 Waar betaal ik?

Bij de automaat.

2 Wat als 2 mensen 1 auto delen?

Dan deel je ook de vergunning.

3 Is het gratis als je 18 bent?

Nee.
""",
        [
            (DEFAULT_SECTION, "Waar betaal ik?"),
            (DEFAULT_SECTION, "Wat als 2 mensen 1 auto delen?"),
            (DEFAULT_SECTION, "Is het gratis als je 18 bent?"),
        ],
    ),
    "a table of contents with page numbers": (
        """Inhoudsopgave

Betaald parkeren .................... 2
Waar betaal ik? ..................... 2
Wat kost een uur? ................... 3
Vergunningen ........................ 4
Wie krijgt een vergunning? .......... 4

Betaald parkeren

Waar betaal ik?

Bij de automaat.

Wat kost een uur?

Twee euro.

Vergunningen

Wie krijgt een vergunning?

Bewoners van de zone.
""",
        [
            ("Betaald parkeren", "Waar betaal ik?"),
            ("Betaald parkeren", "Wat kost een uur?"),
            ("Vergunningen", "Wie krijgt een vergunning?"),
        ],
    ),
    "a table of contents without page numbers": (
        """Inhoud
Waar betaal ik?
Wat kost een uur?
Wie krijgt een vergunning?

Waar betaal ik?

Bij de automaat.

Wat kost een uur?

Twee euro.

Wie krijgt een vergunning?

Bewoners van de zone.
""",
        [
            (DEFAULT_SECTION, "Waar betaal ik?"),
            (DEFAULT_SECTION, "Wat kost een uur?"),
            (DEFAULT_SECTION, "Wie krijgt een vergunning?"),
        ],
    ),
    "headings that do not end in a question mark": (
        """# Parkeren

## Betaald parkeren

### Waar betaal ik?

Bij de automaat.

### Kosten van een uur

Twee euro.

## Vergunningen

### Vergunning aanvragen

Dat kan via internet.

### Hoe lang duurt het?

Twee weken.
""",
        [
            ("Betaald parkeren", "Waar betaal ik?"),
            ("Betaald parkeren", "Kosten van een uur"),
            ("Vergunningen", "Vergunning aanvragen"),
            ("Vergunningen", "Hoe lang duurt het?"),
        ],
    ),
    "a section heading that asks something itself": (
        """# Wat wil je weten over parkeren?

## Waar betaal ik?

Bij de automaat.

## Wat kost een uur?

Twee euro.

# Wat wil je weten over vergunningen?

## Wie krijgt een vergunning?

Bewoners van de zone.
""",
        [
            ("Wat wil je weten over parkeren?", "Waar betaal ik?"),
            ("Wat wil je weten over parkeren?", "Wat kost een uur?"),
            ("Wat wil je weten over vergunningen?", "Wie krijgt een vergunning?"),
        ],
    ),
    "questions inside answers, under headings": (
        """## Waar betaal ik?

Bij de automaat. Vraag je af:

Heb je muntgeld?

Anders betaal je met je pas.

## Wat kost een uur?

Twee euro.

Is dat duur?

Nee.
""",
        [(DEFAULT_SECTION, "Waar betaal ik?"), (DEFAULT_SECTION, "Wat kost een uur?")],
    ),
    "questions inside answers, in plain text": (
        """Waar betaal ik?

Bij de automaat. Stel jezelf eerst deze vragen:

Heb je muntgeld?

Is de automaat in de buurt?

Met een app kan het ook.

Wat kost een uur?

Dat hangt af van de zone. Weet je in welke zone je staat? Kijk dan op het bord. Zo niet, wie kan
je dan helpen?

Wie controleert er?

De handhavers.
""",
        [
            (DEFAULT_SECTION, "Waar betaal ik?"),
            (DEFAULT_SECTION, "Wat kost een uur?"),
            (DEFAULT_SECTION, "Wie controleert er?"),
        ],
    ),
    "a line that returns in every answer": (
        """Waar betaal ik?

Bij de automaat.

Meer weten?

Bel 14 030.

Wat kost een uur?

Twee euro.

Meer weten?

Bel 14 030.
""",
        [(DEFAULT_SECTION, "Waar betaal ik?"), (DEFAULT_SECTION, "Wat kost een uur?")],
    ),
    "bold questions with the answer on the same line": (
        """**Betaald parkeren**

**Waar betaal ik?** Bij de automaat.

**Wat kost een uur?** Twee euro. **Let op:** op zondag ook.
""",
        [("Betaald parkeren", "Waar betaal ik?"), ("Betaald parkeren", "Wat kost een uur?")],
    ),
    "a question that refers to a chapter, and one of two sentences": (
        """Deel 1: Algemeen

Ik ga verhuizen. Wat moet ik doen met mijn vergunning?

Zeg de oude op en vraag een nieuwe aan.

Deel 2: Bezoek

Mag mijn bezoek (zie deel 1) ook bij mij parkeren?

Ja, met een bezoekerspas.
""",
        [
            ("Deel 1: Algemeen", "Ik ga verhuizen. Wat moet ik doen met mijn vergunning?"),
            ("Deel 2: Bezoek", "Mag mijn bezoek (zie deel 1) ook bij mij parkeren?"),
        ],
    ),
    "a short last line of an answer is no section": (
        """Waar betaal ik?

Bij de automaat

Wat kost een uur?

Twee euro

Wie controleert er?

De handhavers
""",
        [
            (DEFAULT_SECTION, "Waar betaal ik?"),
            (DEFAULT_SECTION, "Wat kost een uur?"),
            (DEFAULT_SECTION, "Wie controleert er?"),
        ],
    ),
    "underlined titles": (
        """Betaald parkeren
================

Waar betaal ik?
---------------

Bij de automaat.

Wat kost een uur?
-----------------

Twee euro.
""",
        [("Betaald parkeren", "Waar betaal ik?"), ("Betaald parkeren", "Wat kost een uur?")],
    ),
    "the same question in two sections": (
        """Betaald parkeren

Wat kost het?

Twee euro per uur.

Vergunningen

Wat kost het?

Veertig euro per jaar, en minder voor wie in de binnenstad woont.
""",
        [
            ("Betaald parkeren", "Wat kost het?"),
            ("Vergunningen", "Wat kost het? (Vergunningen)"),
        ],
    ),
    "two lines that both ask, and roman numbers": (
        """I. Betalen

Wat gebeurt er als ik te laat betaal?
En krijg ik dan een boete?

Ja, een naheffing.

II. Bezwaar

Kan ik bezwaar maken via
MijnGemeente en hoe werkt dat?

Ja, log in.
""",
        [
            ("I. Betalen", "Wat gebeurt er als ik te laat betaal? En krijg ik dan een boete?"),
            ("II. Bezwaar", "Kan ik bezwaar maken via MijnGemeente en hoe werkt dat?"),
        ],
    ),
    "markers with dashes, sections that also stand in the contents": (
        """INHOUD
1. ALGEMEEN
2. BEWONERS

1. ALGEMEEN

Vraag 1 – Waar mag ik parkeren?
Antwoord – Buiten de singels.

2. BEWONERS

Vraag 2 – Hoe vraag ik een pas aan?
En hoe lang duurt dat?
Antwoord – Zo:
1. Log in.
2. Kies een pas.
""",
        [
            ("1. ALGEMEEN", "Waar mag ik parkeren?"),
            ("2. BEWONERS", "Hoe vraag ik een pas aan? En hoe lang duurt dat?"),
        ],
    ),
    "a lettered section, a guide and a copy cut short behind the closing": (
        """ Leeswijzer

Deze vragen kwamen op bij een bijeenkomst over parkeren in de binnenstad.

________________________________________
 A: Betaald parkeren

Waar betaal ik?

Bij de automaat of met je telefoon, en op zondag en op feestdagen hoef je niets te betalen.

4. Vergunningen

Wie krijgt een vergunning?

Bewoners van de zone die geen eigen garage hebben, en bedrijven met een adres in de zone.

________________________________________

Tot slot

Deze lijst groeit met jullie vragen.
 \tBij de automaat of met je telefoon, en op zondag en op feestdagen hoef je niets te ...
\t4. Vergunningen
\tWie krijgt een vergunning?
\tBewoners van de zone die geen eigen garage hebben, en bedrijven met een adres in ...
""",
        [
            ("A: Betaald parkeren", "Waar betaal ik?"),
            ("4. Vergunningen", "Wie krijgt een vergunning?"),
        ],
    ),
    "a list of questions in an answer": (
        """Waar moet ik op letten?

Op drie dingen:

- Staat er een bord?
- Is er een automaat?
- Ken je de tijden?

Wat kost een uur?

Twee euro.
""",
        [(DEFAULT_SECTION, "Waar moet ik op letten?"), (DEFAULT_SECTION, "Wat kost een uur?")],
    ),
    "numbered questions, numbered steps in the answers": (
        """1. Hoe vraag ik een pas aan?

1. Log in.
2. Kies een pas.
3. Betaal.

2. Hoe zeg ik mijn pas op?

1. Log in.
2. Kies opzeggen.
""",
        [
            (DEFAULT_SECTION, "Hoe vraag ik een pas aan?"),
            (DEFAULT_SECTION, "Hoe zeg ik mijn pas op?"),
        ],
    ),
}


@pytest.mark.parametrize("name", list(CASES))
def test_recognises_sections_and_questions(name: str) -> None:
    text, expected = CASES[name]
    suffix = "faq.md" if text.startswith(("#", "**")) else "faq.txt"

    assert outline(read(text, suffix)) == expected


def test_an_answer_keeps_all_that_stands_under_its_question() -> None:
    text, _ = CASES["a line that returns in every answer"]

    found = read(text)

    assert [draft.answer for draft in found.questions] == [
        "Bij de automaat.\n\nMeer weten?\n\nBel 14 030.",
        "Twee euro.\n\nMeer weten?\n\nBel 14 030.",
    ]


def test_a_question_inside_an_answer_is_pointed_out() -> None:
    text, _ = CASES["questions inside answers, under headings"]

    doubts = read(text, "faq.md").questions[1].doubts

    assert "In het antwoord staat een vraag: ‘Is dat duur?’. Is dat een eigen vraag?" in doubts


def test_a_title_without_question_mark_is_pointed_out() -> None:
    text, _ = CASES["headings that do not end in a question mark"]

    doubts = read(text, "faq.md").questions[1].doubts

    assert "Deze kop eindigt niet op een vraagteken. Is dit een vraag?" in doubts


def test_a_contents_and_a_copy_are_named_with_their_reason() -> None:
    contents = read(CASES["a table of contents with page numbers"][0])
    copy = read(CASES["a lettered section, a guide and a copy cut short behind the closing"][0])

    assert [piece.reason for piece in contents.left_out] == ["inhoudsopgave"]
    assert [piece.reason for piece in copy.left_out] == [
        "staat al eerder in het document (tweede weergave van dezelfde tekst)"
    ]
    assert [draft.question for draft in copy.practical] == ["Leeswijzer", "Tot slot"]


def test_a_question_without_an_answer_is_named() -> None:
    found = read("# Waar?\n\n# Wanneer?\n\nNu.\n", "faq.md")

    assert [(piece.text, piece.reason, piece.line) for piece in found.left_out] == [
        ("Waar?", "geen antwoord gevonden", 1)
    ]
