import json
import tomllib

import pytest

from config.region import read_region
from ingest.sample import codes
from ingest.sample.files import Country
from ingest.sample.files.beside import region_text
from ingest.sample.tiles import tiles
from tests.support.sample_county import write_mirror

COUNTIES = 3


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    return write_mirror(tmp_path_factory.mktemp("sample"), COUNTIES)


def test_the_region_file_is_read_and_knows_every_authority(mirror):
    region = read_region(mirror / "sample.toml")
    assert region.made_up
    assert region.la_codes == tuple(
        codes.la_code(kind, number) for number, kind in enumerate(("city", "shire") * COUNTIES)
    )
    assert [each.name for each in region.authorities()][1].endswith("shire")
    assert len(region.new_authorities) == 2 * COUNTIES + 2
    assert "made-up" in region.title


def test_the_note_says_plainly_that_all_is_made_up(mirror):
    text = (mirror / "README.txt").read_text("utf-8")
    assert text.startswith("MADE-UP DATA")
    assert "atlas sample OUT --scale 3 --seed 1" in text
    assert "atlas build sample --mirror ." in text


def test_the_truth_holds_what_made_every_county(mirror):
    truth = json.loads((mirror / "truth.json").read_text("utf-8"))
    assert (truth["made_up"], truth["scale"], truth["seed"]) == (True, 3.0, 1)
    assert [county["county"] for county in truth["counties"]] == [0, 1, 2]
    assert truth["counties"][0]["choice"] == {"minutes": -0.1}
    assert truth["counties"][0]["next"] == [0, 1, 2]


def test_one_county_is_called_after_its_authorities(tmp_path):
    text = tomllib.loads((write_mirror(tmp_path, 1) / "sample.toml").read_text("utf-8"))
    names = [authority["name"] for authority in text["new_authorities"]]
    assert text["title"] == f"{names[0]} and {names[1]}"
    assert len(names) == 3


def test_the_region_file_of_the_largest_sample_is_read(tmp_path):
    country = Country(280.0, 1, tiles(280.0, 1))
    (tmp_path / "sample.toml").write_text(region_text(country), encoding="utf-8")
    region = read_region(tmp_path / "sample.toml")
    assert len(region.la_codes) == 560
    assert len(region.new_authorities) == 560 + len(country.beside())
