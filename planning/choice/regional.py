"""The choice of a region: fitted to its own counts, or taken from where there were some."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.choice.features import Design, Homes, Journeys, Schools, design
from planning.choice.fit import Counts, Prior, fit
from planning.choice.model import Weights, shares, utility

FITTED: Final = "fitted"
DEFAULT: Final = "default"

BENT: Final = Prior(constant_sd=1.0, slope_sd=0.4)
"""How far schools differ where the pull of a journey may bend; slopes are by the kilometre."""

PLAIN: Final = Prior(constant_sd=1.0, slope_sd=0.004)
"""Where every minute weighs the same, whatever the school."""

MINUTES_A_KM: Final = 12.5
"""What a kilometre takes on foot at 4.8 km/h: puts slopes by the minute and by the kilometre on
one scale. Nothing but the width of the prior hangs on it."""


TENTH: Final = 9
"""Option of a home whose distance tells how far apart schools are, for a search to begin."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Pupils counted between all homes and all schools.

    Attributes:
        pupils: zero where nobody or suppressed, shape (homes, schools).
        is_suppressed: shape (homes, schools).
        at_most: largest that a suppressed count can be; infinite where nothing is known of it,
            shape (homes, schools).
        everybody: pupils of each home before any count was suppressed; ``NaN`` where not known,
            shape (homes,).
        threshold: the largest count that is suppressed, whatever the cell; 0: none is.
        at_least: smallest that a suppressed count can be: 1 where it is told that there is one,
            0 where a table leaves out small counts and nought alike.
    """

    pupils: Floats
    is_suppressed: Bools
    at_most: Floats
    everybody: Floats
    threshold: int = 0
    at_least: int = 0

    def without(self, areas: Bools) -> "Observed":
        """Forget where the children of some areas go, but not how many there are.

        Args:
            areas: that nothing shall be known of, shape (homes,).
        """
        out = areas[:, np.newaxis]
        counted = self.pupils.sum(axis=1)
        told = np.where(np.isnan(self.everybody), counted, self.everybody)
        return replace(
            self,
            pupils=np.where(out, 0.0, self.pupils),
            is_suppressed=self.is_suppressed | out,
            at_most=np.where(out, np.inf, self.at_most),
            everybody=np.where(areas, told, self.everybody),
        )

    def of(self, row: Ints) -> Counts:
        """Return the counts of options, whose schools are ``row``."""
        return Counts(
            pupils=np.take_along_axis(self.pupils, row, axis=1),
            is_suppressed=np.take_along_axis(self.is_suppressed, row, axis=1),
            at_most=np.take_along_axis(self.at_most, row, axis=1),
            everybody=self.everybody,
            at_least=self.at_least,
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """How the children of a region choose.

    Attributes:
        design: what they choose among.
        weights: what they weigh.
        error: standard errors of the attributes' weights, shape (attributes,).
        shares: of each home's children, by option, shape (homes, options).
        basis: ``fitted`` or ``default``.
        is_bent: whether the pull of a journey may bend.
        pupils: that it was fitted to.
    """

    design: Design
    weights: Weights
    error: Floats
    shares: Floats
    basis: str
    is_bent: bool
    pupils: float = 0.0

    def everywhere(self, of_options: Floats) -> Floats:
        """Lay out values of options, shape (homes, options), by school, zero where none."""
        row = self.design.options.school
        wide = np.zeros((len(row), self.design.options.schools))
        np.put_along_axis(wide, row, of_options, axis=1)
        return wide


def prior_of(unit: str, *, is_bent: bool) -> Prior:
    """Return how far schools are expected to differ, in the journey's unit."""
    known = BENT if is_bent else PLAIN
    if unit == "km" or not is_bent:
        return known
    return Prior(known.constant_sd, known.slope_sd / MINUTES_A_KM)


def telling(homes: Homes, schools: Schools, ways: Journeys, *, is_bent: bool) -> Design:
    """Set out the attributes that tell some options apart; no weight can be found of others."""
    everything = design(homes, schools, ways, is_bent=is_bent)
    return design(homes, schools, ways, is_bent=is_bent, only=everything.that_vary)


def start_of(set_out: Design) -> Weights:
    """Return where a search may begin: a journey as long as the usual one to the tenth weighs."""
    options = set_out.options
    attributes, none = np.zeros(len(set_out.names)), np.zeros(options.schools)
    tenth = min(TENTH, options.school.shape[1] - 1)
    attributes[0] = -2.0 / max(float(np.median(options.journey[:, tenth])), 1e-9)
    return Weights(attributes, none, none)


def fitted(
    homes: Homes, schools: Schools, ways: Journeys, seen: Observed, *, is_bent: bool = True
) -> Choice:
    """Fit what children weigh to counts of where they go."""
    set_out = telling(homes, schools, ways, is_bent=is_bent)
    counts = seen.of(set_out.options.school)
    prior = prior_of(ways.unit, is_bent=is_bent)
    found = fit(set_out.options, counts, prior=prior, start=start_of(set_out))
    return Choice(
        set_out,
        found.weights,
        found.error,
        shares(set_out.options, found.weights),
        FITTED,
        is_bent,
        float(seen.pupils.sum()),
    )


def default(
    homes: Homes,
    schools: Schools,
    ways: Journeys,
    weights: Mapping[str, float],
    errors: Mapping[str, float],
) -> Choice:
    """Take the weights of another place; no school has a constant or a slope of its own.

    Args:
        homes: where children live.
        schools: where they may go.
        ways: between them, in the unit that the weights were fitted in.
        weights: by attribute.
        errors: their standard errors.

    Raises:
        KeyError: an attribute has no weight.
    """
    set_out = design(homes, schools, ways)
    none = np.zeros(set_out.options.schools)
    taken = Weights(np.array([weights[name] for name in set_out.names]), none, none)
    error = np.array([errors[name] for name in set_out.names])
    return Choice(set_out, taken, error, shares(set_out.options, taken), DEFAULT, is_bent=True)


def liking(choice: Choice, homes: Homes, schools: Schools, ways: Journeys) -> Floats:
    """Return the utility of schools for other homes of the region, such as its postcodes.

    To draw what families prefer, add a standard Gumbel variable to each, and leave out the
    schools that do not admit the child's sex.

    Returns:
        Shape (homes, schools); minus infinity where a school is not among a home's options.
    """
    names = choice.design.names
    set_out = design(homes, schools, ways, is_bent=choice.is_bent, only=names)
    known = utility(set_out.options, choice.weights)
    wide = np.full((len(homes.x), len(schools.x)), -np.inf)
    np.put_along_axis(wide, set_out.options.school, known, axis=1)
    return wide
