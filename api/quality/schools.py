"""Checks of single schools: places, pupils, planning areas, positions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from api.quality.finding import Case, Check, Finding, finding
from config.assumptions import assumptions
from config.terms import MAINSTREAM, Phase, Sector

Row = Mapping[str, Any]

NO_PLACES: Final = Check(
    "no_places",
    "Schools without a number of places",
    "State schools of which the register gives no capacity, so that nobody can say how full they "
    "are.",
    "Ask the school to enter its capacity in Get Information About Schools; special schools and "
    "alternative provision often have none.",
)
NO_PUPILS: Final = Check(
    "no_pupils",
    "Schools without a number of pupils",
    "State schools of which the register gives no count of pupils.",
    "New schools get one with their first census. For others, ask the Department which census the "
    "register was filled from.",
)
FAR_FROM_ROLL: Final = Check(
    "places_far_from_pupils",
    "Places far from pupils",
    "Schools with many more pupils than places, or with less than half as many: often the "
    "capacity is out of date, and forecasts of spare places would be wrong.",
    "Compare the capacity with the school's net capacity or funding agreement, then mend it in Get "
    "Information About Schools and in the next school capacity survey.",
)
NO_PLANNING_AREA: Final = Check(
    "no_planning_area",
    "Schools without a planning area",
    "State mainstream schools that the school capacity survey puts into no planning area, so that "
    "they count in no local forecast.",
    "Give the school a planning area in the next survey, or in a file of planning areas of the "
    "authority's own.",
)
NO_POSITION: Final = Check(
    "no_position",
    "Schools that cannot be drawn",
    "Schools in use whose place neither the register nor their postcode gives.",
    "Correct the postcode or the coordinates in Get Information About Schools.",
)


def of_schools(schools: Sequence[Row], placed: Mapping[int, str]) -> list[Finding]:
    """Look at the schools in use of the region.

    Args:
        schools: ``urn``, ``name``, ``phase``, ``sector``, ``pupils``, ``capacity_pupils``, ``lon``.
        placed: the planning area of each school that a survey puts into one, by URN.
    """
    state = [row for row in schools if row["sector"] == Sector.STATE]
    return [
        far_from_roll(state),
        no_planning_area(state, placed),
        _missing(NO_PLACES, state, "capacity_pupils", "no capacity in the register"),
        _missing(NO_PUPILS, state, "pupils", "no count of pupils in the register"),
        _missing(NO_POSITION, schools, "lon", "no position and no usable postcode"),
    ]


def far_from_roll(schools: Iterable[Row]) -> Finding:
    """Find schools whose pupils and places do not go together."""
    limits = assumptions("quality")
    fullest, emptiest = limits["fullest"].value, limits["emptiest"].value
    both = [
        row
        for row in schools
        if row["pupils"] is not None
        and (row["capacity_pupils"] or 0) >= limits["fewest_counted"].value
    ]
    cases = []
    for row in both:
        share = 100 * row["pupils"] / row["capacity_pupils"]
        if not emptiest <= share <= fullest:
            says = f"{row['pupils']:,} pupils for {row['capacity_pupils']:,} places ({share:.0f}%)"
            gap = abs(row["pupils"] - row["capacity_pupils"])
            cases.append(Case(subject=row["name"], urn=row["urn"], says=says, weight=gap))
    return finding(FAR_FROM_ROLL, both, cases)


def no_planning_area(schools: Iterable[Row], placed: Mapping[int, str]) -> Finding:
    """Find mainstream schools that are in no planning area; nothing where no survey is loaded."""
    mainstream = [row for row in schools if Phase(row["phase"]) in MAINSTREAM] if placed else []
    cases = [
        Case(
            subject=row["name"],
            urn=row["urn"],
            says="in no planning area of the survey",
            weight=float(row["pupils"] or 0),
        )
        for row in mainstream
        if row["urn"] not in placed
    ]
    return finding(NO_PLANNING_AREA, mainstream, cases)


def _missing(check: Check, schools: Sequence[Row], column: str, says: str) -> Finding:
    cases = [
        Case(subject=row["name"], urn=row["urn"], says=says, weight=float(row["pupils"] or 0))
        for row in schools
        if row[column] is None
    ]
    return finding(check, schools, cases)
