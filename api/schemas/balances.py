"""Need and spare places as they are sent, and what may be asked of them."""

from enum import StrEnum

from pydantic import Field

from api.schemas.base import Answer, Listed, Paged, ValueStatus
from api.schemas.geojson import Geometry
from api.schemas.parameters import LIMIT_MAX, Cursor, Parameters


class PlacesPhase(StrEnum):
    """Phases whose need is told; sixth forms are planned otherwise."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class PlacesFilter(Parameters):
    """Which planning areas, phases and years to keep."""

    la_code: str | None = Field(
        None, pattern=r"^E\d{8}$", description="Keep areas of one authority, by its GSS code"
    )
    planning_area: str | None = Field(
        None, min_length=1, max_length=100, description="Keep one planning area, by its code"
    )
    phase: PlacesPhase | None = Field(None, description="Keep one phase")
    academic_year: str | None = Field(
        None,
        pattern=r"^\d{4}/\d{2}$",
        description="Keep one school year ahead",
        examples=["2027/28"],
    )

    def filters(self) -> dict[str, str | None]:
        """Return what is asked for by the name of each filter."""
        return {name: getattr(self, name) for name in PlacesFilter.model_fields}


class PlacesAsked(PlacesFilter):
    """The same, a page at a time."""

    limit: int = Field(200, ge=1, le=LIMIT_MAX, description="Rows on a page")
    cursor: Cursor = None


class PlacesRow(Answer):
    """Need and spare places of one year group in one planning area and school year.

    The two are never set off against each other.
    """

    planning_area: str = Field(description="Code of the planning area")
    phase: PlacesPhase = Field(description="Phase that places are planned for")
    name: str | None = Field(description="Name of the planning area")
    la_code: str | None = Field(description="GSS code of its authority")
    academic_year: str = Field(description="School year told of")
    year_group: str = Field(description="Year group, R or 1 to 11")
    pupils_expected: float | None = Field(description="Pupils expected")
    places: float | None = Field(description="Places: now, plus planned, less removed and closing")
    need: float | None = Field(description="Places short, with the margin; not rounded")
    need_rounded: int | None = Field(description="The same to the nearest ten")
    need_low_80: float | None = Field(
        description="Places short at the low end of the range of the pupils expected, which is to "
        "hold four of five outcomes; null without a range"
    )
    need_high_80: float | None = Field(description="Places short at its high end")
    spare: float | None = Field(description="Places over")
    margin_pct: float | None = Field(description="Places to be kept free, % of the pupils")
    basis: str | None = Field(
        description="What places are from: capacity, admission_number, register, mixed or unknown"
    )
    status: ValueStatus = Field(description="forecast; unavailable: pupils or places not known")


class PlacesSum(Answer):
    """Need and spare of a phase in one school year, each added up for itself."""

    phase: PlacesPhase = Field(description="Phase")
    academic_year: str = Field(description="School year told of")
    need: float = Field(description="Places short, over all planning areas and year groups kept")
    need_rounded: int = Field(description="The same to the nearest ten; rounded after adding up")
    spare: float = Field(description="Places over, likewise; no help to those that are short")
    planning_areas: int = Field(description="Planning areas that figures are known of")
    planning_areas_short: int = Field(description="Those with a need that rounds to ten or more")
    planning_areas_short_low: int | None = Field(
        description="Those that are so even where each year group comes in at the low end of its "
        "range; null unless every range is known"
    )
    planning_areas_short_high: int | None = Field(
        description="Those that are so where each year group comes in at the high end of its range"
    )
    unfilled: float | None = Field(
        description="Places without a pupil, counted school by school; null if not known"
    )


class PlacesCost(Answer):
    """What the need of one planning area and phase would cost in its year of most need."""

    planning_area: str = Field(description="Code of the planning area")
    phase: PlacesPhase = Field(description="Phase")
    academic_year: str = Field(description="School year in which most places are short")
    project: str = Field(description="expansion, new_school or temporary")
    need_rounded: float = Field(description="Places short, to the nearest ten")
    pounds_per_place: float = Field(description="Published cost of a place at regional prices, £")
    regional_factor: float | None = Field(description="Regional prices over England's average")
    pounds: float = Field(description="Cost of the need, £")
    period: str = Field(description="School year of the scorecard that prices are from")
    basis: str = Field(
        description="authority: printed for it, England's at its prices; region: England's times "
        "the published factor; england: England's average, for no factor is published"
    )


class Places(Paged[PlacesRow]):
    """Need and spare places, in rows, sums and words."""

    summary: list[PlacesSum] = Field(description="By phase and school year, of all rows kept")
    costs: list[PlacesCost] = Field(description="What need costs, of all planning areas kept")
    sentences: list[str] = Field(description="The main facts in words")


class PlacesProperties(Answer):
    """Need and spare of one planning area and phase in one school year, year groups added up."""

    planning_area: str = Field(description="Code of the planning area")
    phase: PlacesPhase = Field(description="Phase")
    name: str | None = Field(description="Name of the planning area")
    la_code: str | None = Field(description="GSS code of its authority")
    academic_year: str = Field(description="School year told of")
    need: float | None = Field(description="Places short, year group by year group, added up")
    need_rounded: int | None = Field(description="The same to the nearest ten")
    spare: float | None = Field(description="Places over, likewise")


class PlacesFeature(Answer):
    """One planning area."""

    type: str = Field("Feature", description="Always Feature")
    id: str = Field(description="Code of the planning area")
    geometry: Geometry | None = Field(description="Its outline; null where none is known")
    properties: PlacesProperties = Field(description="Its need and spare places")


class PlacesMap(Answer):
    """Planning areas with their need and spare places."""

    type: str = Field("FeatureCollection", description="Always FeatureCollection")
    features: list[PlacesFeature] = Field(description="By code and phase")
    sources: list[str] = Field(description="Ids of the sources; see /release")


__all__ = ["Listed", "Places", "PlacesAsked", "PlacesFilter", "PlacesMap", "PlacesRow"]
