"""Whole builds of the tiny place without a street extract: the Overpass API is asked for it."""

import json
from functools import partial

import pytest

from config.region import Region, Streets, read_region
from ingest.errors import FetchFailed
from ingest.fetch import Client, Receipt, fetch
from ingest.pipeline import fetching
from ingest.pipeline.build import BuildOptions, build_region
from ingest.pipeline.builds import Builds
from ingest.pipeline.reporter import Silent
from tests.support import tiny_mirror
from tests.support.overpass_server import DATE, OverpassServer, answer_of, said
from travel import MODES, Network


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    path = tmp_path_factory.mktemp("extract") / "tiny.osm.pbf"
    tiny_mirror.write_streets(path)
    return path


@pytest.fixture
def region(tmp_path):
    whole = read_region(tiny_mirror.write_region(tmp_path / "regions"))
    return Region(**whole.model_dump(exclude_unset=True) | {"streets": Streets(osmnx=True)})


@pytest.fixture
def mirror(tmp_path):
    folder = tiny_mirror.write_mirror(tmp_path / "mirror")
    for path in (folder / "osm").iterdir():
        path.unlink()
    return folder


@pytest.fixture
def other_series_in(monkeypatch):
    """Take all series but the streets from a mirror, as if their publishers had been asked."""

    def given(mirror, store):
        series = fetching._series

        def from_mirror(source, region, _, __, issues):
            with Client() as client:
                get = partial(fetch, store=store, mirror=mirror, client=client)
                return series(source, region, mirror, get, issues)

        monkeypatch.setattr(fetching, "_series", from_mirror)

    return given


def build(region, home, *, mirror, overpass_url=""):
    options = BuildOptions(overpass_url=overpass_url)
    return build_region(region, home=home, mirror=mirror, reporter=Silent(), options=options)


def test_a_region_without_an_extract_is_built_from_one_request(
    region, mirror, extract, tmp_path, other_series_in
):
    home = tmp_path / "home"
    other_series_in(mirror, fetching.FileStore(home / "downloads"))
    with OverpassServer(answer_of(extract)) as server:
        manifest = build(region, home, mirror=None, overpass_url=server.url)
        again = build(region, home, mirror=None, overpass_url=server.url)
    assert len(server.asked) == 1
    assert manifest.counts["covered_pct"] == 100
    folder = Builds(home, "tiny").folder / manifest.build_id
    for mode in MODES:
        assert Network.load(folder / "networks" / mode).n_edges > 50
    receipt = next(each for each in manifest.receipts if each["source_id"] == "streets")
    assert receipt["address"] == f"{server.url}/interpreter"
    assert receipt["release"] == DATE[:10]
    stored = fetching.FileStore(home / "downloads").find(Receipt(**receipt))
    assert stored is not None
    assert len(json.loads(stored.read_bytes())["elements"]) > 90
    assert [step.key for step in again.steps] == [step.key for step in manifest.steps]


def test_the_request_covers_the_region_and_its_border(region, mirror, tmp_path, other_series_in):
    home = tmp_path / "home"
    other_series_in(mirror, fetching.FileStore(home / "downloads"))
    with OverpassServer(said([])) as server, pytest.raises(FetchFailed, match="single street"):
        build(region, home, mirror=None, overpass_url=server.url)
    numbers = [float(n) for n in server.asked[0].query.split("poly:'")[1].split("'")[0].split()]
    lat, lon = numbers[::2], numbers[1::2]
    west, south = tiny_mirror.TO_DEGREES.transform(tiny_mirror.X0 - 1000, tiny_mirror.Y0 - 1000)
    east, north = tiny_mirror.TO_DEGREES.transform(tiny_mirror.X0 + 3000, tiny_mirror.Y0 + 3000)
    assert min(lon) < west
    assert max(lon) > east
    assert min(lat) < south
    assert max(lat) > north
    assert Builds(home, "tiny").current() is None


def test_with_a_mirror_the_answer_lies_in_it(region, mirror, extract, tmp_path):
    (mirror / "osm" / "overpass-tiny.json").write_bytes(answer_of(extract).body)
    manifest = build(region, tmp_path / "home", mirror=mirror)
    assert manifest.counts["covered_pct"] == 100
    receipt = next(each for each in manifest.receipts if each["source_id"] == "streets")
    assert receipt["address"] == "mirror:osm/overpass-tiny.json"
