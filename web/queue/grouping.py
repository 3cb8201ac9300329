"""Find for each new question the card that asks the same, if there is one."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.segmentation import MessageKind
from corpus.validation import fold


class Asked(NamedTuple):
    """Hold what was asked or said, and which kind that is."""

    text: str
    kind: MessageKind


def group(known: Mapping[int, Sequence[Asked]], new: Sequence[Asked]) -> list[int]:
    """Give for each text the id of its card, or -1, -2, ... for the first, second new group.

    `known` holds what is on each card. Questions and talk never share a card.
    """
    places = {_key(asked): card_id for card_id, same in known.items() for asked in same}
    found = []
    fresh = 0
    for asked in new:
        key = _key(asked)
        if key not in places:
            fresh += 1
            places[key] = -fresh
        found.append(places[key])
    return found


def _key(asked: Asked) -> tuple[bool, str]:
    return asked.kind.is_question, fold(asked.text)
