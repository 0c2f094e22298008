"""The log of assumptions: the atlas's own, and what planners set instead; who, when, why."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from config.assumptions import Assumption
from config.levers import (
    EVERYWHERE,
    AssumptionSet,
    Capped,
    PinnedMethod,
    PlannedPlaces,
    assumptions_of,
    planning_assumptions,
)
from config.planning import Planning, in_use
from config.setting import Setting
from ingest.planning.settings import unit_of
from ingest.schema.forecasts import ASSUMPTION

ATLAS: Final = "the atlas"
"""Who set what no planner set."""

ALSO_TOPICS: Final = ("forecast", "intake", "projections", "rolls", "places", "admissions")
ALSO_TABLES: Final = ("families", "choice_default", "location_factors")
"""What forecasts, places and choices rest on besides what a region file may set otherwise."""

OWN_IDS: Final = {"window": "forecast.window", "damping": "forecast.damping"}
"""Assumptions that keys of the region file set which are not called like them."""

_Row = dict[str, Any]


def assumption_rows(planning: Planning, *, used: Planning | None = None) -> pd.DataFrame:
    """Return the rows of the ``assumption`` table.

    A later setting of the same thing takes the place of an earlier one, and any of them that of a
    default; all of them stay.

    Args:
        planning: as the region file has it.
        used: the same without settings that are about nothing the atlas has; these are in the
            log too, not in use.
    """
    effective = {id(one) for each in (used or planning).settings() for one in in_use(each)}
    settings = [one for each in planning.settings() for one in each]
    rows = [_of_setting(one) | {"is_in_use": id(one) in effective} for one in settings]
    rows += _own_keys(planning)
    everywhere = {row["assumption"] for row in rows if row["holds_for"] == EVERYWHERE}
    defaults = [row | {"is_in_use": row["assumption"] not in everywhere} for row in _defaults()]
    empty = dict.fromkeys(ASSUMPTION.names)
    frame = pd.DataFrame([empty | row for row in (*rows, *defaults)], columns=ASSUMPTION.names)
    key = [field.name for field in ASSUMPTION.key]
    return frame.drop_duplicates(key).sort_values(key).reset_index(drop=True)


def _every() -> dict[str, Assumption]:
    """Return every assumption that forecasts, places and choices rest on."""
    return planning_assumptions() | assumptions_of(ALSO_TOPICS, ALSO_TABLES)


def _defaults() -> Iterator[_Row]:
    for name, entry in _every().items():
        yield {
            "assumption": name,
            "holds_for": EVERYWHERE,
            "set_on": entry.from_date.isoformat(),
            "value": entry.value,
            "unit": entry.unit,
            "says": entry.says,
            "set_by": ATLAS,
            "why": entry.reference,
            "is_default": True,
        }


def _own_keys(planning: Planning) -> list[_Row]:
    """Return what the section itself sets, for the whole region."""
    rows = []
    for key in planning.own_keys():
        name = OWN_IDS.get(key, f"planning.{key}")
        entry = _every()[name]
        told = {"assumption": name, "holds_for": EVERYWHERE, "value": getattr(planning, key)}
        told |= {"says": entry.says, "unit": entry.unit, "set_on": str(planning.set_on)}
        who = {"set_by": planning.set_by, "why": planning.why}
        rows.append(told | who | {"is_default": False, "is_in_use": True})
    return rows


def _of_setting(setting: Setting) -> _Row:
    who = {"set_by": setting.set_by, "set_on": setting.set_on.isoformat(), "why": setting.why}
    return {"holds_for": unit_of(setting), "is_default": False} | who | _told(setting)


def _told(setting: Setting) -> _Row:
    """Say what is set, in the columns of the log."""
    match setting:
        case PinnedMethod():
            part = "all phases" if setting.phase is None else setting.phase.replace("_", " ")
            says = f"Method that the forecast is made by, {part}."
            name = "method" if setting.phase is None else f"method.{setting.phase}"
            return {"assumption": name, "word": setting.method, "says": says}
        case Capped():
            says = f"Most pupils whom the school admits to year group {setting.year_group}."
            told = {"assumption": f"capped.{setting.year_group}", "says": says, "unit": "pupils"}
            word = "admission number" if setting.most is None else None
            return told | {"value": setting.most, "word": word}
        case PlannedPlaces():
            name = f"places.{setting.phase}.{setting.from_year}"
            says = (
                f"Places of the phase {setting.phase.replace('_', ' ')} added from "
                f"{setting.from_year} on; below zero: removed."
            )
            return {"assumption": name, "value": setting.places, "unit": "places", "says": says}
        case AssumptionSet():
            entry = planning_assumptions()[setting.id]
            found: _Row = {"assumption": setting.id, "value": setting.value}
            return found | {"unit": entry.unit, "says": entry.says}
    raise TypeError(f"{type(setting).__name__} is no setting of a planner")
