"""The families and schools of one entry into school, put together from a build's tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from config.tables import assumption_table
from ingest.issues import IssueLog
from ingest.planning import cohorts
from ingest.planning.admission_rules import has_faith
from ingest.planning.admitting import Published, admitting_of, entering
from ingest.planning.choice_fit import Fitted
from ingest.planning.choice_minutes import quickest_minutes
from ingest.planning.choice_reading import home_areas
from ingest.planning.offer_history import ENTRY, History, of_today, read_history
from planning.arrays import Bools, Floats, Ints
from planning.choice.families import Addresses, Habits, Shares
from planning.choice.features import journeys
from planning.choice.model import Options
from planning.choice.ordering import Admitting
from planning.choice.popularity import wanted_more
from planning.choice.years import Market
from travel.matrix import Matrix

OPTIONS: Final = 60
"""Schools that a family looks at: the ones of highest utility."""

MOST_PAIRS: Final = 40_000_000
"""Homes times schools that fit into a small machine's memory; above it small areas stand in for
postcodes."""


@dataclass(frozen=True, slots=True)
class AdmissionTables:
    """Tables of a build that tell of admissions; any may be empty.

    Attributes:
        population: rows of ``population``.
        numbers: rows of ``admission_number``.
        distances: rows of ``offer_distance``.
        criterion: rows of ``admission_criterion``.
        areas: rows of ``admission_area``.
        school_values: rows of ``school_value`` on preferences.
        authority_values: rows of ``authority_value`` on applications.
    """

    population: pd.DataFrame
    numbers: pd.DataFrame
    distances: pd.DataFrame
    criterion: pd.DataFrame
    areas: pd.DataFrame
    school_values: pd.DataFrame
    authority_values: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry into school.

    Attributes:
        year_group: entered.
        market: its families and schools; ``None`` where nobody knows how many children there are.
        admits: schools that pupils enter with the year group, shape (schools,).
        home_area: row of the small areas, of each row of the market, shape (rows,).
        history: what was published of admissions.
        pupils: of the phase in each small area; ``NaN`` where not known, shape (areas,).
    """

    year_group: str
    market: Market | None
    admits: Bools
    home_area: Ints
    history: History
    pupils: Floats


def read_entry(
    fitted: Fitted,
    tables: AdmissionTables,
    *,
    school: pd.DataFrame,
    succession: pd.DataFrame,
    postcode: pd.DataFrame,
    matrices: Mapping[str, Matrix],
    issues: IssueLog,
) -> Entry:
    """Put together who applies and whom schools admit.

    Args:
        fitted: what families like.
        tables: of admissions.
        school: rows of ``school``.
        succession: rows of ``school_succession``.
        postcode: rows of ``postcode``.
        matrices: times from homes to schools, by mode.
        issues: takes what is odd, and what stands in for what is not known.
    """
    inputs, phase = fitted.inputs, fitted.inputs.phase
    rows = school.set_index("urn").loc[inputs.urns.tolist()].reset_index()
    in_use = set(inputs.urns.tolist())
    history = read_history(tables.numbers, tables.distances, in_use, succession)
    admits = entering(rows, phase)
    age = cohorts.ENTRY_AGE[phase]
    children = cohorts.children_of(tables.population, inputs.codes, [age])
    share, _ = cohorts.applying_share(
        tables.authority_values, phase, _by_authority(children, inputs.codes, postcode)
    )
    pupils = share * cohorts.children_of(tables.population, inputs.codes, cohorts.PHASE_AGES[phase])
    homes, home_area = _homes(postcode, inputs.codes, len(inputs.urns))
    found = Entry(ENTRY[phase], None, admits, home_area, history, pupils)
    if not np.isfinite(children).any():
        issues.warn(
            "children who enter school are known",
            phase,
            f"the population of age {age} is not known by small area: no years of admissions are "
            "drawn, and no pupils expected",
        )
        return found
    criterion = _of_today(tables.criterion, in_use, succession)
    published = Published(history, criterion, tables.areas)
    admitting = admitting_of(inputs, rows, published, homes=homes, matrices=matrices, issues=issues)
    living = np.nan_to_num(children) * share / np.maximum(_homes_in(home_area, inputs.codes), 1)
    today = of_today(tables.school_values["urn"], in_use, succession)
    named = cohorts.first_preferences(tables.school_values, phase, inputs.urns.tolist(), today)
    wants = _Wants(admits, living[home_area], np.where(admits, named, np.nan))
    habits = _habits(rows, tables, phase)
    market = _market(fitted, homes, wants, admitting, habits, matrices)
    return replace(found, market=market)


@dataclass(frozen=True, slots=True)
class _Wants:
    """Who wants a school: which schools they may enter, children by home, first preferences."""

    admits: Bools
    children: Floats
    named_first: Floats


def _market(
    fitted: Fitted,
    homes: pd.DataFrame,
    wants: _Wants,
    admitting: Admitting,
    habits: Habits,
    matrices: Mapping[str, Matrix],
) -> Market:
    inputs = fitted.inputs
    minutes = quickest_minutes(matrices, homes["postcode"].tolist(), inputs.urns)
    liking = np.where(wants.admits, fitted.liking(homes, minutes), -np.inf)
    far = journeys(inputs.homes_at(homes), inputs.schools, minutes).far
    width = min(OPTIONS, liking.shape[1])
    row = np.argpartition(-liking, width - 1, axis=1)[:, :width].astype(np.int64)
    best = np.take_along_axis(liking, row, axis=1)
    is_option = np.isfinite(best)
    options = Options(
        school=row,
        is_option=is_option,
        attributes=np.zeros((0, *row.shape)),
        journey=np.take_along_axis(far, row, axis=1),
        admits=inputs.schools.admits & wants.admits,
        kind_share=fitted.choice.design.options.kind_share,
    )
    plain = np.where(is_option, best, -1e3)
    moved = wanted_more(options, plain, wants.children, wants.named_first)
    return Market(
        children=wants.children,
        homes=Addresses(
            np.arange(len(homes)),
            homes["x"].to_numpy(np.float64),
            homes["y"].to_numpy(np.float64),
        ),
        options=options,
        liking=plain + moved[row],
        journey=options.journey,
        schools=admitting,
        habits=habits,
    )


def _of_today(rows: pd.DataFrame, in_use: set[int], succession: pd.DataFrame) -> pd.DataFrame:
    placed = rows.assign(urn=of_today(rows["urn"], in_use, succession))
    return placed[placed["urn"].notna()].astype({"urn": "int64"})


def _by_authority(
    children: Floats, codes: tuple[str, ...], postcode: pd.DataFrame
) -> "pd.Series[float]":
    """Add children up by the authority that most postcodes of their area are in."""
    own = postcode[~postcode["is_outside"].fillna(value=True).astype(bool)]
    whose = home_areas(own)["la_code"].to_dict()
    by_code = pd.Series(children, index=pd.Index(codes, dtype="object"))
    return by_code.groupby(by_code.index.map(whose)).sum()


def _homes(
    postcode: pd.DataFrame, codes: tuple[str, ...], schools: int
) -> tuple[pd.DataFrame, Ints]:
    """Return the homes that families live in, sorted by small area, and the row of each's area.

    Postcodes, or where these are too many one for each small area: the one nearest its middle.
    """
    number = {code: row for row, code in enumerate(codes)}
    placed = postcode.dropna(subset=["lsoa21", "x", "y", "la_code"])
    placed = placed[placed["lsoa21"].isin(list(codes))]
    area = placed["lsoa21"].map(number).astype("int64")
    homes = placed.assign(area=area).sort_values("area", kind="stable", ignore_index=True)
    if len(homes) * schools > MOST_PAIRS:
        middle = homes.groupby("area")[["x", "y"]].transform("mean")
        off = ((homes[["x", "y"]] - middle) ** 2).sum(axis=1)
        homes = homes.loc[off.groupby(homes["area"]).idxmin()].reset_index(drop=True)
    return homes, homes["area"].to_numpy(np.int64)


def _homes_in(home_area: Ints, codes: tuple[str, ...]) -> Ints:
    return np.bincount(home_area, minlength=len(codes))


def _habits(schools: pd.DataFrame, tables: AdmissionTables, phase: str) -> Habits:
    shares = {name: row[phase] / 100 for name, row in assumption_table("families").rows.items()}
    faith = schools["religious_character"].fillna("").astype(str)
    names = sorted({each for each in faith if has_faith(each)})
    number = {name: at for at, name in enumerate(names, start=1)}
    return Habits(
        shares=Shares(**shares),
        named=cohorts.named_shares(tables.school_values, tables.authority_values, phase),
        faith=np.array([number.get(each, 0) for each in faith], np.int64),
    )
