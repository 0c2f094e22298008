"""The choice of schools of a region, with its tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from config.tables import assumption_table
from ingest.issues import IssueLog
from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.choice_habit import LINKED, WEIGHED, Habit, read_habit
from ingest.planning.choice_minutes import quickest_minutes
from ingest.planning.choice_preferred import Preferred, find_preferred
from ingest.planning.choice_reading import ChoiceInputs, ChoiceTables, read_choice
from planning.arrays import Bools, Floats
from planning.choice.blocks import (
    Judged,
    fitted_gravity,
    folds_of,
    gravity_shares,
    judged,
    left_out_shares,
    nearest_shares,
)
from planning.choice.features import (
    MINUTE,
    Homes,
    Journeys,
    journeys,
    journeys_both,
    straight_km,
    with_also,
    without_also,
)
from planning.choice.regional import DEFAULT, FITTED, MINUTES_A_KM, Choice, default, fitted, liking
from travel.matrix import Matrix

DEFAULT_TABLE: Final = "choice_default"
FEWEST_PUPILS: Final = 500
"""With fewer counted, the default says more than a fit."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Who chooses what in a region, for one phase.

    Attributes:
        inputs: homes, schools and counts.
        ways: between them.
        choice: options, weights with standard errors, shares, and on what they rest.
        accuracy: of the choice and of what is simpler, on areas left out of the fit; none where
            nobody counted.
        habit: what is known of the schools that children come from; ``None`` where nothing is.
        preferred: what families weigh before full schools turn some away; ``None`` where too
            little of admissions is published, and the choice stands in.
    """

    inputs: ChoiceInputs
    ways: Journeys
    choice: Choice
    accuracy: tuple[Judged, ...]
    habit: Habit | None = None
    preferred: Preferred | None = None

    @property
    def basis(self) -> str:
        """``fitted`` to the region's own counts, or ``default``."""
        return self.choice.basis

    @property
    def weight_of_habit(self) -> float:
        """What a child weighs a school that its own leads to; nothing where nobody can tell."""
        names, weights = self.choice.design.names, self.choice.weights.attributes
        return float(weights[names.index(LINKED)]) if LINKED in names else 0.0

    def without(self, areas: Bools) -> "Fitted":
        """Fit again as if nobody had counted the children of some areas, shape (areas,).

        A default is the same wherever children were counted.
        """
        inputs = self.inputs
        if self.basis == DEFAULT or inputs.seen is None:
            return self
        seen, ways = inputs.seen.without(areas), self.ways
        if self.habit is not None:
            ways = self.habit.weighed(inputs, without_also(ways, LINKED), seen)
        choice = fitted(inputs.homes, inputs.schools, ways, seen)
        known = replace(inputs, seen=seen)
        preferred = self.preferred and self.preferred.without(areas)
        return replace(
            self, inputs=known, ways=ways, choice=choice, accuracy=(), preferred=preferred
        )

    def liking(self, postcodes: pd.DataFrame, minutes: Floats | None = None) -> Floats:
        """Return the utility of every school for the families of postcodes, but for chance.

        Args:
            postcodes: rows of ``postcode``.
            minutes: from them to the schools, as ``quickest_minutes`` has them.

        Returns:
            Shape (postcodes, schools); minus infinity where a school is not an option.
        """
        if self.preferred is not None:
            plain = self.preferred.liking(self.inputs, postcodes, minutes)
            return plain + self._of_habit(postcodes)
        homes = self.inputs.homes_at(postcodes)
        ways = self._ways(homes, minutes)
        if LINKED in self.choice.design.names:
            ways = with_also(ways, LINKED, self._linked(postcodes))
        return liking(self.choice, homes, self.inputs.schools, ways)

    def _of_habit(self, postcodes: pd.DataFrame) -> Floats | float:
        """Return what habit adds to liking, weighed as where children are tells it."""
        if LINKED not in self.choice.design.names:
            return 0.0
        return self.weight_of_habit * self._linked(postcodes)

    def _linked(self, postcodes: pd.DataFrame) -> Floats:
        """Return for each postcode what is known of its small area; nothing of areas not here."""
        area = pd.Index(self.inputs.codes).get_indexer(pd.Index(postcodes["lsoa21"]))
        return np.where(area[:, np.newaxis] >= 0, self.ways.also[LINKED][area], 0.0)

    def _ways(self, homes: Homes, minutes: Floats | None) -> Journeys:
        schools = self.inputs.schools
        if MINUTE not in self.choice.design.names:
            return journeys(homes, schools)
        ways = journeys_both(homes, schools, minutes)
        if MINUTE in ways.also:
            return ways
        return with_also(ways, MINUTE, ways.far * MINUTES_A_KM)


def fit_region(
    tables: ChoiceTables,
    phase: str,
    *,
    matrices: Mapping[str, Matrix],
    issues: IssueLog,
    admissions: AdmissionTables | None = None,
) -> Fitted:
    """Fit the choice of schools to a region's own counts; without any, take the default.

    Args:
        tables: of the build.
        phase: ``primary`` or ``secondary``.
        matrices: times from all homes to all schools, by mode; straight lines stand in for what
            they lack.
        issues: takes what is odd.
        admissions: tables that tell how far schools' places went in the years in which the pupils
            counted were admitted; left out: nothing is known of it.
    """
    inputs = read_choice(tables, phase, issues)
    homes, schools, seen = inputs.homes, inputs.schools, inputs.seen
    habit = read_habit(tables, inputs, lambda earlier: _modelled(earlier, matrices), issues)
    if seen is None or seen.pupils.sum() < FEWEST_PUPILS:
        if habit is not None:
            says = "too few pupils were counted to tell how much families weigh it; left out"
            issues.note(WEIGHED, phase, says)
        return Fitted(inputs, journeys(homes, schools), _default(inputs), (), habit)
    plain = _ways_of(inputs, matrices)
    preferred = None
    if admissions is not None:
        preferred = find_preferred(inputs, tables, admissions, matrices)
    if habit is None:
        choice, accuracy = fitted(homes, schools, plain, seen), _judged(inputs, plain)
        return Fitted(inputs, plain, choice, accuracy, preferred=preferred)
    ways, fold = habit.weighed(inputs, plain, seen), folds_of(homes)
    unseen = habit.unseen(inputs, plain, seen, fold) if np.ptp(fold) else None
    choice = fitted(homes, schools, ways, seen)
    return Fitted(inputs, ways, choice, _judged(inputs, ways, unseen), habit, preferred)


def _ways_of(inputs: ChoiceInputs, matrices: Mapping[str, Matrix]) -> Journeys:
    minutes = quickest_minutes(matrices, inputs.codes, inputs.urns)
    return journeys_both(inputs.homes, inputs.schools, minutes)


def _modelled(inputs: ChoiceInputs, matrices: Mapping[str, Matrix]) -> Floats:
    """Return the shares of a choice without habit, fitted where enough pupils were counted."""
    homes, schools, seen = inputs.homes, inputs.schools, inputs.seen
    if seen is None or seen.pupils.sum() < FEWEST_PUPILS:
        choice = _default(inputs)
    else:
        choice = fitted(homes, schools, _ways_of(inputs, matrices), seen)
    return choice.everywhere(choice.shares)


def default_weights(phase: str) -> tuple[dict[str, float], dict[str, float]]:
    """Return the published weights of a phase, and their standard errors, by attribute."""
    rows = assumption_table(DEFAULT_TABLE).rows
    weights = {name: row[phase] for name, row in rows.items()}
    return weights, {name: row[f"{phase}_error"] for name, row in rows.items()}


def _default(inputs: ChoiceInputs) -> Choice:
    ways = journeys(inputs.homes, inputs.schools)
    return default(inputs.homes, inputs.schools, ways, *default_weights(inputs.phase))


def _judged(
    inputs: ChoiceInputs, ways: Journeys, unseen: Journeys | None = None
) -> tuple[Judged, ...]:
    """Judge the fit, the default and two simpler methods on areas left out.

    Where all areas lie in one square, there are none to leave out.
    """
    homes, schools, seen = inputs.homes, inputs.schools, inputs.seen
    fold = folds_of(homes)
    if seen is None or np.ptp(fold) == 0:
        return ()
    km = straight_km(homes, schools)
    plain = np.zeros(km.shape)
    for each in np.unique(fold):
        rest = seen.pupils[fold != each]
        decay = fitted_gravity(km[fold != each], rest)
        plain[fold == each] = gravity_shares(km[fold == each], rest.sum(axis=0), decay)
    usual = _default(inputs)
    left_out = left_out_shares(homes, schools, ways, seen, fold=fold, unseen=unseen)
    return (
        judged(FITTED, left_out, seen),
        judged(DEFAULT, usual.everywhere(usual.shares), seen),
        judged("gravity", plain, seen),
        judged("nearest", nearest_shares(km), seen),
    )
