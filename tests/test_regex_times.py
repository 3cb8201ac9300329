"""No regular expression that text of a stranger meets takes over 50 ms at its longest."""

import json
import subprocess
import sys
from pathlib import Path

TIMER = Path(__file__).with_name("regex_timer.py")
IN_A_CHILD = "corpus/importers/faq/"
"""Documents are read in a child process with limits on time and memory, whatever is in them."""


def test_no_pattern_is_slow_on_the_longest_text_it_may_see() -> None:
    run = subprocess.run(
        [sys.executable, str(TIMER)], capture_output=True, text=True, timeout=900, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    told = json.loads(run.stdout)
    assert told["patterns"] > 250  # else the collecting failed
    assert [line for line in told["slow"] if not line.startswith(IN_A_CHILD)] == []
