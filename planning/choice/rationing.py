"""What families prefer, found from where children are although full schools turned some away.

Where a school is full, who goes there tells as much of whom it admits as of who would like to. A
child offered places as coordinated admissions do is at the school that its family likes best among
those that would have admitted it, so that its choice is among these alone (Fack, Grenet and He
2019, Beyond truth-telling: preference estimation with centralized school choice and college
admissions, American Economic Review 109). Families name few schools: a child whom all of them
refuse is sent to the nearest with a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numba import njit

from planning.arrays import Bools, Floats
from planning.choice.clearing import cleared
from planning.choice.features import MINUTE
from planning.choice.fit import Counts, Fit, Prior, fit
from planning.choice.market import Market
from planning.choice.model import Options, Parts, Weights, shares, utility

NODES: Final = 24
"""Points at which an integral over a variable between 0 and 1 is taken."""


def options_of(market: Market, attributes: Mapping[str, Floats]) -> Options:
    """Set out the choice of every kind of child at every home, by year of admission.

    Args:
        market: who may go where.
        attributes: by name, each of a shape that fits (homes, years, kinds, schools).

    Returns:
        A row of every kind, home and year, parts of an area; nobody is sent to a school as yet.
    """
    is_open = market.is_open
    homes, years, kinds, schools = is_open.shape
    rows = homes * years * kinds
    of_area = np.diff(market.starts)
    weight = np.repeat(1.0 / of_area, of_area) / years
    of_kind = [np.broadcast_to(kind.share, (homes, years)) for kind in market.kinds]
    share = weight[:, None, None] * np.stack(of_kind, axis=2)
    wide = [
        np.broadcast_to(each, is_open.shape).reshape(rows, schools) for each in attributes.values()
    ]
    return Options(
        school=np.broadcast_to(np.arange(schools), (rows, schools)),
        is_option=is_open.reshape(rows, schools),
        attributes=np.stack(wide).astype(np.float64),
        journey=np.zeros((rows, schools)),
        admits=np.ones((1, schools), np.bool_),
        kind_share=np.ones(1),
        parts=Parts(market.starts * (years * kinds), share.ravel()),
    )


def refused(liking: Floats, is_open: Bools, can: Bools, named: Floats) -> Floats:
    """Return the share of children whom all the schools that their families name refuse.

    Names come in the order of random utilities, as if clocks went off at the rate of each
    school's weight: a child is refused if at least as many schools that are full as it names
    go off before the first that is open.

    Args:
        liking: utility but for chance, shape (rows, schools).
        is_open: would admit, shape (rows, schools).
        can: could be named, shape (rows, schools).
        named: share of families that name one school, two schools and so on.
    """
    weight = np.exp(liking - liking.max(axis=1, keepdims=True))
    of_open = (weight * is_open).sum(axis=1)
    full = weight * (can & ~is_open) / np.maximum(of_open, 1e-300)[:, None]
    at, of_node = np.polynomial.legendre.leggauss(NODES)
    share = _refused(full, (at + 1) / 2, of_node / 2, named / named.sum())
    return np.where(of_open > 0, share, 1.0)


@njit(cache=True, nogil=True)
def _refused(full: Floats, at: Floats, of_node: Floats, named: Floats) -> Floats:
    """Integrate over the time when the first open school goes off, from 1 down to 0.

    Args:
        full: weights of the full schools over that of all open ones, shape (rows, schools).
        at: share of all such clocks that are still to go off, shape (nodes,).
        of_node: weight of each in the integral.
        named: share of families that name one school, two schools and so on.
    """
    rows, schools = full.shape
    share = np.zeros(rows)
    gone = np.empty(len(named))
    for row in range(rows):
        for node in range(len(at)):
            gone[:] = 0.0  # how likely that none, one, two … of the full schools have gone off
            gone[0] = 1.0
            for school in range(schools):
                if full[row, school] > 0.0:
                    chance = 1.0 - at[node] ** full[row, school]
                    for number in range(len(named) - 1, 0, -1):
                        gone[number] += chance * (gone[number - 1] - gone[number])
                    gone[0] -= chance * gone[0]
            fewer = 0.0
            for number in range(len(named)):
                fewer += gone[number]
                share[row] += of_node[node] * named[number] * (1.0 - fewer)
    return share


def fit_rationed(
    market: Market,
    attributes: Mapping[str, Floats],
    counts: Counts,
    *,
    prior: Prior,
    rounds: int = 4,
    start: Weights | None = None,
) -> Fit:
    """Find what families weigh from counts of where children are.

    In turns: how many are refused everywhere, given the weights, and the weights, given that.

    Args:
        market: who may go where.
        attributes: as in ``options_of``.
        counts: by area and school, shape (areas, schools).
        prior: how far schools differ.
        rounds: of both.
        start: where the search begins. If left out, it begins twice, where nothing weighs
            anything, and where the usual journey weighs two and nothing else anything: with
            children of several faiths the likelihood can have more than one peak, and the
            higher counts.
    """
    if start is not None:
        return _climbed(market, attributes, counts, prior, rounds, start)
    found = [
        _climbed(market, attributes, counts, prior, rounds, each)
        for each in _starts(market, tuple(attributes))
    ]
    return max(found, key=lambda each: each.log_likelihood)


def _climbed(
    market: Market,
    attributes: Mapping[str, Floats],
    counts: Counts,
    prior: Prior,
    rounds: int,
    weights: Weights,
) -> Fit:
    everybody = options = options_of(market, attributes)
    found = None
    for _ in range(rounds):
        pupils = counts.expected_total(shares(options, weights))
        market, options = sending(everybody, market, utility(everybody, weights), pupils)
        found = fit(options, counts, prior=prior, start=weights)
        weights = found.weights
    return found or fit(options, counts, prior=prior, start=weights)


def _starts(market: Market, names: Sequence[str]) -> tuple[Weights, Weights]:
    usual = max(float(np.median(market.minutes)), 1.0)
    none = np.zeros(market.minutes.shape[1])
    of_minutes = np.array([-2.0 / usual if name == MINUTE else 0.0 for name in names])
    return Weights(np.zeros(len(names)), none, none), Weights(of_minutes, none, none)


def sending(
    everybody: Options, market: Market, liking: Floats, pupils: Floats
) -> tuple[Market, Options]:
    """Part the children of every kind into those offered a school named and those sent to one.

    Args:
        everybody: as ``options_of`` sets them out.
        market: who may go where.
        liking: utility of the options, shape of ``everybody.school``.
        pupils: of each area, of all years counted, shape (areas,).

    Returns:
        The market with last distances that were not known, and the options of those who are
        offered a school, with the others sent.
    """
    if everybody.parts is None:
        raise ValueError("options have no parts; set them out with options_of")
    shape = (len(market.metres), len(market.cut_off), len(market.kinds), market.metres.shape[1])
    flat, starts = (-1, shape[-1]), everybody.parts.starts
    whole = everybody.parts.share.reshape(shape[:3])
    of_home = np.repeat(pupils, np.diff(market.starts))[:, None, None] * whole
    of_home = of_home * np.reshape(market.part, (1, -1, 1))
    market = cleared(market, liking.reshape(shape), of_home)
    is_open = market.is_open.reshape(flat)
    can = np.broadcast_to(np.stack([kind.can for kind in market.kinds]), shape).reshape(flat)
    share = refused(liking, is_open, can, market.named)
    sent = market.sent_to(of_home * share.reshape(shape[:3])).reshape(flat)
    share = np.where(sent.any(axis=1), share, 0.0)
    gone = (whole.ravel() * share)[:, None] * sent
    return market, replace(
        everybody,
        is_option=is_open,
        parts=Parts(starts, whole.ravel() * (1 - share)),
        sent=np.add.reduceat(gone, starts[:-1], axis=0),
    )
