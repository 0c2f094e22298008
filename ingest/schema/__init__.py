"""The tables of a build's database, declared once, in loading order."""

import sqlalchemy as sa

from ingest.schema.about import BUILD, ISSUE, RECEIPT, SOURCE, STEP
from ingest.schema.areas import AREA, AREA_VALUE, MEASURE
from ingest.schema.declare import Field, Table
from ingest.schema.places import PLACE, POSTCODE
from ingest.schema.schools import SCHOOL, SCHOOL_LINK

TABLES: tuple[Table, ...] = (
    BUILD,
    STEP,
    SOURCE,
    RECEIPT,
    ISSUE,
    AREA,
    MEASURE,
    AREA_VALUE,
    POSTCODE,
    PLACE,
    SCHOOL,
    SCHOOL_LINK,
)

METADATA = sa.MetaData()
SQL: dict[str, sa.Table] = {table.name: table.to_sql(METADATA) for table in TABLES}
"""The same tables as SQLAlchemy knows them, by name."""

__all__ = ["METADATA", "SQL", "TABLES", "Field", "Table"]
