"""Tables of planned homes to what ``planning.housing`` works on; what is odd is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.planning import Planning
from config.plurals import counted
from config.tables import assumption_table
from config.terms import AcademicYear
from ingest.issues import IssueLog
from planning.housing import NewHomes, Yields

HAS_YEAR: Final = "planned homes have a school year"
ARE_LIKELY: Final = "planned homes can be true"
HAS_HOMES: Final = "planned homes are stated"
HAS_STATUS: Final = "status of a housing site is understood"
LIKELIHOOD: Final = "site_likelihood"

STATUS_WORDS: Final = (
    ("on_hold", ("hold", "paused", "stalled", "lapsed", "expired", "withdrawn", "refused")),
    ("built", ("complete", "completed", "built", "occupied", "finished")),
    ("under_construction", ("construction", "under way", "underway", "started", "on site")),
    ("outline", ("outline",)),
    ("permitted", ("permitted", "permission", "granted", "approved", "reserved matters")),
    ("allocated", ("allocated", "allocation", "local plan", "proposed", "pending", "submitted")),
)
"""Row of the table of likelihoods, and words of an authority's that mean it; the first fits."""


@dataclass(frozen=True, slots=True)
class Sites:
    """Sites of planned homes, each an area of its own.

    Attributes:
        rows: the sites in their order: ``site_id``, ``lsoa21``, ``x``, ``y``,
            ``planning_area_primary``, ``planning_area_secondary``.
        homes: on them.
        recent: school years of the recent pace; empty where the list has no finished homes, so
            that nothing can be taken off.
        carried: part of that pace that ratios carry on, 0 to 1.
        leaning: part of it that all schools of an authority carry on together, 0 to 1.
        yields: of an average new home.
        known_until: last school year that the list tells of.
    """

    rows: pd.DataFrame
    homes: NewHomes
    recent: tuple[int, ...]
    carried: float
    leaning: float
    yields: Yields
    known_until: int


def read_sites(
    sites: pd.DataFrame,
    homes: pd.DataFrame,
    *,
    authority_of: Callable[[object], str | None],
    planning: Planning,
    last_year: int,
    issues: IssueLog,
) -> Sites | None:
    """Read the list of sites.

    Args:
        sites: rows of ``housing_site``.
        homes: rows of ``housing_homes``.
        authority_of: GSS code of the authority that a small area lies in.
        planning: what is assumed.
        last_year: school year of the last roll, by the year it begins in.
        issues: is told of sites that count nothing, and why.

    Returns:
        ``None`` where no site has homes.
    """
    rows = sites.sort_values("site_id").reset_index(drop=True)
    _tell_sites_without_homes(rows, homes, issues)
    stated = _stated(homes[homes["site_id"].isin(rows["site_id"])], planning, issues)
    if stated.empty:
        return None
    units = [_units(row, authority_of) for row in rows.itertuples()]
    place_of = {site: place for place, site in enumerate(rows["site_id"])}
    area = np.array([place_of[site] for site in stated["site_id"]], np.int64)
    year = np.array([AcademicYear.parse(text).start for text in stated["academic_year"]], np.int64)
    likely = np.array(
        [
            planning.value(f"{LIKELIHOOD}.{_status(row.site_id, row.status, issues)}.homes", *of)
            for row, of in zip(rows.itertuples(), units, strict=True)
        ]
    )
    local = np.array([planning.value("housing.local_movers_pct", *of) for of in units])
    read = NewHomes(
        area=area,
        year=year,
        homes=stated["homes"].to_numpy(np.float64),
        relative=_relative(stated, [units[place] for place in area], planning),
        likelihood=np.where(year <= last_year, 1.0, likely[area] / 100),
        local=local[area] / 100,
    )
    return Sites(
        rows,
        read,
        _recent(year, last_year, planning, issues),
        planning.value("housing.recent_pace_pct") / 100,
        planning.value("housing.recent_pace_shared_pct") / 100,
        average_yields(planning),
        int(year.max()),
    )


def _units(row: object, authority_of: Callable[[object], str | None]) -> tuple[str, ...]:
    """Name the units that a site is part of, the narrowest first."""
    area = getattr(row, "planning_area_primary", None)
    authority = authority_of(getattr(row, "lsoa21", None))
    found = [f"planning_area:{area}"] if isinstance(area, str) else []
    return (*found, f"authority:{authority}") if authority else tuple(found)


def _tell_sites_without_homes(rows: pd.DataFrame, homes: pd.DataFrame, issues: IssueLog) -> None:
    bare = rows[~rows["site_id"].isin(homes["site_id"])]
    for site, name in zip(bare["site_id"], bare["name"], strict=True):
        issues.warn(HAS_HOMES, f"{site}, {name}", "no homes with a school year: left out")


def _stated(homes: pd.DataFrame, planning: Planning, issues: IssueLog) -> pd.DataFrame:
    """Fill in blanks by the mean of the site's stated years, else by what is assumed.

    A blank is not zero: where nothing is assumed, the site is left out of these years by name.
    """
    homes = _with_a_year(homes, issues)
    homes = homes.assign(homes=pd.to_numeric(homes["homes"]).astype(np.float64))
    homes = _believed(homes, planning.value("housing.homes_most"), issues)
    blank = homes["homes"].isna()
    by_year = homes[~blank].groupby(["site_id", "academic_year"])["homes"].sum()
    usual = by_year.groupby("site_id").mean()
    assumed = planning.value("housing.homes_not_stated")
    filled = homes["site_id"].map(usual)
    filled = filled.fillna(assumed) if assumed > 0 else filled
    for site, found in homes[blank].groupby("site_id"):
        years = ", ".join(sorted(set(found["academic_year"])))
        issues.warn(HAS_HOMES, str(site), f"{years}: {_done(usual.get(site), assumed)}")
    kept = homes.assign(homes=homes["homes"].where(~blank, filled))
    return kept[kept["homes"].notna()]


def _believed(homes: pd.DataFrame, most: float, issues: IssueLog) -> pd.DataFrame:
    """Leave out homes of a site and school year that are too many to be true, by name."""
    whole = homes.groupby(["site_id", "academic_year"])["homes"].transform("sum")
    is_odd = whole > most
    for (site, year), found in homes[is_odd].groupby(["site_id", "academic_year"]):
        says = f"{found['homes'].sum():,.0f} homes in {year}, more than {most:,.0f}: left out"
        issues.warn(ARE_LIKELY, str(site), says)
    return homes[~is_odd]


def _with_a_year(homes: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    """Leave out homes without a school year, by the name of their site: they bring no pupils."""
    has_year = homes["academic_year"].map(_is_year).astype(bool)
    for site, found in homes[~has_year].groupby("site_id"):
        rows = counted(len(found), "row", "rows")
        says = f"{rows} without a school year: their homes bring no pupils"
        issues.warn(HAS_YEAR, str(site), says)
    return homes[has_year]


def _is_year(text: object) -> bool:
    try:
        AcademicYear.parse(str(text))
    except ValueError:
        return False
    return True


def _done(usual: float | None, assumed: float) -> str:
    """Say what is done about homes that nobody has stated."""
    if usual is not None:
        return f"homes not stated; {round(usual, 1):g} a year taken, the mean of its stated years"
    if assumed > 0:
        return f"homes not stated; {assumed:g} a year taken, as assumed"
    return "homes not stated: left out; state them, or set housing.homes_not_stated"


def _status(site: object, text: object, issues: IssueLog) -> str:
    """Return the row of the table of likelihoods that an authority's word means."""
    if not isinstance(text, str):
        return "not_stated"
    words = text.casefold()
    for row, known in STATUS_WORDS:
        if any(word in words for word in known):
            return row
    issues.warn(HAS_STATUS, str(site), f"{text!r} is not understood: taken as not stated")
    return "not_stated"


def _relative(
    stated: pd.DataFrame, units: Sequence[tuple[str, ...]], planning: Planning
) -> np.ndarray:
    """Return children in each kind of home compared with the average new home."""
    found: dict[tuple[str, ...], float] = {}
    kinds = stated[["home_type", "bedrooms", "tenure"]].itertuples(index=False)
    relative = np.empty(len(stated))
    for place, (kind, of) in enumerate(zip(kinds, units, strict=True)):
        key = (*kind, *of)
        if key not in found:
            size = planning.value(f"new_home_sizes.{kind.home_type}.{kind.bedrooms}", *of)
            tenure = planning.value(f"new_home_tenures.{kind.tenure}.children", *of)
            found[key] = size * tenure * planning.value("housing.children_ratio", *of)
        relative[place] = found[key]
    return relative


def average_yields(planning: Planning) -> Yields:
    """Return what is assumed of an average new home."""
    return Yields(_column("new_home_ages", planning), _column("new_home_births", planning))


def _column(name: str, planning: Planning) -> np.ndarray:
    rows = sorted(assumption_table(name).rows, key=int)
    return np.array([planning.value(f"{name}.{row}.children") for row in rows])


def _recent(
    year: np.ndarray, last_year: int, planning: Planning, issues: IssueLog
) -> tuple[int, ...]:
    window = round(planning.value("housing.recent_years"))
    recent = tuple(range(last_year - window + 1, last_year + 1))
    if window and np.isin(year, recent).any():
        return recent
    told = "no homes finished in the years that ratios rest on: moving in may be counted twice"
    issues.warn(HAS_HOMES, "housing list", told)
    return ()
