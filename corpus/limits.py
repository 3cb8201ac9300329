"""Run a function on a stranger's file in a child process with limits on time and memory.

A small upload can unpack to gigabytes or keep a parser busy for hours. In a child the worst that
happens is that the child is stopped; the caller gets a `LimitError` with one clear sentence.
The child is a fresh interpreter, so threads and connections of the caller play no part in it.
"""

import contextlib
import copyreg
import math
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType
from typing import Any, BinaryIO, Final, TypeVar

T = TypeVar("T")
_START: Final = "from corpus.limits import _serve; _serve()"
_TOO_MUCH_MEMORY: Final = "Het bestand vraagt te veel geheugen om te verwerken."
_BROKE_OFF: Final = "Het verwerken van het bestand brak af. Is het bestand beschadigd?"


class LimitError(ValueError):
    """Tell in one Dutch sentence which limit a function met."""


def _read_only(names: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(names)


# Frozen dataclasses may hold read-only mappings, which pickle does not know.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


def run_limited(
    function: Callable[..., T], *args: object, seconds: float = 60, memory_mb: int = 1024
) -> T:
    """Call `function(*args)` in a child process and give its result, or raise what it raised.

    The function must stand at the top of a module; arguments, result and errors must be picklable
    (frozen dataclasses are). Raises LimitError over a limit, or when the child breaks off.
    """
    call = pickle.dumps((function.__module__, function.__qualname__, args, seconds, memory_mb))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", _START]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 (our own interpreter and our own text)
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment
    ) as child:
        try:
            answer, _ = child.communicate(call, timeout=seconds + 5)
        except subprocess.TimeoutExpired:
            raise LimitError(_too_long(seconds)) from None
        finally:
            child.kill()
    result: T = _result(answer, child.returncode, seconds)
    return result


def _result(answer: bytes, code: int, seconds: float) -> Any:
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        raise LimitError(_too_long(seconds))
    if not answer:
        raise LimitError(_TOO_MUCH_MEMORY if code == -signal.SIGKILL else _BROKE_OFF)
    succeeded, value = pickle.loads(answer)  # noqa: S301 (written by our own child)
    if succeeded:
        return value
    if isinstance(value, MemoryError):
        raise LimitError(_TOO_MUCH_MEMORY) from None
    if isinstance(value, RecursionError):
        raise LimitError("Het bestand zit te diep in elkaar om te verwerken.") from None
    raise value


def _too_long(seconds: float) -> str:
    return f"Het verwerken van het bestand duurt langer dan {seconds:g} seconden."


def _serve() -> None:
    """Do one call: read it from standard input, write the pickled result to standard output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up in the answer
    module, name, args, seconds, memory_mb = pickle.load(sys.stdin.buffer)  # noqa: S301
    function = getattr(import_module(module), name)
    _set_limits(seconds, memory_mb)
    try:
        answer = (True, function(*args))
    except Exception as error:  # whatever it is, the caller raises it
        answer = (False, error.with_traceback(None))
    _write(out, answer)


def _write(out: BinaryIO, answer: tuple[bool, object]) -> None:
    try:
        raw = pickle.dumps(answer)
        pickle.loads(raw)  # noqa: S301 (an error with a constructor of its own may not come back)
    except Exception as error:
        raw = pickle.dumps((False, LimitError(f"{_BROKE_OFF} ({type(error).__name__})")))
    out.write(raw)
    out.flush()
    os._exit(0)  # no clean-up of what a parser left behind


def _set_limits(seconds: float, memory_mb: int) -> None:
    with contextlib.suppress(ImportError):  # not on Windows; there only the caller's clock counts
        import resource

        whole = math.ceil(seconds)
        signal.alarm(whole)
        _lower(resource.RLIMIT_AS, memory_mb * 2**20)
        _lower(resource.RLIMIT_CPU, whole, whole + 1)
        _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, never above the one that already holds."""
    import resource

    _, held = resource.getrlimit(kind)
    top = soft if hard is None else hard
    if held != resource.RLIM_INFINITY:
        soft, top = min(soft, held), min(top, held)
    resource.setrlimit(kind, (soft, top))
