from datetime import date
from pathlib import Path

import pytest

from config.assumptions import ASSUMPTIONS_DIR, assumptions, read_assumptions
from config.errors import ConfigError

WHOLE = """
[pace]
says = "How fast."
value = 5
unit = "km/h"
from_date = 2020-01-02
reference = "Convention."
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "walking.toml"
    path.write_text(text)
    return path


def test_an_assumption_has_a_value_a_unit_a_date_and_a_reference(tmp_path: Path) -> None:
    pace = read_assumptions(write(tmp_path, WHOLE))["pace"]
    assert (pace.topic, pace.name, pace.value, pace.unit) == ("walking", "pace", 5.0, "km/h")
    assert (pace.from_date, pace.reference) == (date(2020, 1, 2), "Convention.")


def test_ten_minutes_of_walking_are_800_metres() -> None:
    pace = assumptions("walking")["pace"]
    assert pace.unit == "km/h"
    assert pace.value * 1000 / 6 == 800


@pytest.mark.parametrize("path", sorted(ASSUMPTIONS_DIR.glob("*.toml")), ids=lambda path: path.stem)
def test_every_assumption_that_ships_is_whole(path: Path) -> None:
    for name, entry in read_assumptions(path).items():
        assert entry.says.endswith("."), name
        assert entry.reference.endswith("."), name
        assert entry.from_date <= date(2026, 12, 31), name


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("reference", "source"),
        WHOLE.replace("value = 5", 'value = "five"'),
        WHOLE.replace("value = 5", "value = true"),
        WHOLE.replace("2020-01-02", '"2020-01-02"'),
        WHOLE + 'extra = "x"',
        "pace = 5",
    ],
)
def test_an_incomplete_assumption_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"\[pace\]"):
        read_assumptions(write(tmp_path, text))


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not a TOML file"):
        read_assumptions(write(tmp_path, "[pace"))


def test_an_unknown_topic_is_refused_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match=r"no assumptions about 'flying'; there are .*walking"):
        assumptions("flying")
