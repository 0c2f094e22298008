"""How far schools' places went, in drawn and in published years, as rows of ``offer_chance``."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from ingest.planning.choice_fit import Fitted
from ingest.planning.market import Entry
from ingest.planning.offer_history import ENTERED, PUBLISHED
from planning.arrays import Bools
from planning.choice.chance import OUTCOMES, LastOffers, Outcome
from planning.choice.criteria import Need, Order
from planning.choice.ordering import ORDERS, Admitting
from planning.choice.years import Drawn

_COLUMNS: Final = (
    *("urn", "year_group", "lives", "basis", "rank", "outcome", "metres", "years"),
    *("academic_year", "distance_method"),
)


def offer_rows(fitted: Fitted, entry: Entry, drawn: Drawn | None, is_shown: Bools) -> pd.DataFrame:
    """Return rows of ``offer_chance``.

    Args:
        fitted: the choice that years were drawn with.
        entry: families and schools.
        drawn: years; ``None`` where none could be drawn.
        is_shown: schools of the region itself, shape (schools,).
    """
    rows = [*_published(fitted, entry, is_shown)]
    if drawn is not None and entry.market is not None:
        rows += _drawn(fitted, entry, entry.market.schools, drawn, is_shown)
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _drawn(
    fitted: Fitted, entry: Entry, schools: Admitting, drawn: Drawn, is_shown: Bools
) -> Iterator[tuple[Any, ...]]:
    has_area = has_priority_area(schools)
    for row in np.flatnonzero(is_shown & entry.admits).tolist():
        where = {"inside": drawn.inside, "outside": drawn.outside}
        if not has_area[row]:
            where = {"anywhere": drawn.outside}
        for lives, years in where.items():
            of_school = LastOffers(years.outcome[:, row], years.metres[:, row])
            for rank, (outcome, metres, count) in enumerate(_alike(of_school), start=1):
                yield (
                    *(int(fitted.inputs.urns[row]), entry.year_group, lives, fitted.basis, rank),
                    *(outcome, metres, count, None, _method(schools, row)),
                )


def has_priority_area(schools: Admitting) -> Bools:
    """Say which schools have a criterion and an outline of an area whose children go first."""
    has_criterion = ((schools.needs >= 0) & ((schools.needs & int(Need.AREA)) > 0)).any(axis=1)
    has_outline = np.zeros(len(schools.x), np.bool_)
    has_outline[list(schools.in_area)] = True
    return np.asarray(has_criterion & has_outline)


def _alike(years: LastOffers) -> Iterator[tuple[str, float | None, int]]:
    """Put years alike together: the distances, the nearest first, and then the others."""
    by_distance = years.outcome == OUTCOMES.index(Outcome.DISTANCE)
    metres, count = np.unique(np.round(years.metres[by_distance]), return_counts=True)
    for far, number in zip(metres.tolist(), count.tolist(), strict=True):
        yield str(Outcome.DISTANCE), far, number
    for position, outcome in enumerate(OUTCOMES):
        number = int((years.outcome == position).sum())
        if number and outcome is not Outcome.DISTANCE:
            yield str(outcome), None, number


def _method(schools: Admitting, row: int) -> str:
    """Say how a school measures: along the way walked if any of its criteria does."""
    used = schools.needs[row] >= 0
    is_walked = schools.order[row][used] == ORDERS.index(Order.WALKING_ROUTE)
    return str(Order.WALKING_ROUTE if is_walked.any() else Order.STRAIGHT_LINE)


def _published(fitted: Fitted, entry: Entry, is_shown: Bools) -> Iterator[tuple[Any, ...]]:
    shown = set(fitted.inputs.urns[is_shown].tolist())
    with_area = set[int]()
    if entry.market is not None:
        with_area = set(fitted.inputs.urns[has_priority_area(entry.market.schools)].tolist())
    history = entry.history
    years = history.years[
        history.years["urn"].isin(shown)
        & history.years["year_group"].isin(ENTERED[fitted.inputs.phase])
    ]
    rank = years.groupby(["urn", "year_group"]).cumcount() + 1
    columns = ["urn", "year_group", "rank", "academic_year", "outcome", "metres"]
    for urn, group, at, year, outcome, metres in years.assign(rank=rank)[columns].itertuples(
        index=False
    ):
        yield (
            *(int(urn), str(group), "outside" if urn in with_area else "anywhere", PUBLISHED),
            *(int(at), str(outcome), float(metres) if np.isfinite(metres) else None, 1),
            *(str(year), history.measured_by.get(int(urn), str(Order.STRAIGHT_LINE))),
        )
