"""How near drawn years come to what was published: last distances, and who was offered a place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.planning.choice_fit import Fitted
from ingest.planning.market import Entry
from ingest.planning.offer_chances import Judged, judged_chances
from ingest.planning.offer_history import newest_year
from ingest.planning.offer_left_out import UNASKED, LeftOut
from planning.arrays import Bools, Floats
from planning.choice.chance import LastOffers, Outcome
from planning.choice.features import Schools
from planning.choice.last_distances import (
    HALF,
    around,
    circle_m,
    factor_within,
    full_share,
    median_around,
    middle_m,
    off_by,
)
from planning.choice.ordering import metres_between
from planning.choice.years import Drawn

LAST_YEAR: Final = "last_year"
NEIGHBOURS: Final = "neighbours"
CIRCLE: Final = "circle"

Said = Mapping[str, Floats]
"""By method, what it says of each school; ``NaN`` where it says nothing."""


@dataclass(frozen=True, slots=True)
class Newest:
    """What was published of the newest year, and of the one before, a value for each school.

    Attributes:
        metres: last distance, ``NaN`` where none.
        is_told: whether it is known how far places went.
        is_full: not every child who asked was offered a place.
        metres_before: as ``metres``, the year before.
        is_told_before: as ``is_told``.
        is_full_before: as ``is_full``.
    """

    metres: Floats
    is_told: Bools
    is_full: Bools
    metres_before: Floats
    is_told_before: Bools
    is_full_before: Bools


def offer_accuracy(
    fitted: Fitted, entry: Entry, drawn: Drawn | None, left_out: LeftOut | None = None
) -> list[Judged]:
    """Judge drawn years by the newest published ones.

    Years drawn with the choice that was fitted to everything stand beside those drawn with a
    choice that knows nothing of a school's block, and beside what is simpler: the year before,
    the schools around in other blocks, a circle with as many children as the school has places.
    Last distances are compared at the schools of which all methods say one.

    Args:
        fitted: what families like.
        entry: families, schools, and what was published.
        drawn: years, with all that is known.
        left_out: years for schools of which nothing is.

    Returns:
        Rows of method, way of judging and value; none without drawn or published years.
    """
    judged = newest_year(entry.history, entry.year_group)
    if drawn is None or judged is None:
        return []
    newest = _newest(fitted, entry, judged)
    years = {fitted.basis: drawn.outside, **(left_out.offers if left_out else {})}
    found = list(_cut_offs(_last_distances(entry, newest, years, left_out), newest))
    found += _rightly_full(_full(fitted.inputs.schools, newest, years, left_out), newest)
    return found + judged_chances(fitted, entry, judged, years)


def _newest(fitted: Fitted, entry: Entry, judged: str) -> Newest:
    years = entry.history.years
    years = years[years["year_group"] == entry.year_group]
    earlier = years.loc[years["academic_year"] < judged, "academic_year"].max()
    last, before = (
        years[years["academic_year"] == year].set_index("urn").reindex(fitted.inputs.urns)
        for year in (judged, earlier)
    )
    admits = entry.admits
    return Newest(
        metres=np.where(admits, last["metres"].to_numpy(np.float64), np.nan),
        is_told=np.asarray(last["outcome"].notna() & admits, np.bool_),
        is_full=(last["outcome"] != str(Outcome.ALL)).to_numpy(np.bool_),
        metres_before=before["metres"].to_numpy(np.float64),
        is_told_before=before["outcome"].notna().to_numpy(np.bool_),
        is_full_before=(before["outcome"] != str(Outcome.ALL)).to_numpy(np.bool_),
    )


def _last_distances(
    entry: Entry,
    newest: Newest,
    years: Mapping[str, LastOffers],
    left_out: LeftOut | None,
) -> Said:
    """Return the last distance that each method says of each school."""
    said = {method: middle_m(each) for method, each in years.items()}
    if np.isfinite(newest.metres_before).any():
        said[LAST_YEAR] = newest.metres_before
    if left_out is None or entry.applicants is None:
        return said
    schools, addresses = entry.applicants.schools, entry.applicants.addresses
    near = around(schools.x, schools.y, told=np.isfinite(newest.metres), fold=left_out.fold)
    said[NEIGHBOURS] = median_around(newest.metres, near)
    here = np.isfinite(newest.metres)
    metres = metres_between(
        schools, addresses, np.arange(len(addresses.x))[:, None], np.flatnonzero(here)
    )
    said[CIRCLE] = np.full(len(here), np.nan)
    said[CIRCLE][here] = circle_m(metres, entry.applicants.children, schools.places[here])
    return said


def _full(
    schools: Schools,
    newest: Newest,
    years: Mapping[str, LastOffers],
    left_out: LeftOut | None,
) -> Said:
    """Return how sure each method is that a school will be full, 0 to 1."""
    said = {method: full_share(each) for method, each in years.items()}
    said[LAST_YEAR] = np.where(newest.is_told_before, newest.is_full_before, np.nan)
    if left_out is not None:
        near = around(schools.x, schools.y, told=newest.is_told, fold=left_out.fold)
        said[NEIGHBOURS] = median_around(newest.is_full.astype(np.float64), near)
    return said


def _cut_offs(said: Said, newest: Newest) -> Iterator[Judged]:
    """Compare last distances at the schools of which all methods say one.

    But for the one that knows least, and is compared at those of them of which it says one too.
    """
    same = np.isfinite(newest.metres)
    for method, metres in said.items():
        same &= np.isfinite(metres) | (method == UNASKED)
    published = np.where(same, newest.metres, np.nan)
    for method, metres in said.items():
        if not np.isfinite(published + metres).any():
            continue
        off = off_by(metres, published)
        yield method, "cut_off_error_m", off.mean_m
        yield method, "cut_off_median_m", off.median_m
        yield method, "cut_off_signed_m", off.signed_m
        yield method, "cut_offs", float(off.schools)
        factor = factor_within(metres, newest.metres)
        if factor is not None:
            yield method, "cut_off_factor_80", factor


def _rightly_full(said: Said, newest: Newest) -> Iterator[Judged]:
    """Count the schools rightly said to be full or not, where all methods say so of them."""
    same = newest.is_told & np.all([np.isfinite(each) for each in said.values()], 0)
    if not same.any():
        return
    for method, share in said.items():
        right = (share[same] > HALF) == newest.is_full[same]
        yield method, "full_right_pct", float(100 * right.mean())
        yield method, "full_schools", float(same.sum())
