"""Test that a child process stops what takes too much."""

import time

import limited_calls as calls
import pytest

from corpus.limits import LimitError, run_limited


def test_gives_the_result_of_the_function() -> None:
    assert run_limited(calls.double, 21) == 42


def test_raises_what_the_function_raised() -> None:
    with pytest.raises(ValueError, match="geen vraag gevonden"):
        run_limited(calls.refuse, "geen vraag gevonden")


def test_stops_a_function_that_takes_too_much_memory() -> None:
    with pytest.raises(LimitError, match="te veel geheugen"):
        run_limited(calls.fill_memory, 600, memory_mb=400)


@pytest.mark.parametrize("function", [calls.keep_busy, calls.sleep_long])
def test_stops_a_function_that_takes_too_long(function: object) -> None:
    started = time.monotonic()

    with pytest.raises(LimitError, match="langer dan 1 seconden"):
        run_limited(function, seconds=1)  # type: ignore[arg-type]

    assert time.monotonic() - started < 10


def test_says_so_when_the_child_crashes() -> None:
    with pytest.raises(LimitError, match="brak af"):
        run_limited(calls.crash)


def test_says_so_when_calls_nest_too_deep() -> None:
    with pytest.raises(LimitError, match="te diep"):
        run_limited(calls.nest, 0)


def test_read_only_mappings_come_back() -> None:
    assert run_limited(calls.read_only, {"nl": "hallo"}) == {"nl": "hallo"}
