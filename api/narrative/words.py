"""The small words of every sentence: numbers, nouns, times, lists."""

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

PLAIN_SCHOOL: Final = ("school", "schools")
SECONDS_A_MINUTE: Final = 60
METRES_A_KM: Final = 1000


def counted(count: int, one: str, several: str) -> str:
    """Write a count with its noun.

    >>> counted(1, "school", "schools"), counted(0, "school", "schools")
    ('1 school', 'no schools')
    >>> counted(1279, "postcode", "postcodes")
    '1,279 postcodes'
    """
    if count == 0:
        return f"no {several}"
    return f"{count:,} {one if count == 1 else several}"


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
    """Say a time as people do, rounded once.

    >>> minutes_words(20), minutes_words(62), minutes_words(360)
    ('under a minute', '1 minute', '6 minutes')
    """
    if seconds < SECONDS_A_MINUTE:
        return "under a minute"
    minutes = round(seconds / SECONDS_A_MINUTE)
    return f"{minutes} {'minute' if minutes == 1 else 'minutes'}"


def distance_words(metres: float) -> str:
    """Say a distance: whole tens of metres, or kilometres with one decimal.

    >>> distance_words(342), distance_words(1260)
    ('340 metres', '1.3 km')
    """
    if metres < METRES_A_KM - 5:
        return f"{max(round(metres, -1), 10):.0f} metres"
    return f"{metres / METRES_A_KM:.1f} km"


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


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(words) < 2:  # noqa: PLR2004 # one word, or none
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def school_nouns(phases: Sequence[Phase] = (), sectors: Sequence[Sector] = ()) -> tuple[str, str]:
    """Name the schools that a filter keeps, one and several.

    >>> school_nouns([Phase.PRIMARY]), school_nouns([], [Sector.INDEPENDENT])
    (('primary school', 'primary schools'), ('independent school', 'independent schools'))
    """
    one, several = SCHOOL_NOUNS[phases[0]] if len(phases) == 1 else PLAIN_SCHOOL
    if len(sectors) != 1:
        return one, several
    word = "state" if sectors[0] is Sector.STATE else "independent"
    return f"{word} {one}", f"{word} {several}"


def sentence_case(words: str) -> str:
    """Begin with a capital and leave the rest as it is.

    >>> sentence_case("no schools in LE15")
    'No schools in LE15'
    """
    return words[:1].upper() + words[1:]
