"""A build's forecast becomes a vintage when the build is taken into use."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.pipeline.builds import Builds
from ingest.pipeline.manifest import BuildUnreadable, Manifest
from ingest.pipeline.work import parts_of
from ingest.schema.fields import ALL
from ingest.schema.forecasts import FORECAST
from ingest.vintages.packing import INPUTS, MadeFrom, Unreadable, read_made_from
from ingest.vintages.vintages import KEPT, Vintage, Vintages, vintage_of

CHOSEN: Final = (("is_chosen", "==", True), ("sex", "==", ALL))
READ: Final = (*KEPT, "made_in", "is_chosen", "sex")
"""Rows and columns that are kept: the rest of a whole country's need not be in memory."""

STEP: Final = "forecast"
"""The step that makes forecasts."""


def keep_vintage(builds: Builds, vintages: Vintages) -> bool:
    """Keep the forecast of the build in use, unless the very same one is kept.

    Called when a build has been taken into use and, in case that broke off in between, when the
    next one begins.

    Returns:
        Whether a vintage is new.
    """
    try:
        manifest = Manifest.read(builds.folder / str(builds.current()))
    except BuildUnreadable:
        return False
    key = next((record.key for record in manifest.steps if record.step == STEP), None)
    folder = builds.steps / STEP / str(key)
    found = vintage_in(folder, built_at=manifest.built_at, build_id=manifest.build_id)
    if found is None:
        return False
    vintage, forecast, _ = found
    return vintages.keep(vintage, forecast, folder / INPUTS)


def vintage_in(
    folder: Path, *, built_at: str, build_id: str
) -> tuple[Vintage, pd.DataFrame, MadeFrom] | None:
    """Describe the forecast that a step made; ``None`` where it made none."""
    parts = parts_of(folder, FORECAST)
    if not parts or not (folder / INPUTS).is_file():
        return None
    try:
        made_from = read_made_from(folder / INPUTS)
    except Unreadable:
        return None
    read = [pd.read_parquet(part, filters=list(CHOSEN), columns=list(READ)) for part in parts]
    forecast = pd.concat(read, ignore_index=True)
    vintage = vintage_of(forecast, made_from, vintage=built_at, build_id=build_id)
    return vintage, forecast, made_from
