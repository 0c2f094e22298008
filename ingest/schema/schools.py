"""Tables of schools."""

from config.terms import Phase, SchoolStatus, Sector, Status
from ingest.schema import fields as f
from ingest.schema.declare import Field, Table

CAPACITY_PUPILS = Field(
    name="capacity_pupils",
    kind="whole",
    unit="pupils",
    at_least=0,
    says="Places for pupils, all year groups, as the register has it",
)
PUPILS = Field(
    name="pupils",
    kind="whole",
    unit="pupils",
    at_least=0,
    says="Headcount on census day, as the register repeats it",
)
FSM_PCT = Field(
    name="fsm_pct",
    kind="number",
    unit="%",
    at_least=0,
    at_most=100,
    says="Pupils eligible for free school meals, as the register repeats it",
)
PHASE = Field(
    name="phase", kind="text", says="Phase, from type, phase and ages", one_of=tuple(Phase)
)
SECTOR = Field(name="sector", kind="text", says="State or independent", one_of=tuple(Sector))
STATUS = Field(
    name="status", kind="text", says="Open, closing, proposed or closed", one_of=tuple(SchoolStatus)
)


def _text(name: str, says: str) -> Field:
    return Field(name=name, kind="text", says=says)


SCHOOL = Table(
    name="school",
    grain="one row per establishment in the register, open, proposed or closed",
    key=(f.URN,),
    fields=(
        f.NAME,
        STATUS,
        PHASE,
        SECTOR,
        _text("phase_gias", "Phase as the register writes it"),
        _text("type", "Type of establishment as the register writes it"),
        _text("type_group", "Group of types as the register writes it"),
        f.LA_CODE_DFE,
        f.LA_CODE,
        _text("la_name", "Name of the education authority"),
        Field(name="establishment_number", kind="whole", says="Number within the authority"),
        Field(name="open_date", kind="date", says="Opened on"),
        Field(name="close_date", kind="date", says="Closed on, or to close on"),
        Field(
            name="age_low",
            kind="whole",
            unit="years",
            at_least=0,
            at_most=99,
            says="Statutory lowest age",
        ),
        Field(
            name="age_high",
            kind="whole",
            unit="years",
            at_least=0,
            at_most=99,
            says="Statutory highest age",
        ),
        _text("gender", "Boys, girls or mixed, as the register writes it"),
        _text("religious_character", "As the register writes it; null if none is stated"),
        _text("admissions_policy", "Selective or not, as the register writes it"),
        _text("nursery_provision", "As the register writes it"),
        _text("sixth_form", "Official sixth form, as the register writes it"),
        CAPACITY_PUPILS,
        f.status_of(CAPACITY_PUPILS),
        PUPILS,
        f.status_of(PUPILS),
        Field(name="census_date", kind="date", says="Day on which pupils were counted"),
        FSM_PCT,
        f.status_of(FSM_PCT),
        _text("trust", "Trust that runs it"),
        _text("trust_uid", "The trust's unique id in the register, where the file has it"),
        _text("trust_flag", "Kind of trust that supports it, as the register writes it"),
        _text("federation", "Federation it belongs to"),
        _text("federation_uid", "The federation's unique id in the register, where given"),
        _text("street", "Street"),
        _text("locality", "Locality"),
        _text("town", "Town"),
        f.POSTCODE,
        _text("website", "Web address, as the register has it, made absolute"),
        f.X,
        f.Y,
        f.LON,
        f.LAT,
        Field(
            name="location_status",
            kind="text",
            says="Measured: the register's own point; estimated: its postcode's; else unavailable",
            one_of=tuple(Status),
        ),
        f.WARD25,
        f.LSOA21,
        f.IS_OUTSIDE,
        f.IS_COVERED,
        _text("search_key", "Name and town in lower case without marks, for look-up"),
    ),
    required=(f.NAME, STATUS, PHASE, SECTOR, f.IS_OUTSIDE, f.IS_COVERED),
    indexes=(("status", "phase"), ("lon", "lat"), ("la_code",)),
)
SCHOOL_LINK = Table(
    name="school_link",
    grain="one row per link from one establishment to another that came before or after it",
    key=(
        f.URN,
        Field(name="linked_urn", kind="whole", says="The other establishment's URN"),
        _text("link_type", "Kind of link as the register writes it"),
    ),
    fields=(
        _text("linked_name", "The other establishment's name"),
        Field(name="link_date", kind="date", says="Since when"),
        Field(
            name="direction",
            kind="text",
            says="Whether the other came before, came after, or stands beside",
            one_of=("predecessor", "successor", "other"),
        ),
    ),
    required=(),
)
SCHOOL_SUCCESSION = Table(
    name="school_succession",
    grain="one row per closed establishment whose pupils are known to have gone to another",
    key=(f.URN, Field(name="successor_urn", kind="whole", says="URN of one open today")),
    fields=(
        Field(name="links", kind="whole", at_least=1, says="Links followed from one to the other"),
    ),
    indexes=(("successor_urn",),),
)
"""Worked out from ``school_link``; a school that was split has several successors."""
