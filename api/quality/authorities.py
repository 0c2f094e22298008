"""Places added up from schools, beside the places that are published of their authority."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from api.quality.finding import Case, Check, Finding, finding

Row = Mapping[str, Any]

AUTHORITY: Final = Check(
    "schools_and_authority",
    "Schools that do not add up to their authority",
    "Primary pupils of an authority as published, where those of its schools for the same year "
    "make another number. Authorities with all-through schools are left out: their primary pupils "
    "are not told apart everywhere.",
    "A small difference is rounding or a school that opened or closed. A large one means that "
    "schools are missing from the survey's file, or stand under another authority.",
)


def schools_and_authority(pairs: Iterable[Row]) -> Finding:
    """Find authorities whose published total differs from the sum of their schools.

    Args:
        pairs: ``name``, ``what`` (such as primary places), ``period``, ``published``, ``summed``.
    """
    everything = list(pairs)
    cases = [
        Case(
            subject=f"{row['name']}, {row['what']}",
            says=f"{row['published']:,.0f} published, {row['summed']:,.0f} by its schools "
            f"({row['period']})",
            weight=abs(row["published"] - row["summed"]),
        )
        for row in everything
        if round(row["published"]) != round(row["summed"])
    ]
    return finding(AUTHORITY, everything, cases)
