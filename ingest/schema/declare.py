"""How a field and a table are declared; SQL, checks and the data dictionary follow."""

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import sqlalchemy as sa

Kind = Literal["whole", "number", "text", "flag", "date", "geometry"]
"""``date`` is ISO 8601 text; ``geometry`` is WKB in EPSG:4326."""

_SQL: dict[Kind, type[sa.types.TypeEngine[Any]]] = {
    "whole": sa.Integer,
    "number": sa.Float,
    "text": sa.String,
    "flag": sa.Boolean,
    "date": sa.String,
    "geometry": sa.LargeBinary,
}
_PANDAS: dict[Kind, str] = {
    "whole": "Int64",
    "number": "Float64",
    "text": "string",
    "flag": "boolean",
    "date": "string",
    "geometry": "object",
}


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
            ValueError: a value does not fit its type.
            KeyError: a declared column is missing.
        """
        types = {field.name: _PANDAS[field.kind] for field in self.columns}
        return frame[self.names].astype(types).reset_index(drop=True)

    def broken_rules(self, frame: pd.DataFrame) -> list[str]:
        """Say which declarations ``frame`` does not keep; an empty list lets it load."""
        if set(self.names) != set(frame.columns):
            return [f"columns differ: {sorted(set(self.names) ^ set(frame.columns))}"]
        rules = []
        if frame.duplicated([field.name for field in self.key]).any():
            rules.append(f"not {self.grain}")
        for field in (*self.key, *self.required):
            if missing := int(frame[field.name].isna().sum()):
                rules.append(f"{field.name} is missing in {missing} rows")
        for field in self.columns:
            rules += _broken(field, frame[field.name].dropna())
        return rules


def _broken(field: Field, values: pd.Series) -> list[str]:
    rules = []
    if field.at_least is not None and (values < field.at_least).any():
        rules.append(f"{field.name} below {field.at_least:g}")
    if field.at_most is not None and (values > field.at_most).any():
        rules.append(f"{field.name} above {field.at_most:g}")
    if field.one_of and (odd := set(values) - set(field.one_of)):
        rules.append(f"{field.name} has {sorted(odd)[:3]}, not one of {list(field.one_of)}")
    return rules
