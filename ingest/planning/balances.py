"""Need and spare places by planning area, phase, school year and year group; unfilled ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.levers import PlannedPlaces
from config.planning import Planning, in_use
from config.terms import AcademicYear, Status
from ingest.planning.places_by_group import PHASE_GROUPS, PLANNED, PROPOSED, PlacesNow
from planning.arrays import Floats
from planning.places import balance, unfilled_of_each

SCHOOL_YEAR_BEGINS: Final = "{year}-09-01"
"""A school that closes on this day or before has no places in the school year."""

_KEY: Final = ["planning_area", "phase", "academic_year", "year_group"]


@dataclass(frozen=True, slots=True)
class Places:
    """Places of the years ahead, by school.

    Attributes:
        by_school: ``urn``, ``phase``, ``academic_year``, ``year_group`` and ``places``.
        by_area: ``planning_area``, ``phase``, ``academic_year``, ``year_group`` and ``places`` of
            changes that no school is chosen for yet.
        basis: where each school's places are from, by URN.
    """

    by_school: pd.DataFrame
    by_area: pd.DataFrame
    basis: dict[int, str]


def places_ahead(now: PlacesNow, years: Iterable[str], planned: Iterable[PlannedPlaces]) -> Places:
    """Add planned places to those of today, and take away what closes or is removed.

    Args:
        now: places of today.
        years: school years ahead.
        planned: changes that planners have set; a change is spread evenly over the year groups of
            its phase, those that the school teaches if it is a school's.

    Returns:
        Never fewer than none in any year group.
    """
    changes = in_use(planned)
    groups = {phase: PLANNED[part] for phase, part in PHASE_GROUPS.items()}
    schools, areas = [], []
    for year in years:
        places = _of_year(now, year, changes)
        for phase, part in PHASE_GROUPS.items():
            of_phase = places[:, part]
            schools.append(
                pd.DataFrame(
                    {
                        "urn": np.repeat(now.urns, of_phase.shape[1]),
                        "phase": phase,
                        "academic_year": year,
                        "year_group": np.tile(groups[phase], len(now.urns)),
                        "places": of_phase.ravel(),
                    }
                )
            )
        for change in changes:
            if change.planning_area and change.phase in groups and change.from_year <= year:
                names = groups[change.phase]
                areas.append(
                    pd.DataFrame(
                        {
                            "planning_area": change.planning_area,
                            "phase": change.phase,
                            "academic_year": year,
                            "year_group": list(names),
                            "places": change.places / len(names),
                        }
                    )
                )
    columns = [*_KEY, "places"]
    return Places(
        pd.concat(schools, ignore_index=True),
        pd.concat(areas, ignore_index=True) if areas else pd.DataFrame(columns=columns),
        dict(zip(now.urns, now.basis, strict=True)),
    )


def balance_rows(
    expected: pd.DataFrame,
    members: pd.DataFrame,
    places: Places,
    planning: Planning,
    authorities: dict[str, str],
) -> pd.DataFrame:
    """Set pupils expected against places, never one year group or area off against another.

    Args:
        expected: ``planning_area``, ``academic_year``, ``year_group`` and ``pupils_expected``.
        members: rows of ``planning_area_school``.
        places: of the years ahead.
        planning: as the region file has it, for the margin to be kept free.
        authorities: GSS code of the authority of each planning area.

    Returns:
        Rows of ``place_balance``, for the years that pupils of a phase are forecast for. Where the
        places of a school are not known, or no pupils are forecast for an area, need and spare are
        missing and the status says so.
    """
    expected = expected.assign(phase=_phases(expected))
    rows = _area_places(members, places).merge(expected, on=_KEY, how="outer")
    rows = rows[_told_of(rows, expected, ["phase", "academic_year"])]
    is_forecast = _told_of(rows, expected, ["planning_area", "phase", "academic_year"])
    pupils = rows["pupils_expected"]
    rows = rows.assign(pupils_expected=pupils.where(pupils.notna() | ~is_forecast, 0.0))
    rows = rows[(rows["places"] != 0) | (rows["pupils_expected"].fillna(0) > 0)]
    margin = rows["planning_area"].map(_margins(planning, authorities))
    found = balance(
        rows["pupils_expected"].to_numpy(np.float64),
        rows["places"].to_numpy(np.float64),
        margin_pct=np.asarray(margin, np.float64),
    )
    rows = rows.assign(need=found.need, spare=found.spare, margin_pct=margin)
    is_known = rows["need"].notna()
    status = np.where(is_known, str(Status.FORECAST), str(Status.UNAVAILABLE))
    bases = _bases(members, places)
    basis = [bases.get(key) for key in zip(rows["planning_area"], rows["phase"], strict=True)]
    return rows.assign(status=status, basis=pd.Series(basis, rows.index)).reset_index(drop=True)


def unfilled_rows(expected: pd.DataFrame, places: Places, members: pd.DataFrame) -> pd.DataFrame:
    """Count places without a pupil, school by school, in the years ahead.

    Args:
        expected: ``urn``, ``phase``, ``academic_year`` and ``pupils_expected``.
        places: of the years ahead.
        members: rows of ``planning_area_school``: the schools and phases that places are
            planned for.

    Returns:
        Rows of ``school_unfilled``.
    """
    key = ["urn", "phase", "academic_year"]
    summed = places.by_school.groupby(key)["places"].sum(min_count=1).reset_index()
    summed = summed[summed["places"] != 0].merge(members[["urn", "phase"]], on=["urn", "phase"])
    rows = summed.merge(expected, on=key, how="left")
    rows = rows[_told_of(rows, expected, key[1:])]
    unfilled = unfilled_of_each(
        rows["pupils_expected"].to_numpy(np.float64), rows["places"].to_numpy(np.float64)
    )
    status = np.where(np.isfinite(unfilled), str(Status.FORECAST), str(Status.UNAVAILABLE))
    return rows.assign(unfilled=unfilled, status=status)


def _of_year(now: PlacesNow, year: str, changes: Iterable[PlannedPlaces]) -> Floats:
    """Return places by school and year group in one school year."""
    places = now.places.copy()
    begins = SCHOOL_YEAR_BEGINS.format(year=AcademicYear.parse(year).start)
    is_closed = np.array([bool(day) and day <= begins for day in now.closes], bool)
    places[is_closed] = 0.0
    row = {urn: position for position, urn in enumerate(now.urns)}
    for change in changes:
        if change.urn not in row or change.phase not in PHASE_GROUPS or change.from_year > year:
            continue
        part = PHASE_GROUPS[change.phase]
        own = now.places[row[change.urn], part]
        taught = own != 0 if (own != 0).any() else np.ones(own.shape, bool)
        places[row[change.urn], part] += np.where(taught, change.places / taught.sum(), 0.0)
    return np.maximum(places, 0.0)


def _area_places(members: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Add places up by planning area; not known where those of one school are not."""
    own = members[["planning_area", "phase", "urn"]]
    joined = own.merge(places.by_school, on=["urn", "phase"])
    parts = [joined[[*_KEY, "places"]], places.by_area]
    whole = pd.concat([part for part in parts if len(part)], ignore_index=True)
    groups = whole.astype({"places": "float64"}).groupby(_KEY)["places"]
    summed = groups.sum().where(groups.count() == groups.size())
    return summed.clip(lower=0).reset_index()


def _told_of(rows: pd.DataFrame, expected: pd.DataFrame, key: list[str]) -> "pd.Series[bool]":
    """Say of which rows anything at all is forecast, by some of their columns."""
    told = pd.MultiIndex.from_frame(expected[key].drop_duplicates())
    return pd.Series(pd.MultiIndex.from_frame(rows[key]).isin(told), rows.index)


def _phases(expected: pd.DataFrame) -> pd.Series:
    primary = set(PLANNED[PHASE_GROUPS["primary"]])
    return expected["year_group"].isin(primary).map({True: "primary", False: "secondary"})


def _margins(planning: Planning, authorities: dict[str, str]) -> dict[str, float]:
    return {
        area: planning.value("planning.margin_pct", f"planning_area:{area}", f"authority:{la_code}")
        for area, la_code in authorities.items()
    }


def _bases(members: pd.DataFrame, places: Places) -> dict[tuple[str, str], str]:
    """Say where the places of each area are from; mixed where schools differ."""
    found: dict[tuple[str, str], set[str]] = {}
    for area, phase, urn in zip(
        members["planning_area"], members["phase"], members["urn"], strict=True
    ):
        if places.basis.get(urn, PROPOSED) != PROPOSED:
            found.setdefault((area, phase), set()).add(places.basis[urn])
    return {key: next(iter(each)) if len(each) == 1 else "mixed" for key, each in found.items()}
