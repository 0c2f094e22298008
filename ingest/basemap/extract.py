"""Street extracts (``.osm.pbf``) read into cartographic layers, streaming, each file once."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import shapely
from numpy.typing import NDArray
from osmium.osm.types import Area, Node, OSMEntity, Way

from config.terms import WGS84
from ingest.basemap.built_up import built_up
from ingest.basemap.classes import Mark, area_marks, line_mark, node_mark
from ingest.basemap.errors import BasemapError

Layers = dict[str, gpd.GeoDataFrame]
Progress = Callable[[int], None]

LAYERS: Final[tuple[str, ...]] = (
    "water",
    "green",
    "urban",
    "school_site",
    "waterway",
    "building",
    "road",
    "rail",
    "station",
    "place",
)
"""Every layer that an extract can fill, in the order in which they are drawn."""

AREA_LAYERS: Final = frozenset({"water", "green", "urban", "school_site", "building"})
"""Layers of areas: reading any of them takes a second look at the file, for its relations."""

_ALWAYS_THERE: Final = MappingProxyType(
    {"road": ("name", "ref", "kind"), "place": ("name", "population"), "station": ("name",)}
)
_BUILT_UP_CLASSES: Final = frozenset({"residential", "commercial", "industrial"})

_NODE_KEYS: Final = ("place", "railway")
_WAY_KEYS: Final = ("highway", "railway", "waterway", "aeroway")
_AREA_KEYS: Final = ("building", "natural", "landuse", "leisure", "amenity", "waterway", "highway")
_REPORT_EVERY: Final = 5_000
_GEOMETRIES_AT_ONCE: Final = 20_000


def read_layers(
    paths: Sequence[Path],
    *,
    only: Sequence[str] = LAYERS,
    progress: Progress | None = None,
) -> Layers:
    """Read street extracts into the layers of the map.

    Args:
        paths: extracts; an object that lies in several of them is taken once.
        only: the layers wanted; reading roads and places alone is several times faster.
        progress: told, now and then, how many objects of the map have been read.

    Returns:
        A frame per layer wanted (empty where the extracts hold nothing for it), EPSG:4326,
        with ``osm_id``, ``class`` and the attributes that its tiles carry; absent attributes
        are ``None``. Where the extracts know no built-up land at all, ``urban`` is drawn from
        the density of streets (class ``built_up``).

    Raises:
        BasemapError: a file that is not there, or not an extract.
    """
    rows = {layer: _Rows(_ALWAYS_THERE.get(layer, ())) for layer in LAYERS if layer in only}
    for done, (osm_id, geometry, mark) in enumerate(_marks_in(paths, frozenset(rows))):
        rows[mark.layer].add(osm_id, geometry, mark)
        if progress and done % _REPORT_EVERY == 0:
            progress(done)
    layers = {layer: taken.frame() for layer, taken in rows.items()}
    return _with_built_up(layers)


class _Rows:
    """Rows of one layer as they come in; geometries are parsed a few thousand at a time."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._ids: list[str] = []
        self._marks: list[Mark] = []
        self._waiting: list[str] = []
        self._geometries: list[NDArray[np.object_]] = []

    def add(self, osm_id: str, geometry: str, mark: Mark) -> None:
        """Take one more row; ``geometry`` is hexadecimal WKB."""
        self._ids.append(osm_id)
        self._marks.append(mark)
        self._waiting.append(geometry)
        if len(self._waiting) >= _GEOMETRIES_AT_ONCE:
            self._parse()

    def frame(self) -> gpd.GeoDataFrame:
        """Return all rows taken, each object once."""
        self._parse()
        columns = {"osm_id": self._ids, "class": [mark.kind for mark in self._marks]}
        table = pd.DataFrame(columns, dtype=object).join(_attributes(self._marks, self._columns))
        geometries = np.concatenate([np.empty(0, dtype=object), *self._geometries])
        frame = gpd.GeoDataFrame(table, geometry=geometries, crs=WGS84)
        return frame.drop_duplicates(["osm_id", "class"], ignore_index=True)

    def _parse(self) -> None:
        self._geometries.append(np.asarray(shapely.from_wkb(self._waiting), dtype=object))
        self._waiting = []


def _attributes(marks: Sequence[Mark], columns: Sequence[str]) -> pd.DataFrame:
    found = (name for mark in marks for name, _ in mark.attributes)
    names = dict.fromkeys([*columns, *found])
    given = [dict(mark.attributes) for mark in marks] if names else []
    values = {name: [attributes.get(name) for attributes in given] for name in names}
    return pd.DataFrame(values, dtype=object)


def _marks_in(paths: Sequence[Path], layers: frozenset[str]) -> Iterator[tuple[str, str, Mark]]:
    """Yield an id such as ``w123``, hexadecimal WKB and the mark of everything that is drawn."""
    wkb = osmium.geom.WKBFactory()
    for path in paths:
        for thing in _objects(path, with_areas=not layers.isdisjoint(AREA_LAYERS)):
            marks = [mark for mark in _marks_of(thing) if mark.layer in layers]
            if marks and (geometry := _geometry(wkb, thing)):
                for mark in marks:
                    yield _osm_id(thing), geometry, mark


def _objects(path: Path, *, with_areas: bool) -> Iterator[OSMEntity]:
    if not path.is_file():
        raise BasemapError(f"there is no street extract at {path}")
    try:
        yield from _processor(path, with_areas=with_areas)
    except RuntimeError as error:
        raise BasemapError(
            f"{path} cannot be read as a street extract: {error}",
            hint="It must be an .osm.pbf file. If it is one, it is cut off: fetch it again.",
        ) from error


def _processor(path: Path, *, with_areas: bool) -> osmium.FileProcessor:
    processor = osmium.FileProcessor(str(path)).with_locations()
    if with_areas:
        processor = processor.with_areas(osmium.filter.KeyFilter(*_AREA_KEYS))
    for keys, kind in (
        (_NODE_KEYS, osmium.osm.NODE),
        (_WAY_KEYS, osmium.osm.WAY),
        (_AREA_KEYS, osmium.osm.AREA),
    ):
        wanted = osmium.filter.KeyFilter(*keys)
        wanted.enable_for(kind)
        processor = processor.with_filter(wanted)
    drawn = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.AREA
    return processor.with_filter(osmium.filter.EntityFilter(drawn))


def _marks_of(thing: OSMEntity) -> tuple[Mark, ...]:
    match thing:
        case Area():
            return area_marks(_tags(thing))
        case Way():
            mark = line_mark(_tags(thing))
        case Node():
            mark = node_mark(_tags(thing))
        case _:
            return ()
    return (mark,) if mark else ()


def _tags(thing: Area | Way | Node) -> dict[str, str]:
    return {tag.k: tag.v for tag in thing.tags}


def _geometry(wkb: osmium.geom.WKBFactory, thing: OSMEntity) -> str | None:
    """Draw the object; ``None`` where the extract lacks its nodes or they do not make a shape."""
    try:
        match thing:
            case Area():
                return wkb.create_multipolygon(thing)
            case Way():
                return wkb.create_linestring(thing)
            case Node():
                return wkb.create_point(thing)
    except (osmium.InvalidLocationError, RuntimeError):
        pass
    return None


def _osm_id(thing: OSMEntity) -> str:
    match thing:
        case Area():
            return f"{'w' if thing.from_way() else 'r'}{thing.orig_id()}"
        case Way():
            return f"w{thing.id}"
        case _:
            return f"n{thing.id}"


def _with_built_up(layers: Layers) -> Layers:
    urban, road = layers.get("urban"), layers.get("road")
    if urban is None or road is None or urban["class"].isin(_BUILT_UP_CLASSES).any():
        return layers
    return layers | {"urban": pd.concat([built_up(road), urban], ignore_index=True)}
