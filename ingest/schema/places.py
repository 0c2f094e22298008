"""Tables that say where a postcode or a named place is."""

from ingest.schema import fields as f
from ingest.schema.declare import Field, Table

POSTCODE = Table(
    name="postcode",
    grain="one row per unit postcode in the region and its border",
    key=(f.POSTCODE,),
    fields=(
        Field(name="postcode_key", kind="text", says="The same without its space, for look-up"),
        f.X,
        f.Y,
        f.LON,
        f.LAT,
        Field(
            name="quality",
            kind="whole",
            says="Positional quality: 10 best (within the building), 60 worst, 90 no position",
        ),
        f.LA_CODE,
        f.WARD25,
        f.LSOA21,
        f.IS_OUTSIDE,
        f.IS_COVERED,
    ),
    required=(f.LON, f.LAT, f.IS_OUTSIDE, f.IS_COVERED),
    indexes=(("postcode_key",),),
)
PLACE = Table(
    name="place",
    grain="one row per named settlement or street of the street extract",
    key=(Field(name="place_id", kind="whole", says="Running number in this build"),),
    fields=(
        f.NAME,
        Field(
            name="kind",
            kind="text",
            says="What it is",
            one_of=("city", "town", "suburb", "village", "hamlet", "street"),
        ),
        Field(
            name="near", kind="text", says="Settlement or ward it lies in, to tell namesakes apart"
        ),
        Field(name="search_key", kind="text", says="Name in lower case without marks, for look-up"),
        f.LON,
        f.LAT,
    ),
    required=(f.NAME, f.LON, f.LAT),
    indexes=(("search_key",),),
)
