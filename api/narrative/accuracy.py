"""How far off forecasts were, in words."""

from dataclasses import dataclass
from typing import Final

QUARTERS: Final = {
    "most_accurate": "among the most accurate quarter of {count} authorities",
    "middle": "in the middle half of {count} authorities",
    "least_accurate": "among the least accurate quarter of {count} authorities",
}
YEARS: Final = {1: "a year", 2: "two years", 3: "three years"}
NAMES: Final = {
    "same": "the same as last year",
    "drift": "last year's change once more",
}
PRINTED_ALIKE_PCT: Final = 0.05
"""Errors closer than this are printed alike."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an authority's forecast.

    Attributes:
        name: of the authority.
        phase: primary or secondary.
        year: school year told of.
        years_ahead: how far it looked.
        error_pct: above zero, too many were expected.
        verdict: quarter it lies in, if enough authorities are known.
        count: authorities compared.
    """

    name: str
    phase: str
    year: str
    years_ahead: int
    error_pct: float
    verdict: str | None
    count: int


def verdict_sentence(told: Told) -> str:
    """Say how far off an authority's own forecast was, and where that lies among all.

    >>> verdict_sentence(Told("Hertfordshire", "primary", "2025/26", 1, 0.6046, "most_accurate",
    ...     151))
    "Hertfordshire's own forecast of primary pupils in 2025/26, made a year before, was 0.6 % too \
high: among the most accurate quarter of 151 authorities."
    >>> verdict_sentence(Told("Rutland", "secondary", "2025/26", 3, -0.02, None, 1))
    "Rutland's own forecast of secondary pupils in 2025/26, made three years before, was right to \
a tenth of a per cent."
    """
    size = abs(told.error_pct)
    off = (
        "right to a tenth of a per cent"
        if size < PRINTED_ALIKE_PCT
        else f"{size:.1f} % too {'high' if told.error_pct > 0 else 'low'}"
    )
    ahead = YEARS.get(told.years_ahead, f"{told.years_ahead} years")
    where = f": {QUARTERS[told.verdict].format(count=told.count)}" if told.verdict else ""
    return (
        f"{told.name}'s own forecast of {told.phase} pupils in {told.year}, made {ahead} before, "
        f"was {off}{where}."
    )


def simple_sentence(own_pct: float, simple: dict[str, float]) -> str | None:
    """Say how far off the simplest methods would have been in the same year.

    >>> simple_sentence(0.6046, {"same": 1.4693, "drift": 0.471})
    "The same as last year would have been off by 1.5 % and last year's change once more by 0.5 %; \
last year's change once more would have been nearer."
    >>> simple_sentence(0.6, {"same": -1.5})
    'The same as last year would have been off by 1.5 %.'
    """
    if not simple:
        return None
    parts = [
        f"{NAMES[name]} {'by ' if number else 'would have been off by '}{abs(error):.1f} %"
        for number, (name, error) in enumerate(simple.items())
    ]
    says = " and ".join(parts)
    best = min(simple, key=lambda name: abs(simple[name]))
    nearer = (
        f"; {NAMES[best]} would have been nearer"
        if abs(simple[best]) < abs(own_pct) - PRINTED_ALIKE_PCT
        else ""
    )
    return f"{says[0].upper()}{says[1:]}{nearer}."


def record_sentence(name: str, phase: str, own_pct: float, atlas_pct: float, tried: int) -> str:
    """Say who was nearer over the years that both are known of; also where the atlas was not.

    >>> record_sentence("Rutland", "primary", 1.2, 1.6, 6)
    "Over 6 forecasts of primary pupils in Rutland the authority's own were nearer, 1.2 % off on \
average against 1.6 % for the atlas."
    >>> record_sentence("Rutland", "secondary", 1.4, 0.8, 1)
    "In one forecast of secondary pupils in Rutland the atlas was nearer, 0.8 % off against 1.4 % \
for the authority's own."
    >>> record_sentence("Rutland", "primary", 1.01, 0.99, 2)
    "Over 2 forecasts of primary pupils in Rutland the authority's own and the atlas were about \
the same, 1.0 % off on average."
    """
    one = tried == 1
    number = "In one forecast" if one else f"Over {tried:,} forecasts"
    start = f"{number} of {phase} pupils in {name}"
    average = "" if one else " on average"
    if abs(own_pct - atlas_pct) < PRINTED_ALIKE_PCT:
        return (
            f"{start} the authority's own and the atlas were about the same, "
            f"{own_pct:.1f} % off{average}."
        )
    if own_pct < atlas_pct:
        verb = "was" if one else "were"
        return (
            f"{start} the authority's own {verb} nearer, {own_pct:.1f} % off{average} "
            f"against {atlas_pct:.1f} % for the atlas."
        )
    return (
        f"{start} the atlas was nearer, {atlas_pct:.1f} % off{average} against "
        f"{own_pct:.1f} % for the authority's own."
    )


def nothing_sentence() -> str:
    """Say that nothing is known.

    >>> nothing_sentence()
    'No forecast of earlier years is known that could be compared with what came.'
    """
    return "No forecast of earlier years is known that could be compared with what came."
