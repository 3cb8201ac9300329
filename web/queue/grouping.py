"""Find for each new question the card that asks the same, if there is one."""

from collections.abc import Mapping, Sequence

from corpus.validation import fold


def group(known: Mapping[int, Sequence[str]], texts: Sequence[str]) -> list[int]:
    """Give for each text the id of its card, or -1, -2, ... for the first, second new group.

    `known` holds the wordings of each card.
    """
    places = {fold(text): card_id for card_id, same in known.items() for text in same}
    found = []
    new = 0
    for text in texts:
        key = fold(text)
        if key not in places:
            new += 1
            places[key] = -new
        found.append(places[key])
    return found
