"""Small areas that pupils live in, and what each is part of."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd
import shapely

from config.terms import AreaKind
from ingest.planning.frames import Frames
from ingest.planning.units import AREA_PHASES
from ingest.schema.areas import AREA
from ingest.schema.provision import PLANNING_AREA
from planning.arrays import Ints
from planning.forecast.inputs import NONE, Homes, Units

_POINT: Final = ["lon", "lat"]


def read_homes(frames: Frames, units: Units, also: Iterable[str]) -> Homes:
    """Return the small areas of the region and its border, and those that pupils come from.

    A small area is part of the planning area that its middle lies in, where outlines are known.

    Args:
        frames: the tables.
        units: authorities and planning areas.
        also: codes of small areas beyond those.
    """
    areas = frames.of(AREA)
    small = areas[areas["kind"] == str(AreaKind.LSOA21)].set_index("area_code")
    codes = tuple(sorted({*map(str, small.index), *also}))
    parent = small["parent_code"].to_dict()
    places = {code: place for place, code in enumerate(units.authorities)}
    authority = [places.get(str(parent.get(code)), NONE) for code in codes]
    outlines = frames.of(PLANNING_AREA)
    outlines = outlines[outlines["geometry"].notna()] if "geometry" in outlines else outlines[:0]
    area = {
        phase: _within(codes, small, outlines[outlines["phase"] == of_phase], units.areas[phase])
        for phase, of_phase in AREA_PHASES.items()
        if outlines["planning_area"].isin(units.areas[phase]).any()
    }
    return Homes(codes, np.array(authority, np.int64), area)


def _within(
    codes: tuple[str, ...], small: pd.DataFrame, outlines: pd.DataFrame, areas: tuple[str, ...]
) -> Ints:
    """Return the row of the planning area that the middle of each small area lies in."""
    found = np.full(len(codes), NONE, np.int64)
    known = [row for row, code in enumerate(codes) if code in small.index]
    middles = small.loc[[codes[row] for row in known], _POINT].to_numpy(np.float64)
    points = shapely.points(middles)
    for code, wkb in zip(outlines["planning_area"], outlines["geometry"], strict=True):
        if code in areas:
            inside = shapely.contains(shapely.from_wkb(bytes(wkb)), points)
            found[np.array(known, np.int64)[inside]] = areas.index(code)
    return found
