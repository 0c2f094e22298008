"""The region file that ships for the made-up county is the one its maker writes."""

from config.region import REGIONS_DIR, load_region
from ingest.sample.files.beside import REGION_ID, region_text
from ingest.sample.files.series import Country
from ingest.sample.tiles import tiles


def test_the_region_file_that_ships_is_the_one_written_beside_the_made_up_files():
    country = Country(1.0, 1, tiles(1.0, 1))
    shipped = REGIONS_DIR / f"{REGION_ID}.toml"
    told = "`atlas sample DIR` writes DIR/sample.toml: copy it to config/regions"
    assert shipped.read_text(encoding="utf-8") == region_text(country), told
    assert load_region(REGION_ID).made_up
