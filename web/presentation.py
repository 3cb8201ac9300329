"""Give the templates what they share: the corpus, its sections, Markdown, words for sureness."""

from dataclasses import dataclass
from typing import Any

from flask import Flask

from assistant import sureness
from assistant.text import MAX_QUESTION_LENGTH
from corpus import Corpus, Entry
from corpus.models import split_section
from web.answering import get_corpus
from web.conversation import Step
from web.markdown import render_markdown
from web.questions import EMPTY


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one section of the FAQ. `code` is the letter or number in front of its name, if any."""

    title: str
    code: str
    name: str
    anchor: str
    entries: tuple[Entry, ...]


def sections_of(corpus: Corpus) -> tuple[Section, ...]:
    """Give the sections of a corpus in its own order."""
    found = []
    for number, (title, entries) in enumerate(corpus.sections.items(), 1):
        code, name = split_section(title)
        found.append(Section(title, code, name, f"thema-{number}", entries))
    return tuple(found)


def equip_templates(app: Flask) -> None:
    """Make the shared names known to every template."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_template_filter(render_markdown, "markdown")
    app.add_template_filter(sureness, "sureness")
    app.jinja_env.globals.update(Step=Step, max_length=MAX_QUESTION_LENGTH, empty_question=EMPTY)
    app.context_processor(_shared)


def _shared() -> dict[str, Any]:
    corpus = get_corpus()
    sections = sections_of(corpus)
    return {
        "corpus": corpus,
        "sections": sections,
        "section_by_title": {section.title: section for section in sections},
    }
