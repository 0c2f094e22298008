"""Last distances that nobody published: what fills a school that was full."""

from dataclasses import replace

import numpy as np

from planning.arrays import Floats
from planning.choice.market import Market


def cleared(market: Market, liking: Floats, pupils: Floats) -> Market:
    """Find the last distance of every school that was full and did not tell it.

    It is where as many live nearer, and would be at the school if it took them, as were offered a
    place: what clears a market of schools (Azevedo and Leshno 2016, A supply and demand framework
    for two-sided matching markets, Journal of Political Economy 124).

    Args:
        market: ``NaN`` where a last distance is to be found, or is from the round before.
        liking: utility but for chance, shape (homes, years, kinds, schools).
        pupils: of each home, year and kind.

    Returns:
        The market with ``found`` in the place of what is not known.
    """
    unknown = np.isnan(market.cut_off)
    if not unknown.any() or market.places is None:
        return market
    weight = np.exp(liking - liking.max(axis=-1, keepdims=True))
    of_open = (weight * market.is_open).sum(axis=-1)
    found = np.where(unknown, np.inf, market.cut_off)
    for year, school in np.argwhere(unknown):
        own = weight[:, year, :, school]
        rest = of_open[:, year] - own * market.is_open[:, year, :, school]
        would = pupils[:, year] * own / np.maximum(own + rest, 1e-300)
        can = np.array([kind.can[school] for kind in market.kinds])
        first = np.array([kind.first[school] for kind in market.kinds])
        left = market.places[year, school] - would[:, can & first].sum()
        found[year, school] = _far(
            market.metres[:, school], would[:, can & ~first].sum(axis=1), left
        )
    return replace(market, found=found)


def _far(metres: Floats, would: Floats, places: float) -> float:
    """Return how far places go if the nearest are admitted first; negative if there are none."""
    order = np.argsort(metres, kind="stable")
    within = int(np.searchsorted(np.cumsum(would[order]), places))
    if within >= len(order):
        return np.inf
    return float(metres[order[within]]) if places > 0 else -1.0
