"""Tables of people and homes: who lives where, who is born, what will be built."""

from ingest.schema import fields as f
from ingest.schema.declare import Field, Table


def _text(name: str, says: str, *one_of: str) -> Field:
    return Field(name=name, kind="text", says=says, one_of=one_of)


POPULATION = Table(
    name="population",
    grain="one row per source, area, mid-year, year of age, sex and basis",
    key=(
        f.SOURCE_ID,
        f.AREA_CODE,
        Field(name="year", kind="whole", says="Calendar year; counted or estimated at its middle"),
        Field(name="age", kind="whole", unit="years", at_least=0, at_most=90, says="Year of age"),
        f.SEX,
        _text(
            "basis",
            "As published, moved to the small areas of 2021, or changed to meet the later census",
            "published",
            "converted",
            "rebased",
        ),
    ),
    fields=(
        Field(name="people", kind="number", unit="people", at_least=0, says="Residents"),
        Field(name="is_projected", kind="flag", says="Projected, not counted or estimated"),
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
    indexes=(("area_code", "year"),),
)
BIRTHS = Table(
    name="births",
    grain="one row per source, area and period of birth",
    key=(f.SOURCE_ID, f.AREA_CODE, f.PERIOD),
    fields=(
        Field(name="births", kind="number", unit="births", at_least=0, says="Live births"),
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
    indexes=(("area_code",),),
)
"""A period such as 2018/19 is September to August, 2018 a calendar year, and 2018-06 the twelve
months to the end of June 2018."""

HOUSING_SITE = Table(
    name="housing_site",
    grain="one row per site of planned homes",
    key=(_text("site_id", "The authority's own id of the site"),),
    fields=(
        f.NAME,
        _text("status", "How sure it is, as the authority writes it"),
        f.X,
        f.Y,
        f.LON,
        f.LAT,
        _text("lsoa21", "Small area of 2021 it lies in"),
        _text("planning_area_primary", "Primary planning area, where stated"),
        _text("planning_area_secondary", "Secondary planning area, where stated"),
        f.SOURCE_ID,
        f.RECEIPT,
    ),
    required=(f.NAME,),
)
HOUSING_HOMES = Table(
    name="housing_homes",
    grain="one row per site, school year of completion, type, tenure and bedrooms",
    key=(
        _text("site_id", "The authority's own id of the site"),
        f.ACADEMIC_YEAR,
        _text("home_type", "house, flat or not_stated", "house", "flat", "not_stated"),
        _text(
            "tenure",
            "market, affordable, social or not_stated",
            "market",
            "affordable",
            "social",
            "not_stated",
        ),
        _text("bedrooms", "1, 2, 3, 4+ or not_stated", "1", "2", "3", "4+", "not_stated"),
    ),
    fields=(
        Field(
            name="homes",
            kind="number",
            unit="homes",
            at_least=0,
            says="Homes completed; null: not stated, use the default; zero: none",
        ),
        f.VALUE_STATUS,
        f.RECEIPT,
    ),
    required=(f.VALUE_STATUS,),
)
