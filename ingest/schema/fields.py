"""The field dictionary: every column that more than one table has, once."""

from config.terms import AreaKind, Status
from ingest.schema.declare import Field

ALL = "all"
YEAR_GROUPS = ("N1", "N2", "R", *(str(year) for year in range(1, 15)), ALL)
"""From nursery to the third year of a sixth form, in the order in which pupils pass them."""


def _text(name: str, says: str, *one_of: str) -> Field:
    return Field(name=name, kind="text", says=says, one_of=one_of)


URN = Field(
    name="urn",
    kind="whole",
    at_least=1,
    says="Unique Reference Number of the establishment in the register",
)
LA_CODE = _text("la_code", "GSS code of the education authority")
LA_CODE_DFE = _text("la_code_dfe", "Three-digit code of the education authority, by the Department")
LSOA21 = _text("lsoa21", "Lower layer super output area of the 2021 census, GSS code")
WARD25 = _text("ward25", "Electoral ward as of May 2025, GSS code")
POSTCODE = _text("postcode", "Postcode as Royal Mail spells it, with its space")
LON = Field(name="lon", kind="number", unit="degrees", says="Longitude, WGS 84 (EPSG:4326)")
LAT = Field(name="lat", kind="number", unit="degrees", says="Latitude, WGS 84 (EPSG:4326)")
X = Field(name="x", kind="number", unit="m", says="Easting, British National Grid (EPSG:27700)")
Y = Field(name="y", kind="number", unit="m", says="Northing, British National Grid (EPSG:27700)")
IS_OUTSIDE = Field(
    name="is_outside",
    kind="flag",
    says="In the border around the region, not in the authorities shown",
)
IS_COVERED = Field(
    name="is_covered",
    kind="flag",
    says="Inside the area that the street network covers: travel times can be given",
)
AREA_CODE = _text("area_code", "GSS code of the area")
AREA_KIND = _text("kind", "Kind of area, with its vintage", *AreaKind)
VALUE_STATUS = _text("status", "Whether the value is there, and if not why", *Status)
NAME = _text("name", "Name as its publisher writes it")


RECEIPT = _text("receipt", "The file it was read from: how the SHA-256 of its receipt begins")
SOURCE_ID = _text("source_id", "Id of the published series")
MEASURE_ID = _text("measure", "Id of the measure")
PERIOD = _text("period", "When it holds: 2018/19 is a school year, 2025 a calendar year")
ACADEMIC_YEAR = _text("academic_year", "School year, such as 2018/19")
YEAR_GROUP = _text(
    "year_group",
    "National curriculum year; N1 and N2 before reception (R); all: not told apart",
    *YEAR_GROUPS,
)
SEX = _text("sex", "F, M, or all where they are not told apart", "F", "M", ALL)
VALUE = Field(name="value", kind="number", says="The value, in the measure's unit; null if missing")
LOW = Field(name="low", kind="number", says="Lower end of its 95 % confidence interval, if given")
HIGH = Field(name="high", kind="number", says="Upper end of its 95 % confidence interval, if given")
COHORT = Field(
    name="cohort",
    kind="number",
    unit="pupils",
    at_least=0,
    says="How many pupils it is about, if given",
)


def status_of(field: Field) -> Field:
    """Return the field that says why ``field`` is missing."""
    return _text(f"{field.name}_status", f"Why {field.name} is there or missing", *Status)
