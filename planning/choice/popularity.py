"""How much schools are wanted, from how often they are published to be named first."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from planning.arrays import Floats
from planning.choice.model import Options, shares_by_kind

_LEAST: Final = 0.5
"""Pupils: keeps the logarithm of a school that nobody names finite."""

_DONE: Final = 1e-4
"""Constants that move by less than this are found: a hundredth of a per cent of preferences."""


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
        rounds: how often constants are moved at most.

    Returns:
        What each school's constant is to be moved by, shape (schools,).
    """
    known = ~np.isnan(named_first)
    wanted = np.maximum(np.where(known, named_first, 0.0), _LEAST)
    moved = np.zeros(options.schools)
    if not known.any():
        return moved
    weights = _weights(options, liking)
    for _ in range(rounds):
        expected = _named_first(weights, np.exp(moved), options.kind_share, children)
        scale = expected[known].sum() / wanted[known].sum()
        step = np.log(wanted * scale) - np.log(np.maximum(expected, _LEAST / 10))
        moved += np.where(known, step, 0.0)
        if np.abs(step[known]).max() < _DONE:
            break
    return moved


def first_preferences(options: Options, liking: Floats, children: Floats) -> Floats:
    """Return how often each school is expected to be named first, shape (schools,)."""
    by_kind = shares_by_kind(options, liking)
    share = np.tensordot(options.kind_share, by_kind, axes=1)
    expected = (share * children[:, np.newaxis]).ravel()
    return np.bincount(options.school.ravel(), expected, options.schools).astype(np.float64)


def _weights(options: Options, liking: Floats) -> Sequence[csr_array]:
    """Return the exponential of utilities, for each kind of child, by area and school."""
    possible = np.where(options.is_option, liking, -np.inf)
    highest = possible.max(axis=1, keepdims=True)
    weight = np.exp(possible - np.where(np.isfinite(highest), highest, 0.0))
    areas, width = options.school.shape
    starts = np.arange(areas + 1) * width
    return [
        csr_array(
            ((weight * admits[options.school]).ravel(), options.school.ravel(), starts),
            shape=(areas, options.schools),
        )
        for admits in options.admits
    ]


def _named_first(
    weights: Sequence[csr_array], grown: Floats, kind_share: Floats, children: Floats
) -> Floats:
    """Return first preferences with every school's weight grown by a factor, shape (schools,)."""
    expected = np.zeros(len(grown))
    for weight, share in zip(weights, kind_share, strict=True):
        total = weight @ grown
        asking = np.divide(share * children, total, out=np.zeros(len(total)), where=total > 0)
        expected += grown * (weight.T @ asking)
    return expected
