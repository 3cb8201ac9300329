"""Keep what was learnt from each version beside it, so that no worker has to learn it again."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import delete, select

from assistant.cache import DAMAGED, code_version, load_model, model_for, save_model
from assistant.training import Model
from corpus import Corpus
from web.db import Database
from web.editing.rows import FittedRow

KEPT: Final = 5
"""Versions whose models are kept; one of the shipped FAQ takes 12 MB."""


def fitted(database: Database, corpus: Corpus) -> Model | None:
    """Give the stored model of a corpus; None when there is none, or it is damaged."""
    with database.reading() as session:
        row = session.get(FittedRow, (corpus.version, code_version()))
    if row is None or hashlib.sha256(row.content).hexdigest() != row.digest:
        return None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        path.write_bytes(row.content)
        try:
            return load_model(path, corpus)
        except DAMAGED:
            return None


def is_fitted(database: Database, version: str) -> bool:
    """Tell whether there is a model of a version, for this version of the code."""
    with database.reading() as session:
        found = select(FittedRow.version).where(
            FittedRow.version == version, FittedRow.code == code_version()
        )
        return session.scalar(found) is not None


def model_of(database: Database, corpus: Corpus) -> Model:
    """Give the model of a corpus: stored, kept on this computer, or learnt now."""
    return fitted(database, corpus) or model_for(corpus)


def keep_fitted(database: Database, corpus: Corpus, model: Model) -> None:
    """Store a model; of older versions only the newest few stay."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        save_model(model, path)
        content = path.read_bytes()
    with database.writing() as session:
        row = FittedRow(
            version=corpus.version,
            code=code_version(),
            content=content,
            digest=hashlib.sha256(content).hexdigest(),
            created_at=database.now(),
        )
        session.merge(row)
        session.flush()
        newest = select(FittedRow.version, FittedRow.code).order_by(FittedRow.created_at.desc())
        for version, code in session.execute(newest.offset(KEPT)).all():
            session.execute(
                delete(FittedRow).where(FittedRow.version == version, FittedRow.code == code)
            )
