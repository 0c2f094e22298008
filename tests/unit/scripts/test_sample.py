"""The made-up county is made when it must be, and only then."""

import pytest

from scripts import sample, stamps
from scripts.sample import provide_sample
from scripts.stamps import SetupError

MAKES = """\
#!/bin/sh
mkdir "$2" && echo made >> "{log}" && echo "{{}}" > "$2/truth.json"
"""


@pytest.fixture
def maker(tmp_path, monkeypatch):
    """A machine whose `atlas sample` notes that it ran; returns the folder of all this."""
    program = tmp_path / "venv" / "bin" / "atlas"
    program.parent.mkdir(parents=True)
    program.write_text(MAKES.format(log=tmp_path / "log"))
    program.chmod(0o755)
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "land.py").write_text("HILLS = 3\n")
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(sample, "VENV", tmp_path / "venv")
    monkeypatch.setattr(sample, "GENERATOR", tmp_path / "generator")
    monkeypatch.setattr(stamps, "WORK_DIR", tmp_path / "make")
    return tmp_path


def times_made(maker):
    return (maker / "log").read_text().count("made")


def test_the_county_is_made_once_and_found_again(maker):
    folder = provide_sample(maker / "home")
    assert folder == maker / "home" / "sample"
    assert provide_sample(maker / "home") == folder
    assert times_made(maker) == 1


def test_another_generator_makes_another_county(maker):
    (provide_sample(maker / "home") / "left over").touch()
    (maker / "generator" / "land.py").write_text("HILLS = 4\n")
    folder = provide_sample(maker / "home")
    assert times_made(maker) == 2
    assert sorted(path.name for path in folder.iterdir()) == [".made-from", "truth.json"]
    assert [path.name for path in folder.parent.iterdir()] == ["sample"]


def test_a_county_that_was_broken_off_is_made_again(maker):
    (provide_sample(maker / "home") / ".made-from").unlink()
    provide_sample(maker / "home")
    assert times_made(maker) == 2


def test_a_folder_that_holds_something_else_is_left_alone_and_named(maker):
    mine = maker / "home" / "sample" / "letters.txt"
    mine.parent.mkdir()
    mine.touch()
    with pytest.raises(SetupError, match="holds something else"):
        provide_sample(maker / "home")
    assert mine.exists()


def test_where_making_it_fails_nothing_is_taken_for_a_county(maker):
    (maker / "venv" / "bin" / "atlas").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(SetupError, match="this failed"):
        provide_sample(maker / "home")
    assert list((maker / "home").iterdir()) == []
