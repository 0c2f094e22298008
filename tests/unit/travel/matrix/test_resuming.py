"""A matrix is made in parts, each kept as soon as it is whole."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.matrix.places import same, scattered
from tests.unit.travel.tiny_streets import grid
from travel.matrix import Matrix, Way, make_matrix
from travel.matrix.parts import Checkpoint, plan

ROOT = Path(__file__).parents[4]
GRID = grid(12, 12)
HOMES = scattered(GRID, 400, first="H", seed=1)
PLACES = scattered(GRID, 60, first="P", seed=2)
TENS = Way(threads=1, places_per_part=10)

MAKING = """\
import sys, time
from pathlib import Path
from tests.unit.travel.matrix.test_resuming import GRID, HOMES, PLACES, TENS
from travel.matrix import make_matrix

def tell(progress):
    print(progress.done, flush=True)
    time.sleep(0.2)

make_matrix(GRID, HOMES, PLACES, limit_s=600, out=Path(sys.argv[1]), way=TENS, progress=tell)
"""


def make(out, way=TENS, limit_s=600, homes=HOMES):
    told = []
    matrix = make_matrix(
        GRID, homes, PLACES, limit_s=limit_s, out=out, way=way, progress=told.append
    )
    return matrix, told


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return make(tmp_path_factory.mktemp("whole"))[0]


def interrupted(out):
    """Stop after two parts, as Ctrl-C does."""

    def stop(progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_matrix(GRID, HOMES, PLACES, limit_s=600, out=out, way=TENS, progress=stop)


def test_a_killed_run_goes_on_where_it_stopped(tmp_path, whole) -> None:
    command = [sys.executable, "-c", MAKING, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as making:
        for line in making.stdout:
            if int(line) == 2:
                making.send_signal(signal.SIGKILL)
                break
    assert making.returncode == -signal.SIGKILL
    assert not (tmp_path / "matrix.json").exists()
    matrix, told = make(tmp_path)
    assert told[0].kept >= 2
    assert [each.done for each in told] == list(range(told[0].kept + 1, 7))
    assert told[-1].pairs == whole.about.pairs
    assert same(matrix, whole)


def test_ctrl_c_leaves_the_parts_that_are_done(tmp_path, whole) -> None:
    interrupted(tmp_path)
    matrix, told = make(tmp_path)
    assert told[0].kept >= 2
    assert same(matrix, whole)


def test_parts_of_another_question_are_not_taken(tmp_path, whole) -> None:
    interrupted(tmp_path)
    matrix, told = make(tmp_path, limit_s=500)
    assert told[0].kept == 0
    assert matrix.about.pairs < whole.about.pairs


def test_half_a_part_is_never_taken_for_a_whole_one(tmp_path, whole) -> None:
    interrupted(tmp_path)
    for record in (tmp_path / "parts").glob("*/part.json"):
        record.write_text(record.read_text()[:-9])
    matrix, told = make(tmp_path)
    assert told[0].kept == 0
    assert same(matrix, whole)


def test_parts_of_other_sizes_make_the_same_matrix(tmp_path, whole) -> None:
    for threads, places in ((2, 7), (3, 1), (1, 1_000)):
        matrix, told = make(tmp_path / f"{places}", Way(threads=threads, places_per_part=places))
        assert len(told) == len(plan(60, places))
        assert same(matrix, whole)


def test_once_it_is_whole_nothing_else_is_left(tmp_path, whole) -> None:
    interrupted(tmp_path)
    make(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"matrix.json"} | {name for name in names if name.endswith(".npy")}
    assert same(Matrix.load(tmp_path), whole)


def test_a_part_says_what_it_was_made_from(tmp_path) -> None:
    interrupted(tmp_path)
    records = [json.loads(path.read_text()) for path in tmp_path.glob("parts/*/part.json")]
    assert len({record["key"] for record in records}) == 1
    assert all(np.diff(record["places"]) == 10 for record in records)
    assert Checkpoint(tmp_path / "parts", records[0]["key"]).finished(plan(60, 10)[0])


def test_a_matrix_that_is_whole_is_not_made_again(tmp_path, whole) -> None:
    make(tmp_path)
    matrix, told = make(tmp_path)
    assert told == []
    assert same(matrix, whole)
