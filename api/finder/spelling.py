"""Spellings that mean the same: abbreviations, and the words that may be left out."""

import re
from typing import Final

from config.words import search_key

SHORT_FORMS: Final = (
    (re.compile(r"\b(c of e|cofe|coe|church of england)\b"), "ce"),
    (re.compile(r"\b(roman catholic|rcvap|rcva)\b"), "rc"),
    (re.compile(r"\bvoluntary aided\b"), "va"),
    (re.compile(r"\bvoluntary controlled\b"), "vc"),
)
"""Phrases and how they are stored, in names and in queries alike."""

ALSO_WRITTEN: Final[dict[str, tuple[str, ...]]] = {
    "saint": ("st",),
    "st": ("saint",),
    "street": ("st",),
    "road": ("rd",),
    "lane": ("ln",),
    "avenue": ("ave", "av"),
    "drive": ("dr",),
    "close": ("cl",),
    "mount": ("mt",),
    "junior": ("jnr",),
    "one": ("1",),
}
"""A word of a name to other words under which it is found too."""

NEEDLESS: Final = frozenset({"and", "the", "of", "in", "near", "at"})
"""Words that a query may hold and a name need not."""


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are stored.

    >>> name_words("St. Mary & St. John Church of England Primary")
    ('st', 'mary', 'and', 'st', 'john', 'ce', 'primary')
    """
    return tuple(_shortened(search_key(name)).split())


def query_words(text: str) -> tuple[str, ...]:
    """Return the words that a name must hold to answer ``text``.

    >>> query_words("the school of St John's & Mary")
    ('school', 'st', 'johns', 'mary')
    >>> query_words("the")
    ('the',)
    """
    words = name_words(text)
    return tuple(word for word in words if word not in NEEDLESS) or words


def whole_words_for(word: str) -> set[str]:
    """Return the words of names that ``word`` stands for besides those that begin with it.

    >>> sorted(whole_words_for("sain")), sorted(whole_words_for("marys"))
    (['st'], ['mary'])
    """
    found = {
        name
        for name, others in ALSO_WRITTEN.items()
        if any(other.startswith(word) for other in others)
    }
    return found | ({word[:-1]} if word.endswith("s") and len(word) > 1 else set())


def _shortened(key: str) -> str:
    for phrase, short in SHORT_FORMS:
        key = phrase.sub(short, key)
    return key
