"""Map tiles: the map beneath, the areas, and the names people look for."""

import geopandas as gpd
import pandas as pd

from config.terms import WGS84, AreaKind
from ingest.basemap import places_in, read_layers, write_areas, write_basemap
from ingest.layout import AREAS, BASEMAP
from ingest.pipeline.steps.streets import coverage_of
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AREA
from ingest.schema.places import PLACE
from ingest.sources import streets
from travel.streets.writing import as_extracts


def run(work: Work) -> None:
    """Write both tile sets and the ``place`` table."""
    areas = _frames(work.read("boundaries", AREA))
    wards = areas[AreaKind.WARD25]
    with as_extracts(work.files[streets.ID]) as extracts:
        layers = read_layers(extracts)
    work.progress(0.4, "naming places")
    work.write(PLACE, places_in(layers, wards=wards))
    work.progress(0.5, "drawing the basemap")
    write_basemap(layers, coverage_of(work), work.out / BASEMAP, wards=wards)
    work.progress(0.9, "drawing the areas")
    write_areas({str(kind): frame for kind, frame in areas.items()}, work.out / AREAS)


def _frames(areas: pd.DataFrame) -> dict[AreaKind, gpd.GeoDataFrame]:
    outlines = gpd.GeoDataFrame(
        areas[["kind", "area_code", "name", "is_outside"]].rename(columns={"area_code": "code"}),
        geometry=gpd.GeoSeries.from_wkb(areas["geometry"]),
        crs=WGS84,
    )
    return {kind: outlines[outlines["kind"] == str(kind)].drop(columns="kind") for kind in AreaKind}


STEP = Step(
    id="tiles",
    title="Map tiles and place names",
    run=run,
    sources=(streets.ID,),
    needs=("boundaries", "streets"),
)
