"""Give what moderators chose as labelled questions, which `vraagwijzer evaluate` reads."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from corpus.labels import save_labelled_set
from corpus.models import Judgment, LabelledSet, Query, Slice
from corpus.validation import fold
from web.db import Database
from web.models import CardRow, WordingRow
from web.queue.cards import State

AUTHOR = "moderator"


def labelled_questions(database: Database, webinar_id: int) -> LabelledSet:
    """Give each wording of every card that a moderator judged: an entry, a gap, or nothing fits.

    Cards that nobody judged are left out, and so is everything that is no question. A wording
    that stands on two cards with different judgments says nothing and is left out too.
    """
    with database.reading() as session:
        found = session.execute(
            select(WordingRow.id, WordingRow.text, CardRow.entry_id)
            .join(CardRow, CardRow.id == WordingRow.card_id)
            .where(
                WordingRow.webinar_id == webinar_id,
                CardRow.entry_id.is_not(None),
                CardRow.state.not_in((State.NOISE, State.DUPLICATE)),
            )
            .order_by(WordingRow.id)
        )
        rows = [(number, text, entry_id or "") for number, text, entry_id in found]
    judged: dict[str, set[str]] = {}
    for _, text, entry_id in rows:
        judged.setdefault(fold(text), set()).add(entry_id)
    queries, judgments, slices = [], [], []
    for wording_id, text, entry_id in rows:
        chosen = judged.pop(fold(text), None)
        if chosen is None or len(chosen) > 1:
            continue
        query = Query(f"w{webinar_id}-{wording_id}", " ".join(text.split()))
        is_gap = entry_id.startswith("g")
        queries.append(query)
        slices.append(Slice(query.id, gap=entry_id if is_gap else "", author=AUTHOR))
        if entry_id and not is_gap:
            judgments.append(Judgment(query.id, entry_id, 2))
    return LabelledSet(tuple(queries), tuple(judgments), tuple(slices))


def labels_as_zip(labelled: LabelledSet) -> bytes:
    """Give queries.tsv, qrels.tsv and slices.tsv in one file to download."""
    packed = io.BytesIO()
    with TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        save_labelled_set(labelled, Path(folder))
        for path in sorted(Path(folder).iterdir()):
            file.write(path, path.name)
    return packed.getvalue()
