"""Who may go where: schools that admit by distance, up to their places, and those they refuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints

_MOST_TURNS: Final = 100
"""Of sending children on whom a school has no place for."""


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
            school were offered one, negative where distance gets nobody in, ``NaN`` where the
            school was full and it is not known, shape (years, schools).
        left: places of each school for children whom all that they named refused: those that
            nobody who named it took, none where it refused some, shape (years, schools).
        minutes: from homes to schools, shape (homes, schools).
        kinds: of children.
        named: share of families that name one school, two schools and so on.
        places: offered to children who named the school; needed where a last distance is not
            known, shape (years, schools).
        part: share of the children counted who were admitted in these years; by year, by how
            much more or fewer there are, shape (years,).
        found: last distances with those that were not known, shape as ``cut_off``; until they are
            found, such a school is taken to have had a place for everybody.
    """

    starts: Ints
    metres: Floats
    cut_off: Floats
    left: Floats
    minutes: Floats
    kinds: Sequence[Kind]
    named: Floats
    places: Floats | None = None
    part: float | Floats = 1.0
    found: Floats | None = None

    @property
    def is_open(self) -> Bools:
        """Which schools would admit, shape (homes, years, kinds, schools)."""
        last = self.cut_off if self.found is None else self.found
        last = np.where(np.isnan(last), np.inf, last)
        near = self.metres[:, None, None] <= last[None, :, None]
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
