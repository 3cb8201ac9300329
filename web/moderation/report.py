"""Serve the report of a webinar: how many questions, how fast, what came of them, what is left."""

from dataclasses import dataclass
from typing import Final

from flask import render_template

from web.accounts import Role
from web.auth import require_role
from web.db import get_database
from web.moderation.blueprint import blueprint
from web.queue.report import report as add_up
from web.queue.webinars import get_webinar

WIDTH: Final = 656
"""Width of the bars together, in the units of the picture."""
HEIGHT: Final = 160
MOST_BARS: Final = 120
"""Bars at most; a longer webinar gets several minutes a bar."""
LEFT: Final = 44
GROUND: Final = 196
"""Place of the axis, from the top."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one bar of the picture, and its row in the table."""

    time: str
    count: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold the picture of questions by time."""

    bars: tuple[Bar, ...]
    minutes: int
    """Minutes a bar."""
    lines: tuple[tuple[int, float], ...]
    """Numbers beside the picture with their height."""
    labels: tuple[tuple[str, float], ...]
    """Times below it with their place."""

    @property
    def peak(self) -> Bar:
        """Give the busiest moment."""
        return max(self.bars, key=lambda bar: bar.count)


@blueprint.get("/webinar/<int:webinar_id>/verslag")
@require_role(Role.MODERATOR)
def report(webinar_id: int) -> str:
    """Show the report."""
    webinar = get_webinar(get_database(), webinar_id)
    figures = add_up(get_database(), webinar_id)
    return render_template(
        "moderatie/verslag.html", webinar=webinar, report=figures, chart=chart(figures.minutes)
    )


def chart(minutes: tuple[tuple[str, int], ...]) -> Chart | None:
    """Draw the questions by minute; None when the chat told no times."""
    if not minutes:
        return None
    step = -(-len(minutes) // MOST_BARS)
    taken = [
        (minutes[at][0], sum(count for _, count in minutes[at : at + step]))
        for at in range(0, len(minutes), step)
    ]
    top = _top(max(count for _, count in taken))
    room = WIDTH / max(len(taken), 10)
    bars = tuple(
        Bar(
            time.lstrip("0").replace(":", ".") if not time.startswith("00") else "0." + time[3:],
            count,
            round(LEFT + at * room + room * 0.14, 1),
            round(room * 0.72, 1),
            round(count / top * HEIGHT, 1),
        )
        for at, (time, count) in enumerate(taken)
    )
    every = max(1, -(-len(bars) // 6))
    return Chart(
        bars,
        step,
        tuple(
            (number, round(GROUND - number / top * HEIGHT, 1))
            for number in range(0, top + 1, max(1, top // 4))
        ),
        tuple((bar.time, round(bar.x + bar.width / 2, 1)) for bar in bars[::every]),
    )


def _top(most: int) -> int:
    """Give a round number that is at least the highest bar."""
    return next(top for top in (4, 8, 12, 20, 40, 80, 120, 200, 400, 10**6) if top >= most)
