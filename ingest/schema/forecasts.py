"""Tables of forecasts: what is expected, how far off that has been, and what it rests on."""

from ingest.schema import fields as f
from ingest.schema.declare import Field, Table


def _text(name: str, says: str, *one_of: str) -> Field:
    return Field(name=name, kind="text", says=says, one_of=one_of)


def _number(name: str, unit: str, says: str, *, at_least: float | None = 0) -> Field:
    return Field(name=name, kind="number", unit=unit, at_least=at_least, says=says)


LEVEL = _text("level", "What is forecast as a whole", "school", "planning_area", "authority")
UNIT_CODE = _text(
    "unit_code", "URN, code of the planning area or GSS code of the authority, by level"
)
METHOD = _text("forecast_method", "Id of the method, as docs/methods.md explains it")
MADE_IN = _text("made_in", "School year in which the forecast was made")
AHEAD = Field(name="years_ahead", kind="whole", at_least=1, says="Years from the last roll")
PART = _text(
    "year_group",
    "Year group; primary (R to 6), secondary (7 to 11), sixth_form or all: added up",
    *f.YEAR_GROUPS,
    "primary",
    "secondary",
    "sixth_form",
)
PHASE = _text("phase", "Which part of schooling", "primary", "secondary", "sixth_form")
EXPECTED = _number("pupils_expected", "pupils", "Pupils expected")
LOW_80 = _number("low_80", "pupils", "Lower end of the 80 % range; null without a record")
HIGH_80 = _number("high_80", "pupils", "Upper end of the 80 % range")
LOW_95 = _number("low_95", "pupils", "Lower end of the 95 % range")
HIGH_95 = _number("high_95", "pupils", "Upper end of the 95 % range")
BASIS = _text("basis", "What it rests on, in one word; docs/methods.md explains each")

FORECAST = Table(
    name="forecast",
    grain="one row per level, unit, method, school year, year group or sum, and sex",
    key=(LEVEL, UNIT_CODE, METHOD, f.ACADEMIC_YEAR, PART, f.SEX),
    fields=(
        EXPECTED,
        LOW_80,
        HIGH_80,
        LOW_95,
        HIGH_95,
        Field(name="is_chosen", kind="flag", says="By the method chosen, or pinned, for the unit"),
        MADE_IN,
        f.VALUE_STATUS,
    ),
    required=(f.VALUE_STATUS, MADE_IN),
    indexes=(("level", "unit_code"),),
)
"""Methods that were not chosen have no ranges and no sexes; of schools, sums alone."""

FORECAST_ROLL = Table(
    name="forecast_roll",
    grain="one row per level, unit, school year counted, year group or sum, and sex",
    key=(LEVEL, UNIT_CODE, f.ACADEMIC_YEAR, PART, f.SEX),
    fields=(
        _number("pupils_counted", "pupils", "Pupils counted; null if not known"),
        f.VALUE_STATUS,
    ),
    required=(f.VALUE_STATUS,),
)
"""The rolls that forecasts start from: those of predecessors joined, odd counts left unknown."""

FORECAST_METHOD = Table(
    name="forecast_method",
    grain="one row per level, unit, phase and method tried",
    key=(LEVEL, UNIT_CODE, PHASE, METHOD),
    fields=(
        _number("error_pupils", "pupils", "Mean absolute error of the unit's sum, all years ahead"),
        _number("error_pct", "%", "The same as a share of the pupils who came"),
        _number("signed_pct", "%", "Mean error; above zero: too many expected", at_least=None),
        Field(name="tried", kind="whole", at_least=0, says="Forecasts compared with what came"),
        Field(name="is_chosen", kind="flag", says="The one that the forecast uses"),
        Field(name="is_pinned", kind="flag", says="Because a planner said so"),
        _text(
            "intake_basis",
            "Level that intakes come from: small_area, planning_area, authority, "
            "or recent where births are not known",
        ),
    ),
)
FORECAST_ACCURACY = Table(
    name="forecast_accuracy",
    grain="one row per level, year group or sum, method and years ahead",
    key=(LEVEL, PART, METHOD, AHEAD),
    fields=(
        Field(name="tried", kind="whole", at_least=0, says="Forecasts compared with what came"),
        _number("error_pupils", "pupils", "Mean absolute error"),
        _number("error_pct", "%", "Mean absolute error as a share of the pupils who came"),
        _number("signed_pct", "%", "Mean error; above zero: too many expected", at_least=None),
        _number("within_80_pct", "%", "Outcomes that lay within the 80 % range"),
        _number("within_95_pct", "%", "Outcomes that lay within the 95 % range"),
    ),
)
FORECAST_BORDER = Table(
    name="forecast_border",
    grain="one row per authority or school, phase and school year counted",
    key=(LEVEL, UNIT_CODE, PHASE, f.ACADEMIC_YEAR),
    fields=(
        _number(
            "pupils_at_home", "pupils", "Residents at schools of the authority; null: a school"
        ),
        _number(
            "pupils_leave",
            "pupils",
            "Residents at schools of other authorities, or that are not forecast, such as special "
            "ones; null: a school",
        ),
        _number("pupils_come_in", "pupils", "Pupils who live in another authority"),
    ),
)
"""Hidden counts are put in as what is expected of them."""

FORECAST_DISPLACED = Table(
    name="forecast_displaced",
    grain="one row per level, unit, school year ahead and year group in which limits move anybody",
    key=(LEVEL, UNIT_CODE, f.ACADEMIC_YEAR, f.YEAR_GROUP),
    fields=(
        _number(
            "pupils_turned_away",
            "pupils",
            "Pupils who would have entered its schools, were these not full",
        ),
        _number(
            "pupils_taken_in",
            "pupils",
            "Pupils who enter its schools since others are full",
        ),
        _number(
            "pupils_unplaced",
            "pupils",
            "Pupils who would be in the year group and whom no school has room for; null but of an "
            "authority",
        ),
    ),
    indexes=(("level", "unit_code"),),
)
"""Where a planner has limited intakes. Who is unplaced is part of the authority's forecast, and of
no planning area's or school's."""

FORECAST_COHORT = Table(
    name="forecast_cohort",
    grain="one row per authority and school year",
    key=(f.LA_CODE, f.ACADEMIC_YEAR),
    fields=(
        _number("children", "children", "Children who are then of the age of reception"),
        BASIS,
    ),
)
"""``basis``: births, residents (counted since), projected (the authority's projection carries the
last births on) or last_births (as many as the year before)."""

FORECAST_RECORD = Table(
    name="forecast_record",
    grain="one row per level, unit, year group or sum, maker, school year made in and told of",
    key=(
        LEVEL,
        UNIT_CODE,
        PART,
        _text(
            "made_by",
            "atlas: as published in a vintage; authority: its own published one; "
            "else the method that would have said so",
        ),
        MADE_IN,
        f.ACADEMIC_YEAR,
    ),
    fields=(
        EXPECTED,
        _number("pupils_came", "pupils", "Pupils counted"),
        _number("error_ratio", "ratio", "(expected - came) / came", at_least=None),
        Field(name="is_hindcast", kind="flag", says="Worked out afterwards from what was known"),
    ),
    indexes=(("level", "unit_code"),),
)
SCORECARD_RECORD = Table(
    name="scorecard_record",
    grain="one row per authority of England, phase, maker, school year made in and told of",
    key=(
        f.LA_CODE,
        PHASE,
        _text(
            "made_by",
            "authority: its own forecast, as published; same: the last roll again; drift: the "
            "last year's change once more for every year ahead",
        ),
        MADE_IN,
        f.ACADEMIC_YEAR,
    ),
    fields=(
        f.NAME,
        AHEAD,
        EXPECTED,
        _number("pupils_came", "pupils", "Pupils counted"),
        _number("error_ratio", "ratio", "(expected - came) / came", at_least=None),
        f.VALUE_STATUS,
    ),
    required=(f.VALUE_STATUS,),
)
"""From the scorecards of school places alone: totals of mainstream state schools, which other
tables count otherwise. All of England, so that one authority's error can be set among all."""

FORECAST_VINTAGE = Table(
    name="forecast_vintage",
    grain="one row per forecast that was taken into use",
    key=(_text("vintage", "When the build that it was first in was made: ISO 8601, UTC"),),
    fields=(
        MADE_IN,
        _text("digest", "Of all that it was made from"),
        _text("says", "What was new about it"),
    ),
)
FORECAST_CHANGE = Table(
    name="forecast_change",
    grain="one row per level, unit, phase, school year told of and cause",
    key=(
        LEVEL,
        UNIT_CODE,
        PHASE,
        f.ACADEMIC_YEAR,
        _text(
            "cause",
            "Why this forecast differs from the last one",
            "births",
            "migration",
            "housing",
            "transfer",
            "method",
            "data",
        ),
    ),
    fields=(
        _number("pupils_change", "pupils", "More pupils than the last one said", at_least=None),
        _number("pupils_before", "pupils", "What the last forecast said"),
        _number("pupils_after", "pupils", "What this one says"),
        _text(
            "compared_with",
            "Vintage of the last one; empty: as it would have been made a year before",
        ),
    ),
)
ASSUMPTION = Table(
    name="assumption",
    grain="one row per assumption, unit that it holds for and day on which it was set",
    key=(
        _text("assumption", "Its id"),
        _text("holds_for", "Level and code of the unit; all: everywhere"),
        Field(name="set_on", kind="date", says="Since when it is assumed"),
    ),
    fields=(
        Field(name="value", kind="number", says="The value, in its unit; null if it is a word"),
        _text("word", "The value, if it is a word, such as a method"),
        _text("unit", "Unit of the value"),
        _text("says", "What it means"),
        _text("set_by", "Who set it: a role or a team"),
        _text("why", "Why, or where it comes from"),
        Field(name="is_default", kind="flag", says="The atlas's own, not a planner's"),
        Field(name="is_in_use", kind="flag", says="No later one has taken its place"),
    ),
)
"""The log of assumptions: who, when, why."""
