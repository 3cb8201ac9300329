"""Read documents that mark their questions: "V:" and "A:", "Vraag 1:" and "Antwoord:"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from corpus.importers.faq.models import Block, BlockKind
from corpus.importers.faq.signals import (
    ANSWER_MARKER,
    BARE_ANSWER_MARKER,
    BARE_QUESTION_MARKER,
    QUESTION_MARKER,
    ends_as_question,
    is_question,
)

_INNER_ANSWER: Final = re.compile(
    r"(?<=[\s*_])[*_]{0,3}(?:(?:antwoord|answer)(?:[ \t]*\d{1,3})?|A|Antw)[ \t]*:", re.IGNORECASE
)
_STYLED: Final = re.compile(r"^(?P<style>\*{1,3}|_{1,3})?(?P<rest>.*)$", re.DOTALL)
_LONGEST: Final = 400


def has_markers(blocks: Sequence[Block]) -> bool:
    """Tell whether the document marks its questions; a lone "A:" may be a section."""
    asked = sum(_is_question(block) for block in blocks)
    answered = sum(_is_answer(block) or bool(_inner_answer(block)) for block in blocks)
    return asked > 0 and (answered > 0 or asked > 1)


def split_markers(blocks: Sequence[Block]) -> list[Block]:
    """Give the blocks with marked questions as questions, and the markers gone."""
    return list(_Splitter(blocks).blocks())


class _Splitter:
    """Gather a marked question until its answer starts."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._answers = any(_is_answer(b) or _inner_answer(b) for b in blocks)
        self._held: list[Block] = []

    def blocks(self) -> Iterator[Block]:
        for block in self._blocks:
            if _is_question(block):
                yield from self._flush()
                yield from self._open(block)
            elif _is_answer(block):
                yield from self._flush()
                yield from _answer(block)
            elif self._held and self._takes(block):
                self._held.append(block)
            else:
                yield from self._flush()
                yield block
        yield from self._flush()

    def _open(self, block: Block) -> Iterator[Block]:
        inner = _inner_answer(block)
        if inner is None:
            self._held = [_without_marker(block)]
            return
        head, tail = block.text[: inner.start()], block.text[inner.end() :]
        place = _INNER_ANSWER.search(block.markdown)
        markdown = block.markdown[place.end() :] if place else tail
        yield _question([_without_marker(replace(block, text=head))])
        yield replace(
            block, kind=BlockKind.PARAGRAPH, text=tail.strip(), markdown=_trim(markdown), level=0
        )

    def _takes(self, block: Block) -> bool:
        """Tell whether the question runs on into this block."""
        text = " ".join(held.text for held in self._held).strip()
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or len(text) > _LONGEST:
            return False
        if not text:
            return True
        glued = block.space == 0 and is_question(block.text)
        return self._answers and (not ends_as_question(text) or glued)

    def _flush(self) -> Iterator[Block]:
        if self._held:
            yield _question(self._held)
        self._held = []


def _is_question(block: Block) -> bool:
    if block.kind in (BlockKind.LIST, BlockKind.TABLE, BlockKind.RULE):
        return False
    text = block.text
    return bool(QUESTION_MARKER.match(text) or BARE_QUESTION_MARKER.fullmatch(text))


def _is_answer(block: Block) -> bool:
    if block.kind in (BlockKind.LIST, BlockKind.TABLE, BlockKind.RULE):
        return False
    return bool(ANSWER_MARKER.match(block.text) or BARE_ANSWER_MARKER.fullmatch(block.text))


def _inner_answer(block: Block) -> re.Match[str] | None:
    """Find an answer marker behind a question in the same block."""
    if not _is_question(block):
        return None
    found = _INNER_ANSWER.search(block.text)
    return found if found and ends_as_question(block.text[: found.start()]) else None


def _question(held: Sequence[Block]) -> Block:
    text = " ".join(block.text.strip() for block in held if block.text.strip())
    first = held[0]
    notes = tuple(note for block in held for note in block.notes)
    return Block(BlockKind.QUESTION, text, text, space=first.space, notes=notes, line=first.line)


def _without_marker(block: Block) -> Block:
    text = block.text
    if BARE_QUESTION_MARKER.fullmatch(text):
        return replace(block, text="")
    return replace(block, text=QUESTION_MARKER.sub("", text, count=1).strip())


def _answer(block: Block) -> Iterator[Block]:
    if BARE_ANSWER_MARKER.fullmatch(block.text):
        return
    text = ANSWER_MARKER.sub("", block.text, count=1).strip()
    styled = _STYLED.match(block.markdown)
    style = (styled["style"] or "") if styled else ""
    markdown = ANSWER_MARKER.sub("", styled["rest"] if styled else block.markdown, count=1)
    # "**A:** Ja" leaves "** Ja", "**A: Ja**" leaves "Ja**".
    markdown = markdown.strip()
    if style and markdown.startswith(style):
        markdown = markdown[len(style) :]
    elif style:
        markdown = f"{style}{markdown}"
    yield replace(
        block, kind=BlockKind.PARAGRAPH, text=text, markdown=_trim(markdown), level=0, bold=False
    )


def _trim(markdown: str) -> str:
    return re.sub(r"^[*_]{1,3}(?=\s)", "", markdown.strip()).strip()
