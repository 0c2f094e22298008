"""Tables of what is provided: places, planning areas, admissions, inspections, trusts."""

from ingest.schema import fields as f
from ingest.schema.declare import Field, Table


def _text(name: str, says: str, *one_of: str) -> Field:
    return Field(name=name, kind="text", says=says, one_of=one_of)


def _count(name: str, unit: str, says: str) -> Field:
    return Field(name=name, kind="number", unit=unit, at_least=0, says=says)


PLANNING_AREA_CODE = _text("planning_area", "Code of the planning area, as its authority gives it")
PLACES_PHASE = _text(
    "phase", "Which part of a school's places", "primary", "secondary", "sixth_form", f.ALL
)
SOURCE_PAGE = _text("source_page", "Page on which it is published")

SCHOOL_PLACES = Table(
    name="school_places",
    grain="one row per source, school, school year and phase of its places",
    key=(f.SOURCE_ID, f.URN, f.ACADEMIC_YEAR, PLACES_PHASE),
    fields=(
        _count("places", "places", "Places, all year groups of the phase; null if missing"),
        Field(
            name="pupils",
            kind="whole",
            unit="pupils",
            at_least=0,
            says="Pupils on roll as the same return has them",
        ),
        _count("unfilled", "places", "Places without a pupil, counted school by school"),
        _text("planning_area", "Planning area the school is in for this phase"),
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
    indexes=(("urn",), ("planning_area",)),
)
ADMISSION_NUMBER = Table(
    name="admission_number",
    grain="one row per source, school, school year of entry and year group entered",
    key=(f.SOURCE_ID, f.URN, f.ACADEMIC_YEAR, f.YEAR_GROUP),
    fields=(
        _count("places", "places", "Published admission number"),
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
)
PLANNING_AREA = Table(
    name="planning_area",
    grain="one row per source, planning area of an authority and phase",
    key=(
        f.SOURCE_ID,
        PLANNING_AREA_CODE,
        _text("phase", "primary or secondary", "primary", "secondary"),
    ),
    fields=(
        f.LA_CODE_DFE,
        f.NAME,
        Field(name="geometry", kind="geometry", says="Outline, WKB, EPSG:4326; null: none known"),
        _text(
            "basis",
            "published (by its authority), or reconstructed from schools and the way to them",
            "published",
            "reconstructed",
        ),
        _text("version", "Of a reconstruction: digest of what it was made from; empty: published"),
        f.RECEIPT,
    ),
    required=(f.LA_CODE_DFE,),
)
"""An area that its authority published without an outline has a second row, reconstructed."""

OFFER_DISTANCE = Table(
    name="offer_distance",
    grain="one row per source, school, school year of entry and year group entered",
    key=(f.SOURCE_ID, f.URN, f.ACADEMIC_YEAR, f.YEAR_GROUP),
    fields=(
        Field(
            name="metres",
            kind="number",
            unit="m",
            at_least=0,
            says="Distance from home to school of the last child offered a place by distance",
        ),
        _text(
            "method",
            "How the authority measures it",
            "straight_line",
            "walking_route",
            "not_stated",
        ),
        _count("offers", "offers", "Places offered on the day"),
        _text("criterion", "Criterion under which the last place was offered, in its words"),
        SOURCE_PAGE,
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
)
"""A null distance with status ``not_applicable`` means that all who applied were offered."""

ADMISSION_CRITERION = Table(
    name="admission_criterion",
    grain="one row per source, school, school year of entry and rank of a criterion",
    key=(
        f.SOURCE_ID,
        f.URN,
        f.ACADEMIC_YEAR,
        Field(name="rank", kind="whole", at_least=1, says="1 is looked at first"),
    ),
    fields=(
        _text("says", "The criterion, in its authority's words"),
        _count("offers", "offers", "Places offered under it"),
        SOURCE_PAGE,
        f.RECEIPT,
    ),
)
ADMISSION_AREA = Table(
    name="admission_area",
    grain="one row per source, school year of entry and admission area",
    key=(f.SOURCE_ID, f.ACADEMIC_YEAR, _text("admission_area", "Its code or name")),
    fields=(
        f.LA_CODE_DFE,
        f.NAME,
        _text("phase", "primary or secondary", "primary", "secondary"),
        _text("urns", "URNs of the schools that give its residents priority, by spaces"),
        SOURCE_PAGE,
        Field(name="geometry", kind="geometry", says="Outline, WKB, EPSG:4326"),
        f.RECEIPT,
    ),
)
SCHOOL_LEAD = Table(
    name="school_lead",
    grain="one row per source, school that children leave and school that it leads to",
    key=(
        f.SOURCE_ID,
        f.URN,
        Field(name="leads_to_urn", kind="whole", at_least=1, says="URN of the school led to"),
    ),
    fields=(
        _text("since", "School year of entry from which it holds; null: for as long as is known"),
        _text(
            "basis",
            "admission: the school led to takes its children first; agreed: the schools work "
            "together; usual: most children go on there; null: not stated",
            "admission",
            "agreed",
            "usual",
        ),
        SOURCE_PAGE,
        f.RECEIPT,
    ),
    indexes=(("leads_to_urn",),),
)
"""An infant school and its junior school, a feeder and its secondary school: not one school that
followed another under a new number, which ``school_link`` tells."""

INSPECTION = Table(
    name="inspection",
    grain="one row per source, school, day of inspection and area that was judged",
    key=(
        f.SOURCE_ID,
        f.URN,
        Field(name="inspected_on", kind="date", says="First day of the inspection"),
        _text("area", "What was judged, as the report card or older report names it"),
    ),
    fields=(
        _text(
            "framework",
            "Under which framework; ungraded: a visit that gave no grades, of the one of 2019",
            "report_card",
            "graded_2019",
            "ungraded",
            "older",
        ),
        _text("grade", "The grade, in the inspectorate's word"),
        Field(name="published_on", kind="date", says="Day on which the report was published"),
        Field(
            name="is_superseded",
            kind="flag",
            says="A later inspection has taken its place, or its kind of grade is no longer given",
        ),
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
    indexes=(("urn",),),
)
"""Grades are words: they are never averaged, ranked or turned into numbers."""

SCHOOL_GROUP = Table(
    name="school_group",
    grain="one row per trust, federation or other group of schools",
    key=(_text("group_uid", "Its unique id in the register"),),
    fields=(
        f.NAME,
        _text("group_type", "Kind of group as the register writes it"),
        _text("status", "Open or closed, as the register writes it"),
        Field(name="open_date", kind="date", says="Since when"),
        Field(name="close_date", kind="date", says="Until when"),
        _text("companies_house_number", "Its number at Companies House"),
        f.RECEIPT,
    ),
    required=(f.NAME,),
)
GROUP_MEMBER = Table(
    name="group_member",
    grain="one row per group and school in it",
    key=(_text("group_uid", "The group's unique id in the register"), f.URN),
    fields=(Field(name="joined_on", kind="date", says="Since when"), f.SOURCE_ID, f.RECEIPT),
    indexes=(("urn",),),
)
