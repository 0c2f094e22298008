"""The parameters of each kind of list."""

from pydantic import Field

from api.schemas.parameters import (
    IN_USE,
    LIMIT_MAX,
    AnyMode,
    ArriveBy,
    Bands,
    Bbox,
    Cursor,
    Depart,
    LaCodes,
    Lat,
    Lon,
    Minutes,
    Outside,
    Parameters,
    Phases,
    Query,
    Sectors,
    Statuses,
    Types,
)
from config.terms import AreaKind, ChangeKind, Phase, SchoolStatus, Sector


class SchoolFilter(Parameters):
    """Which schools to keep."""

    phase: Phases = ()
    sector: Sectors = ()
    type: Types = ()
    status: Statuses = IN_USE
    la_code: LaCodes = ()
    outside: Outside = None
    bbox: Bbox = None
    q: Query = None


class SchoolPage(SchoolFilter):
    """Which schools to keep, and which page of them."""

    limit: int = Field(50, ge=1, le=LIMIT_MAX, description="Rows on a page")
    cursor: Cursor = None


class Travelling(Parameters):
    """How one travels, and when."""

    mode: AnyMode = "walk"
    arrive_by: ArriveBy = None
    depart: Depart = None


class BandChoice(Travelling):
    """Which bands to draw."""

    minutes: Bands = (5, 10, 15, 20, 30)


class BandsFromPoint(BandChoice):
    """Which bands to draw, and from where."""

    lon: Lon
    lat: Lat


class GridChoice(Travelling):
    """How far the time grid goes."""

    minutes: Minutes = 30


class GridFromPoint(GridChoice):
    """How far the time grid goes, and from where."""

    lon: Lon
    lat: Lat


class ReachChoice(Travelling):
    """Which schools to reach, and how far to go."""

    minutes: Minutes = 30
    phase: Phases = ()
    sector: Sectors = ()
    status: Statuses = IN_USE

    def keeps(self, phase: Phase, sector: Sector, status: SchoolStatus) -> bool:
        """Say whether a school passes."""
        return (
            (not self.phase or phase in self.phase)
            and (not self.sector or sector in self.sector)
            and status in self.status
        )


class ReachFromPoint(ReachChoice):
    """Which schools to reach, how far to go, and from where."""

    lon: Lon
    lat: Lat


class SearchQuery(Parameters):
    """What was typed in the search box."""

    q: str = Field(
        description="A postcode, a URN, or words of a name, whole or begun",
        max_length=100,
        examples=["LE15 6", "st marys oakham"],
    )
    limit: int = Field(8, ge=1, le=50, description="Most answers to give")


class AreaFilter(Parameters):
    """Which areas to keep."""

    kind: AreaKind | None = Field(None, description="Keep one kind of area")
    outside: Outside = None
    q: Query = None
    geometry: bool = Field(False, description="Send outlines too, as GeoJSON geometries")
    limit: int = Field(500, ge=1, le=5000, description="Rows on a page")
    cursor: Cursor = None


class OneArea(Parameters):
    """What to say of one area."""

    geometry: bool = Field(False, description="Send its outline too, as a GeoJSON geometry")


class ValuesOf(Parameters):
    """Which areas' values to send."""

    kind: AreaKind = Field(AreaKind.LSOA21, description="Kind of area")


class IssuePage(Parameters):
    """Which part of the issue log to send."""

    severity: str | None = Field(
        None, pattern="^(note|warning)$", description="Keep notes or warnings only"
    )
    q: Query = None
    limit: int = Field(100, ge=1, le=LIMIT_MAX, description="Rows on a page")
    cursor: Cursor = None


class ChangePage(Parameters):
    """Which part of the list of changes to send."""

    change: ChangeKind | None = Field(None, description="Keep changes of this kind only")
    urn: int | None = Field(
        None, ge=1, le=9_999_999, description="Keep changes of this school only"
    )
    limit: int = Field(100, ge=1, le=LIMIT_MAX, description="Rows on a page")
    cursor: Cursor = None
