"""Builds that fail, and what they leave alone."""

import pandas as pd
import pytest

from config.errors import AtlasError
from ingest.errors import CheckFailed, CoverageFailed, MirrorFileMissing, SourceChanged
from tests.builds.conftest import on_both_databases
from tests.support import tiny_mirror

pytestmark = on_both_databases


@pytest.mark.parametrize(
    ("breakage", "error", "says"),
    [
        ("no postcodes", MirrorFileMissing, r"codepo_gb\.zip"),
        ("half a zip", AtlasError, r"codepo_gb\.zip"),
        ("renamed column", SourceChanged, r"EstablishmentName"),
        ("semicolons", SourceChanged, r"semicolons"),
        ("broken streets", AtlasError, r"tiny-latest\.osm\.pbf"),
        ("unknown county", CheckFailed, r"look-up has no E06000017"),
        ("another county's streets", CoverageFailed, r"covers no postcode of Tiny"),
        ("a register of others", CheckFailed, r"register has no school of Rutland \(857\)"),
        ("postcodes of others", CheckFailed, r"no postcode lies in Tiny"),
        ("small areas of others", CheckFailed, r"small area has a district: 4 of 4 rows"),
        ("deprivation of others", CheckFailed, r"small area has its values"),
    ],
)
def test_a_failed_build_leaves_the_one_in_use_untouched(place, breakage, error, says):
    in_use, builds = place.builds.current(), place.builds.ids()
    _break(place.mirror, breakage)
    with pytest.raises(error, match=says):
        place.build()
    assert (place.builds.current(), place.builds.ids()) == (in_use, builds)
    assert place.query("select count(*) from school") == [(6,)]
    assert [path.name for path in place.builds.folder.glob(".*.part")] == []


def _break(mirror, breakage):
    register = mirror / "gias" / "edubasealldata20250524.csv"
    postcodes = mirror / "os" / "codepo_gb.zip"
    streets = mirror / "osm" / "tiny-latest.osm.pbf"
    districts = mirror / "ons" / "lookup_ltla23_utla23.csv"
    small_areas = mirror / "ons" / "lookup_lsoa21_ward24_ltla24.csv"
    {
        "no postcodes": postcodes.unlink,
        "half a zip": lambda: postcodes.write_bytes(postcodes.read_bytes()[:500]),
        "postcodes of others": lambda: tiny_mirror.write_postcodes(
            postcodes, east_m=20_000, district="E06000018"
        ),
        "renamed column": lambda: _swap(register, "EstablishmentName", "Name"),
        "semicolons": lambda: _swap(register, '","', '";"'),
        "a register of others": lambda: _swap(register, '"857"', '"858"'),
        "broken streets": lambda: streets.write_bytes(streets.read_bytes()[:300]),
        "another county's streets": lambda: tiny_mirror.write_streets(streets, east_m=20_000),
        "unknown county": lambda: _swap(districts, "E06000017", "E06000018"),
        "small areas of others": lambda: _swap(small_areas, "E0109900", "E0109800"),
        "deprivation of others": lambda: _rename_areas(mirror / "mhclg" / "imd2025_lsoa21.parquet"),
    }[breakage]()


def _swap(path, before, after):
    path.write_bytes(path.read_bytes().replace(before.encode(), after.encode()))


def _rename_areas(path):
    frame = pd.read_parquet(path)
    frame.assign(lsoa21_code=frame["lsoa21_code"] + "X").to_parquet(path)


def test_a_missing_mirror_file_names_the_file_and_the_folder(place):
    (place.mirror / "os" / "codepo_gb.zip").unlink()
    with pytest.raises(MirrorFileMissing) as told:
        place.build()
    assert "codepo_gb.zip" in str(told.value)
    assert str((place.mirror / "os").resolve()) in str(told.value)
