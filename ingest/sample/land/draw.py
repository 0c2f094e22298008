"""Draws a county: water and woods, streets, rails, land by use, buildings, schools, names."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ingest.sample.land.buildings import courtyards, rows_of_houses
from ingest.sample.land.canvas import Canvas, Drawing, border_id
from ingest.sample.land.chains import Street
from ingest.sample.land.details import barriers, crossings
from ingest.sample.land.land import Land, Plan
from ingest.sample.land.motorway import make_motorway
from ingest.sample.land.noise import Floats
from ingest.sample.land.web import Int64s

School = Mapping[str, str]
"""Name and URN of the school on a site."""

SPEEDS: Final = {
    "trunk": "60 mph",
    "primary": "50 mph",
    "secondary": "50 mph",
    "tertiary": "30 mph",
    "residential": "20 mph",
    "living_street": "20 mph",
}
URBAN_SPEEDS: Final = {"trunk": "40 mph", "primary": "30 mph", "secondary": "30 mph"}
SIGNED: Final = 0.35
"""How many streets carry their speed limit: most of England's do not say."""

MOTORWAY_REF: Final = "M91"
PLOT_TAGS: Final = {
    "park": {"leisure": "park"},
    "cemetery": {"landuse": "cemetery"},
    "allotments": {"landuse": "allotments"},
    "pitches": {"leisure": "recreation_ground"},
    "retail": {"landuse": "retail"},
    "small_school": {"landuse": "grass"},
    "large_school": {"leisure": "recreation_ground"},
}


def draw(land: Land, schools: Mapping[int, School]) -> Drawing:
    """Draw a county.

    Args:
        land: the county.
        schools: the school on each site that has one, by the site's row.
    """
    canvas = Canvas(land.tile)
    _streets(canvas, land)
    _rails(canvas, land)
    _water(canvas, land)
    _green(canvas, land)
    _built(canvas, land)
    _grounds(canvas, land, schools)
    _places(canvas, land)
    return canvas.drawing()


def _streets(canvas: Canvas, land: Land) -> None:
    plan = land.plan
    web, rng = plan.web, land.tile.rng("street tags")
    number = np.full(len(web.x), -1)
    used = np.flatnonzero(web.degree() > 0)
    number[used] = canvas.nodes(np.column_stack([web.x[used], web.y[used]]))
    _pin_border(canvas, land, number)
    for tags in (barriers(web, rng), crossings(web, rng)):
        for node, found in tags.items():
            canvas.tag(int(number[node]), found)
    signed = rng.uniform(size=len(plan.streets)) < SIGNED
    for street, has_sign in zip(plan.streets, signed.tolist(), strict=True):
        _street(canvas, plan, street, number, has_sign=has_sign)
    _motorway(canvas, land, number)


def _pin_border(canvas: Canvas, land: Land, number: Int64s) -> None:
    """Let the roads that leave the county end in nodes that both counties know."""
    web, tile = land.plan.web, land.tile
    for side, place in zip(
        ("west", "east", "south", "north"), land.plan.site.skeleton.exits, strict=True
    ):
        if place is None:
            continue
        node = int(np.argmin(np.hypot(web.x - place[0], web.y - place[1])))
        if number[node] >= 0 and np.hypot(web.x[node] - place[0], web.y[node] - place[1]) < 0.5:
            canvas.stand_in(int(number[node]), border_id(tile, side, 0))


def _street(canvas: Canvas, plan: Plan, street: Street, number: Int64s, *, has_sign: bool) -> None:
    """Add a street as one way, or as several where tags change on the way."""
    web = plan.web
    tags = {"highway": street.kind}
    if street.name:
        tags["name"] = street.name
    if street.ref:
        tags["ref"] = street.ref
    if has_sign:
        tags |= _speed(street)
    way: list[int] = [int(number[street.nodes[0]])]
    before: dict[str, str] = web.extra.get(street.edges[0], {})
    for edge, node in zip(street.edges, street.nodes, strict=False):
        extra = web.extra.get(edge, {})
        if extra != before:
            canvas.way(way, tags | before)
            way, before = way[-1:], extra
        shape = web.shape.get(edge, np.empty((0, 2)))
        forward = int(web.a[edge]) == node
        way += canvas.nodes(shape if forward else shape[::-1]).tolist()
        way.append(int(number[web.b[edge] if forward else web.a[edge]]))
    canvas.way(way, tags | before)


def _speed(street: Street) -> dict[str, str]:
    table = SPEEDS | (URBAN_SPEEDS if street.settlement >= 0 else {})
    return {"maxspeed": table[street.kind]} if street.kind in table else {}


def _motorway(canvas: Canvas, land: Land, number: Int64s) -> None:
    motorway = make_motorway(land.plan.web, land.plan.site)
    tags = {"highway": "motorway", "oneway": "yes", "ref": MOTORWAY_REF, "maxspeed": "70 mph"}
    lanes = []
    for carriageway, points in enumerate(motorway.carriageways):
        nodes = canvas.nodes(points)
        for end, node in ((0, nodes[0]), (1, nodes[-1])):
            side = "south" if end == carriageway else "north"
            canvas.stand_in(int(node), border_id(land.tile, side, 1 + carriageway))
        canvas.way(nodes, tags)
        lanes.append(nodes)
    for carriageway, position, junction, leads_off in motorway.slips:
        on_motorway, on_street = int(lanes[carriageway][position]), int(number[junction])
        ends = [on_motorway, on_street] if leads_off else [on_street, on_motorway]
        slip = {"highway": "motorway_link", "oneway": "yes"}
        canvas.way(ends, slip)


def _rails(canvas: Canvas, land: Land) -> None:
    skeleton = land.plan.site.skeleton
    for line in skeleton.rails:
        canvas.line(shapely.get_coordinates(shapely.simplify(line, 1.5)), {"railway": "rail"})
    for x, y, settlement in skeleton.stations:
        node = int(canvas.nodes(np.array([[x, y]]))[0])
        name = land.settlements["name"][settlement]
        canvas.tag(node, {"railway": "station", "name": str(name)})


def _water(canvas: Canvas, land: Land) -> None:
    terrain, names = land.plan.site.terrain, land.names
    canvas.area(terrain.sea, {"natural": "bay", "name": names.sea})
    for part in shapely.get_parts(shapely.line_merge(terrain.coast)):
        points = shapely.get_coordinates(part)
        northward = points if points[0, 1] < points[-1, 1] else points[::-1]
        canvas.line(northward, {"natural": "coastline"})
    river = f"River {names.river}"
    water = shapely.simplify(shapely.difference(terrain.river_water, terrain.sea), 2)
    canvas.area(water, {"natural": "water", "water": "river", "name": river})
    inside = shapely.intersection(terrain.river, shapely.difference(terrain.land, terrain.sea))
    for part in shapely.get_parts(inside):
        canvas.line(
            shapely.get_coordinates(shapely.simplify(part, 2)), {"waterway": "river", "name": river}
        )
    for stream, name in zip(terrain.streams, _cycled(names.streams), strict=False):
        points = shapely.get_coordinates(shapely.simplify(stream, 2))
        canvas.line(points, {"waterway": "stream", "name": name})
    for lake, name in zip(shapely.get_parts(terrain.lakes), land.plan.lake_names, strict=False):
        canvas.area(lake, {"natural": "water", "name": name})


def _cycled(names: Sequence[str]) -> list[str]:
    return list(names) * 8


def _green(canvas: Canvas, land: Land) -> None:
    terrain, plan = land.plan.site.terrain, land.plan
    built = shapely.union_all([shape for _, shape in plan.uses])
    for wood, name in zip(
        shapely.get_parts(shapely.difference(terrain.woods, built)), plan.wood_names, strict=False
    ):
        if wood.area > 3_000:
            large = wood.area > 150_000
            canvas.area(wood, {"natural": "wood"} | ({"name": name} if large else {}))
    canvas.area(shapely.difference(terrain.heath, built), {"natural": "heath"})
    canvas.area(terrain.marsh, {"natural": "wetland", "wetland": "saltmarsh"})
    canvas.area(terrain.beach, {"natural": "beach", "surface": "sand"})


def _built(canvas: Canvas, land: Land) -> None:
    plan = land.plan
    for use, shape in plan.uses:
        canvas.area(shapely.simplify(shape, 1.5), {"landuse": use})
    middle = courtyards(plan.web, plan.blocks, plan.site)
    for block in middle:
        canvas.area(block, {"building": "yes"})
    rng = land.tile.rng("buildings")
    rows = rows_of_houses(plan.web, plan.blocks, plan.site, middle, rng)
    canvas.boxes(rows, {"building": "yes"})


def _grounds(canvas: Canvas, land: Land, schools: Mapping[int, School]) -> None:
    plan = land.plan
    site_of = {int(plot): row for row, plot in enumerate(land.sites["plot"])}
    for number, (plot, ground) in enumerate(zip(plan.site.plots, plan.blocks.grounds, strict=True)):
        if ground.is_empty:
            continue
        school = schools.get(site_of.get(number, -1))
        if school is None:
            named = plot.kind in {"park", "cemetery"}
            name = plan.park_names[number % len(plan.park_names)] if plot.kind == "park" else ""
            tags = PLOT_TAGS[plot.kind] | ({"name": name} if named and name else {})
            canvas.area(ground, tags)
            continue
        tags = {"amenity": "school", "name": school["name"], "ref:edubase": school["urn"]}
        canvas.area(ground, tags)
        for box in school_buildings(ground):
            canvas.area(box, {"building": "school"})


def school_buildings(ground: BaseGeometry) -> list[shapely.Polygon]:
    """Return two wings of a school, within its ground and along its longer side."""
    frame = shapely.get_coordinates(shapely.minimum_rotated_rectangle(ground))
    sides = np.diff(frame[:3], axis=0)
    lengths = np.hypot(*sides.T)
    longer = int(lengths.argmax())
    along, aside = sides[longer] / lengths[longer], sides[1 - longer] / lengths[1 - longer]
    if shapely.get_coordinates(ground.centroid).size == 0:
        return []
    middle = shapely.get_coordinates(ground.centroid)[0]
    size = float(np.sqrt(ground.area))
    wings = (
        (-0.08, 0.10, 0.26, 0.07),
        (-0.20, 0.0, 0.06, 0.16),
    )
    found = [_box(middle, along, aside, np.array(wing) * size) for wing in wings]
    return [box for box in found if shapely.contains(ground, box)]


def _box(middle: Floats, along: Floats, aside: Floats, wing: Floats) -> shapely.Polygon:
    at = middle + along * wing[0] + aside * wing[1]
    half, deep = along * wing[2], aside * wing[3]
    return shapely.Polygon([at - half - deep, at + half - deep, at + half + deep, at - half + deep])


def _places(canvas: Canvas, land: Land) -> None:
    rows = land.settlements
    local = np.column_stack([rows["x"] - land.tile.x0, rows["y"] - land.tile.y0])
    numbers = canvas.nodes(local)
    for node, kind, name, people in zip(
        numbers.tolist(), rows["kind"], rows["name"], rows["people"], strict=True
    ):
        tags = {"place": str(kind), "name": str(name)}
        if kind != "suburb":
            tags["population"] = f"{people:.0f}"
        canvas.tag(node, tags)
