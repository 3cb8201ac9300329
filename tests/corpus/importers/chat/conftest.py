from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.importers.chat import ChatFormat, ChatImport, ImportOptions, parse_chat

Reader = Callable[..., ChatImport]


@pytest.fixture
def read() -> Reader:
    """Read text or bytes as a chat, in this process; the format is recognised unless given."""

    def reader(
        content: str | bytes, *, format: ChatFormat | None = None, **options: object
    ) -> ChatImport:
        data = content.encode() if isinstance(content, str) else content
        chosen = replace(ImportOptions(format=format), **options)  # type: ignore[arg-type]
        return parse_chat(data, chosen)

    return reader
