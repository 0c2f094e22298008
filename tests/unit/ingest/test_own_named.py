"""Files that a region names are looked for before anything is fetched."""

import pytest

from api.commands.imports import import_
from config.region import read_region
from ingest.errors import CheckFailed, SuppliedFileMissing
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


def test_a_list_of_persons_is_refused_before_it_is_copied_and_no_cell_of_it_is_told(
    named, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rolls.csv").write_text(
        "urn,school_year,R,Sur-name,DOB\n1,2024/25,1,Secret,1/2/15\n"
    )
    with pytest.raises(CheckFailed) as refused:
        refuse_misnamed(named('[own_files]\nrolls = ["rolls.csv"]\n'), SOURCES)
    message = str(refused.value)
    assert "rolls.csv looks like a list of persons: it has DOB" in message
    assert "own_counts" in message
    assert "Secret" not in message


def test_the_file_of_own_counts_may_hold_pupils(named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pupils.csv").write_text("academic_year,urn,year_group,postcode,upn\n")
    refuse_misnamed(named('[own_files]\nown_counts = ["pupils.csv"]\n'), SOURCES)


def test_the_command_that_looks_at_a_table_refuses_one_of_persons(tmp_path):
    path = tmp_path / "children.csv"
    path.write_text("postcode,first name\nTT1 1AA,Secret\n")
    with pytest.raises(CheckFailed, match="it has first name"):
        import_(path)
