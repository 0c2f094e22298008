"""`atlas matrix` makes and exports the times of the build in use."""

import csv

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from api.cli import app
from ingest.pipeline.steps.matrix import limit_minutes
from travel.matrix import Matrix


@pytest.fixture
def run(built, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(built.home))
    monkeypatch.setenv("ATLAS_REGIONS_DIR", str(built.folder / "regions"))
    return lambda *words: CliRunner().invoke(app, ["matrix", "tiny", *map(str, words)])


def test_the_matrix_made_by_hand_is_the_one_that_the_build_holds(built, run, tmp_path) -> None:
    result = run("--out", tmp_path, "--mode", "walk")
    assert result.exit_code == 0, result.output
    kept = Matrix.load(built.builds.folder / built.builds.current() / "matrix" / "walk")
    made = Matrix.load(tmp_path / "walk")
    assert made.about == kept.about
    assert f"{kept.about.pairs:,} ways of at most {limit_minutes('walk'):g} minutes" in (
        result.output.replace("\n", " ")
    )


def test_files_hold_every_way_up_to_the_limit_asked_for(run, tmp_path) -> None:
    words = ("--mode", "cycle", "--mode", "drive", "--limit", 10, "--csv", "--parquet")
    assert run("--out", tmp_path, *words).exit_code == 0
    for mode in ("cycle", "drive"):
        about = Matrix.load(tmp_path / mode).about
        assert about.limit_s == 600
        with (tmp_path / f"{mode}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        table = pq.read_table(tmp_path / f"{mode}.parquet")
        assert len(lines) == table.num_rows == about.pairs > 0
        assert table.column_names == list(lines[0]) == ["home", "urn", "seconds", "metres"]
        assert max(int(line["seconds"]) for line in lines) <= 600


def test_a_mode_that_is_none_is_a_misuse(run, tmp_path) -> None:
    result = run("--out", tmp_path, "--mode", "fly")
    assert result.exit_code == 2
