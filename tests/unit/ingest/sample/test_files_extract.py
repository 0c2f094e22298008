import numpy as np
import osmium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sample.files.osm.pbf import header, node_blocks, relation_blocks, way_blocks
from ingest.sample.files.osm.varints import steps, varint, varints, zigzag
from ingest.sample.land.canvas import Drawing

NODES, WAYS = 20_000, 9_000
"""More than two blocks of nodes and one of ways."""

WHOLE = st.integers(-(2**62), 2**62)


def drawn():
    """Draw at random: west and east of Greenwich, large ids, ways that turn back."""
    rng = np.random.default_rng(1)
    sizes = rng.integers(2, 9, WAYS)
    node = 269_000_000 + np.cumsum(rng.integers(1, 900, NODES))
    sets = ({"highway": "steps"}, {}, {"name": "Zoë's, 100% = «all»", "building": "yes"})
    return Drawing(
        node_id=node,
        lon=rng.uniform(-6, 2, NODES),
        lat=rng.uniform(50, 56, NODES),
        node_tags=((0, {"place": "village"}), (9_000, {"barrier": "gate", "foot": "yes"})),
        way_id=1 + np.arange(WAYS),
        way_start=np.concatenate([[0], np.cumsum(sizes)]),
        way_ref=rng.choice(node, sizes.sum()),
        way_tags=rng.integers(0, 3, WAYS).astype(np.int32),
        tag_sets=sets,
        relations=(
            (7, (("w", 9, "outer"), ("n", int(node[5]), ""), ("w", 2, "inner")), {"type": "x"}),
            (8, (("r", 7, "part"),), {}),
        ),
    )


@pytest.fixture(scope="module")
def drawing():
    return drawn()


@pytest.fixture(scope="module")
def extract(drawing, tmp_path_factory):
    path = tmp_path_factory.mktemp("extract") / "x.osm.pbf"
    with path.open("wb") as file:
        file.write(header("tests", 0))
        for blocks in (node_blocks, way_blocks, relation_blocks):
            file.writelines(blocks(drawing))
    return str(path)


def test_nodes_are_read_back(drawing, extract):
    tags = dict(drawing.node_tags)
    found = osmium.FileProcessor(extract, osmium.osm.NODE)
    for position, node in enumerate(found):
        place = (drawing.lon[position], drawing.lat[position])
        assert node.id == drawing.node_id[position]
        assert (node.location.lon, node.location.lat) == pytest.approx(place, abs=1e-7)
        assert dict(node.tags) == tags.get(position, {})
    assert position == NODES - 1


def test_ways_are_read_back(drawing, extract):
    found = osmium.FileProcessor(extract, osmium.osm.WAY)
    for number, way in enumerate(found):
        first, last = drawing.way_start[number : number + 2]
        assert way.id == drawing.way_id[number]
        assert [node.ref for node in way.nodes] == drawing.way_ref[first:last].tolist()
        assert dict(way.tags) == drawing.tag_sets[drawing.way_tags[number]]
    assert number == WAYS - 1


def test_relations_are_read_back(drawing, extract):
    found = [
        (one.id, tuple((m.type, m.ref, m.role) for m in one.members), dict(one.tags))
        for one in osmium.FileProcessor(extract, osmium.osm.RELATION)
    ]
    assert tuple(found) == drawing.relations


@given(st.lists(WHOLE.map(abs)))
def test_many_numbers_are_written_as_each_is(values):
    found, start = varints(np.array(values, np.int64))
    alone = [varint(value) for value in values]
    assert found.tobytes() == b"".join(alone)
    assert np.diff(start).tolist() == [len(each) for each in alone]


@given(st.lists(st.integers(-(2**31), 2**31), min_size=1))
def test_steps_and_signs_can_be_undone(values):
    turned = zigzag(steps(np.array(values, np.int64)))
    assert turned.min() >= 0
    back = np.where(turned & 1, -((turned + 1) >> 1), turned >> 1)
    assert np.cumsum(back).tolist() == values
