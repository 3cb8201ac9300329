"""Tell emoji from text, without a table of all of them."""

import re
from typing import Final

_EMOJI: Final = (
    r"[\U0001F000-\U0001FAFF\u203C\u2049\u2122\u2139\u2190-\u21FF\u2300-\u23FF\u2460-\u24FF"
    r"\u25A0-\u27BF\u2900-\u297F\u2B00-\u2BFF\u3030\u303D\u3297\u3299]|[0-9#*]\uFE0F?\u20E3"
)
_JOINT: Final = r"[\uFE0E\uFE0F\u200D\U000E0020-\U000E007F]"
_ONLY_EMOJI: Final = re.compile(rf"\s*(?:(?:{_EMOJI}){_JOINT}*\s*)+")


def is_only_emoji(text: str) -> bool:
    """Tell whether a text is one or more emoji and nothing else."""
    return _ONLY_EMOJI.fullmatch(text) is not None
