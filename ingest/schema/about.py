"""Tables about the build itself: where every figure came from."""

from config.terms import ChangeKind
from ingest.schema import fields as f
from ingest.schema.declare import Field, Table

SOURCE_ID = f.SOURCE_ID
RELEASE = Field(
    name="release", kind="text", says="Which release of the series, as its publisher dates it"
)
TITLE = Field(name="title", kind="text", says="Title for readers")
STEP_ID = Field(name="step", kind="text", says="Step of the build")
MADE_UP = Field(name="made_up", kind="flag", says="The data are invented")
HAS_HEIGHTS = Field(name="has_heights", kind="flag", says="Hills count on foot and by bicycle")

CHANGE_KIND = Field(name="kind", kind="text", says="What kind of change", one_of=tuple(ChangeKind))

BUILD = Table(
    name="build",
    grain="one row: this build",
    key=(Field(name="build_id", kind="text", says="Id of the build; also its ETag"),),
    fields=(
        Field(name="region_id", kind="text", says="Region file it was made from"),
        TITLE,
        Field(name="contact", kind="text", says="Who answers for this atlas"),
        MADE_UP,
        HAS_HEIGHTS,
        Field(name="built_at", kind="date", says="When it was made, UTC"),
        Field(name="west", kind="number", unit="degrees", says="Western edge of the authorities"),
        Field(name="south", kind="number", unit="degrees", says="Southern edge"),
        Field(name="east", kind="number", unit="degrees", says="Eastern edge"),
        Field(name="north", kind="number", unit="degrees", says="Northern edge"),
        Field(
            name="covered_pct",
            kind="number",
            unit="%",
            at_least=0,
            at_most=100,
            says="Share of the authorities' postcodes that the street network covers",
        ),
        Field(name="coverage", kind="geometry", says="Where travel times can be given"),
        Field(name="streets_date", kind="date", says="Date of the street extract, where it says"),
        Field(
            name="compared_with",
            kind="text",
            says="Build that was in use when this one was made, which its changes are told from",
        ),
    ),
)
AUTHORITY = Table(
    name="authority",
    grain="one row per education authority that the build shows",
    key=(f.LA_CODE,),
    fields=(
        Field(name="position", kind="whole", says="Order in the region file"),
        f.LA_CODE_DFE,
        f.NAME,
    ),
    required=(f.LA_CODE_DFE, f.NAME),
)
STEP = Table(
    name="step",
    grain="one row per step of the build",
    key=(STEP_ID,),
    fields=(
        Field(name="position", kind="whole", says="Order in which it ran"),
        Field(name="seconds", kind="number", unit="s", at_least=0, says="Wall-clock time"),
        Field(name="peak_mb", kind="number", unit="MB", says="Peak resident memory meanwhile"),
        Field(name="rows", kind="whole", says="Rows written"),
        Field(name="is_reused", kind="flag", says="Inputs unchanged: taken from an earlier build"),
    ),
)
SOURCE = Table(
    name="source",
    grain="one row per published series",
    key=(SOURCE_ID,),
    fields=(
        TITLE,
        Field(name="publisher", kind="text", says="Who publishes it"),
        Field(name="landing_page", kind="text", says="Page about the series"),
        Field(name="licence", kind="text", says="Licence, by its SPDX name"),
        Field(name="attribution", kind="text", says="What must be said where it is shown"),
        Field(name="caveats", kind="text", says="What to know before using it, one a line"),
    ),
)
RECEIPT = Table(
    name="receipt",
    grain="one row per file that this build was made from",
    key=(Field(name="sha256", kind="text", says="SHA-256 of the file"), SOURCE_ID),
    fields=(
        f.RECEIPT,
        RELEASE,
        Field(name="file_name", kind="text", says="Name of the file"),
        Field(name="address", kind="text", says="Where it came from"),
        Field(name="fetched_at", kind="date", says="When, UTC"),
        Field(name="etag", kind="text", says="The server's ETag, if it gave one"),
        Field(name="bytes", kind="whole", unit="bytes", at_least=0, says="Size"),
    ),
)
ISSUE = Table(
    name="issue",
    grain="one row per odd thing found while building",
    key=(Field(name="issue_id", kind="whole", says="Running number in this build"),),
    fields=(
        STEP_ID,
        Field(
            name="severity", kind="text", says="note, warning or error", one_of=("note", "warning")
        ),
        Field(name="rule", kind="text", says="Short name of the rule that was broken"),
        Field(name="subject", kind="text", says="What it is about: a URN, a postcode, a file"),
        Field(name="says", kind="text", says="What was found and what was done"),
    ),
)
CHANGE = Table(
    name="change",
    grain="one row per thing that changed for readers since the build compared with",
    key=(Field(name="change_id", kind="whole", says="Running number in this build"),),
    fields=(
        CHANGE_KIND,
        f.URN,
        f.MEASURE_ID,
        SOURCE_ID,
        Field(name="before", kind="text", says="What it was"),
        Field(name="after", kind="text", says="What it is now"),
        Field(name="changed", kind="whole", at_least=0, says="Values that are others now"),
        Field(name="added", kind="whole", at_least=0, says="Values that are new"),
        Field(name="removed", kind="whole", at_least=0, says="Values that are gone"),
        Field(
            name="largest",
            kind="number",
            says="By how much the value that changed most did, in the measure's unit",
        ),
        Field(name="largest_of", kind="text", says="The school or area whose value that is"),
        Field(name="says", kind="text", says="A sentence that tells it"),
    ),
    required=(CHANGE_KIND,),
)
