"""What a build's tables say of vintages: found while the tables are loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from pydantic import ValidationError

from config.planning import Planning
from ingest.issues import IssueLog
from ingest.planning.making import forecast_again
from ingest.schema.declare import Table
from ingest.schema.forecasts import FORECAST_CHANGE, FORECAST_RECORD, FORECAST_VINTAGE
from ingest.vintages.changing import Last, Make, change_rows, remembering, sums_in, sums_of
from ingest.vintages.keeping import vintage_in
from ingest.vintages.packing import MadeFrom, Unreadable
from ingest.vintages.rows import record_rows, vintage_rows
from ingest.vintages.vintages import Vintage, Vintages, chosen
from planning.earlier import as_known_before

TOLD: Final = (FORECAST_VINTAGE, FORECAST_CHANGE, FORECAST_RECORD)
"""Tables that rows are added to."""

IS_COMPARED: Final = "forecast is compared with the last one"


@dataclass(frozen=True, slots=True)
class Here:
    """The forecast of the build that is being loaded.

    Attributes:
        vintage: as it will be kept when the build is taken into use.
        forecast: rows of its table.
        made_from: inputs and settings.
        successors: URN of today of schools that had another.
    """

    vintage: Vintage
    forecast: pd.DataFrame
    made_from: MadeFrom
    successors: Mapping[int, int]


def rows_told(
    folder: Path,
    vintages: Vintages,
    *,
    built_at: str,
    build_id: str,
    successors: Mapping[int, int],
    issues: IssueLog,
) -> dict[Table, pd.DataFrame]:
    """Return the rows that vintages add to the tables of a build.

    Args:
        folder: of the step that made the build's forecast.
        vintages: of the region.
        built_at: when the build is made.
        build_id: its name.
        successors: URN of today of schools that had another.
        issues: is told where a comparison cannot be made.
    """
    found = vintage_in(folder, built_at=built_at, build_id=build_id)
    kept = vintages.all()
    if found is None:
        return {FORECAST_VINTAGE: vintage_rows(kept)}
    here = Here(*found, successors)
    earlier = [one for one in kept if one.digest != here.vintage.digest]
    new = here.vintage.after(kept[-1] if kept else None)
    known = kept if len(earlier) < len(kept) else [*kept, new]
    return {
        FORECAST_VINTAGE: vintage_rows(known),
        FORECAST_RECORD: _record(here, vintages, earlier),
        FORECAST_CHANGE: _changes(here, vintages, earlier, issues),
    }


def _record(here: Here, vintages: Vintages, earlier: Sequence[Vintage]) -> pd.DataFrame:
    """Tell how far off earlier vintages were; of one school year, the last one counts."""
    last_of = {one.made_in: one for one in earlier if one.made_in < here.vintage.made_in}
    said = {made_in: vintages.forecast_of(one) for made_in, one in last_of.items()}
    return record_rows(said, here.made_from.inputs, here.successors)


def _changes(
    here: Here, vintages: Vintages, earlier: Sequence[Vintage], issues: IssueLog
) -> pd.DataFrame:
    inputs = here.made_from.inputs
    make = remembering(lambda these: forecast_again(these, _settings(here.made_from)))
    try:
        last = _last(here, vintages, earlier) or _a_year_before(here, make)
        return change_rows(last, sums_in(chosen(here.forecast)), inputs, make)
    except (Unreadable, ValueError) as error:
        issues.warn(IS_COMPARED, here.vintage.made_in, f"{error}: no parts are told")
        return pd.DataFrame(columns=FORECAST_CHANGE.names)


def _last(here: Here, vintages: Vintages, earlier: Sequence[Vintage]) -> Last | None:
    """Return the last vintage, whose rolls are no newer than those of today."""
    fitting = [one for one in earlier if one.made_in <= here.vintage.made_in]
    if not fitting:
        return None
    said = sums_in(vintages.forecast_of(fitting[-1]))
    return Last(said, vintages.made_from(fitting[-1]).inputs, fitting[-1].vintage)


def _a_year_before(here: Here, make: Make) -> Last:
    inputs = as_known_before(here.made_from.inputs, moved_in=here.made_from.moved_in_before)
    return Last(sums_of(make(inputs)), inputs)


def _settings(made_from: MadeFrom) -> Planning:
    try:
        return Planning(**made_from.settings)
    except ValidationError as error:
        raise ValueError(f"the settings of the forecast cannot be read again: {error}") from None
