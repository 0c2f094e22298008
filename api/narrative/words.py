"""The small words of every sentence: numbers, nouns, times, lists."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from config.terms import Phase, Sector

SCHOOL_NOUNS: Final[dict[Phase, tuple[str, str]]] = {
    Phase.NURSERY: ("nursery school", "nursery schools"),
    Phase.PRIMARY: ("primary school", "primary schools"),
    Phase.MIDDLE: ("middle school", "middle schools"),
    Phase.SECONDARY: ("secondary school", "secondary schools"),
    Phase.ALL_THROUGH: ("all-through school", "all-through schools"),
    Phase.SIXTEEN_PLUS: ("sixth form or college", "sixth forms and colleges"),
    Phase.SPECIAL: ("special school", "special schools"),
    Phase.ALTERNATIVE: (
        "school for alternative provision",
        "schools for alternative provision",
    ),
    Phase.NOT_STATED: ("school", "schools"),
}
"""One and several, by phase."""

PHASES_NAMED: Final = 2
"""More phases than these are not named one by one."""
PLAIN_SCHOOL: Final = ("school", "schools")
SECONDS_A_MINUTE: Final = 60


def listed(words: Sequence[str]) -> str:
    """Join words as one says them.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def a_or_an(words: str) -> str:
    """Put the article before words or a number, as they are said.

    >>> a_or_an("20-minute walk"), a_or_an("8-minute walk"), a_or_an("independent school")
    ('a 20-minute walk', 'an 8-minute walk', 'an independent school')
    >>> a_or_an("18-minute walk"), a_or_an("11-minute walk"), a_or_an("1-minute walk")
    ('an 18-minute walk', 'an 11-minute walk', 'a 1-minute walk')
    """
    number = "".join(mark for mark in words.split("-", maxsplit=1)[0] if mark.isdigit())
    starts_with_vowel = words[:1].lower() in "aeiou" if not number else False
    if number:
        starts_with_vowel = number[0] == "8" or number in ("11", "18")
    return f"{'an' if starts_with_vowel else 'a'} {words}"


def minutes_words(seconds: float) -> str:
    """Say a time as people do, rounded once; half a minute goes up, as on the page.

    >>> minutes_words(20), minutes_words(62), minutes_words(360)
    ('under a minute', '1 minute', '6 minutes')
    >>> minutes_words(390), minutes_words(450)
    ('7 minutes', '8 minutes')
    """
    if seconds < SECONDS_A_MINUTE:
        return "under a minute"
    minutes = math.floor(seconds / SECONDS_A_MINUTE + 0.5)
    return f"{minutes} {'minute' if minutes == 1 else 'minutes'}"


def day_words(iso: str | None) -> str | None:
    """Say a date in full, or nothing where it is not a date.

    >>> day_words("2025-01-16"), day_words(None), day_words("spring")
    ('16 January 2025', None, None)
    """
    try:
        day = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None
    return f"{day.day} {day:%B %Y}"


def school_nouns(phases: Sequence[Phase] = (), sectors: Sequence[Sector] = ()) -> tuple[str, str]:
    """Name the schools that a filter keeps, one and several.

    >>> school_nouns([Phase.PRIMARY]), school_nouns([], [Sector.INDEPENDENT])
    (('primary school', 'primary schools'), ('independent school', 'independent schools'))
    >>> school_nouns([Phase.PRIMARY, Phase.SECONDARY])[0], school_nouns(list(Phase)[:5])[1]
    ('primary or secondary school', 'schools of the kinds chosen')
    """
    one, several = _phase_nouns(list(dict.fromkeys(phases)))
    if len(sectors) != 1:
        return one, several
    word = "state" if sectors[0] is Sector.STATE else "independent"
    return f"{word} {one}", f"{word} {several}"


def _phase_nouns(phases: Sequence[Phase]) -> tuple[str, str]:
    if not phases:
        return PLAIN_SCHOOL
    if len(phases) == 1:
        return SCHOOL_NOUNS[phases[0]]
    nouns = [SCHOOL_NOUNS[phase][0] for phase in phases]
    if len(nouns) > PHASES_NAMED or not all(noun.endswith(" school") for noun in nouns):
        return "school of the kinds chosen", "schools of the kinds chosen"
    kinds = " or ".join(noun.removesuffix(" school") for noun in nouns)
    return f"{kinds} school", f"{kinds} schools"
