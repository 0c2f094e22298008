"""How near drawn years come to what was published: last distances, and who was offered a place."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from ingest.planning.choice_fit import Fitted
from ingest.planning.market import Entry
from ingest.planning.offer_history import PUBLISHED
from planning.arrays import Floats
from planning.choice.chance import OUTCOMES, LastOffers, Outcome, brier, chance_of_offer
from planning.choice.years import Drawn

AT_M: Final = (250.0, 500.0, 750.0, 1000.0, 1500.0, 2000.0, 3000.0, 4000.0)
"""Distances at which chances are held against the newest offers."""

LAST_YEAR: Final = "last_year"
BOTH: Final = "drawn_and_published"

Judged = tuple[str, str, float]
"""A method, what it is judged by, and the value."""


def offer_accuracy(fitted: Fitted, entry: Entry, drawn: Drawn | None) -> list[Judged]:
    """Judge drawn years by the newest published ones, which nothing was fitted to.

    Beside them stand what is simpler: the year before, and the earlier published years alone.

    Returns:
        Rows of method, way of judging and value; none without drawn or published years.
    """
    years = entry.history.years
    years = years[years["year_group"] == entry.year_group]
    if drawn is None or years.empty:
        return []
    newest = years["academic_year"].max()
    last, before = years[years["academic_year"] == newest], years[years["academic_year"] < newest]
    found = list(_cut_offs(fitted.basis, cut_off_errors(fitted, entry, drawn, last)))
    found += _cut_offs(LAST_YEAR, _year_before(last, before))
    return found + _chances(fitted, entry, drawn, last, before)


def cut_off_errors(fitted: Fitted, entry: Entry, drawn: Drawn, last: pd.DataFrame) -> Floats:
    """Return drawn less published last distances, in metres, a school each.

    The median of the drawn years that end at a distance is held against the published one.
    Schools are left out where one of the two has none.
    """
    published = last.set_index("urn")["metres"].reindex(fitted.inputs.urns.tolist())
    metres = published.to_numpy(np.float64)
    both = np.isfinite(metres) & np.isfinite(drawn.outside.metres).any(axis=0) & entry.admits
    said = np.nanmedian(drawn.outside.metres[:, both], axis=0)
    return np.asarray(said - metres[both], np.float64)


def _year_before(last: pd.DataFrame, before: pd.DataFrame) -> Floats:
    earlier = before[before["academic_year"] == before["academic_year"].max()]
    both = last.merge(earlier, on="urn", suffixes=("", "_before"))
    off = (both["metres_before"] - both["metres"]).to_numpy(np.float64)
    return np.asarray(off[np.isfinite(off)], np.float64)


def _cut_offs(method: str, off_m: Floats) -> Iterator[Judged]:
    if not len(off_m):
        return
    yield method, "cut_off_error_m", float(np.abs(off_m).mean())
    yield method, "cut_off_median_m", float(np.median(np.abs(off_m)))
    yield method, "cut_offs", float(len(off_m))


def _chances(
    fitted: Fitted, entry: Entry, drawn: Drawn, last: pd.DataFrame, before: pd.DataFrame
) -> list[Judged]:
    """Judge chances at several distances from each school by its newest offers."""
    row_of = {int(urn): row for row, urn in enumerate(fitted.inputs.urns)}
    worth = assumptions("admissions")["drawn_worth"].value
    none = LastOffers(np.zeros(0, np.int64), np.zeros(0))
    said: dict[str, list[tuple[float, bool]]] = {fitted.basis: [], PUBLISHED: [], BOTH: []}
    for urn, outcome, metres in last[["urn", "outcome", "metres"]].itertuples(index=False):
        row = row_of.get(int(urn))
        earlier = _years(before[before["urn"] == urn])
        if row is None or not entry.admits[row] or not len(earlier.outcome):
            continue
        own = LastOffers(drawn.outside.outcome[:, row], drawn.outside.metres[:, row])
        of_method = {fitted.basis: (own, none), PUBLISHED: (none, earlier), BOTH: (own, earlier)}
        for far in AT_M:
            came = outcome == Outcome.ALL or bool(metres >= far)
            for method, (years, told) in of_method.items():
                pct = chance_of_offer(far, years, told, drawn_worth=worth).pct
                if pct is not None:
                    said[method].append((pct, came))
    return [
        (method, "offer_brier", brier(*np.array(pairs, np.float64).T))
        for method, pairs in said.items()
        if pairs
    ]


def _years(rows: pd.DataFrame) -> LastOffers:
    outcome = [OUTCOMES.index(Outcome(each)) for each in rows["outcome"]]
    return LastOffers(np.array(outcome, np.int64), rows["metres"].to_numpy(np.float64))
