"""How families rank schools: a random utility, of which the parts are stated."""

from typing import Final

import numpy as np

from ingest.sample.people.children import Children
from ingest.sample.people.market import ANY_SEX, Market, year_index
from ingest.sample.people.needs import Bools, Ints, Singles
from ingest.sample.people.provision import NONE

CHUNK: Final = 16_384
"""Children looked at together; bounds the memory."""


def ranked(
    children: Children, columns: Ints, year_group: int, market: Market, rng: np.random.Generator
) -> Ints:
    """Let families name schools, the one liked best first.

    Args:
        children: who look for a school.
        columns: the provisions they may name.
        year_group: which they enter.
        market: schools.
        rng: random numbers.

    Returns:
        A provision for each child (row) and rank (column); ``NONE`` beyond the last one named.
    """
    shares = np.array(market.parameters.weights(year_group).preferences, float)
    depth = min(len(shares), len(columns))
    parts: list[Ints] = [np.zeros((0, depth), np.int32)]
    for start in range(0, len(children), CHUNK):
        some = children.take(np.arange(start, min(start + CHUNK, len(children))))
        liking = utility(some, columns, year_group, market)
        liking += gumbel(liking.shape, rng)
        parts.append(_best(liking, columns, depth))
    named = np.concatenate(parts)
    drawn = rng.choice(len(shares), len(children), p=shares / shares.sum())
    return np.where(np.arange(depth) <= drawn[:, None], named, NONE).astype(np.int32)


def gumbel(shape: tuple[int, ...], rng: np.random.Generator) -> Singles:
    """Draw standard Gumbel variables, the random part of a utility."""
    drawn = rng.standard_exponential(shape, dtype=np.float32)
    return np.asarray(-np.log(np.maximum(drawn, np.finfo(np.float32).tiny)))


def _best(liking: Singles, columns: Ints, depth: int) -> Ints:
    """Return the columns of the highest values of each row, highest first."""
    rows = np.arange(len(liking))[:, None]
    top = np.argpartition(-liking, depth - 1, axis=1)[:, :depth]
    top = top[rows, np.argsort(-liking[rows, top], axis=1, kind="stable")]
    return np.where(np.isfinite(liking[rows, top]), columns[top], NONE)


def utility(children: Children, columns: Ints, year_group: int, market: Market) -> Singles:
    """Return the stated part of the utility of provisions (columns) for children (rows).

    It is minus infinity where the child cannot go.
    """
    weights = market.parameters.weights(year_group)
    year = year_index(children.cohort, year_group)
    liking = np.float32(weights.minute) * minutes(children, columns, year_group, market)
    liking += np.float32(weights.popularity) * market.popularity[columns].T[year]
    liking += _of_families(children, columns, year_group, market)
    linked = market.comes_from[columns] != NONE
    if linked.any():
        same = children.before[:, None] == market.comes_from[columns[linked]]
        liking[:, linked] += np.float32(weights.linked) * same
    liking[~possible(children, columns, year_group, market)] = -np.inf
    return liking


def _of_families(children: Children, columns: Ints, year_group: int, market: Market) -> Singles:
    """Return what faith, fees, selection and sex add, which few sorts of families share."""
    weights = market.parameters.weights(year_group)
    faith = market.faith[columns]
    by_faith = np.zeros((3, len(columns)), np.float32)
    for own in range(3):
        of_faith = np.where(faith == own, weights.own_faith, weights.other_faith)
        by_faith[own] = np.where(faith == 0, 0.0, of_faith)
    fees = market.is_independent[columns]
    by_school = (
        weights.independent * fees
        + weights.selective * market.is_selective[columns]
        + weights.single_sex * (market.only_sex[columns] != ANY_SEX)
        + weights.college * market.is_college[columns]
        + weights.midway * ~market.admits_at(year_group)[columns]
    )
    adds: Singles = (by_faith + by_school.astype(np.float32))[children.faith]
    if fees.any():
        affluence = market.affluence[children.area].astype(np.float32)
        adds[:, fees] += np.float32(weights.affluence) * affluence[:, None]
    return adds


def possible(children: Children, columns: Ints, year_group: int, market: Market) -> Bools:
    """Say whether provisions (columns) would take children (rows) if they had places."""
    fits = market.serves(year_group)[columns].T[children.cohort]
    for at in np.flatnonzero(market.only_sex[columns] != ANY_SEX):
        fits[:, at] &= children.sex == market.only_sex[columns[at]]
    passed = children.score >= market.parameters.pass_score
    for at in np.flatnonzero(market.is_selective[columns]):
        fits[:, at] &= passed
    return fits


def minutes(children: Children, columns: Ints, year_group: int, market: Market) -> Singles:
    """Return the minutes from children's homes (rows) to provisions (columns) in their year."""
    gates = market.ways.now[columns]
    found = market.ways.minutes[children.postcode[:, None], gates]
    for at in np.flatnonzero(market.ways.old[columns] != NONE):
        gate = market.gates(columns[at], children.cohort, year_group)
        found[:, at] = market.ways.minutes[children.postcode, gate]
    return found
