"""Streets to minutes; knows no school and no database.

Names are looked up when they are first used, so that a process loads what it needs: reading
extracts and drawing ways is not loaded for an isochrone.
"""

import ast
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from travel.drawing.field import Field, time_field
    from travel.drawing.isochrones import (
        CELL_M,
        RIM_S,
        Band,
        bands,
        field_bands,
        isochrone,
        prepare_isochrones,
    )
    from travel.drawing.rim import is_cut, rim, search_to_rim
    from travel.drawing.time_grids import (
        TimeGrid,
        field_grid,
        read_time_grid,
        time_grid,
        write_time_grid,
    )
    from travel.elevation.heights import Heights, read_heights
    from travel.errors import (
        EditError,
        ExtractError,
        HeightsError,
        MatrixError,
        NetworkError,
        NotConnected,
        NoWay,
        OutsideCoverage,
    )
    from travel.network import Frame, Mode, Network
    from travel.paths.search import Reach, Workspace, seconds_from
    from travel.paths.times import (
        Times,
        times_between,
        times_from,
        times_to,
        times_toward,
        travel_times,
    )
    from travel.routes.crossings import Crossing
    from travel.routes.nearest import Nearest, nearest
    from travel.routes.route import Route, Stretch, route
    from travel.rules.modes import MODES
    from travel.snapping import Snapped, drawn_max_m, snap, snap_max_m, snap_origin
    from travel.streets.build import (
        LeftOut,
        NetworkReport,
        build_network,
        build_networks,
        build_safe_walk,
        each_network,
    )
    from travel.streets.extract import Extract, read_extract
    from travel.turns import Turns
    from travel.warming import warm
else:

    def _modules() -> dict[str, str]:
        """Read off the imports above which module holds each name."""
        imports = ast.walk(ast.parse(__loader__.get_source(__name__)))
        return {
            name.name: one.module
            for one in imports
            if isinstance(one, ast.ImportFrom) and one.module.startswith(f"{__name__}.")
            for name in one.names
        }

    _MODULES = _modules()

    def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever stands under the name
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_MODULES[name]), name)
        return found


__all__ = [
    "CELL_M",
    "MODES",
    "RIM_S",
    "Band",
    "Crossing",
    "EditError",
    "Extract",
    "ExtractError",
    "Field",
    "Frame",
    "Heights",
    "HeightsError",
    "LeftOut",
    "MatrixError",
    "Mode",
    "Nearest",
    "Network",
    "NetworkError",
    "NetworkReport",
    "NoWay",
    "NotConnected",
    "OutsideCoverage",
    "Reach",
    "Route",
    "Snapped",
    "Stretch",
    "TimeGrid",
    "Times",
    "Turns",
    "Workspace",
    "bands",
    "build_network",
    "build_networks",
    "build_safe_walk",
    "drawn_max_m",
    "each_network",
    "field_bands",
    "field_grid",
    "is_cut",
    "isochrone",
    "nearest",
    "prepare_isochrones",
    "read_extract",
    "read_heights",
    "read_time_grid",
    "rim",
    "route",
    "search_to_rim",
    "seconds_from",
    "snap",
    "snap_max_m",
    "snap_origin",
    "time_field",
    "time_grid",
    "times_between",
    "times_from",
    "times_to",
    "times_toward",
    "travel_times",
    "warm",
    "write_time_grid",
]
