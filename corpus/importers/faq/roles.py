"""Give each block its part in the document: title, section, question, answer, practical piece."""

from collections.abc import Sequence
from enum import StrEnum

from corpus.importers.faq.models import Block, BlockKind
from corpus.importers.faq.signals import (
    is_caps,
    is_closing_question,
    is_labelled,
    is_practical_name,
    is_title,
    is_unmarked_question,
    starts_as_question,
)
from corpus.importers.faq.styles import PLAIN, Questions, style_of


class Role(StrEnum):
    """Name the part that a block plays."""

    TITLE = "title"
    SECTION = "section"
    QUESTION = "question"
    BODY = "body"
    PRACTICAL = "practical"
    """The title of a reading guide, a closing or the like."""
    RULE = "rule"


def assign_roles(blocks: Sequence[Block], questions: Questions) -> list[Role]:
    """Give the role of each block."""
    return _RoleGiver(blocks, questions).roles()


class _RoleGiver:
    """Walk through the blocks from the end, so that each knows what follows it."""

    def __init__(self, blocks: Sequence[Block], questions: Questions) -> None:
        self._blocks = blocks
        self._questions = questions
        self._roles = [Role.BODY] * len(blocks)
        self._headings = any(b.kind is BlockKind.HEADING for b in blocks)
        self._labels = any(is_labelled(b.text) for b in blocks if is_title(b.text))

    def roles(self) -> list[Role]:
        for place in reversed(range(len(self._blocks))):
            self._roles[place] = self._role(place)
        self._settle_front()
        return self._roles

    def _role(self, place: int) -> Role:
        block = self._blocks[place]
        if block.kind is BlockKind.RULE:
            return Role.RULE
        if place in self._questions.places:
            return self._question_role(place)
        if block.kind is BlockKind.HEADING:
            return self._heading_role(place)
        if block.kind is BlockKind.PARAGRAPH and not block.run_on:
            return self._paragraph_role(place)
        return Role.BODY

    def _question_role(self, place: int) -> Role:
        closing = is_closing_question(self._blocks[place].text)
        return Role.PRACTICAL if closing and not self._asks_later(place) else Role.QUESTION

    # headings

    def _heading_role(self, place: int) -> Role:
        block, style = self._blocks[place], self._questions.style
        if style.name == "heading":
            if block.level > style.level and self._under_question(place):
                return Role.BODY
            if block.level >= style.level:
                return self._equal_heading_role(place)
        if self._has_question_beneath(place):
            return Role.SECTION
        if self._is_answer_heading(place):
            return Role.BODY
        return Role.PRACTICAL if self._has_body(place) else Role.TITLE

    def _equal_heading_role(self, place: int) -> Role:
        """Judge a heading set as questions are, but without a question mark."""
        text = self._blocks[place].text
        if not self._has_body(place):
            return Role.SECTION if self._has_question_beneath(place) else Role.TITLE
        if is_practical_name(text):
            return Role.PRACTICAL
        return Role.QUESTION

    def _is_answer_heading(self, place: int) -> bool:
        """Tell whether a heading stands in an answer: questions follow it in the same section."""
        if self._questions.style.name == "heading":
            return False
        return not is_practical_name(self._blocks[place].text) and self._asks_later(
            place, within_section=True
        )

    # paragraphs

    def _paragraph_role(self, place: int) -> Role:
        block = self._blocks[place]
        if not is_title(block.text) and not (block.bold and len(block.text) <= 120):
            return Role.BODY
        if is_practical_name(block.text) and not self._asks_later(place, within_section=True):
            return Role.PRACTICAL if self._has_body(place) else Role.BODY
        if self._next_role(place) in (Role.QUESTION, Role.SECTION) and self._may_be_section(place):
            return Role.SECTION
        if self._is_unmarked_question(place):
            return Role.QUESTION
        return Role.BODY

    def _may_be_section(self, place: int) -> bool:
        block, style = self._blocks[place], self._questions.style
        before = self._before(place)
        if before is not None and before in self._questions.places:
            return False  # the only line of an answer, however short
        ruled = place > 0 and self._blocks[place - 1].kind is BlockKind.RULE
        if block.bold or is_caps(block.text) or ruled:
            return True
        if is_labelled(block.text):
            return True
        if self._labels or self._headings or style.name == "bold":
            return False  # sections of this document look otherwise
        return block.space > 0 or before is None

    def _is_unmarked_question(self, place: int) -> bool:
        """Tell whether a line is set and worded as the questions, and lacks the question mark."""
        block, style = self._blocks[place], self._questions.style
        if style == PLAIN or style_of(block, numbers=self._questions.numbers) != style:
            return False
        return is_unmarked_question(block.text) and self._has_body(place)

    # surroundings

    def _before(self, place: int) -> int | None:
        for other in range(place - 1, -1, -1):
            if self._blocks[other].kind is not BlockKind.RULE:
                return other
        return None

    def _next_role(self, place: int) -> Role | None:
        return next((role for role in self._roles[place + 1 :] if role is not Role.RULE), None)

    def _has_body(self, place: int) -> bool:
        return self._next_role(place) is Role.BODY

    def _asks_later(self, place: int, *, within_section: bool = False) -> bool:
        for role in self._roles[place + 1 :]:
            if role is Role.QUESTION:
                return True
            if within_section and role in (Role.SECTION, Role.PRACTICAL):
                return False
        return False

    def _has_question_beneath(self, place: int) -> bool:
        """Tell whether a question stands under a heading, before one of its own level."""
        level = self._blocks[place].level
        in_headings = self._questions.style.name == "heading"
        for other in range(place + 1, len(self._blocks)):
            if self._roles[other] is Role.QUESTION:
                return in_headings or not self._between(place, other)
            if self._blocks[other].kind is BlockKind.HEADING and self._blocks[other].level <= level:
                return False
        return False

    def _between(self, place: int, question: int) -> bool:
        """Tell whether a heading stands in the middle of an answer, its question before it."""
        before = self._before(place)
        if before is None or not any(p < place for p in self._questions.places):
            return False
        body = any(self._roles[i] is Role.BODY for i in range(place + 1, question))
        deeper = [b.level for b in self._blocks if b.kind is BlockKind.HEADING]
        return body and self._blocks[place].level > min(deeper)

    def _under_question(self, place: int) -> bool:
        """Tell whether the nearest heading or question of a higher rank above is a question."""
        style = self._questions.style
        for other in range(place - 1, -1, -1):
            if other in self._questions.places:
                return True
            block = self._blocks[other]
            if block.kind is BlockKind.HEADING and block.level <= style.level:
                return self._may_be_topic(other)
        return False

    def _may_be_topic(self, place: int) -> bool:
        """Tell whether a heading without question mark stands where a question would."""
        level = self._blocks[place].level
        return level == self._questions.style.level and not is_practical_name(
            self._blocks[place].text
        )

    # the front of the document

    def _settle_front(self) -> None:
        """Tell the document's title from its first section."""
        start = next((i for i, r in enumerate(self._roles) if r is Role.QUESTION), 0)
        first = next((i for i, r in enumerate(self._roles) if r is not Role.RULE), None)
        heading = next((i for i in range(start) if self._is_heading(i)), first)
        for place in dict.fromkeys((first, heading)):
            if place is not None and self._is_document_title(place):
                self._roles[place] = Role.TITLE

    def _is_heading(self, place: int) -> bool:
        return self._blocks[place].kind is BlockKind.HEADING

    def _is_document_title(self, place: int) -> bool:
        block, role = self._blocks[place], self._roles[place]
        if is_practical_name(block.text) or place in self._questions.places:
            return False
        if role is Role.SECTION:
            rest = [r for r in self._roles[place + 1 :] if r is not Role.RULE]
            other = Role.SECTION in rest and self._outranks(place)
            return _names_faq(block.text) or (other and rest[:1] != [Role.QUESTION])
        if role is Role.QUESTION:
            return not (is_unmarked_question(block.text) or starts_as_question(block.text))
        titled = self._is_heading(place) or (is_title(block.text) and len(self._roles) > 1)
        return role in (Role.BODY, Role.PRACTICAL) and titled

    def _outranks(self, place: int) -> bool:
        """Tell whether a heading is the only one of its level, or no heading ranks at all."""
        levels = [b.level for b in self._blocks if b.kind is BlockKind.HEADING]
        return not levels or levels.count(self._blocks[place].level) <= 1


def _names_faq(text: str) -> bool:
    folded = text.casefold()
    return any(
        name in folded
        for name in (
            "faq",
            "veelgestelde",
            "veel gestelde",
            "vragen en antwoorden",
            "q&a",
            "vraagbaak",
        )
    )
