"""Brighton & Hove: the areas whose children have priority at its secondary schools, for 2026."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from config.region import Region
from config.terms import WGS84, AcademicYear
from ingest.points import DEGREE_DECIMALS
from ingest.rhythm import yearly
from ingest.schema.provision import ADMISSION_AREA
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import read_table

ID: Final = "brighton_admission_areas"
PAGE: Final = "https://www.brighton-hove.gov.uk/schools-and-learning/apply-school"
LA_CODE_DFE: Final = "846"
YEAR: Final = AcademicYear(2026)
COLUMNS: Final = {"admission_area": "catchment", "geometry": "geometry"}
AREAS: Final[Mapping[str, tuple[str, tuple[int, ...]]]] = {
    "VarndeanStringer": ("Varndean and Dorothy Stringer", (114579, 114580)),
    "Patcham": ("Patcham", (114608,)),
    "BACA": ("Brighton Aldridge Community Academy", (136164,)),
    "Longhill": ("Longhill", (114581,)),
    "HoveBlatchington": ("Hove Park and Blatchington Mill", (114606, 114607)),
    "PACA": ("Portslade Aldridge Community Academy", (137063,)),
}
"""The file's name of each area to one for readers, and the schools that the area is for."""


def releases(region: Region, _: date) -> tuple[Release, ...]:
    """Name the file; none for a region without Brighton and Hove."""
    if LA_CODE_DFE not in {authority.la_code_dfe for authority in region.authorities()}:
        return ()
    name = "brighton_and_hove/secondary_admission_areas_2026.geojson"
    return (Release(name=str(YEAR), file_name=name, addresses=()),)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the outlines, which are in metres, into degrees."""
    rows = gpd.GeoDataFrame(read_table(path, COLUMNS, source=ID, issues=reading.issues))
    degrees = shapely.make_valid(rows.geometry.to_crs(WGS84).to_numpy())
    return {
        ADMISSION_AREA: pd.DataFrame(
            {
                "source_id": ID,
                "academic_year": str(YEAR),
                "admission_area": rows["admission_area"],
                "la_code_dfe": LA_CODE_DFE,
                "name": [_name(area, reading) for area in rows["admission_area"]],
                "phase": "secondary",
                "urns": [" ".join(map(str, _of(area)[1])) for area in rows["admission_area"]],
                "source_page": PAGE,
                "geometry": shapely.to_wkb(shapely.set_precision(degrees, 10**-DEGREE_DECIMALS)),
            }
        )
    }


def _of(area: str) -> tuple[str, tuple[int, ...]]:
    return AREAS.get(area, (area, ()))


def _name(area: str, reading: Reading) -> str:
    if area not in AREAS:
        says = "is new to the atlas: shown under the file's name, without its schools"
        reading.issues.warn("known admission area", area, says)
    return _of(area)[0]


SOURCE: Final = Source(
    id=ID,
    title="Brighton & Hove: secondary admission areas for 2026",
    publisher="Brighton & Hove City Council",
    landing_page=PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    every=yearly(3),
    mirror_folder="authority",
    mirror_files=(),
    read_rows=read_rows,
    tables=(ADMISSION_AREA,),
    caveats=(
        "Living in an area gives priority, not a place; where two schools share one, lots are "
        "drawn.",
        "Faith schools and the free school have no area.",
    ),
)
