"""Streets to minutes; knows no school and no database."""

from travel.build import LeftOut, NetworkReport, build_network
from travel.errors import ExtractError, NetworkError, NotConnected, OutsideCoverage
from travel.extract import Extract, read_extract
from travel.field import Field, time_field
from travel.isochrones import Band, bands, isochrone, prepare_isochrones
from travel.network import Frame, Network
from travel.rim import is_cut, rim
from travel.search import Reach, Workspace, seconds_from
from travel.snapping import Snapped, drawn_max_m, snap, snap_max_m, snap_origin
from travel.time_grids import TimeGrid, read_time_grid, time_grid, write_time_grid
from travel.times import Times, times_between, times_to, travel_times
from travel.warming import warm

__all__ = [
    "Band",
    "Extract",
    "ExtractError",
    "Field",
    "Frame",
    "LeftOut",
    "Network",
    "NetworkError",
    "NetworkReport",
    "NotConnected",
    "OutsideCoverage",
    "Reach",
    "Snapped",
    "TimeGrid",
    "Times",
    "Workspace",
    "bands",
    "build_network",
    "drawn_max_m",
    "is_cut",
    "isochrone",
    "prepare_isochrones",
    "read_extract",
    "read_time_grid",
    "rim",
    "seconds_from",
    "snap",
    "snap_max_m",
    "snap_origin",
    "time_field",
    "time_grid",
    "times_between",
    "times_to",
    "travel_times",
    "warm",
    "write_time_grid",
]
