"""Rows of places and admissions, told as values of measures like all others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from config.terms import Status

Row = Mapping[str, Any]

PHASES: Final = {
    "primary": ", primary years",
    "secondary": ", secondary years",
    "sixth_form": ", sixth form",
    "all": "",
}
PLACES: Final = (
    ("places", "Places", "Pupils that the school has room for.", "places"),
    ("pupils", "Pupils on roll in the same return", "Pupils counted beside the places.", "pupils"),
    ("unfilled", "Unfilled places", "Places without a pupil, counted by school.", "places"),
)
"""Column, title, what it means, unit."""

METHODS: Final = {
    "straight_line": "Measured in a straight line.",
    "walking_route": "Measured along the shortest walking route.",
}


def place_values(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Tell rows of ``school_places`` as values, one a column that is there.

    Where a school has places of one phase only, its total would say the same again. Rows that
    only say which planning area a school is in have nothing to tell here.
    """
    counted = [row for row in rows if row["places"] is not None or row["pupils"] is not None]
    for row in _without_repeats(counted):
        phase = PHASES.get(row["phase"], "")
        for column, title, says, unit in PLACES:
            if row[column] is None and column != "places":
                continue
            yield _value(
                row,
                measure=f"places_{column}_{row['phase']}_{row['source_id']}",
                title=f"{title}{phase}",
                says=says,
                unit=unit,
                value=row[column],
            )


def _without_repeats(rows: Sequence[Row]) -> Iterator[Row]:
    phases: dict[tuple[Any, ...], set[str]] = {}
    for row in rows:
        phases.setdefault(_return(row), set()).add(row["phase"])
    for row in rows:
        others = phases[_return(row)] - {"all"}
        if row["phase"] == "all" or len(others) != 1 or "all" not in phases[_return(row)]:
            yield row


def _return(row: Row) -> tuple[Any, ...]:
    return row["source_id"], row["urn"], row["academic_year"]


def admission_numbers(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Tell rows of ``admission_number`` as values."""
    for row in rows:
        yield _value(
            row,
            measure=f"admission_number_{row['year_group']}_{row['source_id']}",
            title=f"Published admission number{_entering(row['year_group'])}",
            says="How many children the school must admit if as many apply.",
            unit="places",
            value=row["places"],
        )


def offer_distances(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Tell rows of ``offer_distance`` as values."""
    for row in rows:
        group = f"{row['year_group']}_{row['source_id']}"
        yield _value(
            row,
            measure=f"offer_distance_{group}",
            title=f"Last distance offered{_entering(row['year_group'])}",
            says="How far from the school the last child lived who was offered a place by "
            "distance. Another year may be different.",
            unit="m",
            value=row["metres"],
            method=METHODS.get(row["method"]),
        )
        if row["offers"] is not None:
            yield _value(
                {**row, "status": Status.MEASURED},
                measure=f"offer_places_{group}",
                title=f"Places offered{_entering(row['year_group'])}",
                says="Places offered on the national offer day.",
                unit="offers",
                value=row["offers"],
            )


def _entering(year_group: str) -> str:
    """Say which year group is entered.

    >>> _entering("R"), _entering("7"), _entering("all")
    (', reception', ', year 7', '')
    """
    if year_group == "all":
        return ""
    return ", reception" if year_group == "R" else f", year {year_group}"


def _value(
    row: Row,
    *,
    measure: str,
    title: str,
    says: str,
    unit: str,
    value: float | None,
    method: str | None = None,
) -> dict[str, Any]:
    return {
        "measure": measure,
        "topic": None,
        "title": title,
        "says": says,
        "unit": unit,
        "decimals": 0,
        "polarity": "neutral",
        "method": method or "As published.",
        "source_id": row["source_id"],
        "urn": row["urn"],
        "period": row["academic_year"],
        "value": value,
        "low": None,
        "high": None,
        "cohort": None,
        "status": row["status"],
        "receipt": row["receipt"],
    }
