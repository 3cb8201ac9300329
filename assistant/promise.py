"""Hold a fitted model to a promise, on the labelled questions of a corpus."""

from dataclasses import dataclass

import numpy as np

from assistant.calibration import confidence_features
from assistant.decision import Labelled, weighed_risk
from assistant.training import Model
from corpus import Corpus
from corpus.models import Slice


@dataclass(frozen=True, slots=True)
class PromiseCheck:
    """Hold how a model does on a promise, with its thresholds as they are."""

    promised: float
    shown: int
    """Labelled questions that it answers outright."""
    wrong: float
    """Weighed share of wrong answers among those."""
    bound: float
    """Its one-sided 95 % upper confidence bound."""

    @property
    def is_kept(self) -> bool:
        """Tell whether the bound keeps within the promise."""
        return self.shown > 0 and self.bound <= self.promised


def check_promise(
    model: Model, corpus: Corpus, new_entries: frozenset[str] = frozenset()
) -> PromiseCheck:
    """Check the promise of a corpus on its calibration set.

    The calibrator has learnt from the same questions, which the thresholds were chosen without:
    so this is a little too kind, the same for two models that are compared. `new_entries` came
    after the labels were given; where one of them comes first on a question that was labelled as
    out of scope, that counts neither as right nor as wrong.
    """
    labelled = corpus.calibration
    promised = corpus.promise.wrong_among_shown
    texts = [query.text for query in labelled.queries]
    if not texts:
        return PromiseCheck(promised, 0, 0.0, 1.0)
    matcher = model.matcher
    scores = matcher.scores(texts)
    probability = model.calibrator.predict_proba(confidence_features(matcher, texts, scores))
    faq = np.char.startswith(matcher.classes_, "q")
    best = matcher.classes_[faq][np.argmax(matcher.combine(scores)[:, faq], axis=1)]
    right, in_scope, close = [], [], []
    for query, entry in zip(labelled.queries, best, strict=True):
        acceptable = labelled.acceptable.get(query.id, frozenset())
        about = labelled.slice_of.get(query.id, Slice(query.id))
        inside = any(name.startswith("q") for name in acceptable)
        right.append(entry in acceptable)
        in_scope.append(inside)
        near = about.certainty == "weak" and entry in about.near
        close.append(not inside and (near or entry in new_entries))
    judged = Labelled(probability, np.array(right), np.array(in_scope), np.array(close))
    shown = probability >= model.policy.answer
    weight = judged.weights(corpus.promise.out_of_scope_share)
    wrong, bound = weighed_risk(judged.wrong[shown], weight[shown])
    return PromiseCheck(promised, int(shown.sum()), wrong, bound)
