"""A file of pupils is counted on the way in, and found nowhere afterwards."""

import json
import tempfile

import pytest

from config.errors import AtlasError
from config.region import read_region
from ingest.errors import CheckFailed
from ingest.pipeline.reporter import Silent
from ingest.sources import own_counts

NAME = "Zyxwvut Qponmlk"
ELSEWHERE = "ZZ9 9QQ"
ROWS = [
    *["2024/25,900001,3,TT1 1AA"] * 7,
    *["2024/25,900001,4,TT1 4HH"] * 9,
    *["2024/25,900002,4,TT1 1AA"] * 2,
    *["2024/25,900002,5,TT1 4HH"] * 11,
    f"2024/25,900001,3,{ELSEWHERE}",
]


class Listening(Silent):
    """Keeps every word it is told."""

    def __init__(self):
        self.words = []

    def progressed(self, share, doing):
        self.words.append(f"{share} {doing}")


@pytest.fixture
def with_pupils(place, tmp_path, monkeypatch):
    """The tiny place with a file of pupils, and a folder of its own for temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    outside = tmp_path / "outside"
    outside.mkdir()
    place.pupils = outside / "pupils.csv"
    write(place.pupils, "academic_year,urn,year_group,postcode,name")
    region = place.folder / "regions" / "tiny.toml"
    text = region.read_text(encoding="utf-8")
    region.write_text(f'{text}\n[own_files]\nown_counts = ["{place.pupils.as_posix()}"]\n')
    place.region = read_region(region)
    place.searched = (place.home, temporary)
    return place


def write(path, header):
    path.write_text("\n".join([header, *(f"{row},{NAME}" for row in ROWS)]), encoding="utf-8")


def assert_nothing_of_a_row_is_kept(place):
    """Look into every byte, also into tables, for what stands in a row."""
    raw = place.pupils.read_bytes()
    wanted = [
        NAME.encode(),
        ELSEWHERE.encode(),
        ELSEWHERE.replace(" ", "").encode(),
        b"4,TT1 4HH",
        raw,
    ]
    found = []
    for folder in place.searched:
        for path in folder.rglob("*"):
            assert not path.is_symlink() or path.resolve() != place.pupils.resolve()
            if path.is_file():
                content = path.read_bytes()
                found += [(path, each) for each in wanted if each in content]
                assert not path.samefile(place.pupils)
    assert found == []


def test_after_a_build_only_counts_are_kept(with_pupils):
    listening = Listening()
    with_pupils.build(listening)
    assert_nothing_of_a_row_is_kept(with_pupils)
    flows = with_pupils.query("select urn, pupils_counted, at_most, status from flow order by 1, 2")
    assert flows == [
        (900001, None, None, "suppressed"),
        (900001, None, None, "suppressed"),
        (900002, None, 4, "suppressed"),
        (900002, None, None, "suppressed"),
    ]
    told = json.dumps([listening.words, with_pupils.query("select says, subject from issue")])
    assert "fewer than 5 pupils have no home in the region" in told
    assert not [secret for secret in (NAME, ELSEWHERE) if secret in told]
    receipt = with_pupils.query(
        "select address, file_name from receipt where source_id='own_counts'"
    )
    assert receipt == [("supplied:pupils.csv, counted", "pupils.counted.csv")]


def test_after_a_build_that_fails_half_way_nothing_is_kept(with_pupils):
    streets = with_pupils.mirror / "osm" / "tiny-latest.osm.pbf"
    streets.write_bytes(streets.read_bytes()[:300])
    with pytest.raises(AtlasError) as raised:
        with_pupils.build()
    assert ELSEWHERE not in str(raised.value)
    assert_nothing_of_a_row_is_kept(with_pupils)


def test_a_file_without_a_column_stops_the_build_and_tells_no_row(with_pupils):
    write(with_pupils.pupils, "academic_year,urn,year,postcode,name")
    with pytest.raises(AtlasError, match="no column year_group") as raised:
        with_pupils.build()
    assert NAME not in str(raised.value)
    assert_nothing_of_a_row_is_kept(with_pupils)


def test_a_mistake_of_ours_while_counting_tells_no_row_either(with_pupils, monkeypatch):
    def broken(*_, **__):
        raise ValueError(f"invalid literal for int(): {ELSEWHERE}, {NAME}")

    monkeypatch.setattr(own_counts, "read_pupils", broken)
    with pytest.raises(CheckFailed, match=r"cannot be read as own_counts \(ValueError\)") as raised:
        with_pupils.build()
    assert raised.value.__suppress_context__
    assert ELSEWHERE not in f"{raised.value} {raised.value.hint}"
    assert_nothing_of_a_row_is_kept(with_pupils)
