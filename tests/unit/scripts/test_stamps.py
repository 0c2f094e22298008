import subprocess
import sys

import pytest

from scripts import stamps
from scripts.stamps import (
    SetupError,
    answer,
    call,
    digest,
    is_fresh,
    one_at_a_time,
    plain_failures,
    write_stamp,
)


def test_a_stamp_is_fresh_until_a_file_it_was_made_from_changes(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("rich==15.0.0\n")
    stamp = tmp_path / "made" / "stamp"
    write_stamp(stamp, digest([lock]))

    assert is_fresh(stamp, digest([lock]))
    lock.write_text("rich==15.0.1\n")
    assert not is_fresh(stamp, digest([lock]))


def test_a_stamp_notices_words_and_names_as_well_as_contents(tmp_path):
    (tmp_path / "a").write_text("same")
    (tmp_path / "b").write_text("same")

    assert digest([tmp_path / "a"]) != digest([tmp_path / "b"])
    assert digest([tmp_path / "a"], also=["3.11"]) != digest([tmp_path / "a"], also=["3.12"])


def test_a_stamp_that_was_never_written_is_not_fresh(tmp_path):
    assert not is_fresh(tmp_path / "stamp", "")


def test_writing_a_stamp_leaves_nothing_beside_it(tmp_path):
    write_stamp(tmp_path / "stamp", "one")
    write_stamp(tmp_path / "stamp", "two")
    assert [path.name for path in tmp_path.iterdir()] == ["stamp"]


def test_a_second_make_waits_for_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "WORK_DIR", tmp_path)
    second = (
        "import sys; from pathlib import Path; from scripts import stamps\n"
        "stamps.WORK_DIR = Path(sys.argv[1])\n"
        "with stamps.one_at_a_time(): print('prepared', flush=True)\n"
    )
    with one_at_a_time():
        other = subprocess.Popen(
            [sys.executable, "-c", second, str(tmp_path)],
            cwd=stamps.ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout is not None
        assert "waiting" in other.stdout.readline()
    with other:
        assert other.stdout.read() == "prepared\n"


def test_a_command_that_fails_is_named_with_its_exit_code():
    with pytest.raises(SetupError, match=r"exit code 3.*sys.exit\(3\)"):
        call([sys.executable, "-c", "import sys; sys.exit(3)"])


def test_a_program_that_is_not_there_gives_no_answer(tmp_path):
    assert answer([tmp_path / "no-such-program"]) is None
    assert answer([sys.executable, "-c", "print('here')"]) == "here"


def test_ctrl_c_leaves_no_traceback():
    with pytest.raises(SystemExit) as left, plain_failures():
        raise KeyboardInterrupt
    assert left.value.code == 130
