"""What the service answers, as far as the atlas reads it. Names are the protocol's own."""

from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Item = TypeVar("Item")


class _Answer(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True
    )


class Paging(_Answer):
    """Which page of how many results this is."""

    page: int = Field(ge=1)
    total_results: int = Field(ge=0)
    total_pages: int = Field(ge=0)


class Page(_Answer, Generic[Item]):
    """One page of a list."""

    paging: Paging
    results: tuple[Item, ...]


class Publication(_Answer):
    """A topic under which data sets are published."""

    id: str
    title: str
    slug: str = ""
    last_published: datetime | None = None


class LatestVersion(_Answer):
    """The version of a data set that is published now."""

    version: str
    published: datetime | None = None
    total_results: int = 0


class DataSet(_Answer):
    """One data set; a deprecated one may name the one that takes its place."""

    id: str
    title: str
    status: str = "Published"
    superseding_data_set_id: str | None = None
    latest_version: LatestVersion | None = None


class Version(_Answer):
    """One version of a data set: ``2.0`` breaks what ``1.1`` promised, ``1.1`` only adds to 1.0."""

    version: str
    type: str = ""
    status: str = "Published"
    published: datetime | None = None
    notes: str = ""


class ChangeSet(_Answer):
    """Changes of a version by what changed, each with the state before and after."""

    filters: tuple[dict[str, Any], ...] | None = None
    filter_options: tuple[dict[str, Any], ...] | None = None
    geographic_levels: tuple[dict[str, Any], ...] | None = None
    indicators: tuple[dict[str, Any], ...] | None = None
    location_groups: tuple[dict[str, Any], ...] | None = None
    location_options: tuple[dict[str, Any], ...] | None = None
    time_periods: tuple[dict[str, Any], ...] | None = None

    def counts(self) -> dict[str, int]:
        """Return how many of each changed, of those that did."""
        lists = {name: getattr(self, name) or () for name in type(self).model_fields}
        return {name.replace("_", " "): len(each) for name, each in lists.items() if each}


class Changes(_Answer):
    """What a version changed, compared with the one before it."""

    version_number: str = ""
    notes: str | None = ""
    major_changes: ChangeSet = ChangeSet()
    minor_changes: ChangeSet = ChangeSet()


class Option(_Answer):
    """One value of a filter."""

    id: str
    label: str


class Filter(_Answer):
    """A column that tells kinds of rows apart."""

    id: str
    column: str
    label: str = ""
    options: tuple[Option, ...] = ()


class Indicator(_Answer):
    """A column of figures."""

    id: str
    column: str
    label: str = ""
    unit: str | None = ""


class Level(_Answer):
    """A kind of place: ``NAT`` National, ``LA`` Local authority, ``SCH`` School."""

    code: str
    label: str = ""


class Location(_Answer):
    """One place. An id stands for it alone; a code may be shared."""

    id: str
    label: str = Field(validation_alias=AliasChoices("label", "name"))
    code: str = ""
    old_code: str = ""
    urn: str = ""
    la_estab: str = ""
    ukprn: str = ""


class LocationGroup(_Answer):
    """The places of one kind."""

    level: Level
    options: tuple[Location, ...] = ()


class TimePeriod(_Answer):
    """A period, such as ``2022/2023`` with code ``AY`` for an academic year."""

    code: str
    period: str


class Meta(_Answer):
    """What the ids in the rows of a data set stand for."""

    filters: tuple[Filter, ...]
    indicators: tuple[Indicator, ...]
    geographic_levels: tuple[Level, ...]
    locations: tuple[LocationGroup, ...]


class Row(_Answer):
    """One row of a data set, in ids."""

    time_period: TimePeriod
    geographic_level: str
    locations: dict[str, str]
    filters: dict[str, str]
    values: dict[str, str]
