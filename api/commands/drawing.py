"""Bands and time grids of one place, as files."""

import json
from collections.abc import Sequence
from pathlib import Path

import travel
from api.journeys import Remembered, Start, Streets
from api.modes import RANGES, check_minutes
from api.narrative.modes import method
from ingest.sources import streets


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
        for band in _streets(folder, mode, minutes[-1]).bands(start, minutes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **_about(mode, start)})


def drawn_grid(folder: Path, mode: travel.Mode, start: Start, minutes: int) -> bytes:
    """Lay the minutes of every place around a place on a grid, as a file; raises likewise."""
    drawn = _streets(folder, mode, minutes).grid(start, minutes=minutes)
    about = {"mode": mode, "is_cut_by_coverage": drawn.rim_s is not None, **_about(mode, start)}
    return travel.write_time_grid(drawn.grid, about)


def _streets(folder: Path, mode: travel.Mode, minutes: int) -> Streets:
    check_minutes(mode, minutes)
    return Streets(folder, cell_m=RANGES[mode].cell_m, remembered=Remembered())


def _about(mode: travel.Mode, start: Start) -> dict[str, object]:
    return {
        "origin": {"lon": start.lon, "lat": start.lat, "label": start.label},
        "method": method(mode, is_goal=start.urn is not None),
        "attribution": streets.SOURCE.attribution,
    }
