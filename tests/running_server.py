"""Run `vraagwijzer serve` as a process of its own, for tests that want the real thing."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

COMMAND = Path(sys.executable).with_name("vraagwijzer")


class Server(NamedTuple):
    """Hold a running server and the port it chose."""

    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=20)

    def stop(self) -> str:
        """Stop it as an operator would, and give all that it wrote."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=20)[0]


@contextmanager
def serving(folder: Path, data: Path, *options: str) -> Iterator[Server]:
    """Serve a corpus on a free port, with `data` as the folder of what must be kept."""
    command = [COMMAND, "serve", "--corpus", folder, "--port", "0", "--workers", "1", *options]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "VRAAGWIJZER_DATA": str(data)},
    ) as process:
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            match = re.search(r"staat klaar op http://127\.0\.0\.1:(\d+)/", ready)
            assert match is not None, ready
            yield Server(process, int(match[1]))
        finally:
            process.kill()
