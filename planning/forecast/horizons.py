"""How far ahead each phase is told of."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from config.assumptions import assumptions
from planning.arrays import Bools, Floats
from planning.forecast.inputs import GROUPS, PHASES
from planning.forecast.results import PARTS


@dataclass(frozen=True, slots=True)
class Horizons:
    """Years ahead of reception to year 6, and of the groups above."""

    primary: int
    secondary: int

    @classmethod
    def of(cls, years: int | None, primary: int | None, secondary: int | None) -> Self:
        """Take what is asked for, and else what the school capacity survey asks for.

        Raises:
            ValueError: fewer years than one.
        """
        usual = assumptions("planning")
        found = cls(
            _first(primary, years, usual["years_primary"].value),
            _first(secondary, years, usual["years_secondary"].value),
        )
        if min(found.primary, found.secondary) < 1:
            raise ValueError("a forecast reaches one year ahead at least")
        return found

    @property
    def most(self) -> int:
        """Years ahead in all."""
        return max(self.primary, self.secondary)

    def told(self, last: Floats) -> Bools:
        """Say what is told of: (units, years ahead, parts).

        A sum over phases is told as far as each phase of the unit is.

        Args:
            last: what is expected in the last year ahead, shape (units, parts).
        """
        ahead = np.arange(1, self.most + 1)
        within = np.zeros((len(last), self.most, len(PARTS)), bool)
        primary, other = ahead <= self.primary, ahead <= self.secondary
        place = len(GROUPS)
        for name, groups in PHASES.items():
            reach = primary if name == "primary" else other
            within[..., groups] = reach[:, np.newaxis]
            within[..., place] = reach
            place += 1
        has_primary = last[:, PARTS.index("primary")] > 0
        has_other = last[:, PARTS.index("all")] > last[:, PARTS.index("primary")]
        within[..., -1] = (primary | ~has_primary[:, np.newaxis]) & (
            other | ~has_other[:, np.newaxis]
        )
        return within


def _first(*values: float | None) -> int:
    return next(int(value) for value in values if value is not None)
