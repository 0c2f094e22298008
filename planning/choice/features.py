"""What families weigh of a school, from where they live: the design of the choice model."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints
from planning.choice.model import Options

NEAREST: Final = 60
"""Schools that the children of an area choose among, unless somebody says otherwise."""

GIRLS: Final = 0
BOYS: Final = 1
"""Rows of ``Options.admits``: the kinds of children."""

MINUTE: Final = "minute"
"""Name of the attribute that minutes are, and of their unit."""

_NEAR: Final = {"km": 0.3, "minute": 4.0}
"""Keeps the logarithm of a journey finite at the gate: some minutes' walk."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Where children live: small areas, or postcodes.

    Attributes:
        x: eastings, shape (homes,).
        y: northings, shape (homes,).
        authority: any number that tells authorities apart, shape (homes,).
    """

    x: Floats
    y: Floats
    authority: Ints


@dataclass(frozen=True, slots=True)
class Schools:
    """What can be seen of schools, one value each.

    Attributes:
        x: eastings, shape (schools,).
        y: northings, shape (schools,).
        authority: numbered as those of homes, shape (schools,).
        is_faith: has a religious character, shape (schools,).
        is_selective: chooses by a test, shape (schools,).
        admits: girls, and boys, shape (2, schools).
        places: in all year groups of the phase; ``NaN`` where not known, shape (schools,).
        usual_places: what is taken where they are not known; ``NaN``: the mean of those known.
    """

    x: Floats
    y: Floats
    authority: Ints
    is_faith: Bools
    is_selective: Bools
    admits: Bools
    places: Floats
    usual_places: float = np.nan

    def take(self, rows: Ints) -> "Schools":
        """Return some of the schools."""
        return Schools(
            self.x[rows],
            self.y[rows],
            self.authority[rows],
            self.is_faith[rows],
            self.is_selective[rows],
            self.admits[:, rows],
            self.places[rows],
        )

    @property
    def is_single_sex(self) -> Bools:
        """Whether it takes only girls, or only boys, shape (schools,)."""
        return np.asarray(self.admits.sum(axis=0) == 1)


@dataclass(frozen=True, slots=True)
class Journeys:
    """How far each home is from each school.

    Attributes:
        far: in ``unit``, shape (homes, schools).
        is_straight: only a straight line stood in for it, shape (homes, schools).
        unit: ``minute`` or ``km``.
        also: more that is known of pairs, such as the share of an area's children whose school
            is linked to it; by name, each of shape (homes, schools).
    """

    far: Floats
    is_straight: Bools
    unit: str = "km"
    also: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Design:
    """What the choice is fitted to.

    Attributes:
        options: the schools of each home and their attributes.
        names: of the attributes, in their order.
        far: journey to each option, in minutes where they are among the attributes, else as the
            journeys are; shape (homes, options).
        is_straight: shape (homes, options).
    """

    options: Options
    names: tuple[str, ...]
    far: Floats
    is_straight: Bools

    @property
    def that_vary(self) -> tuple[str, ...]:
        """Names of the attributes that tell the options of some home apart."""
        spread = np.ptp(self.options.attributes, axis=2).max(axis=1)
        return tuple(name for name, each in zip(self.names, spread, strict=True) if each > 0)


def straight_km(homes: Homes, schools: Schools) -> Floats:
    """Return kilometres in a straight line, shape (homes, schools)."""
    metres = np.hypot(homes.x[:, None] - schools.x, homes.y[:, None] - schools.y)
    return np.asarray(metres / 1000)


def journeys(homes: Homes, schools: Schools, minutes: Floats | None = None) -> Journeys:
    """Take minutes where they are known; elsewhere a straight line stands in.

    Where some pairs have minutes and others have none, those of the others are what a line
    through the known ones says of their kilometres; not less than the longest known where both
    ends are in the network, for such a pair was looked for and lies beyond what was searched.
    Where none has, all are in kilometres.

    Args:
        homes: where children live.
        schools: where they may go.
        minutes: ``NaN`` where not known, shape (homes, schools).
    """
    km = straight_km(homes, schools)
    if minutes is None or not np.isfinite(minutes).any():
        return Journeys(km, np.ones(km.shape, np.bool_))
    is_known = np.isfinite(minutes)
    slope, start = _line(km[is_known], minutes[is_known])
    is_searched = is_known.any(axis=1, keepdims=True) & is_known.any(axis=0)
    least = np.where(is_searched, minutes[is_known].max(), 0.0)
    guessed = np.maximum(start + slope * km, least)
    return Journeys(np.where(is_known, minutes, guessed), ~is_known, MINUTE)


def journeys_both(homes: Homes, schools: Schools, minutes: Floats | None) -> Journeys:
    """Take kilometres in a straight line, and minutes beside them.

    Families weigh the time that a journey takes, and full schools admit by the distance: counts
    of where children are tell of both.

    Args:
        homes: where children live.
        schools: where they may go.
        minutes: ``NaN`` where not known, shape (homes, schools); ``None`` where there are none.
    """
    straight = journeys(homes, schools)
    timed = journeys(homes, schools, minutes)
    if timed.unit == "km":
        return straight
    return Journeys(straight.far, timed.is_straight, "km", {MINUTE: timed.far})


def _line(km: Floats, minutes: Floats) -> tuple[float, float]:
    """Return what a kilometre takes, and what every way takes besides."""
    spread = float(np.var(km))
    slope = float(np.cov(km, minutes, bias=True)[0, 1]) / spread if spread > 0 else 0.0
    if slope <= 0:
        return float(minutes.sum() / max(km.sum(), 1e-9)), 0.0
    return slope, max(float(minutes.mean() - slope * km.mean()), 0.0)


def design(
    homes: Homes,
    schools: Schools,
    ways: Journeys,
    *,
    is_bent: bool = True,
    nearest: int = NEAREST,
    girls: float = 0.5,
    only: Collection[str] | None = None,
) -> Design:
    """Set out what the children of each home choose among.

    Args:
        homes: where they live.
        schools: where they may go.
        ways: between them.
        is_bent: let the pull of a journey bend, and faith, selection and single sex draw from
            further off; otherwise every minute or kilometre weighs the same.
        nearest: how many schools, the nearest, are looked at from a home.
        girls: share of girls among the children.
        only: names of the attributes wanted; left out: all.
    """
    width = min(nearest, len(schools.x))
    row = np.argsort(ways.far, axis=1, kind="stable")[:, :width]
    far = np.take_along_axis(ways.far, row, axis=1)
    named = _plain(homes, schools, row, far, ways.unit)
    if is_bent:
        named |= _bent(schools, row, far, ways.unit)
    named |= {name: np.take_along_axis(each, row, 1) for name, each in ways.also.items()}
    if only is not None:
        named = {name: each for name, each in named.items() if name in only}
    options = Options(
        school=row,
        is_option=np.ones(row.shape, np.bool_),
        attributes=np.stack(list(named.values())),
        journey=far,
        admits=schools.admits,
        kind_share=np.array([girls, 1 - girls]),
    )
    told = named.get(MINUTE, far)
    return Design(options, tuple(named), told, np.take_along_axis(ways.is_straight, row, axis=1))


def _plain(homes: Homes, schools: Schools, row: Ints, far: Floats, unit: str) -> dict[str, Floats]:
    across = homes.authority[:, None] != schools.authority[row]
    return {
        unit: far,
        "border": across.astype(np.float64),
        "faith": schools.is_faith[row].astype(np.float64),
        "single_sex": schools.is_single_sex[row].astype(np.float64),
        "selective": schools.is_selective[row].astype(np.float64),
    }


def _bent(schools: Schools, row: Ints, far: Floats, unit: str) -> dict[str, Floats]:
    """Return what bends the pull of the journey, and lets some schools draw from further off."""
    rank = np.broadcast_to(np.arange(row.shape[1], dtype=np.float64), row.shape)
    places = np.where(schools.places > 0, schools.places, _usual(schools))[row]
    return {
        f"log_{unit}": np.log(far + _NEAR[unit]),
        f"sqrt_{unit}": np.sqrt(far),
        "log_rank": np.log1p(rank),
        "nearest": (rank == 0).astype(np.float64),
        "log_places": np.log(places),
        f"faith_{unit}": schools.is_faith[row] * far,
        f"single_sex_{unit}": schools.is_single_sex[row] * far,
        f"selective_{unit}": schools.is_selective[row] * far,
    }


def _usual(schools: Schools) -> float:
    """Return the places that are taken where a school's own are not known."""
    if np.isfinite(schools.usual_places):
        return schools.usual_places
    is_told = schools.places > 0
    return float(schools.places[is_told].mean()) if is_told.any() else 1.0


def with_also(ways: Journeys, name: str, of_pairs: Floats) -> Journeys:
    """Add something more that is known of pairs of homes and schools."""
    return replace(ways, also={**ways.also, name: of_pairs})


def without_also(ways: Journeys, name: str) -> Journeys:
    """Forget something that was added of pairs."""
    return replace(ways, also={each: of for each, of in ways.also.items() if each != name})
