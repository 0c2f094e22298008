"""What the Overpass API answered, read as an extract."""

import json
from pathlib import Path

import pytest

from tests.support.overpass_server import DATE, answer_of
from tests.unit.travel.tiny_streets import cross, write_extract
from travel import ExtractError, build_network, read_extract

WAYS = {10: ([4, 1, 2], {"highway": "residential"}), 11: ([3, 1, 5], {"highway": "footway"})}


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return write_extract(tmp_path / "a.osm.pbf", cross(), WAYS)


def test_an_answer_is_the_extract_it_was_made_of(tmp_path: Path, extract: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(answer_of(extract).body)
    read = read_extract(path)
    assert read.names == ("answer.json",)
    assert f"{read.date:%Y-%m-%dT%H:%M:%SZ}" == DATE
    ours, _ = build_network(read_extract(extract), mode="walk")
    assert build_network(read, mode="walk")[0].network_id == ours.network_id


def test_an_answer_and_an_extract_are_joined(tmp_path: Path, extract: Path) -> None:
    more = {12: ([2, 6], {"highway": "path"})}
    points = cross()
    beside = write_extract(tmp_path / "b.osm.pbf", points | {6: (points[2][0] + 50, 430_000)}, more)
    path = tmp_path / "answer.json"
    path.write_bytes(answer_of(beside).body)
    assert sorted(read_extract(extract, path).way_id.tolist()) == [10, 11, 12]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"elements": null}',
        '{"elements": [7]}',
        '{"elements": [{"type": "node", "id": 1}]}',
        '{"elements": [{"type": "way", "id": 1}]}',
        '{"elements": [{"type": "node", "id": 1, "lat": "north", "lon": 0}]}',
    ],
)
def test_what_is_no_answer_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "answer.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExtractError, match="is no answer of the Overpass API"):
        read_extract(path)


def test_an_answer_without_streets_says_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(
        json.dumps({"elements": [{"type": "node", "id": 1, "lat": 52.0, "lon": -1.0}]}),
        encoding="utf-8",
    )
    with pytest.raises(ExtractError, match=r"answer\.json: found 1 nodes, 0 ways"):
        read_extract(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"none\.json is not there"):
        read_extract(tmp_path / "none.json")
