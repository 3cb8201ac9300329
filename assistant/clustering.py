"""Put questions that ask the same in one group, one by one as they come in.

A question is compared with few others: those that an index finds by the groups of invented
questions and the entries it looks like, and by its rarest words. So the time for one question does
not grow with the chat. It joins the group whose questions ask the same on average (average
linkage); a group is never taken apart or joined to another: people do that.
"""

from collections import Counter, OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.likeness import Likeness, Question, QuestionReader, likeness

Key = tuple[str, str | int]
Group = TypeVar("Group", bound=Hashable)

MEMBERS: Final = 8
"""Questions of a group that a new one is compared with."""
_CANDIDATES: Final = 48
"""Questions that the index gives at most."""
_LISTED: Final = 64
"""Latest questions kept under one key; a live topic stays, a dead one makes room."""
_N_PROFILE: Final = 4
_N_ENTRIES: Final = 2
_N_WORDS: Final = 4
_FOUND_BY_PROFILE: Final = 0.1
"""Share of a profile that a group needs to be a key."""


class QuestionIndex:
    """Find the questions that may ask the same as a new one, without looking at all of them."""

    def __init__(self) -> None:
        self._listed: dict[Key, OrderedDict[int, None]] = {}
        self._questions: dict[int, Question] = {}
        self._uses: Counter[int] = Counter()

    def __contains__(self, number: int) -> bool:
        return number in self._questions

    def __getitem__(self, number: int) -> Question:
        return self._questions[number]

    def __len__(self) -> int:
        return len(self._questions)

    def add(self, number: int, question: Question) -> None:
        """Remember a question under its number, as long as one of its keys lists it."""
        self._questions[number] = question
        for key in _keys(question):
            listed = self._listed.setdefault(key, OrderedDict())
            listed[number] = None
            self._uses[number] += 1
            if len(listed) > _LISTED:
                self._forget(listed.popitem(last=False)[0])

    def _forget(self, number: int) -> None:
        self._uses[number] -= 1
        if not self._uses[number]:
            del self._uses[number], self._questions[number]

    def candidates(self, question: Question) -> list[int]:
        """Give the numbers of the questions that share most with this one, best first."""
        found = Counter(number for key in _keys(question) for number in self._listed.get(key, ()))
        ordered = sorted(found, key=lambda number: (-found[number], -number))
        return ordered[:_CANDIDATES]


def nearest_group(
    question: Question, groups: Mapping[Group, Sequence[Question]], model: Likeness
) -> Group | None:
    """Give the group that asks the same as the question, or None; ties go to the first."""
    names = [name for name, members in groups.items() for _ in members[:MEMBERS]]
    members = [member for some in groups.values() for member in some[:MEMBERS]]
    odds: dict[Group, list[float]] = {}
    for name, value in zip(names, model.log_odds(question, members).tolist(), strict=True):
        odds.setdefault(name, []).append(value)
    means = {name: sum(values) / len(values) for name, values in odds.items()}
    best = max(means, key=lambda name: means[name], default=None)
    return best if best is not None and means[best] >= model.threshold else None


class QuestionGrouper:
    """Give each question of one chat its group: the number of the first question in it."""

    def __init__(self, reader: QuestionReader) -> None:
        self._reader = reader
        self._model = likeness(reader.has_profiles)
        self._index = QuestionIndex()
        self._group_of: dict[int, int] = {}
        self._members: dict[int, list[Question]] = {}
        self._seen: dict[str, int] = {}
        self._by_words: dict[str, int] = {}
        self._count = 0

    def add(self, texts: Sequence[str]) -> list[int]:
        """Give the group of each text; the texts come after those of earlier calls."""
        fresh = list(dict.fromkeys(text for text in texts if text not in self._seen))
        read = dict(zip(fresh, self._reader.read(fresh), strict=True))
        found = []
        for text in texts:
            if text not in self._seen:
                self._seen[text] = self._place(read[text])
            found.append(self._seen[text])
            self._count += 1
        return found

    def _place(self, question: Question) -> int:
        group = self._by_words.get(question.folded)
        if group is not None:
            return group
        group = self._nearest(question)
        if group is None:
            group = self._count
        self._by_words[question.folded] = group
        self._remember(question, group)
        return group

    def _nearest(self, question: Question) -> int | None:
        found = [self._group_of[number] for number in self._index.candidates(question)]
        groups = {group: self._members[group] for group in dict.fromkeys(found)}
        return nearest_group(question, groups, self._model)

    def _remember(self, question: Question, group: int) -> None:
        self._index.add(self._count, question)
        self._group_of[self._count] = group
        members = self._members.setdefault(group, [])
        if len(members) < MEMBERS:
            members.append(question)


def _keys(question: Question) -> list[Key]:
    keys: list[Key] = [
        ("group", int(column))
        for column in _largest(question.profile, _N_PROFILE)
        if question.profile[column] >= _FOUND_BY_PROFILE
    ]
    keys += [("entry", int(column)) for column in _largest(question.entries, _N_ENTRIES)]
    rare = sorted(question.words, key=lambda stem: (-question.words[stem], stem))
    return keys + [("word", stem) for stem in rare[:_N_WORDS]]


def _largest(values: NDArray[np.float32], count: int) -> list[int]:
    order: list[int] = np.argsort(-values, kind="stable")[:count].tolist()
    return order
