"""The choice of a school as a conditional logit, with children of several kinds.

The utility of a school for a child who lives in an area is a sum of weights times attributes of the
pair, a constant of the school (how popular it is beyond what is measured) and a slope of its own
for the journey (how far it draws). Kinds of children differ in the schools that admit them: girls,
and boys. McFadden (1974), Conditional logit analysis of qualitative choice behavior, in Zarembka
(ed.), Frontiers in Econometrics; with kinds not told apart in the counts, a finite mixture.
"""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Options:
    """The schools that the children of each area choose among.

    Attributes:
        school: row of the schools, shape (areas, options); an area with fewer options repeats
            one, and ``is_option`` says so.
        is_option: shape (areas, options).
        attributes: of each pair, shape (attributes, areas, options).
        journey: what a school's own slope is multiplied with, shape (areas, options).
        admits: which schools admit each kind of child, shape (kinds, schools).
        kind_share: how many of the children are of each kind, adding up to one, shape (kinds,).
    """

    school: Ints
    is_option: Bools
    attributes: Floats
    journey: Floats
    admits: Bools
    kind_share: Floats

    @property
    def schools(self) -> int:
        """How many schools there are in all."""
        return int(self.admits.shape[1])

    def take(self, areas: Ints | Bools) -> "Options":
        """Return the options of some areas."""
        return Options(
            self.school[areas],
            self.is_option[areas],
            self.attributes[:, areas],
            self.journey[areas],
            self.admits,
            self.kind_share,
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """What children weigh.

    Attributes:
        attributes: one weight each, shape (attributes,).
        constant: of each school, shape (schools,).
        slope: what a school's own differs from the common one, shape (schools,).
    """

    attributes: Floats
    constant: Floats
    slope: Floats

    @classmethod
    def of(cls, flat: Floats, attributes: int, schools: int) -> "Weights":
        """Part a flat array into weights; the other way round from ``flat``."""
        ends = [attributes, attributes + schools]
        return cls(flat[: ends[0]], flat[ends[0] : ends[1]], flat[ends[1] :])

    def flat(self) -> Floats:
        """Lay all out in one array."""
        return np.concatenate([self.attributes, self.constant, self.slope])


def utility(options: Options, weights: Weights) -> Floats:
    """Return the utility of each option but for chance, shape (areas, options)."""
    common = np.tensordot(weights.attributes, options.attributes, axes=1)
    own = weights.constant[options.school] + weights.slope[options.school] * options.journey
    return np.asarray(common + own)


def shares(options: Options, weights: Weights) -> Floats:
    """Return how many of an area's children choose each option, shape (areas, options)."""
    by_kind = shares_by_kind(options, utility(options, weights))
    return np.asarray(np.tensordot(options.kind_share, by_kind, axes=1))


def shares_by_kind(options: Options, of_utility: Floats) -> Floats:
    """Return the shares among children of each kind, shape (kinds, areas, options)."""
    highest = of_utility.max(axis=1, keepdims=True)
    weight = np.exp(of_utility - highest) * options.is_option
    allowed = weight * options.admits[:, options.school]
    total = allowed.sum(axis=2, keepdims=True)
    share: Floats = np.divide(allowed, total, out=np.zeros_like(allowed), where=total > 0)
    return share
