"""The drawing of the smallest county: whole, and rich enough to look like a place."""

import itertools

import numpy as np
import pytest


def ways(drawing):
    """Yield the tags and nodes of every way."""
    for number, tag_set in enumerate(drawing.way_tags.tolist()):
        start, end = drawing.way_start[number : number + 2]
        yield drawing.tag_sets[tag_set], drawing.way_ref[start:end]


@pytest.fixture(scope="module")
def highways(small_drawing):
    return [(tags, nodes) for tags, nodes in ways(small_drawing) if "highway" in tags]


def test_ids_ascend_and_every_way_has_its_nodes(small_drawing):
    assert (np.diff(small_drawing.node_id) > 0).all()
    assert (np.diff(small_drawing.way_id) > 0).all()
    assert np.isin(small_drawing.way_ref, small_drawing.node_id).all()


def test_every_way_can_be_published(small_drawing):
    sizes = np.diff(small_drawing.way_start)
    assert sizes.min() >= 2
    assert sizes.max() <= 2_000


def test_no_node_follows_itself(small_drawing):
    repeats = [tags for tags, nodes in ways(small_drawing) if (nodes[1:] == nodes[:-1]).any()]
    assert repeats == []


def test_relations_are_made_of_ways_that_are_there(small_drawing):
    known = set(small_drawing.way_id.tolist())
    members = [ref for _, parts, _ in small_drawing.relations for _, ref, _ in parts]
    assert members
    assert set(members) <= known


def test_the_city_lies_where_degrees_say(small_drawing, small_land):
    assert small_drawing.lon.min() > 0
    assert 53 < small_drawing.lat.mean() < 55
    assert len(small_land.settlements) > 10


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("highway", "residential"),
        ("highway", "primary"),
        ("highway", "tertiary"),
        ("highway", "footway"),
        ("highway", "steps"),
        ("highway", "service"),
        ("highway", "track"),
        ("oneway", "yes"),
        ("bridge", "yes"),
        ("railway", "rail"),
        ("waterway", "river"),
        ("waterway", "stream"),
        ("natural", "coastline"),
        ("natural", "water"),
        ("natural", "wood"),
        ("natural", "beach"),
        ("landuse", "residential"),
        ("leisure", "park"),
        ("building", "yes"),
        ("amenity", "school"),
    ],
)
def test_what_a_place_has_is_drawn(small_drawing, key, value):
    tagged = [tags for tags, _ in ways(small_drawing)] + [t for *_, t in small_drawing.relations]
    assert any(tags.get(key) == value for tags in tagged)


def test_settlements_stations_and_gates_are_points(small_drawing):
    tags = [tags for _, tags in small_drawing.node_tags]
    assert {"city", "town", "village", "suburb"} <= {t.get("place") for t in tags}
    assert any(t.get("railway") == "station" for t in tags)
    assert any("barrier" in t for t in tags)
    assert any(t.get("highway") == "traffic_signals" for t in tags)


def test_nearly_every_street_that_homes_front_has_a_name(highways):
    fronted = [tags for tags, _ in highways if tags["highway"] in {"residential", "tertiary"}]
    named = [tags for tags in fronted if "name" in tags]
    assert len(named) > 0.95 * len(fronted)


def test_schools_stand_on_their_grounds_under_their_urn(small_drawing, drawn_schools):
    found = {
        tags["ref:edubase"]: tags["name"]
        for tags in itertools.chain(
            (tags for tags, _ in ways(small_drawing)), (t for *_, t in small_drawing.relations)
        )
        if tags.get("amenity") == "school"
    }
    assert found == {s["urn"]: s["name"] for s in drawn_schools.values()}


def test_streets_that_meet_share_a_node(highways):
    ends = np.concatenate([nodes[[0, -1]] for _, nodes in highways])
    inner = np.concatenate([nodes for _, nodes in highways])
    used = np.bincount(np.unique(inner, return_inverse=True)[1])
    shared = (used > 1).sum()
    assert shared > 0.3 * len(np.unique(ends))
