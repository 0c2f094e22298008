"""What intakes are expected from, as rows of its tables: cohorts, and who crosses the border."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from config.terms import AcademicYear
from ingest.schema.forecasts import FORECAST_BORDER, FORECAST_COHORT
from planning.arrays import Floats
from planning.forecast.inputs import Inputs
from planning.forecast.intake import CrossBorder
from planning.forecast.intake.borders import borders
from planning.forecast.intake.reception import ahead
from planning.forecast.results import Level


def border_rows(inputs: Inputs) -> pd.DataFrame:
    """Return rows of ``forecast_border``, in the last year of counts by home and school.

    Authorities and schools that nobody is told of have none.
    """
    found = borders(inputs, origin=inputs.rolls.years[-1])
    frames = [pd.DataFrame(columns=FORECAST_BORDER.names)]
    for phase, border in found.items():
        frames.append(_of_authorities(border, phase))
        frames.append(_of_schools(inputs, border, phase))
    return pd.concat([each for each in frames if len(each)] or frames[:1], ignore_index=True)


def cohort_rows(inputs: Inputs, *, years: int) -> pd.DataFrame:
    """Return rows of ``forecast_cohort``: children who reach reception in the years ahead."""
    origin = inputs.rolls.years[-1]
    cohorts = ahead(inputs, origin=origin, years=years)
    if cohorts is None:
        return pd.DataFrame(columns=FORECAST_COHORT.names)
    rows = [
        {
            "la_code": la_code,
            "academic_year": str(AcademicYear(origin + 1 + year)),
            "children": children,
            "basis": str(cohorts.known_from[year]),
        }
        for la_code, of_authority in zip(inputs.units.authorities, cohorts.children, strict=True)
        for year, children in enumerate(of_authority)
        if np.isfinite(children)
    ]
    return pd.DataFrame(rows, columns=FORECAST_COHORT.names)


def _of_authorities(border: CrossBorder, phase: str) -> pd.DataFrame:
    rows = _rows(Level.AUTHORITY, border.authorities, border.come_in, border, phase)
    rows = rows.assign(pupils_at_home=border.at_home, pupils_leave=border.leave)
    return rows[(border.residents > 0) | (border.come_in > 0)][FORECAST_BORDER.names]


def _of_schools(inputs: Inputs, border: CrossBorder, phase: str) -> pd.DataFrame:
    urns = [str(urn) for urn in inputs.rolls.urns]
    rows = _rows(Level.SCHOOL, urns, border.come_in_school, border, phase)
    rows = rows.assign(pupils_at_home=float("nan"), pupils_leave=float("nan"))
    return rows[border.come_in_school > 0][FORECAST_BORDER.names]


def _rows(
    level: Level, codes: Sequence[str], come_in: Floats, border: CrossBorder, phase: str
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "level": str(level),
            "unit_code": list(codes),
            "phase": phase,
            "academic_year": str(AcademicYear(border.year)),
            "pupils_come_in": come_in,
        }
    )
