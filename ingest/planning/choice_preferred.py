"""What families prefer, where admissions are published: the fit that drawn years rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.choice_kinds import faith_shares
from ingest.planning.choice_market import Rationed, read_rationed
from ingest.planning.choice_reading import ChoiceInputs, ChoiceTables
from planning.arrays import Bools, Floats
from planning.choice.features import journeys
from planning.choice.fit import Fit, Prior
from planning.choice.model import Weights
from planning.choice.rationing import fit_rationed
from planning.choice.regional import MINUTES_A_KM
from planning.choice.weighing import weighed
from travel.matrix import Matrix

ALIKE: Final = Prior(constant_sd=1.0, slope_sd=1e-3)
"""Schools differ by a constant, their popularity, and none draws from further off by itself."""

ROUNDS: Final = 3
"""Of finding who is refused, and what is weighed; one is enough from weights nearly right."""

_START: Final = {"minute": -0.1, "later_minute": -0.1, "ride_km": -0.5, "km": -0.5}
"""Where the search begins: a journey that puts off."""


@dataclass(frozen=True, slots=True)
class Preferred:
    """What families weigh, found from where children are and whom full schools turned away.

    Attributes:
        rationed: what it was fitted to.
        fit: weights, with their standard errors.
    """

    rationed: Rationed
    fit: Fit

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the attributes."""
        return tuple(self.rationed.attributes)

    def without(self, areas: Bools) -> "Preferred":
        """Fit again as if nobody had counted the children of some areas, shape (areas,)."""
        return _fitted(self.rationed.without(areas), self.fit.weights, rounds=1)

    def liking(
        self, inputs: ChoiceInputs, postcodes: pd.DataFrame, minutes: Floats | None
    ) -> Floats:
        """Return the utility of every school for the families of postcodes, but for chance.

        Families of a faith like its schools more than others do: the mean of their weights, by
        how many of them there are, is what an average family feels.

        Returns:
            Shape (postcodes, schools); minus infinity where a school is not entered here.
        """
        columns, faith = self.rationed.columns, self.rationed.faith
        here, schools = inputs.homes_at(postcodes), inputs.schools.take(columns)
        ways = journeys(here, schools, None if minutes is None else minutes[:, columns])
        if "minute" in self.names and ways.unit != "minute":
            ways = replace(ways, far=ways.far * MINUTES_A_KM, unit="minute")
        own = self.rationed.own_faith
        numbers, first = np.unique(faith, return_index=True)
        share = faith_shares(inputs.phase, len(numbers) - 1)
        told = weighed(here, schools, ways, own[first])
        weights = zip(self.names, self.fit.weights.attributes, strict=True)
        parts = np.broadcast_arrays(*(weight * told[name] for name, weight in weights))
        of_pairs = np.sum(parts, axis=0)
        mean = np.log((np.exp(of_pairs[:, 0]) * share[:, np.newaxis]).sum(axis=1))
        wide = np.full((len(postcodes), len(inputs.urns)), -np.inf)
        wide[:, columns] = mean + self.fit.weights.constant
        return wide


def find_preferred(
    inputs: ChoiceInputs,
    choice: ChoiceTables,
    admissions: AdmissionTables,
    matrices: Mapping[str, Matrix],
) -> Preferred | None:
    """Fit what families prefer; ``None`` where too little of admissions is published.

    Args:
        inputs: homes, schools and counts of a phase.
        choice: tables that they were read from.
        admissions: tables of admissions.
        matrices: times from homes to schools, by mode.
    """
    rationed = read_rationed(inputs, choice, admissions, matrices)
    if rationed is None:
        return None
    none = np.zeros(len(rationed.columns))
    begin = np.array([_START.get(name, 0.0) for name in rationed.attributes])
    return _fitted(rationed, Weights(begin, none, none))


def _fitted(rationed: Rationed, start: Weights, *, rounds: int = ROUNDS) -> Preferred:
    found = fit_rationed(
        rationed.market,
        rationed.attributes,
        rationed.counts,
        prior=ALIKE,
        rounds=rounds,
        start=start,
    )
    return Preferred(rationed, found)
