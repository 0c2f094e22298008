"""Bands and time grids of one place, as files."""

import json
from collections.abc import Sequence
from pathlib import Path

import travel
from api.journeys import Remembered, Start, Streets
from api.modes import RANGES, check_minutes
from api.narrative.modes import method
from ingest.sources.streets import SOURCE


def drawn_bands(folder: Path, mode: travel.Mode, start: Start, minutes: Sequence[int]) -> str:
    """Draw the bands around a place as GeoJSON, the widest first.

    Args:
        folder: of the network.
        mode: its way of travelling.
        start: the place; ways lead to it where it is a school.
        minutes: of each band, ascending.

    Raises:
        BadParameter: the widest band is wider than the mode's longest.
        travel.OutsideCoverage: the place lies beyond the streets.
        travel.NotConnected: no street is near it.
    """
    streets = _streets(folder, mode, minutes[-1])
    features = [
        {
            "type": "Feature",
            "properties": {
                "minutes": band.minutes,
                "mode": mode,
                "is_cut_by_coverage": band.is_cut_by_coverage,
            },
            "geometry": band.geometry,
        }
        for band in streets.bands(start, minutes)
    ]
    about = _about(mode, start, streets)
    return json.dumps({"type": "FeatureCollection", "features": features, **about})


def drawn_grid(folder: Path, mode: travel.Mode, start: Start, minutes: int) -> bytes:
    """Lay the minutes of every place around a place on a grid, as a file; raises likewise."""
    streets = _streets(folder, mode, minutes)
    drawn = streets.grid(start, minutes=minutes)
    is_cut = drawn.rim_s is not None
    about = {"mode": mode, "is_cut_by_coverage": is_cut, **_about(mode, start, streets)}
    return travel.write_time_grid(drawn.grid, about)


def _streets(folder: Path, mode: travel.Mode, minutes: int) -> Streets:
    check_minutes(mode, minutes)
    return Streets(
        folder,
        cell_m=RANGES[mode].cell_m,
        minutes_max=RANGES[mode].minutes_max,
        remembered=Remembered(),
    )


def _about(mode: travel.Mode, start: Start, streets: Streets) -> dict[str, object]:
    has_heights = streets.network().has_heights
    return {
        "origin": {"lon": start.lon, "lat": start.lat, "label": start.label},
        "method": method(mode, is_goal=start.urn is not None, has_heights=has_heights),
        "attribution": SOURCE.attribution,
    }
