"""How much counts tell about the weights of a choice."""

from itertools import pairwise

import numpy as np
from numba import njit

from planning.arrays import Floats, Ints
from planning.choice.model import Options, Weights, utility


def information(options: Options, by_kind: Floats, pupils: Floats) -> Floats:
    """Return the expected information of multinomial counts about weights.

    Of an area it is the sum, over its options, of its pupils times the outer product of the
    derivative of the option's share, over that share.

    Args:
        options: what was chosen among.
        by_kind: shares by kind of child, shape (kinds, rows, options).
        pupils: of each area, or fewer where less is known of an option, shape (areas, options).

    Returns:
        In the order attributes, constants, slopes: shape (weights, weights).
    """
    attributes = np.ascontiguousarray(options.attributes.transpose(1, 2, 0))
    journey, school = options.journey, options.school
    size = len(options.attributes) + 2 * options.schools
    found = np.zeros((size, size))
    nobody = np.zeros(school.shape[1])
    for area, (first, last) in enumerate(pairwise(options.starts.tolist())):
        if not pupils[area].any():
            continue
        rows = slice(first, last)
        change = _change(
            attributes[rows],
            journey[rows],
            np.ascontiguousarray(by_kind[:, rows]),
            np.multiply.outer(options.kind_share, options.part_share[rows]),
            pupils[area],
            nobody if options.sent is None else options.sent[area],
        )
        at = np.concatenate(
            [
                np.arange(len(options.attributes)),
                len(options.attributes) + school[first],
                len(options.attributes) + options.schools + school[first],
            ]
        )
        _add(found, at, change)
    return found


def errors(options: Options, pull: Floats, known: Floats, inverse: Floats) -> Floats:
    """Return the standard errors of the weights of attributes.

    Children of one area are not independent: the same families come year after year, to the same
    school. So whole areas are taken to be what is drawn at random: of each, how far it pulls the
    weights off (Huber 1967, The behavior of maximum likelihood estimates under nonstandard
    conditions, Proceedings of the Fifth Berkeley Symposium 1; White 1982, Maximum likelihood
    estimation of misspecified models, Econometrica 50; by groups, Liang and Zeger 1986,
    Longitudinal data analysis using generalized linear models, Biometrika 73). What the prior
    lends counts as if it had been told by one more area. No error is said to be smaller than
    that of children who choose independently, so that a few areas alike by chance do not pass
    for certainty.

    Schools are no such groups: a weight that one school alone bears is found by making the sum
    of what pulls at that school nothing, so that it would have no error at all.

    Args:
        options: what was chosen among.
        pull: on the utility of each option, shape (rows, options): how the log-likelihood grows
            with it.
        known: what the prior lends to each weight, shape (weights,).
        inverse: of the information: rows of the attributes, shape (attributes, weights).

    Returns:
        Shape (attributes,).
    """
    alone = np.diag(inverse[:, : len(inverse)])
    areas = len(options.starts) - 1
    if areas == 1:
        return np.asarray(np.sqrt(alone))
    drawn = np.stack([_of_areas(options, pull, each) for each in inverse])
    spread = areas / (areas - 1) * (drawn**2).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(spread + (inverse**2 * known).sum(axis=1), alone)))


def _of_areas(options: Options, pull: Floats, direction: Floats) -> Floats:
    """Return how far each area pulls along a direction of the weights, shape (areas,)."""
    along = Weights.of(direction, len(options.attributes), options.schools)
    of_rows = (pull * utility(options, along)).sum(axis=1)
    return np.asarray(np.add.reduceat(of_rows, options.starts[:-1]))


@njit(cache=True, nogil=True)
def _add(found: Floats, at: Ints, change: Floats) -> None:
    """Add the sum of the outer products of the rows of an area.

    Written out, since a library for matrices shares products as small as these out among threads
    and takes twenty times as long where something else runs beside it.
    """
    options, size = change.shape
    told = np.zeros((size, size))
    whole = options - options % 4
    for one in range(size):
        for option in range(0, whole, 4):  # four at a time: twice as fast as one by one
            part0, part1 = change[option, one], change[option + 1, one]
            part2, part3 = change[option + 2, one], change[option + 3, one]
            for two in range(one, size):
                told[one, two] += (
                    part0 * change[option, two]
                    + part1 * change[option + 1, two]
                    + part2 * change[option + 2, two]
                    + part3 * change[option + 3, two]
                )
        for option in range(whole, options):
            part0 = change[option, one]
            for two in range(one, size):
                told[one, two] += part0 * change[option, two]
    for one in range(size):
        found[at[one], at[one]] += told[one, one]
        for two in range(one + 1, size):
            found[at[one], at[two]] += told[one, two]
            found[at[two], at[one]] += told[one, two]


@njit(cache=True, nogil=True)
def _change(
    attributes: Floats,
    journey: Floats,
    by_kind: Floats,
    weight: Floats,
    pupils: Floats,
    sent: Floats,
) -> Floats:
    """Return how the shares of an area change with each weight, by root of pupils over share."""
    _, width, own = attributes.shape
    change, share = np.zeros((width, own + 2 * width)), sent.copy()
    for kind in range(weight.shape[0]):
        for row in range(weight.shape[1]):
            _add_change(
                change, share, attributes[row], journey[row], by_kind[kind, row], weight[kind, row]
            )
    for option in range(width):
        if share[option] > 0:
            change[option] *= np.sqrt(pupils[option] / share[option])
    return change


@njit(cache=True, nogil=True)
def _add_change(
    change: Floats,
    share: Floats,
    attributes: Floats,
    journey: Floats,
    chosen: Floats,
    weight: float,
) -> None:
    """Add how the shares of one row and kind change with each weight."""
    width, own = attributes.shape
    mean = np.zeros(own)
    for option in range(width):
        for each in range(own):
            mean[each] += chosen[option] * attributes[option, each]
    for option in range(width):
        part = weight * chosen[option]
        if part == 0.0:
            continue
        share[option] += part
        for each in range(own):
            change[option, each] += part * (attributes[option, each] - mean[each])
        for other in range(width):
            change[option, own + other] -= part * chosen[other]
            change[option, own + width + other] -= part * chosen[other] * journey[other]
        change[option, own + option] += part
        change[option, own + width + option] += part * journey[option]
