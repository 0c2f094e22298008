from datetime import date
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.tables import TABLES_DIR, assumption_table, read_table

WHOLE = """
says = "How fast."
unit = "mph"
from_date = 2020-01-02
reference = "Convention."
[rows]
lane = { town = 20, country = 30 }
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "speeds.toml"
    path.write_text(text)
    return path


def test_a_table_has_rows_columns_a_unit_a_date_and_a_reference(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, WHOLE))
    assert (table.name, table.unit, table.from_date) == ("speeds", "mph", date(2020, 1, 2))
    assert table.rows["lane"] == {"town": 20.0, "country": 30.0}


@pytest.mark.parametrize("path", sorted(TABLES_DIR.glob("*.toml")), ids=lambda path: path.stem)
def test_every_table_that_ships_is_whole(path: Path) -> None:
    table = assumption_table(path.stem)
    assert table.says.endswith(".")
    assert table.reference.endswith(".")
    assert table.from_date <= date(2026, 12, 31)
    may_be_negative = table.unit.startswith("utility")
    values = [value for row in table.rows.values() for value in row.values()]
    assert may_be_negative or min(values) >= 0


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("reference", "source"),
        WHOLE.replace("20,", '"20",'),
        WHOLE.replace("20,", "true,"),
        WHOLE + "track = { town = 5 }",
        WHOLE + "track = 5",
        "= 1",
    ],
)
def test_an_incomplete_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="speeds"):
        read_table(write(tmp_path, text))


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(ConfigError, match="no table of assumptions 'flying'"):
        assumption_table("flying")
