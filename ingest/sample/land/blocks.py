"""What lies between the streets: homes, shops, works, parks, grounds where a school could stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ingest.sample.land.growth import Site
from ingest.sample.land.patterns import quarter_of
from ingest.sample.land.plots import Plot
from ingest.sample.land.web import Ints, Web

LARGEST_BLOCK_M2: Final = 170_000.0
HEDGE_M: Final = 7.0
"""Between the middle of a street and the ground behind it."""

LARGEST_SITE: Final = 1.7
"""Largest block, in plots, that one takes up whole; of a larger one it takes a field."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Land between streets.

    Attributes:
        faces: every block closed in by streets.
        quarter: neighbourhood of each, -1 in open country.
        grounds: ground of each plot; empty where streets left none.
    """

    faces: npt.NDArray[np.object_]
    quarter: Ints
    grounds: tuple[BaseGeometry, ...]


def make_blocks(web: Web, site: Site) -> Blocks:
    """Find the blocks between streets, and the ground of every plot."""
    through = ~np.isin(web.kind, ("service", "track"))
    lines = web.lines()[through]
    faces = np.array(shapely.get_parts(shapely.polygonize(lines)))
    middles = shapely.get_coordinates(shapely.point_on_surface(faces))
    quarter = quarter_of(middles[:, 0], middles[:, 1], site.quarters, site.settlements)
    small = shapely.area(faces) < LARGEST_BLOCK_M2
    quarter = np.where(small, quarter, -1).astype(np.int32)
    roads = ~np.isin(web.kind, ("service", "track", "footway", "steps"))
    grounds = _grounds(web.lines()[roads], site.plots, site)
    return Blocks(faces, quarter, grounds)


def _grounds(
    lines: npt.NDArray[np.object_], plots: Sequence[Plot], site: Site
) -> tuple[BaseGeometry, ...]:
    faces = np.array(shapely.get_parts(shapely.polygonize(lines)))
    tree = shapely.STRtree(faces)
    found: list[BaseGeometry] = []
    for plot in plots:
        middle = shapely.Point(plot.x, plot.y)
        ground: BaseGeometry = _field(plot)
        inside = tree.query(middle, predicate="within")
        if len(inside):
            face = faces[inside[0]]
            ground = face if face.area < LARGEST_SITE * ground.area else face & ground
        ground = shapely.buffer(shapely.buffer(ground, -HEDGE_M - 4, join_style="mitre"), 4)
        ground = shapely.difference(ground, shapely.buffer(site.terrain.water, 10))
        parts = shapely.get_parts(ground)
        found.append(max(parts, key=shapely.area) if len(parts) else shapely.Polygon())
    return tuple(found)


def _field(plot: Plot) -> shapely.Polygon:
    """Return a four-cornered field, turned as the plot's own place says."""
    turn = plot.x % 1.57
    angle = np.array([0.55, 2.45, 3.75, 5.65]) + turn
    reach = plot.radius_m * np.array([1.32, 1.4, 1.28, 1.36])
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * reach[:, None]
    return shapely.Polygon(ring + np.array([plot.x, plot.y]))


def built_up(blocks: Blocks, site: Site) -> list[tuple[str, BaseGeometry]]:
    """Return land by use, ``residential``, ``retail`` or ``industrial``, as few large shapes."""
    uses = np.array([_use(site, number) for number in range(len(site.quarters))] + [""])
    use = uses[blocks.quarter]
    middles = shapely.get_coordinates(shapely.point_on_surface(blocks.faces))
    city = site.settlements[0]
    use[(use == "residential") & (city.reach(*middles.T) < 0.1)] = "retail"
    taken = shapely.union_all([ground for ground in blocks.grounds if not ground.is_empty])
    found = []
    for kind in ("residential", "retail", "industrial"):
        whole = shapely.union_all(shapely.buffer(blocks.faces[use == kind], 9, quad_segs=2))
        land = shapely.difference(shapely.buffer(whole, -2, quad_segs=2), taken)
        land = shapely.difference(land, site.terrain.water)
        found += [(kind, part) for part in shapely.get_parts(land) if part.area > 4_000]
    return found


def _use(site: Site, quarter: int) -> str:
    return "industrial" if site.quarters[quarter].pattern == "industrial" else "residential"
