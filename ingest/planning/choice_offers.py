"""How far the places of each school went, year by year, as far as it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.choice_reading import ChoiceInputs
from ingest.planning.offer_history import ENTRY, History, rows_of_today
from planning.arrays import Bools, Floats, Ints
from planning.choice.chance import Outcome
from planning.choice.criteria import Order
from planning.choice.ordering import ORDERS, Admitting

OFFERED: Final = "admissions_preferred_offers_{}"
"""Measure of a phase: children offered a place at a school that they named."""

BY_TEST: Final = -1.0
"""Last distance of a school that goes by a test: no home is near enough by distance alone."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What was published of offers, ``NaN`` where not; all of shape (years, schools).

    Attributes:
        places: admission numbers.
        named: places offered to children who named the school.
        metres: last distance, infinite where all were offered a place.
    """

    places: Floats
    named: Floats
    metres: Floats

    @classmethod
    def of(
        cls,
        inputs: ChoiceInputs,
        tables: AdmissionTables,
        history: History,
        years: Sequence[str],
        succession: pd.DataFrame,
    ) -> "Offers":
        """Read what was published of some years of entry into a phase."""
        group, in_use = ENTRY[inputs.phase], set(inputs.urns.tolist())
        told = history.years[history.years["year_group"] == group]
        metres = np.where(told["outcome"] == str(Outcome.ALL), np.inf, told["metres"])
        numbers = rows_of_today(tables.numbers, in_use, succession)
        numbers = numbers[numbers["year_group"].astype(str) == group]
        values = rows_of_today(tables.school_values, in_use, succession)
        values = values[values["measure"] == OFFERED.format(inputs.phase)]

        def by_year(rows: pd.DataFrame, year: str, column: str) -> Floats:
            wide = rows.pivot_table(index=year, columns="urn", values=column, aggfunc="last")
            found = wide.reindex(index=list(years), columns=inputs.urns.tolist())
            return np.asarray(found.to_numpy(np.float64, na_value=np.nan), np.float64)

        return cls(
            _filled(by_year(numbers.astype({"places": "float64"}), "academic_year", "places")),
            by_year(values.astype({"value": "float64"}), "period", "value"),
            by_year(told.assign(metres=metres), "academic_year", "metres"),
        )

    @property
    def sizes(self) -> Floats:
        """Return how large the cohort of each year is, one being the mean, shape (years,)."""
        offered = np.nansum(self.named, axis=1)
        return np.asarray(offered / offered.mean() if offered.all() else np.ones(len(offered)))

    def limits(self, admitting: Admitting) -> tuple[Floats, Floats, Bools]:
        """Return last distances, ``NaN`` where full but not told; places left; what is known."""
        is_full = self.named >= self.places
        cut_off = np.where(np.isnan(self.metres) & ~is_full, np.inf, self.metres)
        order = _order_of_others(admitting)
        cut_off[:, order == ORDERS.index(Order.LOT)] = np.inf
        by_test = order == ORDERS.index(Order.SCORE)
        cut_off[:, by_test] = BY_TEST
        left = np.nan_to_num(np.maximum(self.places - self.named, 0.0))
        left[:, by_test] = 0.0
        is_known = ~np.isnan(self.metres) | ~(np.isnan(self.named) | np.isnan(self.places))
        return cut_off, np.where(np.isinf(cut_off), left, 0.0), np.asarray(is_known)


def _filled(places: Floats) -> Floats:
    """Take the admission number of the nearest year that tells it, the later first."""
    later = pd.DataFrame(places).bfill().ffill()
    return np.asarray(later.to_numpy(np.float64), np.float64)


def _order_of_others(admitting: Admitting) -> Ints:
    """Return who goes first among children without any priority, by school."""
    plain = np.argmax(admitting.needs == 0, axis=1)
    return np.asarray(admitting.order[np.arange(len(plain)), plain])
