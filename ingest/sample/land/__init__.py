"""The land of a made-up county: coast, settlements, streets, homes and the areas they lie in."""

from ingest.sample.land.canvas import Drawing
from ingest.sample.land.draw import draw
from ingest.sample.land.land import Land, make_land

__all__ = ["Drawing", "Land", "draw", "make_land"]
