"""What all answers share."""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from config.terms import Status

Item = TypeVar("Item")


class Answer(BaseModel):
    """The base of everything that is sent."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def _or_unavailable(value: Any) -> Any:  # noqa: ANN401 # whatever the column holds
    return Status.UNAVAILABLE if value is None else value


ValueStatus = Annotated[Status, BeforeValidator(_or_unavailable)]
"""A status column; where the build says nothing, the value is unavailable."""

Lon = Annotated[float, Field(description="Longitude, degrees, WGS 84 (EPSG:4326)")]
Lat = Annotated[float, Field(description="Latitude, degrees, WGS 84 (EPSG:4326)")]
Bounds = Annotated[
    tuple[float, float, float, float],
    Field(description="West, south, east, north; degrees, WGS 84"),
]
SourceIds = Annotated[
    list[str], Field(description="Ids of the sources these figures come from; see /release")
]


class Listed(Answer, Generic[Item]):
    """A whole list, with where its figures come from."""

    items: list[Item] = Field(description="The rows")
    next: str | None = Field(None, description="Cursor of the next page; null on the last")
    sources: SourceIds


class Paged(Listed[Item], Generic[Item]):
    """A page of a list."""

    total: int = Field(description="Rows in the whole list, all pages together", ge=0)


class Problem(BaseModel):
    """What went wrong and what to do about it (RFC 9457)."""

    type: str = Field(description="Short name of the kind of problem")
    title: str = Field(description="The kind of problem in words")
    status: int = Field(description="HTTP status", ge=400, le=599)
    detail: str = Field(description="What happened this time")
    hint: str | None = Field(None, description="What to do about it")
    suggestions: list[str] = Field(
        default_factory=list,
        description="What may have been meant, each ready to be put in its place",
    )
    faults: list["Fault"] = Field(
        default_factory=list, description="One for each parameter that cannot be used"
    )


class Fault(BaseModel):
    """One parameter that cannot be used."""

    parameter: str = Field(description="Name of the parameter")
    says: str = Field(description="What is wrong with it")
    hint: str | None = Field(None, description="What it may be")
