"""Parameters as they come in the address: what each may be, and a hint for who got it wrong."""

from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

import travel
from api.mode_names import JOURNEY_MODES, JourneyMode
from config.terms import AreaKind, ChangeKind, Phase, SchoolStatus, Sector

ENGLAND: Final = (-6.5, 49.8, 2.1, 55.9)
"""West, south, east, north of a box around England, degrees."""
MINUTES_MAX: Final = 60
BANDS_MAX: Final = 8
LIMIT_MAX: Final = 500
CLOCK: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
BOUNDS_SIDES: Final = 4
IN_USE: Final = (SchoolStatus.OPEN, SchoolStatus.CLOSING)
"""Schools that children attend today: a school proposed to close is still open."""

HINTS: Final[dict[str, str]] = {
    "academic_year": "a school year such as 2027/28.",
    "area_code": "the GSS code of an area, for example E06000017.",
    "arrive_by": "a time of day such as 08:40; with mode=transit, and not together with depart.",
    "bbox": "west,south,east,north in degrees, for example bbox=-0.8,52.6,-0.6,52.8.",
    "change": f"one of {', '.join(ChangeKind)}.",
    "cursor": "leave it out for the first page; then give what `next` said.",
    "depart": "a time of day such as 08:00; with mode=transit, and not together with arrive_by.",
    "geometry": "true or false.",
    "holds_for": "all, or a unit such as school:100001, planning_area:P1, authority:E06000017.",
    "homes": "postcode or lsoa21.",
    "in_use": "true or false.",
    "kind": f"one of {', '.join(AreaKind)}.",
    "lat": f"degrees north, from {ENGLAND[1]} to {ENGLAND[3]}: the atlas covers England.",
    "level": "school, planning_area or authority.",
    "limit": "a whole number; the longest page is stated with the parameter.",
    "lon": f"degrees east, from {ENGLAND[0]} to {ENGLAND[2]}; west of Greenwich is negative.",
    "made_by": "authority, chosen, or the id of a method such as same, drift or cohort_321.",
    "measure": "the id of a measure; /api/v1/measures lists them.",
    "method": "same, drift, cohort_321, cohort_pooled or population; left out: the one chosen.",
    "minutes": f"whole minutes from 1 to {MINUTES_MAX}; several for bands, such as 5,10,15.",
    "mode": f"one of {', '.join(JOURNEY_MODES)}; /api/v1/release says which this atlas has.",
    "outside": "true for the border only, false to leave it out; leave it out for both.",
    "phase": "of forecasts and places primary, secondary or, of forecasts, sixth_form; of schools "
    f"any of {', '.join(Phase)}, several separated by commas.",
    "place_id": "the number that /api/v1/search gave as `id`.",
    "planning_area": "the code of a planning area; /api/v1/planning-areas lists them.",
    "postcode": "a whole postcode such as LE15 6HP.",
    "q": "what to look for, at most 100 characters.",
    "sector": f"any of {', '.join(Sector)}.",
    "sex": "F, M, or all for both together.",
    "severity": "note or warning.",
    "status": f"any of {', '.join(SchoolStatus)}, separated by commas, or all.",
    "type": "types as the register writes them, separated by commas, such as Community school.",
    "la_code": "GSS codes of education authorities, separated by commas, such as E06000017.",
    "unit_code": "a URN, the code of a planning area or the GSS code of an authority, by level.",
    "urn": "the school's Unique Reference Number, up to seven digits.",
    "year_group": "R, 1 to 14, or a sum: primary, secondary, sixth_form or all.",
    "years_ahead": "a whole number of years, from 1 on.",
    "z": "a zoom from 0 to 24.",
    "x": "the tile's column.",
    "y": "the tile's row.",
}
"""What may be given, by parameter; shown when something else was."""


class Parameters(BaseModel):
    """The base of every set of parameters: what is not named is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoParameters(Parameters):
    """For an address that takes none."""


def _parts(value: Any) -> Any:  # noqa: ANN401 # what the address held
    """Take ``a,b`` and ``a&…=b`` alike; nothing at all is as if it was not given."""
    texts = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(text, str) for text in texts):
        return value
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())


def _schema(values: type[StrEnum], example: str) -> WithJsonSchema:
    one = "|".join(values)
    return WithJsonSchema(
        {"type": "string", "pattern": f"^({one})(,({one}))*$", "examples": [example]}
    )


def _all_statuses(value: Any) -> Any:  # noqa: ANN401 # what the address held
    parts = _parts(value)
    return tuple(SchoolStatus) if parts == ("all",) else parts or IN_USE


def _whole_numbers(value: Any) -> Any:  # noqa: ANN401 # what the address held
    return _parts(str(value) if isinstance(value, int) else value)


def _bounds(text: str) -> str:
    parse_bounds(text)
    return text


def parse_bounds(text: str) -> tuple[float, float, float, float]:
    """Read ``west,south,east,north``.

    Raises:
        PydanticCustomError: not four numbers in that order.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise PydanticCustomError("bounds", "is not four numbers separated by commas") from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004
        raise PydanticCustomError("bounds", "is not west,south,east,north in degrees")
    return west, south, east, north


def _in_order(minutes: tuple[int, ...]) -> tuple[int, ...]:
    if not 1 <= len(set(minutes)) <= BANDS_MAX:
        raise PydanticCustomError("bands", "names no time, or more than eight")
    return tuple(sorted(set(minutes)))


def _texts(pattern: str, example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example]})


Phases = Annotated[
    tuple[Phase, ...],
    BeforeValidator(_parts),
    _schema(Phase, "primary,secondary"),
    Field(description="Keep these phases; several separated by commas"),
]
Sectors = Annotated[
    tuple[Sector, ...],
    BeforeValidator(_parts),
    _schema(Sector, "state"),
    Field(description="Keep state or independent schools"),
]
Statuses = Annotated[
    tuple[SchoolStatus, ...],
    BeforeValidator(_all_statuses),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^(all|({'|'.join(SchoolStatus)})(,({'|'.join(SchoolStatus)}))*)$",
            "default": ",".join(IN_USE),
            "examples": ["open", "all"],
        }
    ),
    Field(
        description="Keep these; several separated by commas, or all. As it stands: schools that "
        "children attend today, which is open ones and those open but proposed to close"
    ),
]
Types = Annotated[
    tuple[str, ...],
    BeforeValidator(_parts),
    _texts("^[^,]{1,100}(,[^,]{1,100}){0,30}$", "Community school"),
    Field(description="Keep these types, as the register writes them; separated by commas"),
]
LaCodes = Annotated[
    tuple[Annotated[str, Field(pattern=r"^E\d{8}$")], ...],
    BeforeValidator(_parts),
    _texts(r"^E[0-9]{8}(,E[0-9]{8})*$", "E06000017"),
    Field(description="Keep schools of these authorities; GSS codes separated by commas"),
]
Bbox = Annotated[
    str | None,
    AfterValidator(lambda text: text if text is None else _bounds(text)),
    WithJsonSchema({"type": "string", "examples": ["-0.8,52.6,-0.6,52.8"]}),
    Field(description="Keep what lies inside: west,south,east,north in degrees"),
]
Query = Annotated[
    str | None,
    Field(description="Words to look for, whole or begun", max_length=100, examples=["catmose"]),
]
Outside = Annotated[
    bool | None,
    Field(description="true: only the border; false: only the authorities shown; else both"),
]
Cursor = Annotated[
    str | None, Field(description="Where the page begins: `next` of the page before")
]
Lon = Annotated[
    float,
    Field(
        ge=ENGLAND[0],
        le=ENGLAND[2],
        allow_inf_nan=False,
        description="Longitude of the origin, degrees, WGS 84",
        examples=[-0.7312],
    ),
]
Lat = Annotated[
    float,
    Field(
        ge=ENGLAND[1],
        le=ENGLAND[3],
        allow_inf_nan=False,
        description="Latitude of the origin, degrees, WGS 84",
        examples=[52.6706],
    ),
]
Mode = Annotated[
    travel.Mode,
    Field(description="How one travels; /release lists the modes that this atlas offers"),
]
AnyMode = Annotated[
    JourneyMode,
    Field(
        description="How one travels; transit is by bus and on foot. /release lists the modes that "
        "this atlas offers"
    ),
]
ArriveBy = Annotated[
    str | None,
    Field(
        pattern=CLOCK,
        description="By public transport: the time of day to be there by, 08:40 where neither "
        "this nor depart is given",
        examples=["08:40"],
    ),
]
Depart = Annotated[
    str | None,
    Field(
        pattern=CLOCK,
        description="By public transport: the time of day at which one leaves",
        examples=["08:00"],
    ),
]
Bands = Annotated[
    tuple[Annotated[int, Field(ge=1, le=MINUTES_MAX)], ...],
    BeforeValidator(_whole_numbers),
    AfterValidator(_in_order),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^([1-9]|[1-5][0-9]|60)(,([1-9]|[1-5][0-9]|60)){0,7}$",
            "default": "5,10,15,20,30",
            "examples": ["5,10,15"],
        }
    ),
    Field(description=f"Minutes of each band, 1 to {MINUTES_MAX}, at most {BANDS_MAX}, by commas"),
]
Minutes = Annotated[
    int,
    Field(
        ge=1,
        le=MINUTES_MAX,
        description=f"The longest way, 1 to {MINUTES_MAX} minutes; by car fewer: see /release",
    ),
]
