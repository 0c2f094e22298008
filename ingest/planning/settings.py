"""Settings of place planners that are about units which the atlas has; others are named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from config.levers import EVERYWHERE, AssumptionSet, Capped, PinnedMethod, PlannedPlaces
from config.planning import Planning
from config.setting import Setting
from ingest.issues import IssueLog

IS_KNOWN: Final = "planner's setting is about something the atlas has"
WHERE: Final = {
    PinnedMethod: "planning.methods",
    Capped: "planning.capped",
    PlannedPlaces: "planning.places",
    AssumptionSet: "planning.assumptions",
}
"""List of the region file that each kind of setting stands in."""

SomeSetting = TypeVar("SomeSetting", bound=Setting)


@dataclass(frozen=True, slots=True)
class Known:
    """Units that a setting may be about.

    Attributes:
        schools: URNs.
        planning_areas: codes.
        authorities: GSS codes of those shown.
    """

    schools: frozenset[int]
    planning_areas: frozenset[str]
    authorities: frozenset[str]

    def has(self, unit: str) -> bool:
        """Say whether there is a unit, written as ``school:100001``."""
        level, _, code = unit.partition(":")
        if level == "school":
            return int(code) in self.schools
        return code in {"planning_area": self.planning_areas}.get(level, self.authorities)


def unit_of(setting: Setting) -> str:
    """Name what a setting is about: ``school:100001``, ``planning_area:P1`` or ``all``."""
    match setting:
        case PinnedMethod():
            return f"{setting.level}:{setting.unit}"
        case Capped():
            return f"school:{setting.urn}"
        case PlannedPlaces() if setting.urn is not None:
            return f"school:{setting.urn}"
        case PlannedPlaces():
            return f"planning_area:{setting.planning_area}"
        case AssumptionSet():
            return setting.holds_for
    raise TypeError(f"{type(setting).__name__} is no setting of a planner")


def usable(planning: Planning, known: Known, issues: IssueLog) -> Planning:
    """Leave out what is set for schools, planning areas and authorities that are not there.

    Args:
        planning: as the region file has it.
        known: what there is.
        issues: is told of each setting left out.
    """
    return planning.model_copy(
        update={
            "methods": tuple(_known(planning.methods, known, issues)),
            "capped": tuple(_known(planning.capped, known, issues)),
            "places": tuple(_known(planning.places, known, issues)),
            "assumptions": tuple(_known(planning.assumptions, known, issues)),
        }
    )


def _known(
    settings: Iterable[SomeSetting], known: Known, issues: IssueLog
) -> Iterator[SomeSetting]:
    for place, setting in enumerate(settings):
        unit = unit_of(setting)
        if unit == EVERYWHERE or known.has(unit):
            yield setting
            continue
        says = f"there is no {unit.replace('_', ' ').replace(':', ' ')}: the setting is not used"
        issues.warn(IS_KNOWN, f"{WHERE[type(setting)]}.{place}", says)
