"""Tables of areas and their values."""

from ingest.schema import fields as f
from ingest.schema.about import RELEASE, SOURCE_ID, TITLE
from ingest.schema.declare import Field, Table

MEASURE_ID = Field(name="measure", kind="text", says="Id of the measure")

AREA = Table(
    name="area",
    grain="one row per area of any kind",
    key=(f.AREA_CODE,),
    fields=(
        f.AREA_KIND,
        f.NAME,
        Field(name="parent_code", kind="text", says="GSS code of the authority it lies in"),
        f.IS_OUTSIDE,
        f.LON,
        f.LAT,
        Field(name="west", kind="number", unit="degrees", says="Western edge"),
        Field(name="south", kind="number", unit="degrees", says="Southern edge"),
        Field(name="east", kind="number", unit="degrees", says="Eastern edge"),
        Field(name="north", kind="number", unit="degrees", says="Northern edge"),
        Field(name="geometry", kind="geometry", says="Outline, WKB, EPSG:4326"),
    ),
    required=(f.AREA_KIND, f.NAME, f.IS_OUTSIDE),
    indexes=(("kind", "is_outside"),),
)
MEASURE = Table(
    name="measure",
    grain="one row per measure that areas have values of",
    key=(MEASURE_ID,),
    fields=(
        Field(name="position", kind="whole", says="Reading order"),
        Field(name="topic", kind="text", says="Heading it is listed under"),
        TITLE,
        Field(name="says", kind="text", says="What it means, in plain words"),
        Field(name="unit", kind="text", says="Unit of the value"),
        Field(name="decimals", kind="whole", says="Decimals worth showing"),
        Field(name="period", kind="text", says="When it holds, in words"),
        Field(
            name="polarity",
            kind="text",
            says="Whether more is simply more, or agreed to be better or worse",
            one_of=("neutral", "more_is_better", "more_is_worse"),
        ),
        SOURCE_ID,
        RELEASE,
        Field(name="method", kind="text", says="How it was come by"),
    ),
)
AREA_VALUE = Table(
    name="area_value",
    grain="one row per measure and area",
    key=(MEASURE_ID, f.AREA_CODE),
    fields=(
        Field(
            name="value", kind="number", says="The value, in the measure's unit; null if missing"
        ),
        f.VALUE_STATUS,
    ),
    required=(f.VALUE_STATUS,),
    indexes=(("area_code",),),
)
