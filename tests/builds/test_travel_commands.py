"""``atlas network``, ``atlas times`` and ``atlas isochrone`` on the build of the tiny place.

Streets run every 250 m from (X0, Y0). The postcode TT1 1AA lies 100 m east of one, 110 m north of
the corner; the school 900001 stands at the junction (250, 250): 100 + 140 + 250 m away on foot.
"""

import csv
import io
import json
import sys

import pandas as pd
import pytest
import shapely

from api import cli
from tests.support.tiny_mirror import X0, Y0
from tests.unit.travel.tiny_streets import cross, write_extract
from travel import MODES, Network, read_time_grid

HOME = (X0 + 100, Y0 + 110)
WALK_M = 100 + 140 + 250


@pytest.fixture
def atlas(built, monkeypatch, capsys):
    """Run the command as ``main`` does; return exit code, output and messages."""
    monkeypatch.setenv("ATLAS_HOME", str(built.home))
    monkeypatch.setenv("ATLAS_REGIONS_DIR", str(built.folder / "regions"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["atlas", *map(str, words)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capsys.readouterr()
        return code, out, " ".join(err.split())

    return run


@pytest.fixture(scope="module")
def extract(built):
    return built.mirror / "osm" / "tiny-latest.osm.pbf"


@pytest.fixture
def saved(atlas, extract, tmp_path):
    code, _, err = atlas("network", extract, "--mode", "walk", "--out", tmp_path / "nets")
    assert code == 0, err
    return tmp_path / "nets"


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def table(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_network_says_of_every_mode_what_is_in_it_and_what_is_not(atlas, extract):
    code, out, _ = atlas("network", extract)
    assert code == 0
    lines = out.splitlines()
    for mode in MODES:
        assert any(line.split()[:1] == [mode] for line in lines), mode
    header = next(line for line in lines if "Nodes" in line)
    assert header.split() == ["Mode", "Nodes", "Edges", "km", "Left", "out", "Islands", "Odd", "s"]


def test_network_names_reasons_and_odd_tags(atlas, tmp_path):
    road = {"highway": "residential"}
    ways = {
        10: ([4, 1, 2], road),
        11: ([1, 3], {"highway": "service", "access": "no"}),
        12: ([1, 5], road | {"foot": "perhaps"}),
    }
    path = write_extract(tmp_path / "odd.osm.pbf", cross(), ways)
    code, out, _ = atlas("network", path, "--mode", "walk")
    assert code == 0
    assert "walk: access=no: 1 ways, 0 km left out" in out
    assert "way 12: foot=perhaps" in out


def test_network_says_which_modes_nobody_can_go_by(atlas, tmp_path):
    ways = {10: ([4, 1, 2], {"highway": "footway"})}
    path = write_extract(tmp_path / "paths.osm.pbf", cross(), ways)
    code, out, _ = atlas("network", path)
    assert code == 0
    assert "drive: none of the 1 ways" in out
    code, _, err = atlas("network", path, "--mode", "drive")
    assert (code, "is open to cars" in err) == (1, True)


def test_network_describes_a_region_by_the_files_its_build_was_made_from(atlas, extract):
    of_region = atlas("network", "tiny", "--mode", "walk")
    of_file = atlas("network", extract, "--mode", "walk")
    assert (of_region[0], of_file[0]) == (0, 0)
    numbers = [
        next(line.split()[:4] for line in out.splitlines() if line.split()[:1] == ["walk"])
        for _, out, _ in (of_region, of_file)
    ]
    assert numbers[0] == numbers[1]


def test_network_saves_what_times_and_isochrone_open(atlas, saved):
    assert Network.load(saved / "walk").mode == "walk"
    to = f"{X0 + 250},{Y0 + 250}"
    code, out, _ = atlas("times", saved, "--from", f"{HOME[0]},{HOME[1]}", "--to", to)
    assert code == 0
    assert float(rows(out)[0]["metres"]) == pytest.approx(WALK_M, abs=1)
    assert atlas("isochrone", saved / "walk", "--at", to, "--minutes", "3")[0] == 0


def test_times_go_from_a_postcode_to_the_regions_schools(atlas):
    code, out, err = atlas("times", "tiny", "--from", "tt1 1aa", "--limit", "10")
    assert code == 0, err
    found = {row["destination"]: row for row in rows(out)}
    assert found["900001"]["origin"] == "TT1 1AA"
    assert float(found["900001"]["metres"]) == pytest.approx(WALK_M, abs=1)
    assert float(found["900001"]["seconds"]) == pytest.approx(WALK_M / 80 * 60, abs=1)
    assert found["900001"]["status"] == "reached"
    assert (found["900002"]["seconds"], found["900002"]["status"]) == ("", "over_limit")
    assert found["900006"]["status"] == "outside"


def test_times_of_a_table_are_written_as_csv_or_parquet(atlas, tmp_path):
    points = table(
        tmp_path / "homes.csv",
        f"name,x,y\nhere,{HOME[0]},{HOME[1]}\n\nthere,{X0 + 1250},{Y0 + 1750}\n"
        f"far,{X0 + 90000},{Y0}\n",
    )
    for name in ("out.csv", "out.parquet"):
        to = tmp_path / "made" / name
        code, out, _ = atlas("times", "tiny", "--from", points, "--to", points, "--out", to)
        assert (code, "Wrote 9 rows" in " ".join(out.split())) == (0, True)
        frame = pd.read_csv(to) if name.endswith("csv") else pd.read_parquet(to)
        assert frame["origin"].tolist() == ["here"] * 3 + ["there"] * 3 + ["far"] * 3
        assert frame["status"].tolist()[-3:] == ["outside"] * 3
        assert frame["seconds"].tolist()[0] == pytest.approx(0, abs=0.1)
        there = frame[(frame["origin"] == "here") & (frame["destination"] == "there")]
        assert there["status"].tolist() == ["reached"]


@pytest.mark.parametrize("mode", MODES)
def test_times_and_isochrones_are_had_for_every_mode(atlas, mode):
    code, out, _ = atlas("times", "tiny", "--from", "TT1 1AA", "--to", "900001", "--mode", mode)
    assert (code, rows(out)[0]["status"]) == (0, "reached")
    code, out, _ = atlas("isochrone", "tiny", "--at", "TT1 1AA", "--minutes", "3", "--mode", mode)
    assert (code, json.loads(out)["features"][0]["properties"]["mode"]) == (0, mode)


def test_an_isochrone_is_geojson_the_widest_band_first(atlas, tmp_path):
    to = tmp_path / "bands.geojson"
    code, _, _ = atlas("isochrone", "tiny", "--at", "900003", "--minutes", "10,5", "--out", to)
    assert code == 0
    drawn = json.loads(to.read_text(encoding="utf-8"))
    assert [each["properties"]["minutes"] for each in drawn["features"]] == [10, 5]
    wide, narrow = (shapely.geometry.shape(each["geometry"]) for each in drawn["features"])
    assert wide.buffer(1e-5).covers(narrow)
    assert drawn["origin"]["label"] == "Tiny College"
    assert "way to the school" in drawn["method"]
    assert "OpenStreetMap" in drawn["attribution"]


def test_an_isochrone_is_a_time_grid_too(atlas, tmp_path):
    to = tmp_path / "grid.atg"
    assert atlas("isochrone", "tiny", "--at", "900003", "--minutes", "12", "--out", to)[0] == 0
    grid, header = read_time_grid(to.read_bytes())
    assert header["mode"] == "walk"
    assert grid.minutes.min() <= 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("times", "tiny", "--from", "TT9 9ZZ"), "the postcode TT9 9ZZ is not in this atlas"),
        (("times", "tiny", "--from", "999999"), "no school with URN 999999"),
        (("times", "tiny", "--from", "52.6,-0.8"), "has latitude before longitude"),
        (("times", "tiny", "--from", "nan,nan"), "no pair of finite numbers"),
        (("times", "tiny", "--from", "3,4"), "is no place in England"),
        (("times", "tiny", "--from", f"{X0},{Y0 + 90_000}"), "outside the streets that were"),
        (("times", "tiny", "--from", "none.csv"), "none.csv is not there"),
        (("times", "nowhere", "--from", "1,1"), "there is no region file for 'nowhere'"),
        (("times", "rutland", "--from", "1,1"), "there is no build of 'rutland' yet"),
        (("isochrone", "tiny", "--at", f"{X0},{Y0 + 90_000}"), "lies beyond the streets"),
        (("isochrone", "tiny", "--at", "900001", "--minutes", "61"), "minutes=61 is above 60"),
        (("network", "nowhere"), "there is no region file for 'nowhere'"),
        (("network", "rutland"), "there is no build of 'rutland' yet"),
        (("network", "none.osm.pbf"), "none.osm.pbf is not there"),
        (("network", __file__), "test_travel_commands.py"),
    ],
)
def test_what_is_refused_is_one_message(atlas, words, says):
    code, _, err = atlas(*words)
    assert (code, says in err, "Traceback" in err) == (1, True, False), err


@pytest.mark.parametrize(
    "words",
    [
        ("times", "tiny"),
        ("times", "tiny", "--from", "1,1", "--mode", "fly"),
        ("times", "tiny", "--from", "1,1", "--limit", "-1"),
        ("times", "tiny", "--from", "1,1", "--out", "times.xls"),
        ("isochrone", "tiny"),
        ("isochrone", "tiny", "--at", "1,1", "--minutes", "soon"),
        ("isochrone", "tiny", "--at", "1,1", "--minutes", "0"),
        ("isochrone", "tiny", "--at", "1,1", "--out", "bands.shp"),
        ("network",),
        ("network", "tiny", "--mode", "fly"),
    ],
)
def test_what_is_misused_exits_with_2(atlas, words):
    assert atlas(*words)[0] == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "points.csv is empty"),
        ("id,x,y\n", "has a header but no row below it"),
        ("id,x\n1,2\n", "has no columns x and y, nor lon and lat: found id, x"),
        ("id,x,x\n1,2,3\n", "has the column 'x' twice"),
        ("id,x,y\n1,480100,300100\n2,abc,300100\n", "row 3, column x: 'abc' is no number"),
        ("id,x,y\n1,480100,\n", "row 2, column y: nothing is no number"),
        ("id,x,y\n1,480100\n", "row 2, column y: nothing is no number"),
        ("id,x,y\n1,nan,300100\n", "row 2, column x: 'nan' is no number"),
        ("id,x,y\n1,-0.7,52.6\n", "row 2: x=-0.7, y=52.6 is no place on the British grid"),
        ("id,lon,lat\n1,52.6,-0.7\n", "row 2: lon=52.6, lat=-0.7 has latitude before longitude"),
        ("id,lon,lat\n1,480100,300100\n", "name metres x and y"),
        ("id,lon,lat\n1,2.35,48.86\n", "is no place in England"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_by_row_and_column(atlas, tmp_path, text, says):
    path = table(tmp_path / "points.csv", text)
    code, _, err = atlas("times", "tiny", "--from", path)
    assert (code, says in err) == (1, True), err


def test_a_table_in_another_encoding_is_refused(atlas, tmp_path):
    path = tmp_path / "points.csv"
    path.write_bytes("id,x,y\ncafé,480100,300100\n".encode("utf-16"))
    code, _, err = atlas("times", "tiny", "--from", path)
    assert (code, "is not a CSV table" in err) == (1, True)


def test_a_folder_of_networks_knows_no_names(atlas, saved):
    code, _, err = atlas("times", saved, "--from", "TT1 1AA")
    assert (code, "knows no postcodes or schools" in err) == (1, True)
    code, _, err = atlas("times", saved, "--from", f"{HOME[0]},{HOME[1]}")
    assert (code, "--to FILE.csv" in err) == (1, True)
    code, _, err = atlas("times", saved, "--from", "1,1", "--mode", "drive")
    assert (code, "there is no network of mode 'drive'" in err) == (1, True)
    code, _, err = atlas("times", saved / "walk", "--from", "1,1", "--mode", "drive")
    assert (code, "holds the network of mode 'walk'" in err) == (1, True)
    code, _, err = atlas("times", saved.parent, "--from", "1,1")
    assert (code, "there is no street network in" in err) == (1, True)


def test_many_origins_are_measured_in_pieces(atlas, tmp_path):
    lines = [f"{n},{X0 + 20 * n},{Y0}" for n in range(1, 80)]
    points = table(tmp_path / "many.csv", "\n".join(["id,x,y", *lines]))
    code, out, _ = atlas("times", "tiny", "--from", points, "--to", "900001")
    assert code == 0
    found = rows(out)
    assert [row["origin"] for row in found] == [str(n) for n in range(1, 80)]
    assert all(row["status"] == "reached" for row in found)
