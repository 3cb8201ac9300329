"""Test what web pages do with their questions."""

import json

from corpus.importers.faq import Recognised
from corpus.importers.faq.formats import parse

PAGE = "<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def read(body: str, head: str = "") -> Recognised:
    """Recognise a web page."""
    return parse(PAGE.format(head=head, body=body).encode(), "faq.html")


def pairs(found: Recognised) -> list[tuple[str, str]]:
    """Give question and answer of each draft on the subject."""
    return [(draft.question, draft.answer) for draft in found.questions]


def test_reads_a_definition_list() -> None:
    found = read("<dl><dt>Waar?<dd>Hier.<p>Of daar.</p><dt>Wanneer?<dd>Nu.</dl>")

    assert pairs(found) == [("Waar?", "Hier.\n\nOf daar."), ("Wanneer?", "Nu.")]


def test_reads_an_accordion_of_buttons() -> None:
    found = read(
        "<h2>Afval</h2>"
        '<h3><button aria-expanded="false">Waar?</button></h3><div hidden><p>Hier.</p></div>'
        '<div class="accordion-title">Wanneer?</div><div><h4>Tijden</h4><p>Nu.</p></div>'
        "<button>Delen</button>"
    )

    assert found.sections == ("Afval",)
    assert pairs(found) == [("Waar?", "Hier."), ("Wanneer?", "#### Tijden\n\nNu.")]


def test_reads_an_accordion_of_plain_buttons() -> None:
    found = read(
        '<div><button aria-controls="a">Waar?</button><div id="a">Hier.</div></div>'
        '<div><button aria-controls="b">Wanneer?</button><div id="b">Nu.</div></div>'
    )

    assert pairs(found) == [("Waar?", "Hier."), ("Wanneer?", "Nu.")]


def test_reads_schema_org_in_the_page() -> None:
    question = (
        '<div itemscope itemprop="mainEntity" itemtype="https://schema.org/Question">'
        '<h3 itemprop="name">{}</h3><div itemprop="acceptedAnswer" itemscope '
        'itemtype="https://schema.org/Answer"><div itemprop="text">{}</div></div></div>'
    )
    found = read(
        question.format("Tarieven", "<p>Twee euro.</p>") + question.format("Waar?", "<p>Hier.</p>")
    )

    assert pairs(found) == [("Tarieven", "Twee euro."), ("Waar?", "Hier.")]


def test_reads_schema_org_for_search_engines() -> None:
    data = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "Waar &amp; wanneer?",
                "acceptedAnswer": {"@type": "Answer", "text": "<p>Hier.</p><ul><li>Nu</ul>"},
            }
        ],
    }
    found = read(
        "<h2>Afval</h2><p>Laadt...</p>",
        f'<script type="application/ld+json">{json.dumps(data)}</script>',
    )

    assert pairs(found) == [("Waar & wanneer?", "Hier.\n\n- Nu")]
    assert any("schema.org" in remark for remark in found.remarks)


def test_leaves_out_what_surrounds_the_text() -> None:
    found = read(
        "<header><h2>Waar ben je?</h2><p>Menu</p></header><nav><a href='/'>Home</a></nav>"
        "<h2>Waar?</h2><p>Hier.</p><aside><p>Reclame</p></aside><footer><p>Colofon</p></footer>"
        "<script>alert('Wat?')</script><!-- Hoe? -->"
    )

    assert pairs(found) == [("Waar?", "Hier.")]


def test_links_are_completed_by_the_address_of_the_page() -> None:
    head = '<link rel="canonical" href="https://www.voorbeeldstad.nl/afval/faq">'
    body = (
        '<h2>Waar?</h2><p>Op <a href="/kaart">de kaart</a>, <a href="dagen.html">per dag</a> of '
        '<a href="mailto:afval@voorbeeldstad.nl">per mail</a>.</p>'
    )

    assert read(body, head).questions[0].answer == (
        "Op [de kaart](https://www.voorbeeldstad.nl/kaart), "
        "[per dag](https://www.voorbeeldstad.nl/afval/dagen.html) of "
        "[per mail](mailto:afval@voorbeeldstad.nl)."
    )


def test_links_that_a_page_may_not_carry_lose_their_address() -> None:
    found = read(
        '<h2>Waar?</h2><p>Bel <a href="tel:14030">14 030</a> of '
        '<a href="javascript:alert(1)">klik</a> of <a href="/kaart">kijk</a>.</p>'
    )

    draft = found.questions[0]
    assert draft.answer == "Bel 14 030 of klik of kijk."
    assert sum("werkt hier niet" in doubt for doubt in draft.doubts) == 3


def test_footnotes_go_to_the_answer_that_refers_to_them() -> None:
    found = read(
        '<h2>Waar?</h2><p>Hier.<sup><a href="#n1" id="r1">1</a></sup></p>'
        "<h2>Wanneer?</h2><p>Nu.</p>"
        '<section><ol><li id="n1">Behalve op zondag. <a href="#r1">↩</a></li></ol></section>'
    )

    assert pairs(found) == [
        ("Waar?", "Hier.[1]\n\n[1] Behalve op zondag."),
        ("Wanneer?", "Nu."),
    ]


def test_tags_left_open_make_no_difference() -> None:
    found = read(
        "<h2>Wat kost het?</h2><p>De prijzen:<table><tr><th>Soort<th>Prijs<tr><td>hout"
        "<td>9 cent</table><ul><li>een<li>twee</ul>"
    )

    assert found.questions[0].answer == (
        "De prijzen:\n\n| Soort | Prijs |\n| --- | --- |\n| hout | 9 cent |\n\n- een\n- twee"
    )


def test_bold_and_slanted_words_stay_so() -> None:
    found = read("<h2>Wat?</h2><p>Dit is <strong>heel </strong>erg <i>mooi</i> en 2 * 3 * 4.</p>")

    assert found.questions[0].answer == "Dit is **heel** erg *mooi* en 2 * 3 * 4."


def test_line_breaks_in_a_paragraph_stay() -> None:
    found = read("<h2>Waar?</h2><p>Stadhuis<br>Markt 1<br><br>Open op maandag</p>")

    assert found.questions[0].answer == "Stadhuis  \nMarkt 1\n\nOpen op maandag"


def test_questions_in_bold_before_a_line_break() -> None:
    found = read("<p><b>Waar?</b><br>Hier.</p><p><b>Wanneer?</b><br>Nu.<br>Of straks.</p>")

    assert pairs(found) == [("Waar?", "Hier."), ("Wanneer?", "Nu.  \nOf straks.")]


def test_pictures_are_named_as_left_out() -> None:
    found = read('<h2>Waar?</h2><p>Hier. <img src="x.png" alt="kaart"></p>')

    assert found.questions[0].answer == "Hier."
    assert [piece.text for piece in found.left_out] == ["1 afbeelding(en)"]


def test_a_page_is_recognised_without_its_suffix() -> None:
    text = PAGE.format(head="", body="<h2>Waar?</h2><p>Hier.</p>")

    assert parse(text.encode(), "pagina").format == "HTML-pagina"
