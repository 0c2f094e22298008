"""Years drawn for schools of which nothing is known but what stands in the register.

Block by block of land, the choice is fitted again without the pupils counted in the block's
small areas, and the years of admissions that are drawn with it tell of the block's schools.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.planning.choice_fit import Fitted
from ingest.planning.market import Entry, liking_of, market_of
from ingest.planning.offer_history import newest_year
from planning.arrays import Ints
from planning.choice.blocks import folds_of, folds_of_schools
from planning.choice.chance import LastOffers
from planning.choice.years import draw_years

LEFT_OUT: Final = "left_out"
"""The block's pupils are not counted and no last distance of its schools is known; how often
schools were named first is known up to the year before the one that is judged."""

UNASKED: Final = "left_out_unasked"
"""The same, and it was never known how often the block's schools were named; not told where that
is known of no school."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Years drawn for every school by a choice that knows nothing of its block.

    Attributes:
        fold: of blocks that each school stands in, shape (schools,).
        offers: by what was left out, arrays of shape (years, schools).
    """

    fold: Ints
    offers: Mapping[str, LastOffers]


def draw_left_out(
    fitted: Fitted,
    entry: Entry,
    *,
    years: int,
    seed: int,
    told: Callable[[float], None] = lambda _: None,
) -> LeftOut | None:
    """Draw years of admissions for the schools of each block, with the block left out.

    Args:
        fitted: what families like; fitted again for each block.
        entry: families, schools, and what was published.
        years: how many to draw for each block.
        seed: of the random numbers.
        told: called with the share that is done.

    Returns:
        ``None`` where there are no families to draw, nothing to compare years with, or one block
        alone.
    """
    judged = newest_year(entry.history, entry.year_group)
    inputs, applicants = fitted.inputs, entry.applicants
    of_home = folds_of(inputs.homes)
    if judged is None or applicants is None or np.ptp(of_home) == 0:
        return None
    fold = folds_of_schools(inputs.homes, of_home, inputs.schools)
    known = entry.preferences.before(judged)
    is_asked = bool(np.isfinite(known.named_first).any())
    shape = (years, len(fold))
    offers = {
        name: LastOffers(np.zeros(shape, np.int64), np.full(shape, np.nan))
        for name in ((LEFT_OUT, UNASKED) if is_asked else (LEFT_OUT,))
    }
    blocks = np.unique(fold[entry.admits])
    for done, block in enumerate(blocks):
        here = fold == block
        rest = fitted.without(of_home == block)
        liking = liking_of(rest, applicants)
        for name, offer in offers.items():
            preferences = known.without(here) if name == UNASKED else known
            market = market_of(rest, applicants, liking, preferences)
            drawn = draw_years(market, years, seed=seed).outside
            offer.outcome[:, here] = drawn.outcome[:, here]
            offer.metres[:, here] = drawn.metres[:, here]
        told((done + 1) / len(blocks))
    return LeftOut(fold, offers)
