"""How near chances come to the newest offers, and what drawn years are worth by that."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from ingest.planning.choice_fit import Fitted
from ingest.planning.market import Entry
from ingest.planning.offer_history import PUBLISHED
from ingest.planning.offer_left_out import LEFT_OUT
from planning.choice.chance import (
    OUTCOMES,
    Chance,
    LastOffers,
    Outcome,
    brier,
    chance_of_offer,
    nearest_worth,
    weighed,
)
from planning.choice.last_distances import HALF

AT_M: Final = (250.0, 500.0, 750.0, 1000.0, 1500.0, 2000.0, 3000.0, 4000.0)
"""Distances at which chances are held against the newest offers."""

SURE_PCT: Final = 90.0
"""A chance of at least so much is sure of an offer, one of at most the rest of a refusal."""

BOTH: Final = "drawn_and_published"
LEFT_OUT_BOTH: Final = "left_out_and_published"
DRAWN_WORTH: Final = "offer_drawn_worth"
"""What the chance of an offer is made with: published years that all drawn ones count as."""

STEPS: Final = (1.0, 2.0, 5.0)
"""Worths that are tried below the largest that is assumed."""

Judged = tuple[str, str, float]
"""A method, what it is judged by, and the value."""

Told = tuple[Chance, bool]
"""A chance, and whether an offer came."""


def judged_chances(
    fitted: Fitted, entry: Entry, judged: str, drawn: Mapping[str, LastOffers]
) -> list[Judged]:
    """Judge chances at several distances from each school by its newest offers.

    Of the schools of which earlier years are published too, so that all methods say something.
    What drawn years are worth is judged first, and all chances are worked out with it.

    Args:
        fitted: what families like.
        entry: families, schools, and what was published.
        judged: academic year whose offers came.
        drawn: years, by method, arrays of shape (years, schools).
    """
    told = _told(fitted, entry, judged, drawn)
    found = worth_by(told)
    unjudged = assumptions("admissions")["drawn_worth_unjudged"].value
    worth = unjudged if found is None else found
    rows = [row for method, own in told.items() for row in _right(method, own, worth)]
    return rows if found is None else [*rows, (BOTH, DRAWN_WORTH, found)]


def worth_by(told: Mapping[str, Sequence[Told]]) -> float | None:
    """Return what drawn years are worth, by chances of schools that were left out of the fit.

    Where none was left out, by those of schools of which all is known: that flatters the model.

    Args:
        told: by method, chances and what came.

    Returns:
        ``None`` where there is nothing to judge by.
    """
    for method in (LEFT_OUT_BOTH, BOTH):
        own = told.get(method, ())
        worth = nearest_worth([each for each, _ in own], [came for _, came in own], worths())
        if worth is not None:
            return worth
    return None


def worths() -> tuple[float, ...]:
    """Return what drawn years may be worth: a few steps up to what is assumed at most."""
    most = assumptions("admissions")["drawn_worth"].value
    return (*(each for each in STEPS if each < most), most)


def _told(
    fitted: Fitted, entry: Entry, judged: str, drawn: Mapping[str, LastOffers]
) -> dict[str, list[Told]]:
    """Return what each method says of offers, and what came."""
    years = entry.history.years
    years = years[years["year_group"] == entry.year_group]
    last, before = years[years["academic_year"] == judged], years[years["academic_year"] < judged]
    row_of = {int(urn): row for row, urn in enumerate(fitted.inputs.urns)}
    told: dict[str, list[Told]] = {}
    for urn, outcome, metres in last[["urn", "outcome", "metres"]].itertuples(index=False):
        row = row_of.get(int(urn))
        earlier = _years(before[before["urn"] == urn])
        if row is None or not entry.admits[row] or not len(earlier.outcome):
            continue
        for far in AT_M:
            came = outcome == Outcome.ALL or bool(metres >= far)
            for method, (modelled, published) in _of_school(fitted, drawn, row, earlier).items():
                chance = chance_of_offer(far, modelled, published, drawn_worth=1.0)
                if chance.pct is not None:
                    told.setdefault(method, []).append((chance, came))
    return told


def _right(method: str, told: Sequence[Told], worth: float) -> Iterator[Judged]:
    """Judge chances by what came: all of them, and those that were sure of it."""
    pct = np.array([weighed(each, drawn_worth=worth).pct for each, _ in told], np.float64)
    came = np.array([came for _, came in told], np.float64)
    yield method, "offer_brier", brier(pct, came)
    is_sure = np.abs(pct - 50) >= SURE_PCT - 50
    if is_sure.any():
        right = (pct > 50) == (came > HALF)  # noqa: PLR2004 - half of a hundred
        yield method, "sure_right_pct", float(100 * right[is_sure].mean())


def _of_school(
    fitted: Fitted, drawn: Mapping[str, LastOffers], row: int, earlier: LastOffers
) -> dict[str, tuple[LastOffers, LastOffers]]:
    """Return the drawn and the published years that each method goes by."""
    none = LastOffers(np.zeros(0, np.int64), np.zeros(0))
    own = {
        method: LastOffers(each.outcome[:, row], each.metres[:, row])
        for method, each in drawn.items()
    }
    found = {method: (each, none) for method, each in own.items()}
    found |= {PUBLISHED: (none, earlier), BOTH: (own[fitted.basis], earlier)}
    if LEFT_OUT in own:
        found[LEFT_OUT_BOTH] = (own[LEFT_OUT], earlier)
    return found


def _years(rows: pd.DataFrame) -> LastOffers:
    outcome = [OUTCOMES.index(Outcome(each)) for each in rows["outcome"]]
    return LastOffers(np.array(outcome, np.int64), rows["metres"].to_numpy(np.float64))
