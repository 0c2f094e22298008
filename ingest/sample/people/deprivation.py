"""How well off small areas are, and the scores that the Indices of Deprivation give them."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ingest.sample.people.needs import Floats, Land

AFFLUENCE: Final = {
    "centre": -0.35,
    "terraces": -0.75,
    "suburb": 0.6,
    "estate": -1.15,
    "new": 0.45,
    "town": 0.15,
    "coast": -0.4,
    "village": 0.75,
}
"""Mean by kind of area, in standard deviations."""
SMOOTH_M: Final = 1800.0
SMOOTH_SPREAD: Final = 0.5
OWN_SPREAD: Final = 0.35

LOADINGS: Final = {
    "income": 0.94,
    "employment": 0.9,
    "education": 0.85,
    "children": 0.8,
    "health": 0.85,
    "crime": 0.6,
    "housing": 0.25,
    "environment": 0.35,
}
"""Correlation of a domain's deprivation with the want of affluence."""

WEIGHTS: Final = {
    "income": 0.225,
    "employment": 0.225,
    "education": 0.135,
    "health": 0.135,
    "crime": 0.093,
    "housing": 0.093,
    "environment": 0.093,
}
"""Of the domains in the whole index; the children's sub-domain is part of education."""

DECAY: Final = 23.0
"""Of the exponential transformation of ranks, as in the Indices' technical report."""

FAR_FROM_SHOPS: Final = {"village": 1.6, "coast": 0.3, "new": 0.4}
OLD_HOUSES: Final = {"terraces": 1.0, "centre": 1.1, "village": 0.2}
"""What kinds of area add to barriers to services, and to a poor living environment."""


def affluence_of(land: Land, rng: np.random.Generator) -> Floats:
    """Draw how well off each small area is: mean 0, standard deviation 1 over a county."""
    areas = land.areas
    x, y = (areas[axis].to_numpy(float) for axis in "xy")
    gaps = np.hypot(x[:, None] - x, y[:, None] - y)
    near = np.exp(-0.5 * (gaps / SMOOTH_M) ** 2)
    near /= np.sqrt((near**2).sum(axis=1, keepdims=True))
    drawn = np.array([AFFLUENCE[kind] for kind in areas["kind"]])
    drawn += SMOOTH_SPREAD * (near * rng.standard_normal(len(x))).sum(axis=1)
    drawn += OWN_SPREAD * rng.standard_normal(len(x))
    return np.asarray((drawn - drawn.mean()) / max(drawn.std(), 1e-9))


def deprivation_of(
    affluence: Floats, kinds: tuple[str, ...], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw the scores of the domains, in the units in which the Indices publish them.

    Income and employment are shares of people; health, crime and the children's sub-domain are
    standardised; education, housing and environment are transformed ranks from 0 to 100, as is
    the whole index. More is more deprived.

    Returns:
        One row per small area: a column for each domain, ``children``, ``imd`` and ``affluence``.
    """
    latent = _latent(affluence, kinds, rng)
    transformed = {name: _transformed(latent[name]) for name in WEIGHTS}
    index = sum(weight * transformed[name] for name, weight in WEIGHTS.items())
    return pd.DataFrame(
        {
            "income": np.exp(np.log(0.185) + 0.62 * latent["income"]).clip(0.002, 0.95),
            "employment": np.exp(np.log(0.112) + 0.55 * latent["employment"]).clip(0.002, 0.9),
            "education": transformed["education"],
            "children": 0.87 * latent["children"],
            "health": 0.885 * latent["health"],
            "crime": 0.837 * latent["crime"],
            "housing": transformed["housing"],
            "environment": transformed["environment"],
            "imd": index,
            "affluence": affluence,
        }
    )


def _latent(
    affluence: Floats, kinds: tuple[str, ...], rng: np.random.Generator
) -> dict[str, Floats]:
    """Draw each domain's deprivation in standard deviations."""
    found = {}
    for name, loading in LOADINGS.items():
        own = np.sqrt(1 - loading**2) * rng.standard_normal(len(affluence))
        found[name] = -loading * affluence + own
    found["housing"] += np.array([FAR_FROM_SHOPS.get(kind, -0.3) for kind in kinds])
    found["environment"] += np.array([OLD_HOUSES.get(kind, -0.5) for kind in kinds])
    return found


def _transformed(latent: Floats) -> Floats:
    """Turn a standard normal score into 0 to 100, steep at the deprived end, as the Indices do."""
    rank = ndtr(latent)
    return np.asarray(-DECAY * np.log(1 - rank * (1 - np.exp(-100 / DECAY))))
