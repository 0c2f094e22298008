"""A region that may lack its street extracts is built with those there are, or with none."""

import httpx
import pytest

from api.app import create_app
from config.region import Region
from config.settings import Settings
from ingest.errors import MirrorFileMissing
from tests.builds.conftest import on_both_databases


@pytest.fixture
def lacking(place):
    """The place, with no street extract in its mirror and a region that may lack it."""
    for path in (place.mirror / "osm").iterdir():
        path.unlink()
    streets = place.region.streets.model_copy(update={"may_lack": True})
    place.region = Region(**place.region.model_dump(exclude_unset=True) | {"streets": streets})
    return place


def test_a_region_that_needs_its_streets_is_not_built_without(place):
    for path in (place.mirror / "osm").iterdir():
        path.unlink()
    with pytest.raises(MirrorFileMissing, match=r"tiny.*\.osm\.pbf"):
        place.build()


@on_both_databases
def test_one_that_may_lack_them_is_built_without_travel_times_and_says_so(lacking):
    counts = lacking.build(may_shrink=True).counts
    assert (counts["postcodes"], counts["postcodes_covered"], counts["schools"]) == (64, 0, 4)
    told = lacking.query("select rule, says from issue where severity = 'warning'")
    assert (
        "streets are loaded",
        "no street extract could be had; built without travel times",
    ) in told
    assert lacking.query("select count(*) from measure where measure like 'walk_to_%'") == [(0,)]
    assert lacking.query("select count(*) from school where is_covered") == [(0,)]


@pytest.mark.anyio
async def test_its_atlas_answers_all_but_journeys(lacking, tmp_path):
    lacking.build(may_shrink=True)
    settings = Settings(home=lacking.home, frontend_dir=tmp_path)
    app = create_app(settings, region_id="tiny")
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://atlas") as client,
    ):
        release = (await client.get("/api/v1/release")).json()
        assert (release["modes"], release["covered_pct"]) == ([], 0)
        assert (await client.get("/api/v1/coverage")).status_code == 200
        assert (await client.get("/api/v1/schools/900001")).status_code == 200
        assert (await client.get("/api/v1/areas")).status_code == 200
        refused = await client.get("/api/v1/schools/900001/isochrones")
        assert refused.status_code == 503
        assert refused.json()["type"] == "no-streets"


def test_of_two_extracts_the_one_there_is_is_used(place):
    streets = place.region.streets.model_copy(
        update={"extracts": ("tiny", "nowhere"), "may_lack": True}
    )
    place.region = Region(**place.region.model_dump(exclude_unset=True) | {"streets": streets})
    assert place.build().counts["postcodes_covered"] == 64
    told = place.query("select says from issue where subject = 'streets' and severity = 'warning'")
    assert len(told) == 1
    assert "1 of 2 files could not be had" in told[0][0]
