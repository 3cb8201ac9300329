"""Estimate within seconds what the draft does, before it is learnt in full.

What that needs of the current version (features of every wording, scores of every test question)
is made once, in a process of its own when the FAQ is large, and kept in the cache folder.
"""

import hashlib
import time
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from assistant import Assistant
from assistant.cache import cache_folder, code_version
from assistant.estimating import Scored, know, load_scored, save_scored, score, score_again
from assistant.refitting import Ground, RefittedMatcher, TooDifferent, refit
from assistant.text import clean
from corpus import Corpus
from web.editing.drafts import Draft
from web.editing.proof import (
    Proof,
    Side,
    TestQuestions,
    new_entries,
    prove,
    questions_for,
    side_of,
)
from web.editing.shelf import Shelf

SMALL: Final = 3000
"""Wordings up to which a FAQ is made ready at once, while the page waits."""
_DAMAGED: Final = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


class NotReady(Exception):
    """Tell that an estimate needs something that is being made ready."""


@dataclass(frozen=True)
class Bench:
    """Hold all of the current version that an estimate is made from."""

    ground: Ground
    scored: Scored
    test: TestQuestions
    before: Side


def estimate(shelf: Shelf, draft: Draft, assistant: Assistant) -> Proof:
    """Estimate what the draft does; `assistant` answers by the version that it starts from.

    Raises NotReady, and TooDifferent when a draft must be learnt in full to say anything.
    """
    if assistant.corpus.version != draft.base.version:
        raise NotReady
    with _lock:
        key = (draft.base.version, draft.corpus.version)
        if key not in _proofs:
            bench = _bench(shelf, assistant)
            _proofs.clear()
            _proofs[key] = _estimate(bench, draft.corpus)
        return _proofs[key]


def make_ready(shelf: Shelf, assistant: Assistant) -> None:
    """Make and keep what an estimate needs of a version."""
    test = questions_for(shelf.folder, assistant.corpus)
    path = _path(assistant.corpus, _asked(assistant.corpus, test))
    if not path.exists():
        _make(path, assistant, _asked(assistant.corpus, test))


_lock: Final = Lock()
_benches: Final[dict[str, Bench]] = {}
_proofs: Final[dict[tuple[str, str], Proof]] = {}


def _estimate(bench: Bench, corpus: Corpus) -> Proof:
    started = time.perf_counter()
    fresh = new_entries(bench.ground.corpus, corpus)
    after = side_of(_knowing(bench.ground, bench.scored, corpus), bench.test, fresh)
    seconds = time.perf_counter() - started
    return prove(bench.before, after, bench.test.kind, is_exact=False, seconds=seconds)


def _knowing(ground: Ground, scored: Scored, corpus: Corpus) -> Assistant:
    """Give an assistant of a changed (or the same) corpus that knows all scores it will need."""
    refitted = refit(ground, corpus)
    matcher = refitted.model.matcher
    if isinstance(matcher, RefittedMatcher):
        know(matcher, score_again(scored, refitted, ground.model.matcher))
    return Assistant(corpus, refitted.model)


def _bench(shelf: Shelf, assistant: Assistant) -> Bench:
    corpus = assistant.corpus
    if corpus.version not in _benches:
        test = questions_for(shelf.folder, corpus)
        asked = _asked(corpus, test)
        path = _path(corpus, asked)
        is_small = len(assistant.model.matcher.phrasings_) <= SMALL
        loaded = _load(path, assistant, asked)
        if loaded is None and not is_small:
            raise NotReady
        ground, scored = loaded or _make(path, assistant, asked)
        _benches.clear()
        unchanged = _knowing(ground, scored, corpus)
        _benches[corpus.version] = Bench(ground, scored, test, side_of(unchanged, test))
    return _benches[corpus.version]


def _asked(corpus: Corpus, test: TestQuestions) -> tuple[str, ...]:
    """Give every text that is scored: test questions, as they are cleaned, and calibration."""
    texts = [clean(text) for text in test.texts]
    return tuple(dict.fromkeys([*texts, *(query.text for query in corpus.calibration.queries)]))


def _make(path: Path, assistant: Assistant, asked: Sequence[str]) -> tuple[Ground, Scored]:
    ground = Ground.of(assistant.corpus, assistant.model)
    scored = score(assistant.model.matcher, asked)
    with suppress(OSError):  # it is made again next time
        save_scored(path, ground, scored)
    return ground, scored


def _load(path: Path, assistant: Assistant, asked: Sequence[str]) -> tuple[Ground, Scored] | None:
    try:
        return load_scored(path, assistant.corpus, assistant.model, asked)
    except _DAMAGED:
        return None


def _path(corpus: Corpus, asked: Sequence[str]) -> Path:
    digest = hashlib.sha256("\n".join(asked).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return cache_folder() / f"{corpus.version}-{code_version()}-{digest}.bewijs.npz"


__all__ = ["NotReady", "TooDifferent", "estimate", "make_ready"]
