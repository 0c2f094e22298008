"""What families prefer, found from where children are although full schools turned some away.

Where a school is full, who goes there tells as much of whom it admits as of who would like to. A
child offered places as coordinated admissions do is at the school that its family likes best among
those that would have admitted it, so that its choice is among these alone (Fack, Grenet and He
2019, Beyond truth-telling: preference estimation with centralized school choice and college
admissions, American Economic Review 109). Families name few schools: a child whom all of them
refuse is sent to the nearest with a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.choice.features import MINUTE
from planning.choice.fit import Counts, Fit, Prior, fit
from planning.choice.model import Options, Parts, Weights, shares, utility

_MOST_TURNS: Final = 100
"""Of sending children on whom a school has no place for."""

NODES: Final = 24
"""Points at which an integral over a variable between 0 and 1 is taken."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Children who are alike in what schools ask: sex, faith, a test passed.

    Attributes:
        share: of all children: a number, or of a shape that fits (homes, years) where it differs:
            more of a faith live here than there, and a score in a test that is enough in one
            year is not in another. Shares of all kinds add up to one.
        can: the schools that would take them if they had places, shape (schools,).
        first: the schools that take them before all who are admitted by distance, shape
            (schools,).
    """

    share: float | Floats
    can: Bools
    first: Bools


@dataclass(frozen=True, slots=True)
class Market:
    """Who may go where, in the years in which the children counted were admitted.

    Attributes:
        starts: first home of each area, and one past the last home, shape (areas + 1,); homes
            are a few postcodes of each area, in its order.
        metres: from homes to schools, as each school measures, shape (homes, schools).
        cut_off: last distance at which a place was offered, infinite where all who named the
            school were offered one, negative where distance gets nobody in, shape (years,
            schools).
        left: places of each school for children whom all that they named refused: those that
            nobody who named it took, none where it refused some, shape (years, schools).
        minutes: from homes to schools, shape (homes, schools).
        kinds: of children.
        named: share of families that name one school, two schools and so on.
    """

    starts: Ints
    metres: Floats
    cut_off: Floats
    left: Floats
    minutes: Floats
    kinds: Sequence[Kind]
    named: Floats

    @property
    def is_open(self) -> Bools:
        """Which schools would admit, shape (homes, years, kinds, schools)."""
        near = self.metres[:, None, None] <= self.cut_off[None, :, None]
        can = np.stack([kind.can for kind in self.kinds])
        first = np.stack([kind.first for kind in self.kinds])
        return np.asarray(can & (near | first))

    def sent_to(self, sent: Floats) -> Bools:
        """Say where children are sent whom all schools named refuse.

        That is the nearest school with a place left; it takes the nearest first. Where more are
        sent than there are places left, the nearest that had any takes the others too.

        Args:
            sent: how many, shape (homes, years, kinds).

        Returns:
            Shape (homes, years, kinds, schools).
        """
        can = np.stack([kind.can for kind in self.kinds]) & (self.left > 0)[:, None]
        far = np.where(can, self.minutes[:, None, None], np.inf)
        limit = np.full(self.left.shape, np.inf)
        for _ in range(_MOST_TURNS):
            within = np.where(far <= limit[:, None], far, np.inf)
            has_place = np.isfinite(within).any(axis=-1)
            nearest = np.where(has_place, within.argmin(axis=-1), far.argmin(axis=-1))
            over = _beyond(nearest, sent, self.minutes, self.left)
            if not (over < limit).any():
                break
            limit = np.minimum(limit, over)
        is_sent = nearest[..., None] == np.arange(far.shape[-1])
        return np.asarray(is_sent & np.isfinite(far))


def _beyond(nearest: Ints, sent: Floats, minutes: Floats, left: Floats) -> Floats:
    """Return the minutes within which schools have places for those sent, (years, schools)."""
    limit = np.full(left.shape, np.inf)
    for year, school in np.argwhere(left > 0):
        home, kind = np.nonzero(nearest[:, year] == school)
        order = np.argsort(minutes[home, school], kind="stable")
        taken = np.cumsum(sent[home, year, kind][order])
        if len(order) and taken[-1] > left[year, school]:
            last = np.searchsorted(taken, left[year, school], side="right")
            limit[year, school] = minutes[home[order[max(last - 1, 0)]], school]
    return limit


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
        options = sending(options, market, utility(options, weights), pupils)
        found = fit(options, counts, prior=prior, start=weights)
        weights = found.weights
    return found or fit(options, counts, prior=prior, start=weights)


def _starts(market: Market, names: Sequence[str]) -> tuple[Weights, Weights]:
    usual = max(float(np.median(market.minutes)), 1.0)
    none = np.zeros(market.minutes.shape[1])
    of_minutes = np.array([-2.0 / usual if name == MINUTE else 0.0 for name in names])
    return Weights(np.zeros(len(names)), none, none), Weights(of_minutes, none, none)


def sending(options: Options, market: Market, liking: Floats, pupils: Floats) -> Options:
    """Share the children of every kind out between those offered a school named and those sent.

    Args:
        options: as ``options_of`` sets them out.
        market: who may go where.
        liking: utility of the options, shape of ``options.school``.
        pupils: of each area, of all years, shape (areas,).
    """
    if options.parts is None:
        raise ValueError("options have no parts; set them out with options_of")
    is_open = market.is_open
    can = np.broadcast_to(np.stack([kind.can for kind in market.kinds]), is_open.shape)
    schools = is_open.shape[-1]
    share = refused(
        liking[::2], is_open.reshape(-1, schools), can.reshape(-1, schools), market.named
    )
    whole = options.parts.share.reshape(-1, 2).sum(axis=1)
    of_home = np.repeat(pupils, np.diff(market.starts))[:, None, None]
    sent = market.sent_to(of_home * (whole * share).reshape(is_open.shape[:3]))
    is_option = options.is_option.copy()
    is_option[1::2] = sent.reshape(-1, schools)
    share = np.where(is_option[1::2].any(axis=1), share, 0.0)
    parts = np.stack([whole * (1 - share), whole * share], axis=1)
    return replace(options, is_option=is_option, parts=Parts(options.parts.starts, parts.ravel()))
