from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from corpus.importers.chat import ChatImport, ImportOptions, Message, merge, parse_chat
from corpus.importers.chat.models import ChatFormat

Reader = Callable[..., ChatImport]

SHORT = (
    "2026-03-01 10:00:00 From Ria to Everyone:\n\tWie?\n\t\n"
    "2026-03-01 10:00:01 From Bas to Everyone:\n\tja\n\t\n"
    "2026-03-01 10:00:01 From Jo to Everyone:\n\tja\n\t\n"
    "2026-03-01 10:00:02 From Jo to Everyone:\n\t@Wim hoi\n\t\n"
)
LONGER = SHORT.replace("Wie?\n", "Wie?\n\tWim Wens:👍\n") + (
    '2026-03-01 10:00:05 From Wim Wens to Everyone:\n\tReplying to "ja":\n\tnee\n\t\n'
)


def test_same_file_twice_adds_nothing(read: Reader) -> None:
    chat = read(SHORT)
    again = merge(chat.messages, read(SHORT).messages)
    assert again.messages == chat.messages
    assert (again.added, again.updated) == ((), ())


def test_longer_save_adds_only_what_is_new(read: Reader) -> None:
    result = merge(read(SHORT).messages, read(LONGER).messages)
    assert [m.text for m in result.added] == ["nee"]
    assert result.added[0].reply_to == 2
    assert [(m.text, m.reactions) for m in result.updated] == [("Wie?", 1)]
    assert [m.index for m in result.messages] == list(range(5))


def test_message_that_is_gone_stays(read: Reader) -> None:
    whole, part = read(LONGER), read(SHORT)
    assert len(merge(whole.messages, part.messages).messages) == len(whole.messages)


_line = st.sampled_from(["hoi", "ja", "waar?", "ik ook", "dank"])


def _pasted(lines: list[str]) -> tuple[Message, ...]:
    return parse_chat("\n".join(lines).encode(), ImportOptions(ChatFormat.PASTED)).messages


@given(st.lists(_line, min_size=1, max_size=20), st.lists(_line, max_size=10))
def test_any_longer_save_gives_the_whole_chat(lines: list[str], more: list[str]) -> None:
    whole = _pasted([*lines, *more])
    result = merge(_pasted(lines), whole)
    assert result.messages == whole
    assert len(result.added) == len(more)
