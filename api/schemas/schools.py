"""Schools as they are sent."""

from pydantic import Field

from api.mode_names import JourneyMode
from api.schemas.base import Answer, ValueStatus
from config.terms import Phase, SchoolStatus, Sector, Status


class SchoolSummary(Answer):
    """What a list says of a school."""

    urn: int = Field(description="Unique Reference Number in the register")
    name: str = Field(description="Name as the register writes it")
    status: SchoolStatus = Field(description="Open, closing (open, proposed to close), proposed …")
    phase: Phase = Field(description="Phase, drawn from type, phase and ages in the register")
    sector: Sector = Field(description="State or independent")
    type: str | None = Field(description="Type of establishment as the register writes it")
    la_code: str | None = Field(description="GSS code of the education authority")
    la_name: str | None = Field(description="Name of the education authority")
    is_outside: bool = Field(description="In the border around the authorities shown")
    age_low: int | None = Field(description="Statutory lowest age, years")
    age_high: int | None = Field(description="Statutory highest age, years")
    religious_character: str | None = Field(description="As the register writes it")
    town: str | None = Field(description="Town")
    postcode: str | None = Field(description="Postcode")
    lon: float | None = Field(description="Longitude, degrees, WGS 84; null where not known")
    lat: float | None = Field(description="Latitude, degrees, WGS 84; null where not known")
    pupils: int | None = Field(description="Headcount on census day")
    pupils_status: ValueStatus = Field(description="Why pupils is there or missing")
    capacity_pupils: int | None = Field(description="Places for pupils, all year groups")
    capacity_pupils_status: ValueStatus = Field(
        description="Why capacity_pupils is there or missing"
    )
    is_covered: bool = Field(description="The street network reaches it: times can be given")


class LinkedSchool(Answer):
    """An establishment that came before, after or stands beside."""

    urn: int = Field(description="Its Unique Reference Number")
    name: str | None = Field(description="Its name")
    link_type: str = Field(description="Kind of link as the register writes it")
    link_date: str | None = Field(description="Since when, ISO 8601")
    in_atlas: bool = Field(description="This atlas has a page of it")


class OfficialPage(Answer):
    """A page about the school elsewhere."""

    title: str = Field(description="What the page is")
    url: str = Field(description="Its address")


class Fact(Answer):
    """One fact, ready to show, with where it comes from."""

    label: str = Field(description="What it is")
    value: str = Field(description="The value in words, or why there is none")
    status: Status = Field(description="Whether the value is there, and if not why")
    source_id: str = Field(description="Source; see /release")
    as_of: str | None = Field(
        description="When it held, ISO 8601 or the release's name; null where not stated"
    )


class SchoolDetail(SchoolSummary):
    """Everything the atlas says of one school."""

    sentence: str = Field(description="What it is, in a sentence or two")
    phase_gias: str | None = Field(description="Phase as the register writes it")
    type_group: str | None = Field(description="Group of types as the register writes it")
    la_code_dfe: str | None = Field(description="Three-digit code of the education authority")
    establishment_number: int | None = Field(description="Number within the authority")
    open_date: str | None = Field(description="Opened on, ISO 8601")
    close_date: str | None = Field(description="Closed on, or to close on, ISO 8601")
    gender: str | None = Field(description="Boys, girls or mixed, as the register writes it")
    admissions_policy: str | None = Field(description="Selective or not, as the register has it")
    nursery_provision: str | None = Field(description="As the register writes it")
    sixth_form: str | None = Field(description="Official sixth form, as the register writes it")
    census_date: str | None = Field(description="Day on which pupils were counted, ISO 8601")
    fsm_pct: float | None = Field(description="Pupils eligible for free school meals, %")
    fsm_pct_status: ValueStatus = Field(description="Why fsm_pct is there or missing")
    trust: str | None = Field(description="Trust that runs it")
    federation: str | None = Field(description="Federation it belongs to")
    street: str | None = Field(description="Street")
    locality: str | None = Field(description="Locality")
    website: str | None = Field(description="Web address, as the register has it")
    x: float | None = Field(description="Easting, m, British National Grid (EPSG:27700)")
    y: float | None = Field(description="Northing, m, British National Grid (EPSG:27700)")
    location_status: ValueStatus = Field(
        description="Measured: the register's own point; estimated: its postcode's"
    )
    location_note: str | None = Field(description="What to know about where it is drawn")
    ward25: str | None = Field(description="Electoral ward as of May 2025, GSS code")
    ward_name: str | None = Field(description="Name of the ward")
    lsoa21: str | None = Field(description="Lower layer super output area of 2021, GSS code")
    lsoa21_name: str | None = Field(description="Name of the area")
    predecessors: list[LinkedSchool] = Field(description="Establishments that came before")
    successors: list[LinkedSchool] = Field(description="Establishments that came after")
    beside: list[LinkedSchool] = Field(description="Establishments linked in another way")
    links: list[OfficialPage] = Field(description="Official pages about it")
    facts: list[Fact] = Field(description="What to show, in reading order")
    sources: list[str] = Field(description="Ids of the sources of these facts")


class SchoolSymbols(Answer):
    """Every school that has a position, one column a list, to draw them all at once."""

    urn: list[int] = Field(description="Unique Reference Numbers, ascending")
    name: list[str] = Field(description="Names")
    lon: list[float] = Field(description="Longitudes, degrees, WGS 84")
    lat: list[float] = Field(description="Latitudes, degrees, WGS 84")
    phase: list[Phase] = Field(description="Phases")
    sector: list[Sector] = Field(description="State or independent")
    status: list[SchoolStatus] = Field(description="Open, closing, proposed or closed")
    pupils: list[int | None] = Field(description="Headcounts; null where missing")
    capacity_pupils: list[int | None] = Field(description="Places; null where missing")
    is_outside: list[bool] = Field(description="In the border around the authorities shown")
    type: list[str | None] = Field(description="Types as the register writes them")
    sources: list[str] = Field(description="Ids of the sources")


class ReachedSchool(SchoolSummary):
    """A school and the way to it."""

    minutes: float = Field(description="Minutes on the way, one decimal", ge=0)
    seconds: int = Field(description="Seconds on the way", ge=0)
    metres: int | None = Field(
        description="Metres on the way along the streets; null by public transport", ge=0
    )
    off_street_m: int = Field(description="Metres from the nearest street to the school", ge=0)


class SchoolNotCovered(SchoolSummary):
    """A school as near as the crow flies that the street network does not reach."""

    straight_line_m: int = Field(description="Metres as the crow flies", ge=0)


class Origin(Answer):
    """Where journeys start; of a school, where they end."""

    lon: float = Field(description="Longitude, degrees, WGS 84")
    lat: float = Field(description="Latitude, degrees, WGS 84")
    label: str = Field(description="What the place is called")
    snapped_m: int = Field(description="Metres from the place to the street it starts on", ge=0)


class ReachableSchools(Answer):
    """The schools that can be reached from a place."""

    sentence: str = Field(description="How many are near, and which is nearest")
    origin: Origin = Field(description="Where the ways start; of a school, where they end")
    mode: JourneyMode = Field(description="How one travels")
    minutes: int = Field(description="The longest way, minutes")
    items: list[ReachedSchool] = Field(description="Schools, nearest first")
    not_covered: list[SchoolNotCovered] = Field(
        description="Schools as near as the crow flies that no time can be given for"
    )
    is_cut_by_coverage: bool = Field(
        description="The ways come to where the streets that were loaded end, so that more "
        "schools, or shorter ways, might be there than are listed"
    )
    cut_after_minutes: float | None = Field(
        description="Minutes to where the streets end; null where the ways do not come there"
    )
    straight_line_kmh: float = Field(
        description="How fast one gets ahead in a straight line at best: schools without a time "
        "are listed as far as that goes in the longest way",
        gt=0,
    )
    bands_off_street_m: int = Field(
        description="Metres from a street within which bands are drawn: a school or a start "
        "farther off may lie outside them",
        ge=0,
    )
    method: str = Field(description="How the times were come by")
    sources: list[str] = Field(description="Ids of the sources")
