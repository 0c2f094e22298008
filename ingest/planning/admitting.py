"""Schools and whom they admit, put together from a build's tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.plurals import counted
from ingest.issues import IssueLog
from ingest.planning.admission_rules import homes_in_areas, school_criteria
from ingest.planning.choice_reading import AGES, ChoiceInputs
from ingest.planning.offer_history import ENTRY, History
from planning.arrays import Bools, Floats, Ints
from planning.choice.criteria import Order
from planning.choice.ordering import ORDERS, Admitting, laid_out
from travel.matrix import Matrix

_SECONDARY_FROM: Final = 11
_PRIMARY_FROM: Final = 5
_USUAL_PLACES: Final = 30.0
"""A class: taken only where neither admission numbers nor capacities are known at all."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is published of admissions, under the URNs of today.

    Attributes:
        history: places, and how far they went.
        criterion: rows of ``admission_criterion``.
        areas: rows of ``admission_area``.
        linked: URNs of schools that others lead to in admission.
    """

    history: History
    criterion: pd.DataFrame
    areas: pd.DataFrame
    linked: frozenset[int] = frozenset()


def admitting_of(
    inputs: ChoiceInputs,
    rows: pd.DataFrame,
    published: Published,
    *,
    homes: pd.DataFrame,
    matrices: Mapping[str, Matrix],
    issues: IssueLog,
) -> Admitting:
    """Put together whom schools admit, in which order, and how many.

    Args:
        inputs: the schools of the phase.
        rows: their rows of ``school``, in the same order.
        published: what was published of their admissions.
        homes: rows of ``postcode`` that families live in.
        matrices: times and metres from homes to schools, by mode.
        issues: takes what is odd, and what stands in for what is not known.
    """
    history = published.history
    criteria = school_criteria(
        rows, published.criterion, history.measured_by, issues, linked=published.linked
    )
    needs, order = laid_out(criteria)
    row_of = {int(urn): row for row, urn in enumerate(inputs.urns)}
    return Admitting(
        x=inputs.schools.x,
        y=inputs.schools.y,
        places=_places(inputs, rows, history, issues),
        needs=needs,
        order=order,
        in_area=homes_in_areas(published.areas, inputs.phase, row_of, homes),
        walk_m=_walked(order, matrices.get("walk"), homes, inputs.urns),
    )


def entering(schools: pd.DataFrame, phase: str) -> Bools:
    """Say which schools pupils enter with the phase's first year group."""
    low = schools["age_low"].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    if phase == "primary":
        return np.asarray(low < _PRIMARY_FROM + 1, np.bool_)
    is_through = (schools["phase"] == "all_through").to_numpy(np.bool_)
    return np.asarray((low == _SECONDARY_FROM) | is_through, np.bool_)


def _places(inputs: ChoiceInputs, rows: pd.DataFrame, history: History, issues: IssueLog) -> Ints:
    """Return the admission number of each school; where not published, places by year group.

    Of the year groups that it teaches: an infant school has three, a primary school seven.
    """
    admits = entering(rows, inputs.phase)
    by_year = inputs.schools.places / _year_groups(rows, inputs.phase)
    group = ENTRY[inputs.phase]
    told = np.array([history.places.get((int(urn), group), np.nan) for urn in inputs.urns])
    places = np.where(np.isnan(told), by_year, told)
    unknown = admits & np.isnan(places)
    if unknown.any():
        usual = float(np.nanmedian(places)) if np.isfinite(places).any() else _USUAL_PLACES
        places = np.where(np.isnan(places), usual, places)
        issues.warn(
            "admission numbers are known",
            f"{counted(int(unknown.sum()), 'school', 'schools')} of {inputs.phase} pupils",
            f"neither an admission number nor a capacity is known of URN "
            f"{', '.join(str(urn) for urn in inputs.urns[unknown][:5])}; {usual:.0f} places a "
            "year are taken",
        )
    return np.where(admits, np.round(places), 0).astype(np.int64)


def _year_groups(rows: pd.DataFrame, phase: str) -> Floats:
    """Return how many year groups of a phase schools teach; all where their ages are not known."""
    first, last = AGES[phase]
    low = rows["age_low"].astype("Float64").fillna(first).clip(lower=first)
    high = rows["age_high"].astype("Float64").fillna(last).clip(upper=last)
    return np.asarray((high - low).clip(lower=1).to_numpy(np.float64), np.float64)


def _walked(
    order: Ints, matrix: Matrix | None, homes: pd.DataFrame, urns: Ints
) -> dict[int, Floats]:
    """Return metres on foot from each home to each school that measures so."""
    schools = np.flatnonzero((order == ORDERS.index(Order.WALKING_ROUTE)).any(axis=1))
    if matrix is None or not len(schools):
        return {}
    rows = np.full(len(matrix.home_id), -1, np.int64)
    for row, code in enumerate(homes["postcode"]):
        if matrix.has_home(code):
            rows[matrix.home(code)] = row
    places = set(np.asarray(matrix.place_id).tolist())
    found: dict[int, Floats] = {}
    for school in schools.tolist():
        metres = np.full(len(homes), np.nan)
        urn = int(urns[school])
        if urn in places:
            way = matrix.to_place(matrix.place(urn))
            at = rows[way.number]
            if way.metres is not None:
                metres[at[at >= 0]] = np.asarray(way.metres, np.float64)[at >= 0]
        found[school] = metres
    return found
