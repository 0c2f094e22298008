import csv

import numpy as np
import pyarrow.parquet as pq
import pytest

from tests.unit.travel.matrix.places import scattered
from tests.unit.travel.tiny_streets import grid
from travel.matrix import Points, export, make_matrix, write_csv, write_parquet

GRID = grid(8, 8)


@pytest.fixture(scope="module")
def matrix(tmp_path_factory):
    homes = scattered(GRID, 80, first="H", seed=1)
    places = scattered(GRID, 20, first="P", seed=2)
    places = Points(np.arange(100_000, 100_020), places.x, places.y)
    return make_matrix(GRID, homes, places, limit_s=300, out=tmp_path_factory.mktemp("m"))


def pairs(matrix) -> set[tuple[str, int, int, int]]:
    found = set()
    for home in range(matrix.home_id.size):
        row = matrix.from_home(home)
        for place, seconds, metres in zip(row.number, row.seconds, row.metres, strict=True):
            name = matrix.home_id[home].decode()
            found.add((name, int(matrix.place_id[place]), int(seconds), int(metres)))
    return found


@pytest.mark.parametrize("block", [1, 50, 1 << 20])
def test_every_pair_is_a_line_of_the_csv(tmp_path, matrix, monkeypatch, block) -> None:
    monkeypatch.setattr(export, "BLOCK_ROWS", block)
    path = tmp_path / "walk.csv"
    assert write_csv(matrix, path, home="postcode", place="urn") == matrix.about.pairs
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == ["postcode", "urn", "seconds", "metres"]
        lines = [
            (row["postcode"], int(row["urn"]), int(row["seconds"]), int(row["metres"]))
            for row in reader
        ]
    assert len(lines) == matrix.about.pairs > 100
    assert set(lines) == pairs(matrix)
    assert [each.name for each in tmp_path.iterdir()] == ["walk.csv"]


def test_every_pair_is_a_row_of_the_parquet_file(tmp_path, matrix) -> None:
    path = tmp_path / "walk.parquet"
    assert write_parquet(matrix, path, home="postcode", place="urn") == matrix.about.pairs
    table = pq.read_table(path)
    rows = zip(*(table[name].to_pylist() for name in table.column_names), strict=True)
    assert set(rows) == pairs(matrix)
    assert table.schema.metadata[b"mode"] == b"walk"
    assert table.schema.metadata[b"limit_s"] == b"300"
    assert table.schema.field("seconds").metadata == {b"unit": b"s"}


def test_a_matrix_without_pairs_is_a_file_without_rows(tmp_path) -> None:
    homes = scattered(GRID, 20, first="H", seed=1)
    away = Points(np.array(["AWAY"]), np.array([0.0]), np.array([0.0]))
    empty = make_matrix(GRID, homes, away, limit_s=300, out=tmp_path / "empty")
    assert write_csv(empty, tmp_path / "a.csv") == 0
    assert (tmp_path / "a.csv").read_text() == '"home","place","seconds","metres"\n'
    assert write_parquet(empty, tmp_path / "a.parquet") == 0
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 0
