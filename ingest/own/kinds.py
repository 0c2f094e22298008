"""What a cell of an authority's own file can be, and how it is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from config.terms import AcademicYear, postcode
from config.words import search_key
from ingest.schema.fields import YEAR_GROUPS

KindName = Literal[
    "urn", "urns", "school_year", "year_group", "text", "count", "number", "choice", "postcode",
    "date",
]  # fmt: skip
Value = str | int | float


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of cell.

    Attributes:
        wants: what it must be, in words that follow "is not".
        read: reads it; ``None`` where it is something else.
        dtype: of the column it makes.
    """

    wants: str
    read: Callable[[str], Value | None]
    dtype: str = "string"


_YEARS: Final = re.compile(r"(20\d\d)\s*[/\-\u2013]?\s*(20)?(\d\d)")
_URN: Final = re.compile(r"[1-9]\d{4,6}")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WORDS_OF_RECEPTION: Final = ("r", "yr", "rec", "reception", "year r", "yr r")
_WORDS_OF_YEAR: Final = ("{}", "y{}", "y {}", "yr{}", "yr {}", "year {}", "year{}")


def _year_groups() -> Mapping[str, str]:
    words = dict.fromkeys(_WORDS_OF_RECEPTION, "R")
    for group in YEAR_GROUPS:
        if group.isdigit():
            words |= {word.format(group): group for word in _WORDS_OF_YEAR}
    return words | {"n1": "N1", "nursery 1": "N1", "n2": "N2", "nursery 2": "N2", "all": "all"}


_YEAR_GROUPS: Final = _year_groups()


def year_group(text: str) -> str | None:
    """Read a year group.

    >>> year_group("Year 7"), year_group("YR"), year_group("y11"), year_group("Sixth form")
    ('7', 'R', '11', None)
    """
    return _YEAR_GROUPS.get(search_key(text))


def school_year(text: str) -> str | None:
    """Read a school year; one year alone might mean either of two, and is not taken.

    >>> school_year("2024/25"), school_year("2024-2025"), school_year("202425")
    ('2024/25', '2024/25', '2024/25')
    >>> school_year("2024") is None, school_year("2024/26") is None
    (True, True)
    """
    match = _YEARS.fullmatch(text.strip())
    if match is None:
        return None
    start = int(match[1])
    return str(AcademicYear(start)) if (start + 1) % 100 == int(match[3]) else None


def urn(text: str) -> int | None:
    """Read a school's Unique Reference Number."""
    return int(text) if _URN.fullmatch(text.strip()) else None


def urns(text: str) -> str | None:
    """Read several numbers, separated by spaces, commas or semicolons."""
    each = [urn(part) for part in re.split(r"[\s,;]+", text.strip())]
    return " ".join(map(str, each)) if all(each) else None


def number(text: str) -> float | None:
    """Read a number; commas may part its thousands.

    >>> number("1,234.5"), number("12 000") is None
    (1234.5, True)
    """
    plain = text.strip()
    if not re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", plain):
        return None
    return float(plain.replace(",", ""))


def count(text: str) -> float | None:
    """Read a whole number that is not negative."""
    value = number(text)
    return value if value is not None and value >= 0 and value == int(value) else None


def day(text: str) -> str | None:
    """Read a date as ISO 8601; a day comes before its month.

    >>> day("3/9/2025"), day("2025-09-03"), day("2025-31-01")
    ('2025-09-03', '2025-09-03', None)
    """
    match = _DAY_FIRST.fullmatch(text.strip())
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None


KINDS: Final[Mapping[KindName, Kind]] = {
    "urn": Kind("a school's Unique Reference Number, such as 100000", urn, "Int64"),
    "urns": Kind("one or more Unique Reference Numbers, with spaces between them", urns),
    "school_year": Kind("a school year, such as 2024/25", school_year),
    "year_group": Kind("a year group: N1, N2, R, 1 to 14, or all", year_group),
    "text": Kind("text", lambda text: text.strip()),
    "count": Kind("a whole number of 0 or more", count, "Float64"),
    "number": Kind("a number", number, "Float64"),
    "choice": Kind("one of the choices", lambda text: text),
    "postcode": Kind("a postcode", postcode),
    "date": Kind("a date, such as 2025-09-03 or 3/9/2025", day),
}
