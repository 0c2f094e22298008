"""Numbers taken from law, guidance or convention: dated, with unit and reference."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from config.errors import ConfigError

ASSUMPTIONS_DIR = Path(__file__).parent / "assumptions"

_FIELDS = {"says": str, "value": float, "unit": str, "from_date": date, "reference": str}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number that somebody could reasonably choose otherwise.

    Attributes:
        topic: the file it stands in.
        name: its key there.
        says: what it is, in a sentence a reader understands.
        value: the number, in ``unit``.
        unit: as printed.
        from_date: the day from which it applies.
        reference: where it comes from; "Convention" where no publication sets it.
    """

    topic: str
    name: str
    says: str
    value: float
    unit: str
    from_date: date
    reference: str


@cache
def assumptions(topic: str) -> Mapping[str, Assumption]:
    """Read every assumption of one topic, by name.

    >>> assumptions("walking")["pace"].value
    4.8

    Raises:
        ConfigError: no such topic, or an entry is incomplete; the message says which.
    """
    return read_assumptions(ASSUMPTIONS_DIR / f"{topic}.toml")


def read_assumptions(path: Path) -> Mapping[str, Assumption]:
    """Read one file of assumptions; its name is the topic.

    Raises:
        ConfigError: the file is not there, is not TOML, or an entry is incomplete.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.toml")))
        raise ConfigError(
            f"there are no assumptions about {path.stem!r}; there are {known}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not a TOML file: {error}") from None
    return MappingProxyType({name: _entry(path, name, table) for name, table in tables.items()})


def _entry(path: Path, name: str, table: object) -> Assumption:
    if not isinstance(table, dict) or set(table) != set(_FIELDS):
        raise ConfigError(f"{path}: [{name}] must hold exactly {', '.join(_FIELDS)}")
    for field, kind in _FIELDS.items():
        accepted = (int, float) if kind is float else kind
        if not isinstance(table[field], accepted) or isinstance(table[field], bool):
            raise ConfigError(f"{path}: [{name}] {field} = {table[field]!r} is no {kind.__name__}")
    return Assumption(
        topic=path.stem,
        name=name,
        says=table["says"],
        value=float(table["value"]),
        unit=table["unit"],
        from_date=table["from_date"],
        reference=table["reference"],
    )
