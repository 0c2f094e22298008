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
        parts: where the children of an area differ in more than their kind, such as in the
            street they live in: then a row of the arrays above is a part of an area. Left out:
            every row is an area.
        sent: share of each area's children who are sent to a school whatever they weigh, shape
            (areas, options); the shares of the parts add up to what it leaves. Left out: nobody
            is.
    """

    school: Ints
    is_option: Bools
    attributes: Floats
    journey: Floats
    admits: Bools
    kind_share: Floats
    parts: "Parts | None" = None
    sent: Floats | None = None

    @property
    def schools(self) -> int:
        """How many schools there are in all."""
        return int(self.admits.shape[1])

    @property
    def starts(self) -> Ints:
        """First row of each area, and one past the last row, shape (areas + 1,)."""
        return np.arange(len(self.school) + 1) if self.parts is None else self.parts.starts

    @property
    def part_share(self) -> Floats:
        """Share of each row among the children of its area, shape (rows,)."""
        return np.ones(len(self.school)) if self.parts is None else self.parts.share

    def by_area(self, values: Floats) -> Floats:
        """Add up values of rows, shape (rows, options), weighted by their shares, by area."""
        if self.parts is None:
            return values
        weighted = self.parts.share[:, np.newaxis] * values
        return np.asarray(np.add.reduceat(weighted, self.parts.starts[:-1], axis=0))

    def of_everybody(self, by_kind: Floats) -> Floats:
        """Return the share of each area's children at each option, those who are sent among them.

        Args:
            by_kind: shares of those who choose, by kind of child, shape (kinds, rows, options).
        """
        chosen = self.by_area(np.tensordot(self.kind_share, by_kind, axes=1))
        return chosen if self.sent is None else chosen + self.sent

    def by_row(self, values: Floats) -> Floats:
        """Repeat values of areas for each of their rows."""
        if self.parts is None:
            return values
        return np.repeat(values, np.diff(self.parts.starts), axis=0)

    def take(self, areas: Bools) -> "Options":
        """Return the options of some areas."""
        rows, parts = areas, None
        if self.parts is not None:
            rows = np.repeat(areas, np.diff(self.parts.starts))
            sizes = np.diff(self.parts.starts)[areas]
            parts = Parts(np.concatenate([[0], np.cumsum(sizes)]), self.parts.share[rows])
        return Options(
            self.school[rows],
            self.is_option[rows],
            self.attributes[:, rows],
            self.journey[rows],
            self.admits,
            self.kind_share,
            parts,
            None if self.sent is None else self.sent[areas],
        )


@dataclass(frozen=True, slots=True)
class Parts:
    """Which rows of the options are parts of one area; they name the same schools in one order.

    Attributes:
        starts: first row of each area, and one past the last row, shape (areas + 1,).
        share: of each row among the children of its area, shape (rows,).
    """

    starts: Ints
    share: Floats


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
    """Return how many of an area's children are at each option, shape (areas, options)."""
    return options.of_everybody(shares_by_kind(options, utility(options, weights)))


def shares_by_kind(options: Options, of_utility: Floats) -> Floats:
    """Return the shares among children of each kind, shape (kinds, rows, options)."""
    possible = np.where(options.is_option, of_utility, -np.inf)
    highest = possible.max(axis=1, keepdims=True)
    weight = np.exp(possible - np.where(np.isfinite(highest), highest, 0.0))
    allowed = weight * options.admits[:, options.school]
    total = allowed.sum(axis=2, keepdims=True)
    share: Floats = np.divide(allowed, total, out=np.zeros_like(allowed), where=total > 0)
    return share
