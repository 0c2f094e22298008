"""The tables of a build's database, declared once, in loading order."""

import hashlib

import sqlalchemy as sa

from ingest.schema.about import AUTHORITY, BUILD, CHANGE, ISSUE, RECEIPT, SOURCE, STEP
from ingest.schema.areas import (
    AREA,
    AREA_VALUE,
    AUTHORITY_VALUE,
    MEASURE,
    SMALL_AREA_CHANGE,
)
from ingest.schema.choices import (
    CATCHMENT,
    CHOICE_ACCURACY,
    CHOICE_WEIGHT,
    OFFER_CHANCE,
    PLACE_BALANCE,
    PLACE_COST,
    PLANNING_AREA_SCHOOL,
    SCHOOL_UNFILLED,
)
from ingest.schema.declare import Field, Table
from ingest.schema.forecasts import (
    ASSUMPTION,
    FORECAST,
    FORECAST_ACCURACY,
    FORECAST_BORDER,
    FORECAST_CHANGE,
    FORECAST_COHORT,
    FORECAST_DISPLACED,
    FORECAST_METHOD,
    FORECAST_RECORD,
    FORECAST_ROLL,
    FORECAST_VINTAGE,
    SCORECARD_RECORD,
)
from ingest.schema.people import BIRTHS, HOUSING_HOMES, HOUSING_SITE, POPULATION
from ingest.schema.places import PLACE, POSTCODE
from ingest.schema.provision import (
    ADMISSION_AREA,
    ADMISSION_CRITERION,
    ADMISSION_NUMBER,
    GROUP_MEMBER,
    INSPECTION,
    OFFER_DISTANCE,
    PLANNING_AREA,
    SCHOOL_GROUP,
    SCHOOL_LEAD,
    SCHOOL_PLACES,
)
from ingest.schema.pupils import FLOW, PUPIL_PROJECTION, ROLL, ROLL_FORECAST, SCHOOL_VALUE
from ingest.schema.schools import SCHOOL, SCHOOL_LINK, SCHOOL_SUCCESSION

TABLES: tuple[Table, ...] = (
    BUILD,
    AUTHORITY,
    STEP,
    SOURCE,
    RECEIPT,
    ISSUE,
    CHANGE,
    AREA,
    MEASURE,
    AREA_VALUE,
    AUTHORITY_VALUE,
    SMALL_AREA_CHANGE,
    POSTCODE,
    PLACE,
    SCHOOL,
    SCHOOL_LINK,
    SCHOOL_SUCCESSION,
    SCHOOL_VALUE,
    SCHOOL_PLACES,
    ADMISSION_NUMBER,
    PLANNING_AREA,
    ROLL,
    ROLL_FORECAST,
    PUPIL_PROJECTION,
    FLOW,
    OFFER_DISTANCE,
    ADMISSION_CRITERION,
    ADMISSION_AREA,
    SCHOOL_LEAD,
    INSPECTION,
    SCHOOL_GROUP,
    GROUP_MEMBER,
    POPULATION,
    BIRTHS,
    HOUSING_SITE,
    HOUSING_HOMES,
    FORECAST,
    FORECAST_ROLL,
    FORECAST_METHOD,
    FORECAST_ACCURACY,
    FORECAST_BORDER,
    FORECAST_COHORT,
    FORECAST_DISPLACED,
    FORECAST_RECORD,
    SCORECARD_RECORD,
    FORECAST_VINTAGE,
    FORECAST_CHANGE,
    ASSUMPTION,
    PLANNING_AREA_SCHOOL,
    PLACE_BALANCE,
    PLACE_COST,
    SCHOOL_UNFILLED,
    CHOICE_WEIGHT,
    CHOICE_ACCURACY,
    CATCHMENT,
    OFFER_CHANCE,
)

SCHEMA_ID = hashlib.sha256(
    repr([(table.name, table.key, table.fields) for table in TABLES]).encode()
).hexdigest()[:12]
"""Digest of all declarations: a build made with others cannot be read."""

METADATA = sa.MetaData()
SQL: dict[str, sa.Table] = {table.name: table.to_sql(METADATA) for table in TABLES}
"""The same tables as SQLAlchemy knows them, by name."""

__all__ = ["METADATA", "SCHEMA_ID", "SQL", "TABLES", "Field", "Table"]
