"""How many families named schools, and how many they named, as authorities published it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from config.terms import Status
from ingest.planning.offer_history import of_today
from planning.arrays import Bools, Floats, Ints

NAMED: Final = "admissions_preferences"
NAMED_FIRST: Final = "admissions_first_preferences"
MAY_NAME: Final = "offers_preferences"
_COLUMNS: Final = ["measure", "period", "value", "status"]


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is published of the preferences of a phase.

    Attributes:
        phase: primary or secondary.
        urns: of the schools, shape (schools,).
        values: ``measure``, ``period``, ``value`` and ``status`` by ``urn``, each school under
            its URN of today, missing where it has none.
        limits: the same by authority: how many schools a family may name.
    """

    phase: str
    urns: Ints
    values: pd.DataFrame
    limits: pd.DataFrame

    def before(self, academic_year: str) -> "Preferences":
        """Forget what was published of a year and of those after it."""
        return replace(
            self,
            values=self.values[self.values["period"] < academic_year],
            limits=self.limits[self.limits["period"] < academic_year],
        )

    def without(self, schools: Bools) -> "Preferences":
        """Forget what was published of some schools, shape (schools,)."""
        gone = self.values["urn"].isin(self.urns[schools])
        return replace(self, values=self.values[~gone])

    @property
    def named_first(self) -> Floats:
        """How often each school was named first in the newest year, ``NaN`` if not published."""
        rows = self.values[self.values["measure"] == f"{NAMED_FIRST}_{self.phase}"]
        rows = rows[rows["urn"].notna() & (rows["status"] == str(Status.MEASURED))]
        if rows.empty:
            return np.full(len(self.urns), np.nan)
        newest = rows[rows["period"] == rows["period"].max()]
        named = newest.groupby("urn")["value"].sum().reindex(self.urns.tolist())
        return np.asarray(named.to_numpy(np.float64, na_value=np.nan), np.float64)

    @property
    def named(self) -> Floats:
        """Share of families that name one school, two schools and so on.

        Families that may name so many each leave every one out but the first with one and the
        same probability, so that they name as many on average as is published.
        """
        known = assumptions("admissions")
        may = _newest(self.limits, f"{MAY_NAME}_{self.phase}")
        most = round(may.max() if len(may) else known["fewest_preferences"].value)
        named = _newest(self.values, f"{NAMED}_{self.phase}").sum()
        first = _newest(self.values, f"{NAMED_FIRST}_{self.phase}").sum()
        mean = named / first if named and first else known["named"].value
        chance = min(max((mean - 1) / max(most - 1, 1), 0.0), 1.0)
        shares = np.ones(1)
        for _ in range(most - 1):
            shares = np.convolve(shares, [1 - chance, chance])
        return np.asarray(shares, np.float64)


def read_preferences(
    values: pd.DataFrame, limits: pd.DataFrame, succession: pd.DataFrame, phase: str, urns: Ints
) -> Preferences:
    """Read what is published of preferences.

    Args:
        values: rows of ``school_value``.
        limits: rows of ``authority_value``.
        succession: rows of ``school_succession``.
        phase: primary or secondary.
        urns: of the schools of the phase, shape (schools,).
    """
    today = of_today(values["urn"], set(urns.tolist()), succession)
    return Preferences(phase, urns, values[_COLUMNS].assign(urn=today), limits[_COLUMNS])


def _newest(rows: pd.DataFrame, measure: str) -> "pd.Series[float]":
    """Return the values of a measure in its newest period."""
    of = rows[(rows["measure"] == measure) & rows["value"].notna()]
    values: pd.Series[float] = of.loc[of["period"] == of["period"].max(), "value"].astype(float)
    return values
