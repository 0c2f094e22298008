"""What authorities published of admissions: places, and how far the last child lived."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from config.terms import Status
from planning.choice.chance import Outcome

PUBLISHED: Final = "published"
"""What years rest on that an authority has told of, where others are drawn."""

ENTRY: Final = {"primary": "R", "secondary": "7"}
"""The year group that most children enter a phase with."""

ENTERED: Final = {
    "primary": ("R", *map(str, range(1, 7))),
    "secondary": tuple(map(str, range(7, 12))),
}
"""Year groups that a phase is entered with, here or there: junior and middle schools later."""

_KEY: Final = ["urn", "year_group"]


def of_today(urn: pd.Series, in_use: set[int], succession: pd.DataFrame) -> pd.Series:
    """Return the URN that each school has today, missing where it has none or several."""
    alone = succession[~succession["urn"].duplicated(keep=False)]
    after = dict(zip(alone["urn"].astype(int), alone["successor_urn"].astype(int), strict=True))
    published = urn.astype("int64")
    today = published.where(published.isin(in_use), published.map(after))
    return today.where(today.isin(in_use)).astype("Int64")


@dataclass(frozen=True, slots=True)
class History:
    """What was published, school by school, each under its URN of today.

    Attributes:
        places: newest admission number, by URN and year group entered.
        years: one row per ``urn``, ``year_group`` and ``academic_year``: ``outcome`` and
            ``metres``.
        measured_by: ``straight_line`` or ``walking_route``, by URN, where it is stated.
    """

    places: dict[tuple[int, str], float]
    years: pd.DataFrame
    measured_by: dict[int, str]


def read_history(
    numbers: pd.DataFrame, distances: pd.DataFrame, in_use: set[int], succession: pd.DataFrame
) -> History:
    """Read what was published of admissions.

    Args:
        numbers: rows of ``admission_number``.
        distances: rows of ``offer_distance``.
        in_use: URNs of today.
        succession: rows of ``school_succession``.
    """
    told = numbers[(numbers["status"] == str(Status.MEASURED)) & numbers["places"].notna()]
    told = rows_of_today(told, in_use, succession)
    newest = told.sort_values("academic_year").drop_duplicates(_KEY, keep="last")
    years = _years(rows_of_today(distances, in_use, succession))
    stated = years[years["method"].isin(("straight_line", "walking_route"))]
    return History(
        places={
            (int(urn), str(group)): float(places)
            for urn, group, places in newest[[*_KEY, "places"]].itertuples(index=False)
        },
        years=years[[*_KEY, "academic_year", "outcome", "metres"]],
        measured_by={
            int(urn): str(method)
            for urn, method in stated.sort_values("academic_year")[["urn", "method"]].itertuples(
                index=False
            )
        },
    )


def rows_of_today(rows: pd.DataFrame, in_use: set[int], succession: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of schools in use, each under its URN of today."""
    placed = rows.assign(urn=of_today(rows["urn"], in_use, succession))
    return placed[placed["urn"].notna()].astype({"urn": "int64"})


def _years(distances: pd.DataFrame) -> pd.DataFrame:
    """Keep the years that say how far places went; those that say nothing are left out."""
    status = distances["status"]
    outcome = pd.Series(pd.NA, distances.index, dtype="object")
    outcome[(status == str(Status.MEASURED)) & distances["metres"].notna()] = str(Outcome.DISTANCE)
    # Nothing is measured where all who applied were offered a place.
    outcome[status == str(Status.NOT_APPLICABLE)] = str(Outcome.ALL)
    rows = distances.assign(
        outcome=outcome, metres=distances["metres"].astype("Float64").astype("float64")
    )
    kept = rows[rows["outcome"].notna()].sort_values([*_KEY, "academic_year"])
    return kept.drop_duplicates([*_KEY, "academic_year"], keep="last", ignore_index=True)


def newest_year(history: History, year_group: str) -> str | None:
    """Return the newest school year of which it is told how far places went."""
    years = history.years.loc[history.years["year_group"] == year_group, "academic_year"]
    return str(years.max()) if len(years) else None
