"""Tables of need and spare places, and of who goes where."""

from ingest.schema import fields as f
from ingest.schema.declare import Field, Table
from ingest.schema.forecasts import BASIS, EXPECTED, PHASE


def _text(name: str, says: str, *one_of: str) -> Field:
    return Field(name=name, kind="text", says=says, one_of=one_of)


def _number(name: str, unit: str, says: str, *, at_least: float | None = 0) -> Field:
    return Field(name=name, kind="number", unit=unit, at_least=at_least, says=says)


PLANNING_AREA_SCHOOL = Table(
    name="planning_area_school",
    grain="one row per planning area, phase and school in it",
    key=(_text("planning_area", "Code of the planning area"), PHASE, f.URN),
    fields=(
        BASIS,
        _text("version", "Of a reconstruction: what it was made from; empty: as published"),
    ),
    required=(BASIS,),
    indexes=(("urn",),),
)
"""``basis``: stated (by the authority), within (left out, but inside the outline that it drew),
nearest (left out: put where the nearest school is) or reconstructed (with its area)."""


PLACE_BALANCE = Table(
    name="place_balance",
    grain="one row per planning area, phase, school year ahead and year group",
    key=(_text("planning_area", "Code of the planning area"), PHASE, f.ACADEMIC_YEAR, f.YEAR_GROUP),
    fields=(
        EXPECTED,
        _number("places", "places", "Places of the year group: now, plus planned, less removed"),
        _number("need", "places", "Places short, with the margin; not rounded"),
        _number("spare", "places", "Places over"),
        _number("margin_pct", "%", "Places to be kept free, as a share of the pupils"),
        BASIS,
        f.VALUE_STATUS,
    ),
    required=(f.VALUE_STATUS,),
)
"""``basis`` of the places: capacity, admission_number, register, mixed or unknown."""

PLACE_COST = Table(
    name="place_cost",
    grain="one row per planning area and phase with need, in its year of most need, and kind of "
    "project",
    key=(
        _text("planning_area", "Code of the planning area"),
        PHASE,
        f.ACADEMIC_YEAR,
        _text("project", "How the places are made", "expansion", "new_school", "temporary"),
    ),
    fields=(
        _number("need_rounded", "places", "Places short, all year groups, to the nearest ten"),
        _number("pounds_per_place", "£", "Published cost of a place, at regional prices"),
        _number("regional_factor", "ratio", "Regional prices as a multiple of England's average"),
        _number("pounds", "£", "Cost of the need"),
        f.PERIOD,
        BASIS,
    ),
)
"""``basis``: authority (printed for it: England's average at the prices of its part of the country,
not what building has cost there), region (England's average times the published factor of its
region) or england (no factor is published for it: 1 is assumed)."""

SCHOOL_UNFILLED = Table(
    name="school_unfilled",
    grain="one row per school, phase and school year",
    key=(f.URN, PHASE, f.ACADEMIC_YEAR),
    fields=(
        EXPECTED,
        _number("places", "places", "Places of the phase"),
        _number("unfilled", "places", "Places without a pupil"),
        f.VALUE_STATUS,
    ),
    required=(f.VALUE_STATUS,),
)
HOLDS_FOR = _text(
    "holds_for", "GSS codes of the authorities whose children it is about, with spaces between"
)
CHOICE_WEIGHT = Table(
    name="choice_weight",
    grain="one row per phase, authorities that it holds for and attribute that families weigh",
    key=(PHASE, HOLDS_FOR, _text("attribute", "What is weighed")),
    fields=(
        Field(name="value", kind="number", says="Weight in the utility"),
        Field(name="standard_error", kind="number", at_least=0, says="Its standard error"),
        _text("says", "What it means, in words"),
        BASIS,
    ),
)
"""``basis``: fitted (to the authorities' own counts) or default (to those of another place)."""

CHOICE_ACCURACY = Table(
    name="choice_accuracy",
    grain="one row per phase, authorities that it holds for, method and way of judging",
    key=(
        PHASE,
        HOLDS_FOR,
        _text(
            "choice_method",
            "fitted or default, or what is simpler: gravity, nearest, last_year, published (years "
            "before, alone), neighbours, circle (with as many children as places); and "
            "drawn_and_published, which the chance is made from. left_out: drawn for schools whose "
            "block of land was left out: no pupils counted there, no last distance known of its "
            "schools; left_out_unasked: nor how often they were named; left_out_and_published: "
            "with a school's own earlier years. For offers, fitted and default have seen them all",
        ),
        _text(
            "judged_by",
            "Pupils put in the right school (%), SRMSE; metres between the last distance and the "
            "one published: mean, median, with its sign, how many schools that rests on; the "
            "factor by which four in five were at most off; schools rightly said to be full or not "
            "(%), of how many; offers it was sure of and that came as said (%); Brier score; how "
            "many published years all drawn ones count as in the chance, which that score chose",
            "share_right_pct",
            "srmse",
            "cut_off_error_m",
            "cut_off_median_m",
            "cut_off_signed_m",
            "cut_offs",
            "cut_off_factor_80",
            "full_right_pct",
            "full_schools",
            "sure_right_pct",
            "offer_brier",
            "offer_drawn_worth",
        ),
    ),
    fields=(
        Field(name="value", kind="number", says="As judged; shares and SRMSE in areas left out"),
        Field(name="cohort", kind="number", unit="pupils", at_least=0, says="Pupils judged on"),
        BASIS,
    ),
)
COUNTED = _number("pupils_counted", "pupils", "Pupils counted, where that is published")

CATCHMENT = Table(
    name="catchment",
    grain="one row per phase, home area and school that its children are expected to go to",
    key=(PHASE, _text("home_code", "Small area of 2021 that the pupils live in"), f.URN),
    fields=(
        _number("share_pct", "%", "Share of the area's pupils of the phase who go there"),
        EXPECTED,
        COUNTED,
        f.status_of(COUNTED),
        _number("minutes", "minutes", "Journey that the model took"),
        _text(
            "journey_basis",
            "network, or straight_line where no network covers it",
            "network",
            "straight_line",
        ),
        BASIS,
    ),
    required=(BASIS,),
    indexes=(("urn",), ("home_code",)),
)
OFFER_CHANCE = Table(
    name="offer_chance",
    grain="one row per school, year group entered, home in or out of its area, basis and rank",
    key=(
        f.URN,
        f.YEAR_GROUP,
        _text(
            "lives",
            "Where the child lives: anywhere, or in or out of the school's area of priority",
            "anywhere",
            "inside",
            "outside",
        ),
        BASIS,
        Field(name="rank", kind="whole", at_least=1, says="1, 2 … among the rows alike"),
    ),
    fields=(
        _text("outcome", "How far places went", "distance", "all", "none", "not_by_distance"),
        _number("metres", "m", "From the school to the last child, if by distance"),
        Field(name="years", kind="whole", at_least=1, says="Years that it was so"),
        f.ACADEMIC_YEAR,
        _text("distance_method", "How it is measured", "straight_line", "walking_route"),
    ),
    required=(),
    indexes=(("urn",),),
)
"""For a child without other priority. ``basis``: published (a year of the authority's own), or
fitted or default (years drawn by the model, those alike in one row)."""
