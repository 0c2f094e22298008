"""How a field and a table are declared; SQL, checks and the data dictionary follow."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
import sqlalchemy as sa

Kind = Literal["whole", "number", "text", "flag", "date", "geometry"]
"""``date`` is ISO 8601 text; ``geometry`` is WKB in EPSG:4326."""

_BY_CODE_POINT: Final = sa.String().with_variant(sa.String(collation="C"), "postgresql")
"""Text is ordered and compared alike on every database: by its characters' numbers."""

_SQL: dict[Kind, sa.types.TypeEngine[Any]] = {
    "whole": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    "number": sa.Float(),
    "text": _BY_CODE_POINT,
    "flag": sa.Boolean(),
    "date": _BY_CODE_POINT,
    "geometry": sa.LargeBinary(),
}
_PANDAS: dict[Kind, str] = {
    "whole": "Int64",
    "number": "Float64",
    "text": "string",
    "flag": "boolean",
    "date": "string",
    "geometry": "object",
}
_NAMED: Final = 3
"""Offending rows that a message names before it stops."""
_LARGEST_WHOLE: Final = 2.0**53
"""Above this a float no longer tells one whole number from the next."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One quantity or code. Two tables that hold the same quantity share its field."""

    name: str
    kind: Kind
    says: str
    unit: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    one_of: tuple[str, ...] = ()

    @property
    def wanted(self) -> str:
        """What a number in this field must be, in words."""
        kind = "a whole number" if self.kind == "whole" else "a number"
        if self.at_least is None:
            return kind if self.at_most is None else f"{kind} of at most {self.at_most:g}"
        if self.at_most is None:
            return f"{kind} of at least {self.at_least:g}"
        return f"{kind} from {self.at_least:g} to {self.at_most:g}"

    def allows(self, values: pd.Series) -> "pd.Series[bool]":
        """Say which floats are finite, in range and, where declared so, whole; no for ``NaN``."""
        low = -math.inf if self.at_least is None else self.at_least
        high = math.inf if self.at_most is None else self.at_most
        allowed = values.between(low, high) & (values.abs() < math.inf)
        return allowed & _is_whole(values) if self.kind == "whole" else allowed


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One table of the atlas database.

    Attributes:
        name: as in the database.
        grain: what one row is, in words; the key says the same to the database.
        key: the fields that name a row, never null.
        fields: all others; null where ``required`` does not name them.
        required: fields besides the key that are never null.
        indexes: groups of field names that are looked up together.
    """

    name: str
    grain: str
    key: tuple[Field, ...]
    fields: tuple[Field, ...]
    required: tuple[Field, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def columns(self) -> tuple[Field, ...]:
        """Every field, the key first."""
        return (*self.key, *self.fields)

    @property
    def names(self) -> list[str]:
        """The name of every column, the key first."""
        return [field.name for field in self.columns]

    def to_sql(self, metadata: sa.MetaData) -> sa.Table:
        """Declare this table to SQLAlchemy."""
        columns = [
            sa.Column(
                field.name,
                _SQL[field.kind],
                primary_key=field in self.key,
                autoincrement=False,
                nullable=field not in self.key and field not in self.required,
                comment=field.says,
            )
            for field in self.columns
        ]
        table = sa.Table(self.name, metadata, *columns, comment=self.grain)
        for names in self.indexes:
            sa.Index(f"ix_{self.name}_{'_'.join(names)}", *(table.c[name] for name in names))
        return table

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Put the columns in order and give each its declared, nullable type.

        Raises:
            ValueError: a value does not fit its type, such as a fraction in a whole column.
            KeyError: a declared column is missing.
        """
        for field in self.columns:
            if field.kind == "whole":
                self._refuse_fractions(field, frame)
        types = {field.name: _PANDAS[field.kind] for field in self.columns}
        return frame[self.names].astype(types).reset_index(drop=True)

    def broken_rules(self, frame: pd.DataFrame) -> list[str]:
        """Say which declarations ``frame`` does not keep; an empty list lets it load.

        Each rule names the first rows that break it, by their key.
        """
        if set(self.names) != set(frame.columns):
            return [f"columns differ: {sorted(set(self.names) ^ set(frame.columns))}"]
        found = [(f"not {self.grain}", frame.duplicated([field.name for field in self.key]))]
        for field in (*self.key, *self.required):
            found.append((f"{field.name} is missing", frame[field.name].isna()))
        for field in self.columns:
            found += _broken(field, frame[field.name])
        return [f"{rule} ({self._named(frame, odd)})" for rule, odd in found if odd.any()]

    def _refuse_fractions(self, field: Field, frame: pd.DataFrame) -> None:
        floats = frame[field.name].astype("Float64").to_numpy(float, na_value=np.nan)
        values = pd.Series(floats, index=frame.index)
        odd = values.notna() & ~_is_whole(values)
        if odd.any():
            raise ValueError(
                f"{self.name}.{field.name} holds {values[odd].iloc[0]}, which is no whole number "
                f"({self._named(frame, odd)})"
            )

    def _named(self, frame: pd.DataFrame, odd: "pd.Series[bool]") -> str:
        """Name the first odd rows: ``urn 100001, 100002, 100003, …``."""
        names = [field.name for field in self.key]
        rows: Iterable[tuple[Any, ...]] = frame.loc[odd, names].head(_NAMED).itertuples(index=False)
        keys = ["/".join("blank" if pd.isna(part) else str(part) for part in row) for row in rows]
        more = ["…"] if odd.sum() > _NAMED else []
        return f"{'/'.join(names)} {', '.join([*keys, *more])}"


def _is_whole(values: pd.Series) -> "pd.Series[bool]":
    return (values % 1 == 0) & (values.abs() <= _LARGEST_WHOLE)


def _broken(field: Field, values: pd.Series) -> list[tuple[str, "pd.Series[bool]"]]:
    """Return the rules of a field, each with the rows that break it."""
    rules = []
    if field.at_least is not None:
        rules.append((f"{field.name} below {field.at_least:g}", values < field.at_least))
    if field.at_most is not None:
        rules.append((f"{field.name} above {field.at_most:g}", values > field.at_most))
    if field.kind == "number":
        rules.append((f"{field.name} is not finite", values.abs() == math.inf))
    if field.one_of:
        odd = values.notna() & ~values.isin(list(field.one_of))
        rules.append(
            (
                f"{field.name} has {sorted(set(values[odd]))[:_NAMED]}, "
                f"not one of {list(field.one_of)}",
                odd,
            )
        )
    return [(rule, odd.fillna(value=False).astype(bool)) for rule, odd in rules]
