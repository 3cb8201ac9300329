from datetime import date

import pytest

from corpus.importers.chat.times import date_in_name, from_microseconds, from_offset, parse_moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-05T10:00:03.123Z", "2026-02-05T10:00:03Z"),
        ("2026-02-05 10:00:03+01:00", "2026-02-05T10:00:03+01:00"),
        ("05-02-2026 10:00", "2026-02-05T10:00:00"),
        ("5.2.26 9.05", "2026-02-05T09:05:00"),
        ("2/15/2026 4:48:08 PM", "2026-02-15T16:48:08"),
        ("1/2/2026 12:00:00 AM", "2026-01-02T00:00:00"),
        ("2026-02-05-10:15", "2026-02-05T10:15:00"),
        ("10:03", "10:03:00"),
        ("2026-02-05", "2026-02-05"),
        ("31-31-2026", None),
        ("99:99", None),
        ("gisteren", None),
    ],
)
def test_moment_in_iso_form(text: str, expected: str | None) -> None:
    assert parse_moment(text) == expected


def test_other_clocks() -> None:
    assert from_offset(-1500) == "-00:00:01"
    assert from_offset(3_661_000) == "01:01:01"
    assert from_microseconds(10**30) is None
    assert date_in_name("x/2026-04-02 14.00.00 Les/chat.txt") == date(2026, 4, 2)
    assert date_in_name("2026-99-99") is None
