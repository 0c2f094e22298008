import hashlib
import math
import multiprocessing
import shutil
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.errors import IngestError
from ingest.sample import room, write
from ingest.sample.errors import SampleError
from ingest.sample.write import write_sample
from tests.support import sample_county

pytestmark = pytest.mark.long


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Make counties that take no time, and few files."""
    monkeypatch.setattr(write, "make_county", sample_county.make)
    monkeypatch.setattr(write, "join_parts", partial(write.join_parts, files=sample_county.QUICK))


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def held(folder):
    return [path.name for path in folder.iterdir()]


def refusal(*args, **options):
    with pytest.raises(SampleError) as caught:
        write_sample(*args, **options)
    return caught.value


def test_every_file_is_written_and_nothing_else(tmp_path):
    write_sample(tmp_path / "out")
    assert set(digests(tmp_path / "out")) == {series.file for series in sample_county.QUICK}
    assert held(tmp_path) == ["out"]


def test_the_summary_tells_what_was_written(tmp_path):
    summary = write_sample(tmp_path / "out", scale=3, workers=1)
    sizes = [path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert summary.counts.schools == 9
    assert summary.counts.areas == 12
    assert summary.size_bytes == sum(sizes)
    assert summary.seconds > 0


def test_equal_scales_and_seeds_give_equal_bytes_whoever_makes_the_counties(tmp_path):
    write_sample(tmp_path / "a", scale=2.5, seed=7, workers=1)
    write_sample(tmp_path / "b", scale=2.5, seed=7, workers=2)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_another_seed_gives_other_bytes(tmp_path):
    write_sample(tmp_path / "a", seed=7)
    write_sample(tmp_path / "b", seed=8)
    a, b = digests(tmp_path / "a"), digests(tmp_path / "b")
    for file in ("gias/edubasealldata20250524.csv", "os/codepo_gb.zip", "sample.toml"):
        assert a[file] != b[file]


@pytest.mark.parametrize("scale", [0.09, 0, -1, math.nan, math.inf, 1e9])
def test_a_scale_that_cannot_be_made_is_refused(tmp_path, scale):
    assert "--scale" in refusal(tmp_path / "out", scale=scale).message
    assert held(tmp_path) == []


def test_a_negative_seed_is_refused(tmp_path):
    assert refusal(tmp_path / "out", seed=-1).message == "--seed -1 cannot be used"


def test_no_workers_are_refused(tmp_path):
    assert refusal(tmp_path / "out", workers=0).message == "--workers 0 cannot be used"
    assert held(tmp_path) == []


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path):
    (tmp_path / "note").write_text("mine")
    assert refusal(tmp_path).message == f"{tmp_path} is not empty"
    assert held(tmp_path) == ["note"]


@pytest.mark.parametrize("make", ["write_text", "symlink_to"])
def test_what_is_no_folder_is_refused(tmp_path, make):
    getattr(tmp_path / "out", make)("elsewhere")
    assert refusal(tmp_path / "out").message == f"{tmp_path / 'out'} is no folder"


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "out").mkdir()
    write_sample(tmp_path / "out")
    assert (tmp_path / "out" / "README.txt").is_file()


def test_an_empty_folder_is_empty_again_if_it_cannot_be_filled(tmp_path, monkeypatch):
    def fail_at_the_last(path, target, rename=Path.rename):
        if path.name == "truth.json":
            raise PermissionError
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_at_the_last)
    with pytest.raises(PermissionError):
        write_sample(tmp_path)
    assert held(tmp_path) == []


def test_the_folder_that_one_stands_in_is_filled_and_not_replaced(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_sample(Path())
    assert Path("README.txt").is_file()


def test_folders_on_the_way_are_made(tmp_path):
    write_sample(tmp_path / "a" / "b" / "out")
    assert (tmp_path / "a" / "b" / "out" / "sample.toml").is_file()


def test_a_path_below_the_current_folder_will_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_sample(Path("out"))
    assert held(tmp_path) == ["out"]


def test_our_own_mistakes_crash_and_leave_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(write, "make_county", sample_county.make_wrongly)
    with pytest.raises(ZeroDivisionError):
        write_sample(tmp_path / "new" / "out", scale=3, workers=1)
    assert held(tmp_path) == []


@pytest.mark.skipif(
    not sample_county.FULL.exists(), reason="only Linux has a full disk to write to"
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_disk_that_fills_is_said_in_one_line_and_nothing_is_left(tmp_path, monkeypatch, workers):
    monkeypatch.setattr(write, "make_county", sample_county.make_without_room)
    error = refusal(tmp_path / "out", scale=3, workers=workers)
    assert error.message.startswith(f"no room on the disk that holds {tmp_path}")
    assert "\n" not in error.message
    assert held(tmp_path) == []


def test_a_disk_that_fills_while_files_are_put_together_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise RuntimeError("as the writers in C++ say it")

    monkeypatch.setattr(room.shutil, "disk_usage", free_of(50_000_000, 0))
    monkeypatch.setattr(write, "join_parts", full)
    assert "no room" in refusal(tmp_path / "out").message
    assert held(tmp_path) == []


def test_too_little_room_is_refused_before_anything_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(room.shutil, "disk_usage", free_of(1_000_000))
    error = refusal(tmp_path / "out", scale=270, progress=lambda *_: pytest.fail("made some"))
    assert "1.0 MB free, a sample of scale 270 takes" in error.message
    assert held(tmp_path) == []


def free_of(*amounts):
    """Tell one amount of free room after the other, and then the last."""
    left = list(amounts)
    return lambda _: Usage(0, 0, left.pop(0) if len(left) > 1 else left[0])


def test_a_runtime_error_with_room_left_is_our_own_mistake(tmp_path, monkeypatch):
    def wrong(*_):
        raise RuntimeError("a mistake")

    monkeypatch.setattr(write, "join_parts", wrong)
    with pytest.raises(RuntimeError, match="a mistake"):
        write_sample(tmp_path / "out")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interruption_leaves_nothing_and_nobody_behind(tmp_path, workers):
    def interrupt(share, _):
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_sample(tmp_path / "out", scale=6, workers=workers, progress=interrupt)
    assert held(tmp_path) == []
    assert multiprocessing.active_children() == []


def test_a_process_stopped_by_the_system_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(write, "make_county", sample_county.make_and_die)
    error = refusal(tmp_path / "out", scale=3, workers=2)
    assert error.message == "a process that made a county was stopped, perhaps for want of memory"
    assert error.hint == "try again with --workers 1."
    assert held(tmp_path) == []


def test_processes_that_made_their_counties_are_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr(write, "COUNTIES_A_WORKER", 1)
    summary = write_sample(tmp_path / "out", scale=5, workers=2)
    assert summary.counts.areas == 20


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_only_ever_grows(tmp_path, workers):
    told = []
    write_sample(
        tmp_path / "out", scale=3, workers=workers, progress=lambda *each: told.append(each)
    )
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
    assert any("county 2 of 3" in doing for _, doing in told)


def test_a_sample_error_is_one_that_the_command_prints(tmp_path):
    assert isinstance(refusal(tmp_path / "out", seed=-1), IngestError)
    assert shutil.disk_usage(tmp_path).free
