"""Turn what a reader found into what is kept: no private messages, no names, replies linked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from corpus.importers.chat.models import (
    ChatFormat,
    ChatImport,
    ImportOptions,
    Message,
    RawChat,
    RawMessage,
)
from corpus.importers.chat.people import Mentions, is_host_name
from corpus.importers.chat.replies import (
    StartIndex,
    reaction_in,
    reactors,
    split_quote,
    split_reaction_lines,
)
from corpus.importers.chat.times import with_date

_ZOOM = frozenset({ChatFormat.ZOOM, ChatFormat.ZOOM_CLOUD, ChatFormat.ZOOM_PANEL})


def assemble(raw: RawChat, kind: ChatFormat, options: ImportOptions) -> ChatImport:
    """Give the import of a chat that was read."""
    names = frozenset(message.sender for message in raw.messages if message.sender)
    rows = list(raw.messages)
    lines = raw.reaction_lines
    if kind in _ZOOM:
        rows, lines = _without_reaction_lines(rows, names)
    linked = _link(rows)
    kept = [place for place, row in enumerate(rows) if _is_kept(row, linked, place)]
    return ChatImport(
        kind,
        tuple(_messages(rows, kept, linked, names, options)),
        private_skipped=sum(row.is_private for row in rows),
        reaction_lines=lines + sum(linked.is_reaction),
        unreadable_lines=raw.unreadable_lines,
        skipped=raw.skipped,
        preview=raw.preview,
    )


class _Links:
    """Hold, by place of the message: its own text, its target, and the reactions it got."""

    def __init__(self, size: int) -> None:
        self.texts = [""] * size
        self.targets: list[int | None] = [None] * size
        self.reactions = [0] * size
        self.is_reaction = [False] * size


def _without_reaction_lines(
    rows: Sequence[RawMessage], names: frozenset[str]
) -> tuple[list[RawMessage], int]:
    found: list[RawMessage] = []
    total = 0
    for row in rows:
        text, lines = split_reaction_lines(row.text, names)
        total += len(lines)
        given = row.reactions + sum(reactors(line) for line in lines)
        found.append(replace(row, text=text, reactions=given))
    return found, total


def _link(rows: Sequence[RawMessage]) -> _Links:
    """Find the target of each reply and each reaction, private messages among them."""
    links = _Links(len(rows))
    starts = StartIndex()
    by_id = {row.id: place for place, row in enumerate(rows) if row.id}
    for place, row in enumerate(rows):
        reaction = reaction_in(row.text)
        if reaction is not None:
            target = starts.find(reaction.start, is_cut=reaction.is_cut)
            if target is not None:
                links.reactions[target] += reaction.change
            links.is_reaction[place] = True
            continue
        quote = split_quote(row.text)
        links.texts[place] = row.text if quote is None else quote.text
        links.targets[place] = _target(row, quote, starts, by_id, place)
        starts.add(place, links.texts[place])
        if quote is not None:  # a reply to this reply may quote its quote
            starts.add(place, row.text)
    return links


def _target(
    row: RawMessage,
    quote: tuple[str, bool, str] | None,
    starts: StartIndex,
    by_id: Mapping[str, int],
    place: int,
) -> int | None:
    if row.reply_to_id in by_id and by_id[row.reply_to_id] != place:
        return by_id[row.reply_to_id]
    if row.thread is not None:
        return row.thread
    if quote is not None:
        return starts.find(quote[0], is_cut=quote[1])
    return starts.find(row.quote, is_cut=True) if row.quote else None


def _is_kept(row: RawMessage, links: _Links, place: int) -> bool:
    return not row.is_private and not links.is_reaction[place]


def _messages(
    rows: Sequence[RawMessage],
    kept: Sequence[int],
    links: _Links,
    names: frozenset[str],
    options: ImportOptions,
) -> Iterator[Message]:
    index_of = {place: index for index, place in enumerate(kept)}
    mentions = Mentions(names)
    authors: dict[str, int] = {}
    seen: dict[str, int] = {}
    for index, place in enumerate(kept):
        row, target = rows[place], links.targets[place]
        text = links.texts[place]
        sender = row.sender.strip()
        yield Message(
            index=index,
            key=message_key(row, text, seen),
            text=mentions.without(text),
            time=with_date(row.time, options.day),
            reply_to=None if target is None else index_of.get(target),
            reactions=max(0, row.reactions + links.reactions[place]),
            votes=row.votes,
            answer=mentions.without(row.answer),
            is_answered=row.is_answered,
            from_host=row.from_host or is_host_name(sender),
            author=authors.setdefault(sender, len(authors) + 1) if sender else 0,
            sender=sender if options.keep_names else "",
        )


def message_key(row: RawMessage, text: str, seen: dict[str, int]) -> str:
    """Give the key of a message: its platform id, or its time and text, never its sender.

    `seen` counts equal messages of one moment, so that the third 'ja' is always the third.
    """
    content = f"id\x1f{row.id}" if row.id else f"{row.time or ''}\x1f{' '.join(text.split())}"
    count = seen.get(content, 0)
    seen[content] = count + 1
    return sha256(f"{content}\x1f{count}".encode("utf-8", "surrogatepass")).hexdigest()[:20]
