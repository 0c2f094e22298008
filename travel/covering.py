"""Where the streets that were loaded reach, and so where travel times can be given."""

from functools import lru_cache

import contourpy
import numpy as np
import numpy.typing as npt
import shapely

from travel.network import Frame

Floats = npt.NDArray[np.float64]

GAP_M = 350.0
"""Streets up to about twice this far apart are joined; the fields between them are covered."""

MARGIN_M = 80.0
"""How far the coverage reaches beyond the middle of the outermost streets' cells: all of a cell."""

FINGER_M = 200.0
"""Strips up to twice this wide are cut off: lone streets that run on beyond what was loaded."""

HOLE_KM2 = 15.0
"""Holes up to this size are filled: a lake or a moor lies inside the streets, not beyond them."""

SIMPLIFY_M = 30.0
"""The outline is drawn no finer than this."""


def coverage(frame: Frame, has_street: npt.NDArray[np.bool_]) -> shapely.MultiPolygon:
    """Draw the outline of the ground that the streets cover.

    The cells with a street are grown by ``GAP_M + MARGIN_M`` and shrunk again by ``GAP_M``, which
    joins streets with gaps between them and leaves a margin round the outermost. An extract holds
    streets that cross its border in full, without the streets around them: such fingers are cut.

    Args:
        frame: the grid.
        has_street: shape (rows, columns), whether a street touches the cell.

    Returns:
        Valid polygons, EPSG:27700.
    """
    return _coverage(frame, np.packbits(has_street).tobytes())


@lru_cache(maxsize=4)
def _coverage(frame: Frame, bits: bytes) -> shapely.MultiPolygon:
    """Draw an outline once for the modes that have the same streets."""
    from scipy import ndimage  # noqa: PLC0415 - a journey need not wait for it

    cells = frame.rows * frame.columns
    flat = np.unpackbits(np.frombuffer(bits, np.uint8), count=cells).astype(np.bool_)
    has_street = flat.reshape(frame.rows, frame.columns)
    reach = (GAP_M + MARGIN_M) / frame.cell_m
    pad = int(reach) + 2
    occupied = np.pad(has_street, pad)
    grown = ndimage.distance_transform_edt(~occupied) <= reach
    inside = ndimage.distance_transform_edt(grown) * frame.cell_m
    x = frame.x0 + frame.cell_m * (np.arange(-pad, frame.columns + pad) + 0.5)
    y = frame.y0 + frame.cell_m * (np.arange(-pad, frame.rows + pad) + 0.5)
    outline = polygons_above(x, y, inside, GAP_M, hole_m2=HOLE_KM2 * 1e6)
    without_fingers = [_opened(part) for part in outline]
    return as_multipolygon(shapely.union_all(shapely.simplify(without_fingers, SIMPLIFY_M)))


def _opened(part: shapely.Polygon) -> shapely.Geometry:
    """Cut strips off a polygon but for their roots; one that is nothing but a strip is kept."""
    core = shapely.buffer(part, -FINGER_M)
    if shapely.is_empty(core):
        return part
    return shapely.intersection(part, shapely.buffer(core, 2 * FINGER_M))


def polygons_above(
    x: npt.NDArray[np.floating],
    y: npt.NDArray[np.floating],
    value: npt.NDArray[np.floating],
    level: float,
    *,
    speck_m2: float = 0.0,
    hole_m2: float = 0.0,
) -> list[shapely.Polygon]:
    """Outline where a field on a grid is at least as high as a level (marching squares).

    Args:
        x: metres of the columns.
        y: metres of the rows.
        value: shape (rows, columns).
        level: the height.
        speck_m2: pieces with an outline round less than this are dropped.
        hole_m2: holes smaller than this are filled.
    """
    lines, offsets = contourpy.contour_generator(
        x, y, value, fill_type=contourpy.FillType.OuterOffset
    ).filled(level, np.inf)[:2]
    polygons = (
        _polygon(points, starts.astype(np.int64), speck_m2, hole_m2)
        for points, starts in zip(lines, offsets, strict=True)
        if points is not None and starts is not None
    )
    return [polygon for polygon in polygons if polygon is not None]


def as_multipolygon(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Return the polygons of a shape, without lines and points."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon(parts)


def _polygon(
    points: Floats, starts: npt.NDArray[np.int64], speck_m2: float, hole_m2: float
) -> shapely.Polygon | None:
    """Make a polygon of closed rings that lie end to end, the outer one first."""
    areas = _ring_areas(points, starts)
    if areas[0] < speck_m2:
        return None
    holes = [
        points[starts[ring] : starts[ring + 1]]
        for ring in range(1, areas.size)
        if areas[ring] >= hole_m2
    ]
    return shapely.Polygon(points[: starts[1]], holes)


def _ring_areas(points: Floats, starts: npt.NDArray[np.int64]) -> Floats:
    """Measure the ground inside each ring, by the shoelace formula."""
    x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
    cross = np.append(x[:-1] * y[1:] - x[1:] * y[:-1], 0.0)
    cross[starts[1:] - 1] = 0.0
    return np.abs(np.add.reduceat(cross, starts[:-1])) / 2
