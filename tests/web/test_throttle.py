"""Allowances fill up steadily, are apart for each key, and are shared by processes."""

import os
import time
from collections import deque

from hypothesis import given, settings
from hypothesis import strategies as st

from web.throttle import Rate, Throttle

RATE = Rate(per_minute=60, at_once=5)


def test_as_many_as_agreed_may_come_at_once_and_then_one_a_second() -> None:
    throttle = Throttle()
    assert [throttle.spend("a", RATE, 100.0) for _ in range(5)] == [0] * 5
    assert throttle.spend("a", RATE, 100.0) == 1.0
    assert throttle.spend("a", RATE, 100.5) == 0.5
    assert throttle.spend("a", RATE, 101.0) == 0
    assert throttle.spend("a", RATE, 101.0) > 0


def test_a_refused_request_takes_nothing() -> None:
    throttle = Throttle()
    for _ in range(50):
        throttle.spend("a", RATE, 100.0)
    assert throttle.spend("a", RATE, 101.0) == 0


def test_keys_do_not_touch_each_other_even_when_they_share_a_place() -> None:
    throttle = Throttle(slots=64)
    for _ in range(50):
        throttle.spend("wild", RATE, 100.0)
    others = [throttle.spend(f"calm {n}", RATE, 100.0) for n in range(20)]
    assert sum(wait > 0 for wait in others) <= 1


def test_it_holds_no_key() -> None:
    throttle = Throttle()
    throttle.spend("203.0.113.77", RATE, 100.0)
    assert b"203.0.113" not in bytes(throttle._full_at.cast("B"))


def test_processes_share_what_was_counted() -> None:
    throttle = Throttle()
    child = os.fork()
    if child == 0:
        for _ in range(5):
            throttle.spend("a", RATE, 100.0)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert throttle.spend("a", RATE, 100.0) > 0


def test_a_mark_is_known_again_and_differs_between_servers() -> None:
    throttle = Throttle()
    assert throttle.sign("a") == throttle.sign("a") != throttle.sign("b")
    assert Throttle().sign("a") != throttle.sign("a")


@given(st.lists(st.floats(0, 3), max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_minute_holds_more_than_burst_and_rate_together(pauses: list[float]) -> None:
    """The plain reference: count what passed in every window of a minute."""
    throttle, now, passed = Throttle(slots=16), 1000.0, deque[float]()
    for pause in pauses:
        now += pause
        if throttle.spend("a", RATE, now) == 0:
            passed.append(now)
        while passed and passed[0] <= now - 60:
            passed.popleft()
        assert len(passed) <= RATE.at_once + RATE.per_minute


def test_counting_takes_microseconds() -> None:
    throttle = Throttle()
    start = time.process_time()
    for n in range(2000):
        throttle.spend(str(n), RATE, 100.0)
    assert (time.process_time() - start) / 2000 < 0.001
