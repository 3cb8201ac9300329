"""Recognise an FAQ in the blocks of a document: its sections, questions, answers and the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.importers.faq.answers import assemble
from corpus.importers.faq.copies import drop_contents, drop_copies
from corpus.importers.faq.finishing import finish
from corpus.importers.faq.footnotes import attach_footnotes
from corpus.importers.faq.markers import has_markers, split_markers
from corpus.importers.faq.models import (
    DEFAULT_SECTION,
    PRACTICAL_SECTION,
    Block,
    BlockKind,
    Draft,
    LeftOut,
    Recognised,
)
from corpus.importers.faq.question_tables import split_tables
from corpus.importers.faq.roles import Role, assign_roles
from corpus.importers.faq.signals import (
    MAX_QUESTION,
    ends_as_question,
    is_practical_name,
    is_title,
    sentence_count,
    strip_number,
)
from corpus.importers.faq.styles import MARKED, Questions, find_questions

_INTRODUCTION: Final = "Inleiding"
_NO_QUESTIONS: Final = "een kop zonder eigen vragen"
_SHORTEST_PIECE: Final = 60
"""Characters; less than this before the first question is a date or a version."""


@dataclass
class _Piece:
    """Hold one question or practical piece while its answer is gathered."""

    title: str
    section: str
    practical: bool
    line: int
    body: list[Block] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def recognise(
    blocks: Sequence[Block],
    *,
    format: str,
    title: str = "",
    left_out: Iterable[LeftOut] = (),
    base: str = "",
) -> Recognised:
    """Find the questions and answers of a document, and say what was left out and why.

    `base` is the address of the document, which completes its short links.
    """
    gone = list(left_out)
    kept = drop_copies(_with_joined_titles(blocks))
    contents = drop_contents(kept.blocks)
    gone += [*kept.left_out, *contents.left_out]
    prepared = attach_footnotes(contents.blocks)
    prepared = split_tables(prepared)
    if has_markers(prepared):
        prepared = split_markers(prepared)
    questions = find_questions(prepared)
    walk = _Walk(prepared, questions)
    walk.run()
    drafts = [_draft(piece, questions, gone) for piece in walk.pieces]
    found = [draft for draft in drafts if draft is not None]
    left = (*gone, *walk.left_out)
    done = finish(Recognised(format, walk.title or title, tuple(found), left), base=base)
    filled = {draft.section for draft in done.drafts}
    empty = [LeftOut(s, _NO_QUESTIONS, line) for s, line in walk.sections if s not in filled]
    return replace(done, left_out=(*done.left_out, *empty))


def _with_joined_titles(blocks: Sequence[Block]) -> list[Block]:
    """Join a title that runs over two paragraphs of the same look."""
    found: list[Block] = []
    for block in blocks:
        if found and _continues_title(found[-1], block):
            last = found[-1]
            found[-1] = replace(
                last,
                text=f"{last.text} {block.text}",
                markdown=f"{last.markdown} {block.markdown}",
            )
        else:
            found.append(block)
    return found


def _continues_title(last: Block, block: Block) -> bool:
    if last.kind is not block.kind or (last.level, last.bold) != (block.level, block.bold):
        return False
    if block.kind is not BlockKind.HEADING and not (block.bold and len(block.text) < 120):
        return False
    return block.text[:1].islower() and not last.text.endswith((".", "?", "!", ":", ";"))


class _Walk:
    """Go through the document once, gathering each answer under its question."""

    def __init__(self, blocks: Sequence[Block], questions: Questions) -> None:
        self._blocks = blocks
        self._questions = questions
        self._roles = assign_roles(blocks, questions)
        self._section = ""
        self._current: _Piece | None = None
        self._after_rule = False
        self._titled = False
        self.title = ""
        self.pieces: list[_Piece] = []
        self.sections: list[tuple[str, int]] = []
        self.left_out: list[LeftOut] = []

    def run(self) -> None:
        """Fill `pieces` and `left_out`."""
        for place, block in enumerate(self._blocks):
            role = self._roles[place]
            if role is Role.RULE:
                self._after_rule = True
                continue
            self._take(place, block, role)
            self._after_rule = False

    def _take(self, place: int, block: Block, role: Role) -> None:
        if role is Role.TITLE:
            self._take_title(block)
        elif role is Role.SECTION:
            self._take_section(block)
        elif role is Role.QUESTION and not self._goes_on(block):
            self._start(block, practical=False)
        elif role is Role.QUESTION:
            self.pieces[-1].title += f" {_one_line(block.text)}"
        elif role is Role.PRACTICAL or self._starts_piece(place, block):
            self._start(block, practical=True)
        else:
            self._add(place, block)

    def _take_section(self, block: Block) -> None:
        self._section, self._current = _one_line(block.text), None
        self.sections.append((self._section, block.line))
        self._leave_notes(block)

    def _take_title(self, block: Block) -> None:
        first = all(piece.practical for piece in self.pieces) and not self._section
        heads = block.kind is BlockKind.HEADING
        if first and (not self.title or (heads and not self._titled)):
            if self.title:
                self.left_out.append(LeftOut(self.title, "een kop boven de titel"))
            self.title, self._titled = _one_line(block.text), heads
        else:
            self.left_out.append(LeftOut(block.text, "een kop zonder tekst", block.line))
        self._leave_notes(block)
        self._current = None

    def _leave_notes(self, block: Block) -> None:
        self.left_out += [LeftOut(note, "voetnoot bij een kop", block.line) for note in block.notes]

    def _start(self, block: Block, *, practical: bool) -> None:
        section = PRACTICAL_SECTION if practical else self._section or DEFAULT_SECTION
        self._current = _Piece(_one_line(block.text), section, practical, block.line)
        self._current.body += [Block(BlockKind.PARAGRAPH, "", notes=block.notes)]
        self.pieces.append(self._current)

    def _goes_on(self, block: Block) -> bool:
        """Tell whether a question is the second line of the one right above it."""
        if self._current is None or block.kind is not BlockKind.PARAGRAPH or block.space:
            return False
        asked = not self._current.practical and not any(b.text for b in self._current.body)
        return asked and len(self._current.title) + len(block.text) < MAX_QUESTION

    def _starts_piece(self, place: int, block: Block) -> bool:
        """Tell whether a title line behind a rule opens a piece before or after the questions."""
        if not (self._after_rule and is_title(block.text) and block.kind is BlockKind.PARAGRAPH):
            return False
        if self._roles[place + 1 : place + 2] != [Role.BODY]:
            return False
        before_all = not any(not piece.practical for piece in self.pieces)
        return before_all or Role.QUESTION not in self._roles[place:]

    def _add(self, place: int, block: Block) -> None:
        if self._current is None:
            if self._section:
                reason = f"tekst onder de kop ‘{self._section}’, voor de eerste vraag"
                text = " ".join((block.text, *block.notes))
                self.left_out.append(LeftOut(text, reason, block.line))
                return
            self._current = _Piece(_INTRODUCTION, PRACTICAL_SECTION, True, block.line)
            self.pieces.append(self._current)
        asks = place in self._questions.inside and sentence_count(block.text) == 1
        if asks and not self._current.practical:
            self._current.doubts.append(
                f"In het antwoord staat een vraag: ‘{block.text}’. Is dat een eigen vraag?"
            )
        self._current.body.append(block)


def _draft(piece: _Piece, questions: Questions, gone: list[LeftOut]) -> Draft | None:
    """Make a draft of a piece, or say why it is none."""
    answer = assemble(piece.body)
    text = " ".join(block.text for block in piece.body if block.text)
    if not answer:
        gone.append(LeftOut(piece.title, "geen antwoord gevonden", piece.line))
        return None
    if piece.practical and piece.title == _INTRODUCTION and len(text) < _SHORTEST_PIECE:
        gone.append(LeftOut(answer, "te kort voor een praktische vraag", piece.line))
        return None
    question = (
        piece.title if piece.practical else strip_number(piece.title, loose=questions.numbers)
    )
    return Draft(
        section=piece.section,
        question=question,
        answer=answer,
        practical=piece.practical,
        doubts=(*_doubts(piece, question, questions), *piece.doubts),
        line=piece.line,
    )


def _doubts(piece: _Piece, question: str, questions: Questions) -> list[str]:
    if piece.practical:
        return ["Dit lijkt tekst over de FAQ zelf. Maak van de kop een vraag, of haal dit weg."]
    found = []
    if not ends_as_question(question) and questions.style != MARKED:
        found.append("Deze kop eindigt niet op een vraagteken. Is dit een vraag?")
    elif is_practical_name(question):
        found.append("Gaat deze vraag over de FAQ zelf?")
    if sentence_count(question) > 1:
        found.append("De vraag telt meer dan één zin. Hoort alles bij de vraag?")
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())
