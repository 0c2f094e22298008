"""The register's search page gives a download that stands in for the bulk file."""

import csv

import shapely

from config.region import read_region
from ingest.issues import IssueLog
from ingest.pipeline.fetching import wanted_of
from ingest.source import Cut
from ingest.sources import gias
from tests.support.tiny_mirror import X0, Y0, write_region, write_register

CUT = Cut(frozenset({"857"}), frozenset(), shapely.box(X0, Y0, X0 + 1, Y0 + 1))


def as_downloaded(register, path, more=()):
    """Write the register as the search page does: links of each school in cells at its end."""
    with register.open(encoding="cp1252", newline="") as file:
        header, *rows = csv.reader(file)
    rows = [[*row, "900004 Predecessor"] for row in rows]
    rows[0] += more
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([[*header, "Linked establishments"]])
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def test_a_mirror_without_the_bulk_file_gives_the_download(tmp_path):
    region = read_region(write_region(tmp_path / "regions"))
    folder = tmp_path / "mirror" / "gias"
    folder.mkdir(parents=True)
    register = write_register(folder)
    as_downloaded(register, folder / "results_tiny_202204.csv")
    (bulk,) = wanted_of(gias.SOURCE, region, tmp_path / "mirror")
    assert bulk.mirror_patterns == (register.name,)
    register.unlink()
    (other,) = wanted_of(gias.SOURCE, region, tmp_path / "mirror")
    assert other.mirror_patterns == ("results_tiny_202204.csv",)
    assert other.release == "2022-04"


def test_an_authority_may_give_the_download_as_its_own_file(tmp_path):
    file = write_region(tmp_path)
    file.write_text(file.read_text() + '[own_files]\ngias = ["results.csv"]\n')
    (own,) = wanted_of(gias.SOURCE, read_region(file), None)
    assert own.supplied is not None
    assert own.supplied.name == "results.csv"


def test_it_gives_the_same_schools_and_links_that_spill_over_lose_no_row(tmp_path):
    register = write_register(tmp_path)
    spilt = as_downloaded(register, tmp_path / "results.csv", more=["900009 Successor", "another"])
    log, other = IssueLog(), IssueLog()
    schools = gias.read(register, CUT, log).sort_values("urn", ignore_index=True)
    found = gias.read(spilt, CUT, other).sort_values("urn", ignore_index=True)
    assert found.equals(schools)
    says = [issue.says for issue in other.issues]
    assert any("1 rows with more cells than" in line for line in says)


def test_a_row_that_is_too_long_elsewhere_is_left_out_as_before(tmp_path):
    register = write_register(tmp_path)
    text = register.read_text(encoding="cp1252").splitlines()
    far = next(line for line in text if "900007" in line)
    text += [far.replace("900007", str(910_000 + extra)) for extra in range(40)]
    register.write_text("\n".join([*text, text[1] + ',"one too many"']), encoding="cp1252")
    log = IssueLog()
    schools = gias.read(register, CUT, log)
    assert (schools["urn"] == 900001).sum() == 1
    assert any("left out" in issue.says for issue in log.issues)
