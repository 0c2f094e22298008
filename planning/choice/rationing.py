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
        Two rows of every kind, home and year, parts of an area: those who are offered a school
        that they named, and those who are sent to one, of whom there are none as yet.
    """
    is_open = market.is_open
    nobody = np.zeros(is_open.shape[:3])
    is_open = np.stack([is_open, market.sent_to(nobody)], axis=3)
    homes, years, kinds, _, schools = is_open.shape
    rows = homes * years * kinds * 2
    of_area = np.diff(market.starts)
    weight = np.repeat(1.0 / of_area, of_area) / years
    of_kind = [np.broadcast_to(kind.share, (homes, years)) for kind in market.kinds]
    share = np.zeros((homes, years, kinds, 2))
    share[..., 0] = weight[:, None, None] * np.stack(of_kind, axis=2)
    wide = [
        np.broadcast_to(each[..., None, :], is_open.shape).reshape(rows, schools)
        for each in attributes.values()
    ]
    return Options(
        school=np.broadcast_to(np.arange(schools), (rows, schools)),
        is_option=is_open.reshape(rows, schools),
        attributes=np.stack(wide).astype(np.float64),
        journey=np.zeros((rows, schools)),
        admits=np.ones((1, schools), np.bool_),
        kind_share=np.ones(1),
        parts=Parts(market.starts * (years * kinds * 2), share.ravel()),
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
    full = weight * (can & ~is_open)
    at, of_node = np.polynomial.legendre.leggauss(NODES)
    share = np.zeros(len(liking))
    for node, part in zip((at + 1) / 2, of_node / 2, strict=True):
        # The first open school goes off when a share `node` of all such clocks are still to.
        still = node ** (full / np.maximum(of_open, 1e-300)[:, None])
        share += part * _at_least(1 - still, named)
    return np.where(of_open > 0, share, 1.0)


def _at_least(gone: Floats, named: Floats) -> Floats:
    """Return how likely at least as many full schools have gone off as are named."""
    count = np.zeros((len(gone), len(named)))
    count[:, 0] = 1.0
    for school in range(gone.shape[1]):
        one = gone[:, school : school + 1]
        moved = count * one
        count = count - moved
        count[:, 1:] += moved[:, :-1]
    below = np.cumsum(count, axis=1)
    return np.asarray(((1 - below) * named / named.sum()).sum(axis=1))


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
    options, found = options_of(market, attributes), None
    for _ in range(rounds):
        pupils = counts.expected_total(shares(options, weights))
        market, options = sending(options, market, utility(options, weights), pupils)
        found = fit(options, counts, prior=prior, start=weights)
        weights = found.weights
    return found or fit(options, counts, prior=prior, start=weights)


def placements(
    market: Market,
    attributes: Mapping[str, Floats],
    weights: Weights,
    pupils: Floats,
    *,
    rounds: int = 3,
) -> Floats:
    """Return where children end up, given what their families weigh.

    Args:
        market: who may go where.
        attributes: as in ``options_of``.
        weights: what families weigh.
        pupils: of each area, of all years counted, shape (areas,).
        rounds: of finding last distances that are not known, each from those before.

    Returns:
        Share of each area's children by school, shape (areas, schools).
    """
    options = options_of(market, attributes)
    liking = utility(options, weights)
    for _ in range(rounds):
        market, options = sending(options, market, liking, pupils)
    return shares(options, weights)


def _starts(market: Market, names: Sequence[str]) -> tuple[Weights, Weights]:
    usual = max(float(np.median(market.minutes)), 1.0)
    none = np.zeros(market.minutes.shape[1])
    of_minutes = np.array([-2.0 / usual if name == MINUTE else 0.0 for name in names])
    return Weights(np.zeros(len(names)), none, none), Weights(of_minutes, none, none)


def sending(
    options: Options, market: Market, liking: Floats, pupils: Floats
) -> tuple[Market, Options]:
    """Share the children of every kind out between those offered a school named and those sent.

    Args:
        options: as ``options_of`` sets them out.
        market: who may go where.
        liking: utility of the options, shape of ``options.school``.
        pupils: of each area, of all years counted, shape (areas,).

    Returns:
        The market with last distances that were not known, and the options.
    """
    if options.parts is None:
        raise ValueError("options have no parts; set them out with options_of")
    shape = (len(market.metres), len(market.cut_off), len(market.kinds), market.metres.shape[1])
    likes = liking[::2].reshape(shape)
    whole = options.parts.share.reshape(-1, 2).sum(axis=1).reshape(shape[:3])
    of_home = np.repeat(pupils, np.diff(market.starts))[:, None, None] * whole
    of_home = of_home * np.reshape(market.part, (1, -1, 1))
    market = cleared(market, likes, of_home)
    is_open = market.is_open
    can = np.broadcast_to(np.stack([kind.can for kind in market.kinds]), shape)
    flat = (-1, shape[-1])
    share = refused(liking[::2], is_open.reshape(flat), can.reshape(flat), market.named)
    sent = market.sent_to(of_home * share.reshape(shape[:3])).reshape(flat)
    is_option = np.stack([is_open.reshape(flat), sent], axis=1).reshape(-1, shape[-1])
    share = np.where(sent.any(axis=1), share, 0.0)
    parts = np.stack([whole.ravel() * (1 - share), whole.ravel() * share], axis=1)
    shared_out = Parts(options.parts.starts, parts.ravel())
    return market, replace(options, is_option=is_option, parts=shared_out)
