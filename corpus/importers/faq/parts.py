"""Join the lines that belong together into parts: a paragraph, an item of a list, a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.importers.faq.lines import BULLET, ENUMERATOR, LONE_MARK, RULE, Line, join, vocabulary
from corpus.importers.faq.signals import ends_as_question
from corpus.importers.faq.wrapping import continues, questions_stand_apart


@dataclass(frozen=True, slots=True)
class Part:
    """Hold the joined text of the lines that belong together."""

    text: str
    lines: tuple[Line, ...]
    mark: str = ""
    """Of a list item: its bullet or number."""

    @property
    def first(self) -> Line:
        """Give its first line, which tells where it stands and how it looks."""
        return self.lines[0]


def parts_of(lines: Sequence[Line]) -> Iterator[Part]:
    """Yield the parts of a page's lines, in order."""
    words = vocabulary(lines)
    apart = questions_stand_apart(lines)
    held: list[Line] = []
    for line, following in zip_longest(lines, lines[1:]):
        if held and not _goes_on(held, line, words, apart, following):
            yield _part(held, words)
            held = []
        held.append(line)
    if held:
        yield _part(held, words)


def _goes_on(
    held: Sequence[Line],
    line: Line,
    words: frozenset[str],
    apart: bool,
    following: Line | None,
) -> bool:
    previous = held[-1]
    if line.cells or previous.cells:
        return bool(line.cells and previous.cells) and line.space < 2
    if RULE.fullmatch(previous.text):
        return False
    if RULE.fullmatch(line.text):
        return False
    if len(held) == 1 and LONE_MARK.fullmatch(previous.text) and not line.space:
        return not LONE_MARK.fullmatch(line.text)
    so_far = join([item.text for item in held], words)
    if _mark(held[0])[0] and not line.space:
        if line.indent > held[0].indent:
            aligned = replace(line, indent=previous.indent)
            goes_on = continues("", previous, aligned, apart=apart, following=following)
            return goes_on or (not _mark(line)[0] and not ends_as_question(so_far))
        if previous.text.endswith((".", "!", ";")) and line.text[0].isupper():
            return False  # a paragraph behind the list, rather than a second sentence of an item
    return continues(so_far, previous, line, apart=apart, following=following)


def _part(held: Sequence[Line], words: frozenset[str]) -> Part:
    mark, rest = _mark(held[0])
    if not mark:
        return Part(join([line.text for line in held], words), tuple(held))
    texts = [rest, *(line.text for line in held[1:])]
    return Part(join([text for text in texts if text], words), tuple(held), mark)


def _mark(line: Line) -> tuple[str, str]:
    """Give the bullet or number in front of a line and what follows; empty when there is none."""
    if RULE.fullmatch(line.text):
        return "", line.text
    if LONE_MARK.fullmatch(line.text):
        return line.text, ""
    found = BULLET.fullmatch(line.text) or ENUMERATOR.fullmatch(line.text)
    if found is None:
        return "", line.text
    rest = found["rest"] or ""
    return line.text[: len(line.text) - len(rest)].strip(), rest
