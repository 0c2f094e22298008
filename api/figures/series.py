"""Values of one measure over the years, told apart by whose they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from config.terms import Status

PERIODS: Final = 3
"""Periods that are shown of a measure: one year may be chance."""

Row = Mapping[str, Any]
MISSING: Final = frozenset({Status.SUPPRESSED, Status.NOT_APPLICABLE, Status.UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class Series:
    """One measure and its latest values.

    Attributes:
        about: what the measure says: ``measure``, ``title``, ``unit`` and so on.
        values: rows in order of period, oldest first.
    """

    about: Row
    values: tuple[Row, ...]

    @property
    def latest(self) -> Row:
        """The newest value, or why there is none."""
        return self.values[-1]


def series_of(rows: Iterable[Row], *, own: int | str, key: str) -> list[Series]:
    """Gather values by measure.

    Args:
        rows: in reading order of their measures.
        own: the URN or code that is asked about; others are its predecessors.
        key: the column that holds it.

    Returns:
        A series a measure, with the latest periods. Where both have a value of a period, the own
        one is kept; of several predecessors, each keeps its own row.
    """
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        gathered.setdefault(row["measure"], []).append(row)
    return [
        Series(found[0], tuple(_latest(found, own=own, key=key))) for found in gathered.values()
    ]


def _latest(rows: Sequence[Row], *, own: int | str, key: str) -> list[Row]:
    ordered = sorted(rows, key=lambda row: row["period"])
    kept = [_own_or_all(list(group), own, key) for _, group in groupby(ordered, _period)]
    return [row for group in kept[-PERIODS:] for row in group]


def _own_or_all(rows: list[Row], own: int | str, key: str) -> list[Row]:
    """Keep the own value where there is one, or where nobody has a value."""
    mine = [row for row in rows if row[key] == own]
    others = [row for row in rows if row["value"] is not None]
    if mine and (mine[0]["value"] is not None or not others):
        return mine
    return others or rows[:1]


def _period(row: Row) -> str:
    return str(row["period"])
