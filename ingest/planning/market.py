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
from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.admitting import Published, admitting_of, entering
from ingest.planning.applicants import Applicants, by_authority, homes_of, spread
from ingest.planning.choice_fit import Fitted
from ingest.planning.choice_minutes import quickest_minutes
from ingest.planning.offer_history import ENTRY, History, read_history, rows_of_today
from ingest.planning.preferences import Preferences, read_preferences
from planning.arrays import Bools, Floats, Ints
from planning.choice.families import Habits, Linked, Shares
from planning.choice.features import journeys
from planning.choice.model import Options
from planning.choice.popularity import wanted_more
from planning.choice.years import Market
from travel.matrix import Matrix

OPTIONS: Final = 60
"""Schools that a family looks at: the ones of highest utility."""

NO_OPTION: Final = -1e3
"""Utility of what is no option: as good as never chosen, and finite."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry into school.

    Attributes:
        year_group: entered.
        applicants: families and schools; ``None`` where nobody knows how many children there
            are.
        preferences: that families were published to have.
        market: the same families, with what they like; ``None`` likewise.
        admits: schools that pupils enter with the year group, shape (schools,).
        history: what was published of admissions.
        pupils: of the phase in each small area; ``NaN`` where not known, shape (areas,).
    """

    year_group: str
    applicants: Applicants | None
    preferences: Preferences
    market: Market | None
    admits: Bools
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
    age = cohorts.ENTRY_AGE[phase]
    children = cohorts.children_of(tables.population, inputs.codes, [age])
    share, _ = cohorts.applying_share(
        tables.authority_values, phase, by_authority(children, inputs.codes, postcode)
    )
    of_phase = cohorts.children_of(tables.population, inputs.codes, cohorts.PHASE_AGES[phase])
    found = Entry(
        year_group=ENTRY[phase],
        applicants=None,
        preferences=read_preferences(
            tables.school_values, tables.authority_values, succession, phase, inputs.urns
        ),
        market=None,
        admits=entering(rows, phase),
        history=read_history(tables.numbers, tables.distances, in_use, succession),
        pupils=share * of_phase,
    )
    if not np.isfinite(children).any():
        issues.warn(
            "children who enter school are known",
            phase,
            f"the population of age {age} is not known by small area: no years of admissions are "
            "drawn, and no pupils expected",
        )
        return found
    criterion = rows_of_today(tables.criterion, in_use, succession)
    habit = fitted.habit
    linked = inputs.urns[habit.first.any(axis=0)].tolist() if habit is not None else []
    published = Published(found.history, criterion, tables.areas, frozenset(linked))
    homes, home_area = homes_of(postcode, inputs.codes, len(inputs.urns))
    minutes = quickest_minutes(matrices, homes["postcode"].tolist(), inputs.urns)
    applicants = Applicants(
        homes=homes,
        home_area=home_area,
        children=spread(children * share, home_area),
        minutes=minutes,
        far=journeys(inputs.homes_at(homes), inputs.schools, minutes).far,
        admits=found.admits,
        schools=admitting_of(
            inputs, rows, published, homes=homes, matrices=matrices, issues=issues
        ),
        shares=_shares(phase),
        faith=_faiths(rows),
    )
    liking = liking_of(fitted, applicants)
    market = market_of(fitted, applicants, liking, found.preferences)
    return replace(found, applicants=applicants, market=market)


def liking_of(fitted: Fitted, applicants: Applicants) -> Floats:
    """Return what families like of the schools that they may enter, shape (homes, schools).

    Returns:
        Minus infinity where a school is no option.
    """
    liking = fitted.liking(applicants.homes, applicants.minutes)
    return np.where(applicants.admits, liking, -np.inf)


def market_of(
    fitted: Fitted, applicants: Applicants, liking: Floats, preferences: Preferences
) -> Market:
    """Let families choose among the schools that they like best.

    Args:
        fitted: what families like.
        applicants: families and schools.
        liking: as ``liking_of`` has it.
        preferences: that families had; how much schools are wanted is moved so that they are
            named first as often.
    """
    width = min(OPTIONS, liking.shape[1])
    row = np.argpartition(-liking, width - 1, axis=1)[:, :width].astype(np.int64)
    best = np.take_along_axis(liking, row, axis=1)
    is_option = np.isfinite(best)
    options = Options(
        school=row,
        is_option=is_option,
        attributes=np.zeros((0, *row.shape)),
        journey=np.take_along_axis(applicants.far, row, axis=1),
        admits=fitted.inputs.schools.admits & applicants.admits,
        kind_share=fitted.choice.design.options.kind_share,
    )
    plain = np.where(is_option, best, NO_OPTION)
    named_first = np.where(applicants.admits, preferences.named_first, np.nan)
    moved = wanted_more(options, plain, applicants.children, named_first)
    return Market(
        children=applicants.children,
        homes=applicants.addresses,
        options=options,
        liking=plain + moved[row],
        journey=options.journey,
        schools=applicants.schools,
        habits=Habits(
            applicants.shares, preferences.named, applicants.faith, _linked(fitted, applicants)
        ),
    )


def _linked(fitted: Fitted, applicants: Applicants) -> Linked | None:
    """Return whose school leads to which, where admission goes by it."""
    habit = fitted.habit
    if habit is None or not habit.first.any():
        return None
    return Linked(applicants.home_area, habit.first, fitted.weight_of_habit)


def _shares(phase: str) -> Shares:
    rows = assumption_table("families").rows
    return Shares(**{name: row[phase] / 100 for name, row in rows.items()})


def _faiths(schools: pd.DataFrame) -> Ints:
    """Number the faiths of schools; zero without one."""
    faith = schools["religious_character"].fillna("").astype(str)
    names = sorted({each for each in faith if has_faith(each)})
    number = {name: at for at, name in enumerate(names, start=1)}
    return np.array([number.get(each, 0) for each in faith], np.int64)
