"""Compare ways to say how sure an answer is: logistic regression, isotonic, Venn-Abers.

    python benchmarks/calibrators.py

All look at the same nine features of assistant/calibration.py. Isotonic regression and Venn-Abers
take one score, so they stand behind the logistic regression. First each author of the calibration
set is left out in turn, then the evaluation sets are measured once. docs/decisions/0005 holds what
came out. Takes some minutes: the matcher is learnt anew.

Isotonic regression: Zadrozny and Elkan (2002), "Transforming classifier scores into accurate
multiclass probability estimates", KDD. Venn-Abers: Vovk and Petej (2014), "Venn-Abers predictors",
UAI; inductive and cross, and how two probabilities become one: Vovk, Petej and Fedorova (2015),
"Large-scale probabilistic predictors with and without guarantees of validity", NIPS.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from scipy.special import logit
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score

from assistant.calibration import Calibrator, confidence_features
from assistant.decision import Labelled, choose_policy
from assistant.evaluation.curves import expected_calibration_error
from assistant.evaluation.statistics import bootstrap_intervals
from assistant.matcher import QuestionMatcher, Scores
from assistant.training import REWORDED_SHARE, Lessons
from corpus import SHIPPED_CORPUS, Corpus, LabelledSet, load_corpus
from corpus.labels import load_labelled_set

SETS = ("dev-questions", "dev-natural")
SAMPLES = 1000


@dataclass(frozen=True)
class Examples:
    """Hold questions as a calibrator sees them, one row each."""

    features: np.ndarray
    right: np.ndarray
    in_scope: np.ndarray
    close: np.ndarray
    author: np.ndarray

    def take(self, rows: np.ndarray) -> "Examples":
        """Give some of the rows."""
        return Examples(*(getattr(self, field.name)[rows] for field in fields(self)))

    def weights(self, out_of_scope_share: float) -> np.ndarray:
        """Give weights under which this share of the questions is out of scope."""
        nothing = np.zeros(len(self.right))
        return Labelled(nothing, self.right, self.in_scope, self.close).weights(out_of_scope_share)


def joined(parts: Sequence[Examples]) -> Examples:
    """Give the rows of all parts."""
    columns = (
        np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(Examples)
    )
    return Examples(*columns)


def examples(
    matcher: QuestionMatcher,
    texts: Sequence[str],
    scores: Scores,
    acceptable: Sequence[frozenset[str]],
    slices: Sequence[tuple[str, frozenset[str]]],
) -> Examples:
    """Look at questions through a matcher; a slice is an author and what is close."""
    faq = np.array([name.startswith("q") for name in matcher.classes_])
    best = matcher.classes_[faq][np.argmax(matcher.combine(scores)[:, faq], axis=1)]
    in_scope = np.array([any(n.startswith("q") for n in names) for names in acceptable], bool)
    return Examples(
        confidence_features(matcher, texts, scores),
        np.array([name in names for name, names in zip(best, acceptable, strict=True)], bool),
        in_scope,
        np.array([n in near for n, (_, near) in zip(best, slices, strict=True)], bool) & ~in_scope,
        np.array([author for author, _ in slices], dtype=str),
    )


def asked(matcher: QuestionMatcher, labelled: LabelledSet) -> Examples:
    """Look at a labelled set in Dutch."""
    about = {query.id: labelled.slice_of.get(query.id) for query in labelled.queries}
    kept = [q for q in labelled.queries if getattr(about[q.id], "kind", "") != "english"]
    texts = [query.text for query in kept]
    known = [labelled.acceptable.get(query.id, frozenset()) for query in kept]
    found = [about[query.id] for query in kept]
    slices = [
        (part.author, frozenset(part.near if part.certainty == "weak" else ()))
        if part
        else ("", frozenset())
        for part in found
    ]
    return examples(matcher, texts, matcher.scores(texts), known, slices)


def reworded(matcher: QuestionMatcher, lessons: Lessons) -> Examples:
    """Look at phrasings through matchers that had not learnt from them."""
    parts = []
    for fold in matcher.held_out_:
        kept = lessons.is_phrasing[fold.rows]
        rows = fold.rows[kept]
        texts = [lessons.texts[row] for row in rows]
        known = [frozenset({str(lessons.targets[row])}) for row in rows]
        scores = fold.scores.take(np.flatnonzero(kept))
        nobody = [("", frozenset[str]())] * len(texts)
        parts.append(examples(fold.matcher, texts, scores, known, nobody))
    return joined(parts)


Predict = Callable[[np.ndarray], np.ndarray]
"""From features to probabilities."""
Method = Callable[[Examples, np.ndarray], Predict]
"""From examples and their weights to a way to predict."""


def logistic(known: Examples, weight: np.ndarray) -> Predict:
    """Fit what ships."""
    return Calibrator.fit(known.features, known.right, weight).predict_proba


def isotonic(known: Examples, weight: np.ndarray) -> Predict:
    """Fit a rising step function behind the logistic regression, on scores left out by author."""
    score = np.zeros(len(weight))
    for rest, held_out in by_author(known):
        score[held_out] = logistic(known.take(rest), weight[rest])(known.features[held_out])
    steps = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
    steps.fit(score, known.right, sample_weight=weight)
    whole = logistic(known, weight)
    return lambda features: np.asarray(steps.predict(whole(features)))


def inductive_venn_abers(known: Examples, weight: np.ndarray) -> Predict:
    """Fit the logistic regression on half of the authors, Venn-Abers on the other half."""
    half = np.isin(known.author, np.unique(known.author)[::2])
    score = logistic(known.take(half), weight[half])
    other = known.take(~half)
    pair = venn_abers(score(other.features), other.right, weight[~half])

    def predict(features: np.ndarray) -> np.ndarray:
        low, high = pair(score(features))
        return np.asarray(high / (1 - low + high))

    return predict


def cross_venn_abers(known: Examples, weight: np.ndarray) -> Predict:
    """Fit one pair of probabilities for each author left out; merge them by geometric mean."""
    folds = []
    for rest, held_out in by_author(known):
        score = logistic(known.take(rest), weight[rest])
        part = known.take(held_out)
        folds.append((score, venn_abers(score(part.features), part.right, weight[held_out])))

    def predict(features: np.ndarray) -> np.ndarray:
        pairs = [pair(score(features)) for score, pair in folds]
        not_low = np.exp(np.mean([np.log(np.maximum(1 - low, 1e-6)) for low, _ in pairs], axis=0))
        high = np.exp(np.mean([np.log(np.maximum(high, 1e-6)) for _, high in pairs], axis=0))
        return np.asarray(high / (not_low + high))

    return predict


METHODS: dict[str, Method] = {
    "logistic regression (ships)": logistic,
    "isotonic behind it": isotonic,
    "inductive Venn-Abers behind it": inductive_venn_abers,
    "cross Venn-Abers behind it": cross_venn_abers,
}


def venn_abers(
    score: np.ndarray, right: np.ndarray, weight: np.ndarray
) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Give for a new score the probability if it were wrong, and if it were right.

    The new question weighs as much as the mean known one. Written for plainness: two isotonic
    regressions for each of 201 places, and straight lines between these.
    """
    places = np.quantile(score, np.linspace(0, 1, 201))
    one = weight.mean()

    def level(place: float, outcome: float) -> float:
        steps = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
        steps.fit(np.append(score, place), np.append(right, outcome), np.append(weight, one))
        return float(steps.predict([place])[0])

    low = np.array([level(place, 0) for place in places])
    high = np.array([level(place, 1) for place in places])
    return lambda new: (np.interp(new, places, low), np.interp(new, places, high))


def by_author(known: Examples) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the rows of all authors but one, and of that one."""
    for author in np.unique(known.author):
        yield known.author != author, known.author == author


def training_rows(
    natural: Examples, phrasings: Examples, share: float
) -> tuple[Examples, np.ndarray]:
    """Join both kinds of questions; phrasings are dealt out over the authors."""
    authors = np.unique(natural.author)
    dealt = authors[np.arange(len(phrasings.right)) % len(authors)]
    phrasings = Examples(*(getattr(phrasings, f.name) for f in fields(Examples)[:-1]), dealt)
    each = REWORDED_SHARE * len(natural.right) / len(phrasings.right)
    weight = np.append(natural.weights(share), np.full(len(phrasings.right), each))
    return joined([natural, phrasings]), weight


@dataclass(frozen=True)
class Judged:
    """Hold what a method says of some questions, and what was true."""

    probability: np.ndarray
    known: Examples
    threshold: float
    share: float

    def figures(self, rows: np.ndarray) -> np.ndarray:
        """Give the FIGURES of some of the questions."""
        known, p = self.known.take(rows), self.probability[rows]
        weight = known.weights(self.share)
        place = np.clip((p * 10).astype(int), 0, 9)
        shown = p >= self.threshold
        return np.array(
            [
                expected_calibration_error(p, known.right),
                np.abs(np.bincount(place, weight * (p - known.right), 10)).sum() / weight.sum(),
                np.average((p - known.right) ** 2, weights=weight),
                roc_auc_score(known.right, p),
                (shown & known.right).sum() / max(known.in_scope.sum(), 1),
                weight[shown & ~known.right].sum() / max(weight[shown].sum(), 1e-9),
            ]
        )


FIGURES = ("ECE", "ECE at 60 %", "Brier at 60 %", "AUROC", "answered right", "wrong among shown")


def main() -> None:
    """Fit, measure and print one table for each set."""
    corpus = load_corpus(SHIPPED_CORPUS)
    lessons = Lessons.from_corpus(corpus)
    matcher = QuestionMatcher(jargon=corpus.jargon)
    matcher.fit(lessons.texts, lessons.targets, lessons.weights)
    natural, phrasings = asked(matcher, corpus.calibration), reworded(matcher, lessons)
    sets = {
        name: asked(matcher, load_labelled_set(SHIPPED_CORPUS / "evaluation" / name))
        for name in SETS
    }
    report(corpus, natural, phrasings, sets | {"both sets": joined(list(sets.values()))})


def report(
    corpus: Corpus, natural: Examples, phrasings: Examples, sets: dict[str, Examples]
) -> None:
    """Measure each method on the calibration set, leaving authors out, and on the other sets."""
    share = corpus.promise.out_of_scope_share
    known, weight = training_rows(natural, phrasings, share)
    count = len(natural.right)
    judged: dict[str, dict[str, Judged]] = {}
    for name, method in METHODS.items():
        left_out = np.zeros(count)
        for rest, held_out in by_author(known):
            predict = method(known.take(rest), weight[rest])
            mine = held_out[:count]
            left_out[mine] = predict(natural.features[mine])
        labels = Labelled(left_out, natural.right, natural.in_scope, natural.close)
        threshold = choose_policy(labels, corpus.promise)[0].answer
        predict = method(known, weight)
        judged.setdefault("calibration set, authors left out", {})[name] = Judged(
            left_out, natural, threshold, share
        )
        for title, examples_ in sets.items():
            found = predict(examples_.features)
            judged.setdefault(title, {})[name] = Judged(found, examples_, threshold, share)
    for title, by_method in judged.items():
        print(f"\n### {title} ({len(next(iter(by_method.values())).known.right)} questions)\n")
        print_table(by_method)
    print("\nspread of log-odds between methods:", spread(judged["both sets"]))


def spread(by_method: dict[str, Judged]) -> dict[str, float]:
    """Give how far each method's log-odds lie from those of the first, on average."""
    first, *_ = by_method.values()
    clipped = {name: np.clip(item.probability, 0.01, 0.99) for name, item in by_method.items()}
    base = logit(np.clip(first.probability, 0.01, 0.99))
    return {name: round(float(np.abs(logit(p) - base).mean()), 2) for name, p in clipped.items()}


def print_table(by_method: dict[str, Judged]) -> None:
    """Print each figure with its interval, and below it the difference with the first method."""
    print("| method |", " | ".join(FIGURES), "|")
    print("|---|" + "---|" * len(FIGURES))
    first, *_ = by_method.values()
    everything = np.arange(len(first.known.right))
    for name, item in by_method.items():
        value = item.figures(everything)
        ends = bootstrap_intervals(item.figures, len(everything), samples=SAMPLES)
        cells = [f"{v:.3f} ({e.low:.3f}–{e.high:.3f})" for v, e in zip(value, ends, strict=True)]
        print(f"| {name} |", " | ".join(cells), "|")
        if item is not first:
            print("| difference |", " | ".join(differences(first, item, everything)), "|")


def differences(first: Judged, other: Judged, rows: np.ndarray) -> list[str]:
    """Give the paired difference of each figure with its interval."""

    def gap(drawn: np.ndarray) -> np.ndarray:
        return other.figures(drawn) - first.figures(drawn)

    ends = bootstrap_intervals(gap, len(rows), samples=SAMPLES)
    return [
        f"{v:+.3f} ({e.low:+.3f} to {e.high:+.3f})" for v, e in zip(gap(rows), ends, strict=True)
    ]


if __name__ == "__main__":
    main()
