"""The land of the smallest county: it hangs together, and its parts add up."""

import networkx as nx
import numpy as np
import pytest
import shapely

from config.terms import postcode
from ingest.sample.land import make_land
from ingest.sample.land.homes import PEOPLE_A_HOME, POSTCODES
from ingest.sample.names import Names
from ingest.sample.tiles import PEOPLE


def test_one_can_walk_from_every_junction_to_every_other(small_land):
    streets = small_land.streets
    graph = nx.Graph(zip(streets.a.tolist(), streets.b.tolist(), strict=True))
    assert nx.number_connected_components(graph) == 1
    assert set(small_land.postcodes["node"]) | set(small_land.sites["node"]) <= set(graph)


def test_minutes_on_foot_are_what_networkx_finds(small_land):
    streets = small_land.streets
    graph = nx.Graph()
    for a, b, seconds in zip(streets.a, streets.b, streets.walk_s, strict=True):
        known = graph.get_edge_data(int(a), int(b), {"weight": np.inf})["weight"]
        graph.add_edge(int(a), int(b), weight=min(known, float(seconds) / 60))
    start = int(small_land.sites["node"][0])
    slow = nx.single_source_dijkstra_path_length(graph, start, cutoff=90)
    fast = small_land.streets.minutes(np.array([start]))[0]
    assert set(np.flatnonzero(np.isfinite(fast)).tolist()) == set(slow)
    assert [fast[n] for n in slow] == pytest.approx(list(slow.values()), rel=1e-4, abs=1e-4)


def test_postcodes_are_spelt_right_and_given_once(small_land):
    codes = small_land.postcodes["postcode"]
    assert codes.is_unique
    assert [postcode(code) for code in codes] == codes.tolist()
    assert len(codes) == pytest.approx(POSTCODES * small_land.tile.share, rel=0.15)


def test_homes_hold_the_people_of_the_county(small_land):
    people = small_land.postcodes["households"].sum() * PEOPLE_A_HOME
    assert people == pytest.approx(PEOPLE * small_land.tile.share, rel=0.01)


def test_homes_of_postcodes_add_up_to_those_of_small_areas(small_land):
    held = small_land.postcodes.groupby("area")["households"].sum()
    assert held.to_list() == small_land.areas["households"].to_list()


def test_small_areas_are_of_about_one_size(small_land):
    homes = small_land.areas["households"]
    assert homes.between(300, 1_200).all()
    assert len(homes) == pytest.approx(130 * small_land.tile.share, abs=3)


def test_small_areas_cover_the_land_once(small_land):
    shapes = small_land.areas.geometry
    assert shapes.is_valid.all()
    whole = shapely.union_all(shapes.to_numpy())
    assert whole.area == pytest.approx(shapes.area.sum(), rel=1e-6)
    terrain = small_land.plan.site.terrain
    land = shapely.area(shapely.union(terrain.land, terrain.beach))
    assert whole.area == pytest.approx(land, rel=1e-3)


def test_postcodes_lie_in_their_small_areas(small_land):
    rows = small_land.postcodes
    outlines = small_land.areas.geometry.to_numpy()[rows["area"]]
    inside = shapely.dwithin(outlines, shapely.points(rows["x"], rows["y"]), 20)
    assert inside.mean() > 0.99


def test_wards_and_districts_nest(small_land):
    areas = small_land.areas
    assert (areas.groupby("ward_code")["district_code"].nunique() == 1).all()
    assert (areas.groupby("ward_code")["ward_name"].nunique() == 1).all()
    assert areas["area_code"].is_unique
    assert areas["name"].is_unique
    assert set(areas["part"]) == {"city", "shire", "fringe"}


def test_nobody_lives_in_the_water(small_land):
    tile, rows = small_land.tile, small_land.postcodes
    wet = shapely.contains_xy(
        small_land.plan.site.terrain.water, rows["x"] - tile.x0, rows["y"] - tile.y0
    )
    assert wet.sum() <= 0.002 * len(rows)


def test_school_grounds_lie_apart_and_off_the_streets(small_land):
    grounds = small_land.sites.geometry
    assert shapely.union_all(grounds.to_numpy()).area == pytest.approx(grounds.area.sum())
    assert small_land.sites["hectares"].between(0.35, 12).all()
    gates = shapely.points(small_land.sites["x"], small_land.sites["y"])
    assert shapely.distance(grounds.to_numpy(), gates).max() < 150


def test_settlements_are_called_by_names_of_their_own(small_land):
    assert small_land.settlements["name"].is_unique
    assert {"city", "town", "village", "suburb"} <= set(small_land.settlements["kind"])


def test_equal_seeds_make_equal_land(small_land, small_tile):
    again = make_land(small_tile, Names.of(small_tile))
    assert again.postcodes.equals(small_land.postcodes)
    assert again.settlements.equals(small_land.settlements)
    assert again.areas.geometry.geom_equals(small_land.areas.geometry).all()
    assert np.array_equal(again.streets.walk_s, small_land.streets.walk_s)
