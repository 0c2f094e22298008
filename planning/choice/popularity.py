"""How much schools are wanted, from how often they are published to be named first."""

from typing import Final

import numpy as np

from planning.arrays import Floats
from planning.choice.model import Options, shares_by_kind

_LEAST: Final = 0.5
"""Pupils: keeps the logarithm of a school that nobody names finite."""


def wanted_more(
    options: Options, liking: Floats, children: Floats, named_first: Floats, *, rounds: int = 40
) -> Floats:
    """Return what makes a choice model name schools first as often as is published.

    Where children go tells less of what they like than it seems: who was refused went elsewhere.
    Published first preferences tell it. A school's constant is moved by the logarithm of wanted
    over expected until both agree (Berry, Levinsohn and Pakes 1995, Automobile prices in market
    equilibrium, Econometrica 63).

    Args:
        options: schools to choose among, by area.
        liking: utility of each option but for chance, shape (areas, options).
        children: who choose, shape (areas,).
        named_first: how often each school was named first; ``NaN`` where that is not published,
            and then it is left as it is; shape (schools,).
        rounds: how often constants are moved.

    Returns:
        What each school's constant is to be moved by, shape (schools,).
    """
    known = ~np.isnan(named_first)
    wanted = np.maximum(np.where(known, named_first, 0.0), _LEAST)
    moved = np.zeros(options.schools)
    if not known.any():
        return moved
    for _ in range(rounds):
        expected = first_preferences(options, liking + moved[options.school], children)
        scale = expected[known].sum() / wanted[known].sum()
        step = np.log(wanted * scale) - np.log(np.maximum(expected, _LEAST / 10))
        moved += np.where(known, step, 0.0)
    return moved


def first_preferences(options: Options, liking: Floats, children: Floats) -> Floats:
    """Return how often each school is expected to be named first, shape (schools,)."""
    by_kind = shares_by_kind(options, liking)
    share = np.tensordot(options.kind_share, by_kind, axes=1)
    expected = (share * children[:, np.newaxis]).ravel()
    return np.bincount(options.school.ravel(), expected, options.schools).astype(np.float64)
