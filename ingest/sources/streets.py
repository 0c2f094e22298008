"""OpenStreetMap: the streets, from a public county extract or a file of the authority's own."""

from datetime import date
from typing import Final

from config.region import Region
from ingest.source import Release, Source

ID: Final = "streets"
EXTRACTS: Final = "https://download.geofabrik.de/europe/united-kingdom/england/"


def release(region: Region, today: date) -> Release:
    """Name the extract that covers the region; it is made anew every day."""
    extract = region.streets.extract or ""
    name = f"{extract}-latest.osm.pbf"
    return Release(
        name=f"{today:%Y-%m-%d}",
        file_name=name.rpartition("/")[2],
        addresses=(f"{EXTRACTS}{name}",) if extract else (),
    )


SOURCE: Final = Source(
    id=ID,
    title="OpenStreetMap street extract",
    publisher="OpenStreetMap contributors, extract by Geofabrik",
    landing_page="https://www.openstreetmap.org/copyright",
    licence="ODbL-1.0",
    attribution="Map data © OpenStreetMap contributors, Open Database License 1.0.",
    release=release,
    mirror_folder="osm",
    mirror_files=("{mirror_file}", "{extract}-latest.osm.pbf", "{extract}*.osm.pbf"),
    read=None,
    caveats=(
        "Volunteers' work: a new footpath may be missing, a gate may be unknown.",
        "Travel times end where the extract ends; the page draws that edge.",
    ),
)
