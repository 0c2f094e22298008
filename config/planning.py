"""What a place planner sets for a region: the ``[planning]`` section of its file."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated, Final, Self, TypeVar

from pydantic import Field, model_validator

from config.assumptions import assumptions
from config.levers import (
    EVERYWHERE,
    MOST_YEARS,
    AssumptionSet,
    Capped,
    PinnedMethod,
    PlannedPlaces,
    planning_assumptions,
)
from config.setting import Setting, Strict

OWN_KEYS: Final = ("years_primary", "years_secondary", "margin_pct", "window", "damping")
"""Keys of the section itself, which hold everywhere."""

SomeSetting = TypeVar("SomeSetting", bound=Setting)


class Planning(Strict):
    """What a place planner sets for a region.

    Attributes:
        years_primary: years ahead that reception to year 6 are forecast.
        years_secondary: years ahead that years 7 and above are forecast.
        margin_pct: places to be kept free, as a share of the pupils.
        window: transitions that survival ratios rest on; the method's own where left out.
        damping: what is left a year later of a trend of moving in or away, 0 to 1.
        set_by: who set those five: a role or a team. With ``set_on`` and ``why`` needed as soon
            as one of them is set.
        set_on: since when.
        why: in words.
        methods: methods that are pinned.
        capped: intakes that places limit.
        places: planned changes of places.
        assumptions: assumptions set otherwise.
    """

    years_primary: int = Field(
        default_factory=lambda: int(_default("years_primary")), ge=1, le=MOST_YEARS
    )
    years_secondary: int = Field(
        default_factory=lambda: int(_default("years_secondary")), ge=1, le=MOST_YEARS
    )
    margin_pct: float = Field(default_factory=lambda: _default("margin_pct"), ge=0, le=100)
    window: Annotated[int, Field(ge=1, le=MOST_YEARS)] | None = None
    damping: Annotated[float, Field(ge=0, le=1)] | None = None
    set_by: str = ""
    set_on: dt.date | None = None
    why: str = ""
    methods: tuple[PinnedMethod, ...] = ()
    capped: tuple[Capped, ...] = ()
    places: tuple[PlannedPlaces, ...] = ()
    assumptions: tuple[AssumptionSet, ...] = ()

    @model_validator(mode="after")
    def _is_sane(self) -> Self:
        if self.own_keys() and not (self.set_by and self.set_on and self.why):
            raise ValueError(
                f"{self.own_keys()[0]} is set: `set_by` (a role or a team), `set_on` and `why` "
                "under [planning] say who set it, when and why"
            )
        for each in self.settings():
            _refuse_twice(each)
        return self

    def own_keys(self) -> list[str]:
        """Return the keys of the section itself that differ from their defaults."""
        fields = type(self).model_fields
        usual = {name: fields[name].get_default(call_default_factory=True) for name in OWN_KEYS}
        return [name for name in OWN_KEYS if getattr(self, name) != usual[name]]

    def settings(self) -> tuple[Sequence[Setting], ...]:
        """Return every list of settings, in the order of the file's reference."""
        return self.methods, self.capped, self.places, self.assumptions

    def value(self, assumption: str, *units: str) -> float:
        """Return what is assumed: as set for the first unit that has it, else everywhere.

        Args:
            assumption: ``topic.name``.
            units: such as ``authority:E10000015``, the narrowest first.

        Raises:
            KeyError: there is no such assumption.
        """
        own = [each for each in in_use(self.assumptions) if each.id == assumption]
        here = {each.holds_for: each.value for each in own}
        for unit in (*units, EVERYWHERE):
            if unit in here:
                return here[unit]
        topic, _, name = assumption.partition(".")
        if topic == "planning":
            return float(getattr(self, name))
        return planning_assumptions()[assumption].value


def in_use(settings: Iterable[SomeSetting]) -> list[SomeSetting]:
    """Return the settings that no later one has taken the place of, in their order."""
    every = list(settings)
    return [one for one in every if not any(other.is_later_than(one) for other in every)]


def _default(name: str) -> float:
    return assumptions("planning")[name].value


def _refuse_twice(settings: Sequence[Setting]) -> None:
    seen: set[tuple[str, ...]] = set()
    for one in settings:
        key = (*one.about, one.set_on.isoformat())
        if key in seen:
            raise ValueError(
                f"{' '.join(one.about)} is set twice on {one.set_on}; only a later day takes the "
                "place of an earlier setting"
            )
        seen.add(key)
