"""The numbers behind the made-up people: what ``truth.json`` tells and a forecast must find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

PARTS: Final = ("city", "shire", "fringe")
"""The three kinds of land of a county; their order is the one of every array by part."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a family weighs when it ranks schools.

    All are in the unit of the random part of the utility, a standard Gumbel variable.

    Attributes:
        minute: a minute of the journey from home to the gate.
        popularity: a standard deviation of popularity.
        own_faith: the school is of the family's faith.
        other_faith: the school is of a faith that is not the family's.
        midway: the year group is not one in which the school usually admits.
        linked: the school is the one that the child's last school leads to.
        independent: the school charges fees, for a family of average affluence.
        affluence: what a standard deviation of affluence adds to a school that charges fees.
        selective: the school selects by a test, which the child passed.
        single_sex: the school takes only girls, or only boys, and the child is one.
        college: the school is a sixth-form college.
        preferences: how many families in a hundred name one school, two schools and so on.
    """

    minute: float
    popularity: float
    own_faith: float
    other_faith: float
    midway: float
    linked: float
    independent: float
    affluence: float
    selective: float
    single_sex: float
    college: float
    preferences: tuple[int, ...]


PRIMARY: Final = Weights(
    minute=-0.3,
    popularity=0.45,
    own_faith=1.8,
    other_faith=-0.7,
    midway=-3.0,
    linked=3.0,
    independent=0.3,
    affluence=1.1,
    selective=0.0,
    single_sex=0.0,
    college=0.0,
    preferences=(24, 22, 54),
)
SECONDARY: Final = Weights(
    minute=-0.14,
    popularity=0.7,
    own_faith=2.0,
    other_faith=-0.6,
    midway=-4.0,
    linked=2.0,
    independent=-0.6,
    affluence=1.1,
    selective=1.3,
    single_sex=-0.1,
    college=0.0,
    preferences=(28, 20, 24, 12, 8, 8),
)
SIXTH_FORM: Final = Weights(
    minute=-0.045,
    popularity=0.4,
    own_faith=0.8,
    other_faith=-0.2,
    midway=0.0,
    linked=1.0,
    independent=-2.2,
    affluence=1.0,
    selective=1.0,
    single_sex=-0.1,
    college=2.2,
    preferences=(40, 30, 30),
)


@dataclass(frozen=True, slots=True)
class Journeys:
    """How the minutes of a journey are reckoned: on foot, or by bus where that is quicker.

    Attributes:
        bus_wait_minutes: to the stop, waiting, and from the stop.
        bus_km_h: speed of the bus along its road.
        detour_ratio: length of the road over the straight line.
        walking_m_per_minute: turns minutes on foot into metres along the street.
    """

    bus_wait_minutes: float = 12.0
    bus_km_h: float = 19.0
    detour_ratio: float = 1.3
    walking_m_per_minute: float = 80.0


def _survival() -> dict[str, tuple[float, ...]]:
    city = (0.976, 0.978, 0.981, 0.984, 0.984)
    shire = (1.014, 1.013, 1.011, 1.009, 1.006)
    fringe = (1.004, 1.004, 1.003, 1.002, 1.002)
    return {
        "city": (*city, *(0.989, 0.991, 0.992, 0.993, 0.994, 0.995), *(0.996,) * 5, 1.0, 1.0),
        "shire": (*shire, *(1.007, 1.006, 1.006, 1.005, 1.005, 1.004), *(1.003,) * 5, 1.0, 1.0),
        "fringe": (*fringe, *(1.002,) * 6, *(1.0,) * 5, 1.0, 1.0),
    }


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that was chosen and not drawn.

    Attributes:
        primary: what families weigh for reception to year 6.
        secondary: what they weigh for years 7 to 11.
        sixth_form: what they weigh for years 12 and 13.
        journeys: how minutes are reckoned.
        popularity_memory: correlation of a school's popularity from one year to the next.
        survival: by part, the expected ratio of residents of a cohort in one year to those in
            the year before, from age 0 to 1 on to year 13: 18 ratios, the sixth is into year 1.
        survival_sd: of the ratio of one year, part and year group, around that.
        leaves: share of the children of a part who move out of the county in a year.
        switches: share of pupils who look for another school in a year without having to.
        at_home: share of children never educated at a school.
        children_per_new_home: by age from 0, how many come with a home just built.
        special: by year group, share of pupils of mainstream schools who move to a special school.
        special_minute: what a minute of the journey weighs when a special school is named.
        special_growth: what that share grows by in a year, from 2015 on.
        alternative: share of pupils of years 8 to 11 who move to alternative provision.
        stays_on: share who go on to year 12 in a family of average affluence.
        stays_on_slope: what a standard deviation of affluence adds to it.
        stays_put: share of them who stay where they are if it has a sixth form.
        stays_on_independent: share of an independent school's pupils who go on there.
        stays_on_special: share of a special school's pupils who go on there.
        year_13: share of year 12 who go on to year 13.
        nursery: share of children who ask for a place in a school's nursery class.
        pass_score: score, in standard deviations, that a selective school asks for.
        boys: share of births.
    """

    primary: Weights = PRIMARY
    secondary: Weights = SECONDARY
    sixth_form: Weights = SIXTH_FORM
    journeys: Journeys = Journeys()
    popularity_memory: float = 0.985
    survival: Mapping[str, tuple[float, ...]] = field(default_factory=_survival)
    survival_sd: float = 0.004
    leaves: Mapping[str, float] = field(
        default_factory=lambda: {"city": 0.032, "shire": 0.024, "fringe": 0.026}
    )
    switches: float = 0.012
    at_home: float = 0.008
    children_per_new_home: tuple[float, ...] = (
        *(0.095, 0.09, 0.08, 0.075, 0.07, 0.062, 0.056, 0.05, 0.045, 0.041),
        *(0.037, 0.034, 0.032, 0.03, 0.027, 0.025, 0.02, 0.017, 0.014),
    )
    special: tuple[float, ...] = (
        *(0.006, 0.0014, 0.0014, 0.0014, 0.0012, 0.0012, 0.0012),
        *(0.004, 0.001, 0.001, 0.0008, 0.0004, 0.0, 0.0),
    )
    special_minute: float = -0.04
    special_growth: float = 0.04
    alternative: float = 0.0022
    stays_on: float = 0.64
    stays_on_slope: float = 0.07
    stays_put: float = 0.8
    stays_on_independent: float = 0.93
    stays_on_special: float = 0.75
    year_13: float = 0.9
    nursery: float = 0.42
    pass_score: float = 0.75
    boys: float = 0.512

    def weights(self, year_group: int) -> Weights:
        """Return what families weigh for a year group."""
        if year_group <= 6:  # noqa: PLR2004
            return self.primary
        return self.secondary if year_group <= 11 else self.sixth_form  # noqa: PLR2004
