"""The atlas itself as it is sent: what it holds and where that came from."""

from typing import Literal

from pydantic import Field

from api.mode_names import JourneyMode
from api.schemas.base import Answer, Bounds


class Health(Answer):
    """The server answers and has data."""

    status: Literal["ok"] = Field("ok", description="Always ok; else there is a problem")
    build_id: str = Field(description="The build in use")
    region_id: str | None = Field(description="The region it is of")


class AuthorityShown(Answer):
    """One authority this atlas is about."""

    la_code: str = Field(description="GSS code")
    la_code_dfe: str = Field(description="Three-digit code by the Department for Education")
    name: str = Field(description="Name")


class Counts(Answer):
    """How much there is."""

    schools: int = Field(description="Schools in use today (open or closing) in the authorities")
    schools_outside: int = Field(description="Schools in use today in the border")
    postcodes: int = Field(description="Postcodes in the authorities")
    lsoa21: int = Field(description="Lower layer super output areas in the authorities")


class AssumptionMade(Answer):
    """A number that times rest on and that somebody could reasonably choose otherwise."""

    says: str = Field(description="What it is")
    value: float = Field(description="The number")
    unit: str = Field(description="Its unit")
    reference: str = Field(description="Where it comes from")


class ModeOffered(Answer):
    """A way to travel that times can be asked for."""

    mode: JourneyMode = Field(description="Its name in addresses")
    minutes_max: int = Field(description="The longest way that may be asked for")
    method: str = Field(description="How its times are come by")
    assumptions: list[AssumptionMade] = Field(description="Numbers that its times rest on")


class Receipt(Answer):
    """A file this build was made from."""

    file_name: str | None = Field(description="Name of the file")
    address: str | None = Field(description="Where it came from")
    fetched_at: str | None = Field(description="When, UTC")
    sha256: str = Field(description="SHA-256 of the file")
    bytes: int | None = Field(description="Size, bytes")
    release: str | None = Field(description="Which release of the series")


class SourceUsed(Answer):
    """A published series this build was made from."""

    source_id: str = Field(description="Id, as figures name it")
    title: str | None = Field(description="Title")
    publisher: str | None = Field(description="Who publishes it")
    landing_page: str | None = Field(description="Page about the series")
    licence: str | None = Field(description="Licence, by its SPDX name")
    attribution: str | None = Field(description="What must be said where it is shown")
    caveats: list[str] = Field(description="What to know before using it")
    release: str | None = Field(description="Newest release in this build")
    receipts: list[Receipt] = Field(description="The files")


class IssueCounts(Answer):
    """How many odd things were found while building."""

    note: int = Field(0, description="Notes")
    warning: int = Field(0, description="Warnings")


class ChangesTold(Answer):
    """How much changed since the build that was in use before; /changes lists it."""

    since: str | None = Field(
        description="The build compared with; null where there was none that could be read"
    )
    counts: dict[str, int] = Field(description="How many changes there are, by kind")


class Release(Answer):
    """What this atlas holds, and where it came from."""

    build_id: str = Field(description="The build in use; also its ETag")
    region_id: str | None = Field(description="The region")
    title: str | None = Field(description="The region's name for readers")
    made_up: bool = Field(description="The data are invented")
    contact: str | None = Field(description="Who answers for this atlas")
    built_at: str | None = Field(description="When it was made, UTC")
    covered_pct: float | None = Field(description="Postcodes that the streets cover, %")
    streets_date: str | None = Field(description="Date of the street extract, where it says")
    bounds: Bounds = Field(description="West, south, east, north of the authorities; degrees")
    authorities: list[AuthorityShown] = Field(description="The authorities it is about")
    counts: Counts = Field(description="How much there is")
    modes: list[ModeOffered] = Field(description="Ways to travel")
    tiles: dict[str, str] = Field(description="Address template of each tile set")
    tile_zooms: dict[str, tuple[int, int]] = Field(description="Zooms of each tile set")
    sources: list[SourceUsed] = Field(description="Published series it was made from")
    issues: IssueCounts = Field(description="Odd things found while building")
    changes: ChangesTold = Field(description="What changed since the build in use before")


class Region(Answer):
    """A region this server serves."""

    region_id: str = Field(description="Its id")
    title: str | None = Field(description="Its name for readers")
    bounds: Bounds = Field(description="West, south, east, north; degrees, WGS 84")
    is_served: bool = Field(description="This server answers for it")


class Issue(Answer):
    """Something odd that was found while building, and what was done about it."""

    issue_id: int = Field(description="Running number in this build")
    step: str | None = Field(description="Step of the build")
    severity: str | None = Field(description="note or warning")
    rule: str | None = Field(description="Short name of the rule that was broken")
    subject: str | None = Field(description="What it is about: a URN, a postcode, a file")
    says: str | None = Field(description="What was found and what was done")


class Change(Answer):
    """Something that changed for readers since the build compared with."""

    change_id: int = Field(description="Running number in this build")
    kind: str = Field(description="What kind of change")
    says: str = Field(description="A sentence that tells it")
    urn: int | None = Field(description="The school it is about")
    measure: str | None = Field(description="The measure it is about")
    source_id: str | None = Field(description="The series it is about")
    before: str | None = Field(description="What it was")
    after: str | None = Field(description="What it is now")
    changed: int | None = Field(description="Values that are others now")
    added: int | None = Field(description="Values that are new")
    removed: int | None = Field(description="Values that are gone")
    largest: float | None = Field(
        description="By how much the value that changed most did, in the measure's unit"
    )
    largest_of: str | None = Field(description="The school or area whose value that is")
