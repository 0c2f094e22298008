"""Data quality and the series of a build as they are sent."""

from pydantic import Field

from api.schemas.base import Answer, SourceIds


class QualityCase(Answer):
    """One thing that a check found."""

    subject: str = Field(description="What it is about")
    urn: int | None = Field(description="The school it is about, if it is about one")
    in_atlas: bool = Field(description="This atlas has a page of that school")
    says: str = Field(description="What was found")


class QualityCheck(Answer):
    """A question that data are asked, and what was found."""

    check: str = Field(description="Id of the check")
    title: str = Field(description="Title for readers")
    says: str = Field(description="What it looks for and why it matters")
    what_to_do: str = Field(description="How the data can be mended")
    looked_at: int = Field(description="How many things were looked at; 0: there was nothing to")
    count: int = Field(description="How many cases were found")
    worst: list[QualityCase] = Field(description="The worst cases, the worst first")


class CountCompared(Answer):
    """Pupils of all schools of a phase as one source has them."""

    phase: str = Field(description="Phase of the schools")
    source: str = Field(description="Title of the source")
    period: str = Field(description="The newest date or year in it")
    schools: int = Field(description="Schools in use today that it counts")
    pupils: float = Field(description="Their pupils, each school's newest count")


class IssueGroup(Answer):
    """Odd things of one kind that were found while building."""

    step: str | None = Field(description="Step of the build, or the series it read")
    title: str = Field(description="What the step or series is called")
    severity: str | None = Field(description="note or warning")
    rule: str | None = Field(description="The rule that was broken")
    count: int = Field(description="How often")
    example: str | None = Field(description="What was found in one of them")


class Quality(Answer):
    """What is known of the quality of a build's data."""

    sentence: str = Field(description="How much was looked at and found, in words")
    checks: list[QualityCheck] = Field(description="In order of what planners stumble over")
    compared: list[CountCompared] = Field(
        description="Pupils by phase as several sources have them, kept apart"
    )
    issues: list[IssueGroup] = Field(description="The issue log by series, the most first")
    sources: SourceIds


class CaseRow(Answer):
    """One case of one check, as a row of a file."""

    check: str = Field(description="Id of the check")
    title: str = Field(description="What it looks for")
    subject: str = Field(description="What the case is about")
    urn: int | None = Field(description="The school it is about, if it is about one")
    says: str = Field(description="What was found")
    what_to_do: str = Field(description="How the data can be mended")


class SeriesHeld(Answer):
    """A published series that the atlas can read, and what this build holds of it."""

    source_id: str = Field(description="Id, as figures name it")
    title: str = Field(description="Title")
    publisher: str = Field(description="Who publishes it")
    landing_page: str = Field(description="Page about the series")
    licence: str | None = Field(description="Licence, by its SPDX name; null: made up")
    attribution: str | None = Field(description="What must be said where it is shown")
    caveats: list[str] = Field(description="What to know before using it")
    is_held: bool = Field(description="This build was made from files of it")
    why_not: str | None = Field(description="Why this build holds none of it, if that is known")
    releases: list[str] = Field(description="Releases held, the oldest first")
    files: int = Field(description="How many files")
    fetched_on: str | None = Field(description="When the newest file came, ISO 8601")
    every: str = Field(description="How often its releases come, in words")
    next_due: str | None = Field(description="When the next release is due, ISO 8601")
    is_overdue: bool = Field(description="It was due on the day of the build")
    rows: int | None = Field(description="Rows read of it, after the cut to the region")
    issues: int | None = Field(description="Odd things found while reading it")
