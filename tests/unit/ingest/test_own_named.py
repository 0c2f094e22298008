"""Files that a region names are looked for before anything is fetched."""

import pytest

from config.region import read_region
from ingest.errors import SuppliedFileMissing
from ingest.own.named import refuse_misnamed
from ingest.sources import SOURCES
from tests.support.tiny_mirror import write_region


@pytest.fixture
def named(tmp_path):
    def region(more):
        file = write_region(tmp_path)
        file.write_text(file.read_text() + more)
        return read_region(file)

    return region


def test_a_series_that_there_is_not_is_named_with_the_one_meant(named):
    with pytest.raises(SuppliedFileMissing) as error:
        refuse_misnamed(named('[own_files]\nrols = ["rolls.csv"]\n'), SOURCES)
    assert "names files for rols, which is no series of the atlas" in str(error.value)
    assert "did you mean rolls?" in str(error.value)


def test_every_file_that_is_not_there_is_named_at_once(named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.csv").write_text("urn\n")
    region = named(
        '[own_files]\nrolls = ["there.csv", "gone.csv"]\n[[imports]]\nid = "a"\ntitle = "A"\n'
        'file = "lost.csv"\nperiod = "2025"\ncount_unit = "things"\n'
    )
    with pytest.raises(SuppliedFileMissing) as error:
        refuse_misnamed(region, SOURCES)
    assert f"rolls: {tmp_path / 'gone.csv'}" in str(error.value)
    assert f"[[imports]]: {tmp_path / 'lost.csv'}" in str(error.value)
    assert "there.csv" not in str(error.value)


def test_a_region_whose_files_are_all_there_is_let_through(named):
    refuse_misnamed(named(""), SOURCES)


def test_a_file_may_lie_below_the_mirror(named, tmp_path):
    (tmp_path / "mirror" / "own").mkdir(parents=True)
    (tmp_path / "mirror" / "own" / "rolls.csv").write_text("urn\n")
    region = named('[own_files]\nrolls = ["own/rolls.csv"]\n')
    refuse_misnamed(region, SOURCES, tmp_path / "mirror")
    with pytest.raises(SuppliedFileMissing):
        refuse_misnamed(region, SOURCES)


def test_files_of_a_series_that_is_left_out_need_not_be_there(named):
    region = named(
        '[own_files]\nrolls = ["gone.csv"]\n[[imports]]\nid = "a"\ntitle = "A"\n'
        'file = "lost.csv"\nperiod = "2025"\ncount_unit = "things"\n'
    )
    refuse_misnamed(region, SOURCES, without=("rolls", "imports"))
    with pytest.raises(SuppliedFileMissing, match="imports"):
        refuse_misnamed(region, SOURCES, without=("rolls",))
