"""Rolls as rows to rolls as arrays: which source counts, and which counts cannot be right."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from config.plurals import counted
from config.terms import AcademicYear
from ingest.issues import IssueLog
from ingest.planning.schools import Schools
from ingest.schema.fields import ALL
from planning.arrays import Bools, Floats, Ints
from planning.forecast.inputs import GROUPS

OWN: Final = "rolls"
"""The series of an authority's own rolls, which wins over every other."""

SEXES: Final = ("F", "M", ALL)
KEY: Final = ["urn", "year", "group", "sex"]
IS_COUNT: Final = "roll is a count of pupils"
IS_ONE: Final = "roll is told once"
IS_YEAR: Final = "roll names its school year"
BY_GROUP: Final = "roll is told by year group"
NURSERY: Final = ("N1", "N2")
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """Pupils as counted, under the URN of their day.

    Attributes:
        urns: shape (urns,).
        years: school years by the year they begin in, oldest first, without a gap.
        pupils: girls, boys and both together where they are not told apart, shape (urns, years,
            groups, 3); ``NaN`` where not told or not believed.
        is_told: whether there is a row, same shape.
        totals: pupils of all year groups, where a source tells them, shape (urns, years).
    """

    urns: Ints
    years: tuple[int, ...]
    pupils: Floats
    is_told: Bools
    totals: Floats


def read_counts(roll: pd.DataFrame, schools: Schools, issues: IssueLog) -> Counts | None:
    """Read rows of ``roll`` of the schools that may be forecast.

    An authority's own rolls win over the census, school by school. Counts that cannot be right
    are named and left unknown.

    Returns:
        ``None`` where no school has a roll by year group.
    """
    rows = _of_known_years(roll[roll["urn"].isin(list(schools.today))], issues)
    if rows.empty:
        return None
    rows = rows.assign(today=rows["urn"].map(schools.today), pupils=_floats(rows["pupils"]))
    totals = rows[rows["year_group"] == ALL]
    by_group = _best_source(rows[rows["year_group"] != ALL], totals, issues)
    _tell_nurseries(by_group, issues)
    by_group = by_group[by_group["year_group"].isin(GROUPS)]
    if by_group.empty:
        return None
    by_group = by_group.assign(group=by_group["year_group"].map(GROUPS.index))
    by_group = _told_once(_believed(by_group, issues), issues)
    urns = np.unique(np.append(by_group["urn"], totals["urn"])).astype(np.int64)
    years = tuple(range(int(by_group["year"].min()), int(by_group["year"].max()) + 1))
    pupils, told = _arrays(by_group, urns, years)
    return Counts(urns, years, pupils, told, _totals(totals, urns, years))


def _floats(values: pd.Series) -> "pd.Series[float]":
    return pd.to_numeric(values, errors="coerce").astype("Float64").astype("float64")


def _of_known_years(roll: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    """Give every row the year in which its school year begins; rows without one are named."""
    starts: dict[str, int] = {}
    for text in roll["academic_year"].dropna().unique():
        try:
            starts[text] = AcademicYear.parse(str(text)).start
        except ValueError:
            issues.warn(IS_YEAR, str(text), "is no school year such as 2024/25: rows left out")
    return roll.assign(year=roll["academic_year"].map(starts)).dropna(subset=["year"])


def _best_source(rows: pd.DataFrame, totals: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    """Keep of every school its authority's own rolls, else those that tell all year groups."""
    own = rows["source_id"] == OWN
    has_own = rows["today"].isin(rows.loc[own, "today"])
    census = rows[~has_own]
    key = ["source_id", "urn", "year"]
    all_of = totals.groupby(key)["pupils"].sum()
    told = census.groupby(key)["pupils"].sum()
    share = assumptions("rolls")["census_told_apart"].value / 100
    whole = told[(told >= share * all_of.reindex(told.index).fillna(0)) & (told > 0)].index
    is_whole = pd.MultiIndex.from_frame(census[key]).isin(whole)
    if lacking := census.loc[~is_whole, "today"].nunique():
        who = counted(lacking, "school has", "schools have")
        says = f"{who} only some year groups told apart: not used"
        issues.note(BY_GROUP, "school census", says)
    census = census[is_whole]
    first = census.groupby(["urn", "year"])["source_id"].transform("min")
    return pd.concat([rows[own], census[census["source_id"] == first]], ignore_index=True)


def _tell_nurseries(rows: pd.DataFrame, issues: IssueLog) -> None:
    found = rows[rows["year_group"].isin(NURSERY)]
    if len(found):
        schools = counted(found["today"].nunique(), "school has", "schools have")
        says = f"{schools} nursery classes, which are not forecast"
        issues.note("year groups forecast are R to 14", "N1 and N2", says)


def _believed(rows: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    """Leave unknown what is no count of pupils in a year group."""
    most = assumptions("rolls")["largest_year_group"].value
    pupils = rows["pupils"]
    odd = pupils.notna() & ((pupils < 0) | (pupils > most) | (pupils % 1 != 0))
    for row in rows[odd].itertuples():
        issues.warn(
            IS_COUNT,
            f"{row.urn}, {row.academic_year}, year group {row.year_group}",
            f"{row.pupils:g} pupils, not a whole number from 0 to {most:g}: taken as not known",
        )
    return rows.assign(pupils=pupils.mask(odd))


def _told_once(rows: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    """Keep one of rows that say the same; leave unknown where they differ."""
    twice = rows.duplicated(KEY, keep=False)
    if not twice.any():
        return rows
    for (urn, year, group), found in rows[twice].groupby(["urn", "year", "year_group"]):
        same = found.groupby("sex")["pupils"].nunique(dropna=False).max() == 1
        does = "kept once" if same else "they differ: taken as not known"
        subject = f"{urn}, {AcademicYear(int(str(year)))}, year group {group}"
        issues.warn(IS_ONE, subject, f"{len(found)} rows; {does}")
    alike = rows[twice].groupby(KEY)["pupils"].transform("nunique", dropna=False) == 1
    once = rows.assign(pupils=rows["pupils"].mask(~alike.reindex(rows.index, fill_value=True)))
    return once.drop_duplicates(KEY)


def _arrays(rows: pd.DataFrame, urns: Ints, years: tuple[int, ...]) -> tuple[Floats, Bools]:
    shape = (len(urns), len(years), len(GROUPS), len(SEXES))
    pupils, told = np.full(shape, np.nan), np.zeros(shape, bool)
    at = (
        np.searchsorted(urns, rows["urn"].to_numpy(np.int64)),
        rows["year"].to_numpy(np.int64) - years[0],
        rows["group"].to_numpy(np.int64),
        rows["sex"].map(SEXES.index).to_numpy(np.int64),
    )
    pupils[at], told[at] = rows["pupils"].to_numpy(float), True
    return pupils, told


def _totals(rows: pd.DataFrame, urns: Ints, years: tuple[int, ...]) -> Floats:
    """Add up girls and boys where a source tells them apart; the first source by name counts.

    A source that hides one of the two tells no total.
    """
    found = np.full((len(urns), len(years)), np.nan)
    within = rows[rows["year"].between(years[0], years[-1])]
    for _, of_source in sorted(within.groupby("source_id"), reverse=True):
        together = of_source[of_source["sex"] == ALL].set_index(["urn", "year"])["pupils"]
        sexes = of_source[of_source["sex"] != ALL].groupby(["urn", "year"])["pupils"]
        apart = sexes.sum().where(sexes.count() == sexes.size())
        whole = together[~together.index.duplicated()].combine_first(apart).dropna()
        at = np.searchsorted(urns, whole.index.get_level_values(0).to_numpy(np.int64))
        found[at, whole.index.get_level_values(1).to_numpy(np.int64) - years[0]] = whole.to_numpy()
    return found
