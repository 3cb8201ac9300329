"""Functions for test_limits.py to run in a child: each meets one limit."""

import os
import time
from types import MappingProxyType


def double(number: int) -> int:
    """Give twice the number, and print what must not end up in the answer."""
    print("dit hoort niet in het antwoord")  # noqa: T201
    return 2 * number


def refuse(sentence: str) -> None:
    """Raise what a parser raises for a bad file."""
    raise ValueError(sentence)


def fill_memory(megabytes: int) -> int:
    """Take that much memory."""
    return len(bytearray(megabytes * 2**20))


def keep_busy() -> None:
    """Use the processor without end."""
    while True:
        pass


def sleep_long() -> None:
    """Wait without using the processor."""
    time.sleep(60)


def crash() -> None:
    """Stop as a segmentation fault would."""
    os.abort()


def nest(depth: int) -> int:
    """Call itself too deep."""
    return nest(depth + 1)


def read_only(names: dict[str, str]) -> MappingProxyType[str, str]:
    """Give a mapping that cannot be changed."""
    return MappingProxyType(names)
