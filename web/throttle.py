"""Count requests in memory that the server's processes share, without keeping who sent them.

Each key has an allowance that fills up at a steady rate (the generic cell rate algorithm, ITU-T
I.371): all that must be remembered is one moment, at which the allowance will be full again. The
moments stand in a fixed table at two places that a keyed hash of the key names, so the table holds
no address and cannot grow. Two keys may share a place; the earlier moment of the two places counts,
so one stranger in the same place takes nothing away.

The table is made before the server forks and is shared by its workers. It takes no lock: two
requests at the very same moment may count as one, and a worker that is killed leaves nothing
locked. Servers on other machines count for themselves.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from mmap import mmap
from typing import Final

SLOTS: Final = 2**16
_NUMBER: Final = 8
"""Bytes of a moment."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Hold how many requests a minute may go on, and how many may come at once."""

    per_minute: float
    at_once: int


class Throttle:
    """Keep the allowances of all keys."""

    def __init__(self, slots: int = SLOTS) -> None:
        self._full_at = memoryview(mmap(-1, slots * _NUMBER)).cast("d")
        self._secret = secrets.token_bytes(32)

    def spend(self, key: str, rate: Rate, now: float) -> float:
        """Take one from the allowance of a key: 0, or the seconds to wait when there is none left.

        `now` is time.monotonic(), which all processes of a machine share.
        """
        interval = 60.0 / rate.per_minute
        places = self._places(key)
        full_at = max(now, min(self._full_at[place] for place in places)) + interval
        wait = full_at - now - rate.at_once * interval
        if wait > interval / 1000:  # sums of fractions are never exact
            return wait
        for place in places:
            self._full_at[place] = max(self._full_at[place], full_at)
        return 0.0

    def sign(self, text: str) -> str:
        """Give a mark by which this server knows a text again; another start gives another."""
        return hmac.new(self._secret, f"sign\x1f{text}".encode(), hashlib.sha256).hexdigest()[:32]

    def _places(self, key: str) -> tuple[int, int]:
        """Give the two places of a key."""
        text = key.encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(text, key=self._secret, digest_size=16).digest()
        slots = len(self._full_at)
        return (
            int.from_bytes(digest[:8], "big") % slots,
            int.from_bytes(digest[8:], "big") % slots,
        )
