"""Tables of numbers taken from law, guidance or convention: dated, with unit and reference."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from config.errors import ConfigError

TABLES_DIR = Path(__file__).parent / "assumptions" / "tables"

_FIELDS = {"says": str, "unit": str, "from_date": date, "reference": str, "rows": dict}


@dataclass(frozen=True, slots=True)
class AssumptionTable:
    """Numbers by row and column that somebody could reasonably choose otherwise.

    Attributes:
        name: the file it stands in.
        says: what it is, in a sentence a reader understands.
        unit: of every number.
        from_date: the day from which it applies.
        reference: where it comes from; "Convention" where no publication sets it.
        rows: numbers by row, then column; every row has the same columns.
    """

    name: str
    says: str
    unit: str
    from_date: date
    reference: str
    rows: Mapping[str, Mapping[str, float]]


@cache
def assumption_table(name: str) -> AssumptionTable:
    """Read one table of assumptions.

    >>> assumption_table("speed_limits").rows["residential"]["built_up"]
    30.0

    Raises:
        ConfigError: no such table, or it is incomplete; the message says which.
    """
    return read_table(TABLES_DIR / f"{name}.toml")


def read_table(path: Path) -> AssumptionTable:
    """Read one file; its name is the table's.

    Raises:
        ConfigError: the file is not there, is not TOML, or the table is incomplete.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"there is no table of assumptions {path.stem!r}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not a TOML file: {error}") from None
    if set(found) != set(_FIELDS) or not all(
        isinstance(found[field], kind) for field, kind in _FIELDS.items()
    ):
        raise ConfigError(f"{path} must hold exactly {', '.join(_FIELDS)}")
    return AssumptionTable(
        name=path.stem,
        says=found["says"],
        unit=found["unit"],
        from_date=found["from_date"],
        reference=found["reference"],
        rows=MappingProxyType(_rows(path, found["rows"])),
    )


def _rows(path: Path, rows: Mapping[str, object]) -> dict[str, Mapping[str, float]]:
    read: dict[str, Mapping[str, float]] = {}
    columns: set[str] | None = None
    for name, row in rows.items():
        if not isinstance(row, dict) or not all(
            isinstance(value, (int, float)) and not isinstance(value, bool)
            for value in row.values()
        ):
            raise ConfigError(f"{path}: [rows] {name} must hold numbers by column")
        columns = columns or set(row)
        if set(row) != columns:
            raise ConfigError(f"{path}: [rows] {name} must have the columns {sorted(columns)}")
        read[name] = MappingProxyType({column: float(value) for column, value in row.items()})
    return read
