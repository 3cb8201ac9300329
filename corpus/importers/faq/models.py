"""Give the objects of an import: blocks of a document, found questions, and what was left out.

A reader turns a file into blocks (or, for tables and data files, straight into drafts);
`recognise` turns blocks into a `Recognised` document. All of it is frozen, and nothing is written.
"""

from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Corpus

DEFAULT_SECTION = "Veelgestelde vragen"
"""The section of questions in a document without sections."""
PRACTICAL_SECTION = "Over deze FAQ"


class DocumentError(ValueError):
    """Tell in one Dutch sentence why a document cannot be imported."""


class BlockKind(StrEnum):
    """Name what a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    RULE = "rule"
    QUESTION = "question"
    """Marked as a question by the document itself: <summary>, <dt>, a schema.org Question."""


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one piece of a document, in reading order."""

    kind: BlockKind
    text: str
    """Plain text on one line; of a list or table, all its text."""
    markdown: str = ""
    """How the block stands in an answer."""
    level: int = 0
    """Of a heading: 1 is the highest."""
    bold: bool = False
    """Whether all of a paragraph is bold."""
    run_on: bool = False
    """Whether the block stood in the same paragraph as the one before it."""
    space: int = 1
    """Blank lines before it, where the format has them."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table: its cells, in Markdown; of a list: the text of each item, in a row of one."""
    notes: tuple[str, ...] = ()
    """Footnotes that the block refers to."""
    line: int = 0
    """Where it stood: a line of a text, a page of a PDF; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold one question found in a document, before it becomes an entry."""

    section: str
    question: str
    answer: str
    practical: bool = False
    id: str = ""
    """The id that the file itself gives, or empty."""
    short_answer: str = ""
    source: str = ""
    signpost: str = ""
    related: tuple[str, ...] = ()
    phrasings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    """What an editor should look at, each in one Dutch sentence."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Hold a piece of the document that is not imported, and why."""

    text: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Recognised:
    """Hold all that was found in a document: the preview, before anything is written."""

    format: str
    """For people: "tekst", "Word-document", ..."""
    title: str
    drafts: tuple[Draft, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()
    """What an editor should know of the document as a whole."""
    own: bool = False
    """Whether the file is our own export: its drafts are entries, letter by letter."""
    corpus: Corpus | None = None
    """The whole corpus, when our own export holds one."""

    @property
    def questions(self) -> tuple[Draft, ...]:
        """Give the drafts on the subject itself."""
        return tuple(draft for draft in self.drafts if not draft.practical)

    @property
    def practical(self) -> tuple[Draft, ...]:
        """Give the drafts on the document: its reading guide, its closing."""
        return tuple(draft for draft in self.drafts if draft.practical)

    @property
    def sections(self) -> tuple[str, ...]:
        """Give the sections of the questions, in the order of the document."""
        return tuple(dict.fromkeys(draft.section for draft in self.questions))
