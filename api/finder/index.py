"""An index of names by the words in them, held in memory."""

import difflib
import heapq
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from api.finder.spelling import ALSO_WRITTEN, name_words, query_words

Kind = Literal["school", "place", "area"]

RANKED: Final = 600
"""Matches that are compared in detail; where more fit a short query, the weightiest are."""
ALIKE: Final = 0.75
"""How like a word of a name a mistyped word must be, by difflib's ratio."""
WORDS_GUESSED: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that has a name.

    Attributes:
        kind: what it is.
        id: by which the API serves it.
        label: its name as shown.
        detail: what and where it is, to tell namesakes apart.
        weight: lower comes first where names match alike.
        also: further words under which it is found (its town, its number).
    """

    kind: Kind
    id: str
    label: str
    detail: str
    lon: float | None
    lat: float | None
    weight: int
    also: str = ""
    phase: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """A name's words: all of them, those that tell it apart, and the forms they are found by.

    ``named`` holds the forms of the name alone, ``forms`` those of its further words too.
    """

    name: tuple[str, ...]
    telling: tuple[str, ...]
    named: frozenset[str]
    forms: frozenset[str]


class Finder:
    """Entries by word prefixes in any order; made once, then only read."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Sequence[Entry] = sorted(
            entries, key=lambda entry: (entry.weight, entry.label, entry.id)
        )
        self._words = [_words(entry) for entry in self.entries]
        self._postings: dict[str, list[int]] = {}
        self._by_name: dict[tuple[str, ...], list[int]] = {}
        for number, words in enumerate(self._words):
            self._by_name.setdefault(words.name, []).append(number)
            for form in words.forms:
                self._postings.setdefault(form, []).append(number)
        self._vocabulary = sorted(self._postings)

    def find(self, text: str, *, most: int) -> list[Entry]:
        """Return the entries that hold every word of ``text``, best first.

        Words may be begun only, stand in any order, and lack accents and apostrophes. Where
        nothing fits, words spelled alike are tried.
        """
        words = query_words(text)
        if not words:
            return []
        found = self._matches(words)
        if not found:
            words = self._respelled(words)
            found = self._matches(words)
        if not found and text.strip()[:1].isdigit():  # a house number before a street
            return self.find(text.strip().partition(" ")[2], most=most)
        exact = [number for number in self._by_name.get(name_words(text), ()) if number in found]
        weighty = heapq.nsmallest(RANKED, found)
        fitting = [
            number for number in dict.fromkeys([*exact, *weighty]) if self._is_meant(number, words)
        ]
        best = heapq.nsmallest(most, fitting, key=lambda number: self._rank(number, words))
        return [self.entries[number] for number in best]

    def _matches(self, words: Sequence[str]) -> set[int]:
        """Intersect the entries of each word's prefix, the rarest word first."""
        if not words:
            return set()
        groups = sorted((self._with_prefix(word) for word in words), key=len)
        return set.intersection(*groups)

    def _with_prefix(self, prefix: str) -> set[int]:
        start = bisect_left(self._vocabulary, prefix)
        end = bisect_left(self._vocabulary, prefix + "\uffff", lo=start)
        found: set[int] = set()
        for word in self._vocabulary[start:end]:
            found.update(self._postings[word])
        if prefix.endswith("s"):  # "St Marys" may be called St Mary
            found.update(self._postings.get(prefix[:-1], ()))
        return found

    def _respelled(self, words: Sequence[str]) -> tuple[str, ...]:
        if len(words) > 2 * WORDS_GUESSED:
            return ()
        return tuple(word if self._is_known(word) else self._nearest(word) for word in words)

    def _is_known(self, word: str) -> bool:
        at = bisect_left(self._vocabulary, word)
        return at < len(self._vocabulary) and self._vocabulary[at].startswith(word)

    def _nearest(self, word: str) -> str:
        """Return the most similar word that begins alike, or ``word`` itself."""
        if len(word) < WORDS_GUESSED:
            return word
        start = bisect_left(self._vocabulary, word[0])
        end = bisect_left(self._vocabulary, word[0] + "\uffff", lo=start)
        lengths = range(len(word) - 2, len(word) + 3)
        alike = [other for other in self._vocabulary[start:end] if len(other) in lengths]
        return next(iter(difflib.get_close_matches(word, alike, n=1, cutoff=ALIKE)), word)

    def _is_meant(self, number: int, words: tuple[str, ...]) -> bool:
        """Leave out the streets of a town where only the town was named."""
        named = self._words[number].named
        return self.entries[number].kind != "place" or any(
            form.startswith((word, word.removesuffix("s"))) for word in words for form in named
        )

    def _rank(self, number: int, words: tuple[str, ...]) -> tuple[int, int, int, int]:
        entry, known = self.entries[number], self._words[number]
        return (_closeness(known, words), entry.weight, len(known.name), number)


def _closeness(known: _Words, words: tuple[str, ...]) -> int:
    """Say how well a name answers: 0 it is the query, 4 it merely holds it in parts."""
    if known.telling == words:
        return 0
    if known.name[: len(words)] == words:
        return 1
    if " ".join(known.telling).startswith(" ".join(words)):
        return 2
    return 3 if known.forms.issuperset(words) else 4


def _words(entry: Entry) -> _Words:
    name = name_words(entry.label)
    named = _forms(name)
    return _Words(name, query_words(entry.label), named, named | _forms(name_words(entry.also)))


def _forms(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words).union(*(ALSO_WRITTEN.get(word, ()) for word in words))
