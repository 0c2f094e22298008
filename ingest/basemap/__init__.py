"""Street extracts to map tiles: what is drawn beneath the atlas, and the names people look for.

``read_layers`` turns extracts into cartographic layers, ``write_basemap`` and ``write_areas``
turn layers into tiles, ``named_places`` lists settlements and streets for the search box.
"""

from ingest.basemap.errors import BasemapError
from ingest.basemap.extract import read_layers
from ingest.basemap.places import named_places, places_in
from ingest.basemap.sets import write_areas, write_basemap

__all__ = [
    "BasemapError",
    "named_places",
    "places_in",
    "read_layers",
    "write_areas",
    "write_basemap",
]
