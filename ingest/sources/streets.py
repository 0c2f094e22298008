"""OpenStreetMap: the streets, from a public county extract or a file of the authority's own."""

from datetime import date
from typing import Final

from config.region import Region
from ingest.rhythm import DAILY
from ingest.source import Release, Source

ID: Final = "streets"
EXTRACTS: Final = "https://download.geofabrik.de/europe/united-kingdom/england/"


def overpass_name(region: Region) -> str:
    """Name the file that holds what the Overpass API answered for a region."""
    return f"overpass-{region.id}.json"


def releases(region: Region, today: date) -> tuple[Release, ...]:
    """Name the extracts that cover the region; they are made anew every day."""
    streets = region.streets
    if streets.osmnx:
        return (Release(name=f"{today:%Y-%m-%d}", file_name=overpass_name(region), addresses=()),)
    copies = streets.mirror_files or ("",) * len(streets.extracts)
    return tuple(
        Release(
            name=f"{today:%Y-%m-%d}",
            file_name=f"{extract.rpartition('/')[2]}-latest.osm.pbf",
            addresses=(f"{EXTRACTS}{extract}-latest.osm.pbf",),
            mirror_file=copy,
        )
        for extract, copy in zip(streets.extracts, copies, strict=True)
    )


SOURCE: Final = Source(
    id=ID,
    title="OpenStreetMap street extract",
    publisher="OpenStreetMap contributors, extract by Geofabrik",
    landing_page="https://www.openstreetmap.org/copyright",
    licence="ODbL-1.0",
    attribution="Map data © OpenStreetMap contributors, Open Database License 1.0.",
    releases=releases,
    every=DAILY,
    mirror_folder="osm",
    mirror_files=(),
    read=None,
    stores="street networks of every way of travelling, and the map beneath",
    own_files=lambda region: region.streets.files,
    is_optional=lambda region: region.streets.may_lack,
    caveats=(
        "Volunteers' work: a new footpath may be missing, a gate may be unknown.",
        "Travel times end where the extract ends; the page draws that edge.",
        "Where a region has no extract, the Overpass API is asked for its streets: these hold no "
        "turn restrictions, and the map beneath shows roads only.",
    ),
)
