"""Figures of schools and authorities as they are sent."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Answer, SourceIds, ValueStatus


class Origin(Answer):
    """Where something came from."""

    source_id: str | None = Field(description="The published series; see /release")
    release: str | None = Field(description="Which release of it")
    receipt: str | None = Field(description="How the SHA-256 of the very file begins")


class FigurePoint(Origin):
    """One value of one period."""

    period: str = Field(description="When it holds: 2018/19 is a school year, 2025 a calendar year")
    value: float | None = Field(description="The value, in the figure's unit; null if missing")
    low: float | None = Field(description="Lower end of its 95 % confidence interval, if given")
    high: float | None = Field(description="Upper end of its 95 % confidence interval, if given")
    cohort: float | None = Field(description="How many pupils it is about, if given")
    status: ValueStatus = Field(description="Whether the value is there, and if not why")
    words: str = Field(description="The value ready to show, or why there is none")
    published_urn: int | None = Field(
        description="Of a school: the URN it was published under; null for an authority"
    )
    published_name: str | None = Field(
        description="The predecessor it was published for; null where it is the school's own"
    )


class FigureContext(Origin):
    """What to hold a value against: never a rank."""

    kind: Literal["authority", "england", "region_schools"] = Field(
        description="The authority's or England's published figure; where neither is, the middle "
        "of the region's state schools of the same phase"
    )
    name: str = Field(description="Whose it is")
    period: str = Field(description="When it holds")
    value: float | None = Field(description="The figure; of schools, their median")
    low: float | None = Field(description="Of schools: a quarter of them have less")
    high: float | None = Field(description="Of schools: a quarter of them have more")
    schools: int | None = Field(description="Of schools: how many have a value")
    words: str = Field(description="The figure ready to show, or why there is none")


class Figure(Answer):
    """One measure with its latest values, oldest first."""

    measure: str = Field(description="Id of the measure")
    title: str = Field(description="Title for readers")
    says: str | None = Field(description="What it means, in plain words")
    unit: str | None = Field(description="Unit of its values")
    decimals: int = Field(description="Decimals worth showing")
    polarity: str | None = Field(description="Whether more is agreed to be better or worse")
    method: str | None = Field(description="How it was come by")
    note: str | None = Field(None, description="When it is not given, and why")
    is_headline: bool = Field(description="One of the few that open its topic")
    points: list[FigurePoint] = Field(description="Values of the latest periods, oldest first")
    context: list[FigureContext] = Field(description="What to hold the latest value against")


class FigureTopic(Answer):
    """The figures under one heading."""

    topic: str = Field(description="Id of the heading")
    title: str = Field(description="The heading")
    sentences: list[str] = Field(description="What they say, in words that agree with them")
    figures: list[Figure] = Field(description="In reading order")


class Inspection(Origin):
    """What one inspection found in one area; a word, never a number."""

    inspected_on: str = Field(description="First day of the inspection, ISO 8601")
    area: str = Field(description="What was judged")
    framework: str | None = Field(description="report_card, graded_2019 or older")
    grade: str | None = Field(description="The grade, in the inspectorate's word")
    published_on: str | None = Field(description="Day on which the report was published")
    is_superseded: bool = Field(
        description="A later inspection took its place, or its kind of grade is no longer given"
    )
    status: ValueStatus = Field(description="Whether the grade is there, and if not why")
    published_urn: int = Field(description="The URN it was published under")
    published_name: str | None = Field(
        description="The predecessor it was of; null where it is the school's own"
    )


class Criterion(Origin):
    """One admission criterion, in its authority's words."""

    academic_year: str = Field(description="School year of entry")
    rank: int = Field(description="1 is looked at first")
    says: str | None = Field(description="The criterion")
    offers: float | None = Field(description="Places offered under it")
    source_page: str | None = Field(description="Page on which it is published")


class Group(Origin):
    """A trust, federation or other group that a school belongs to."""

    group_uid: str = Field(description="Its unique id in the register")
    name: str = Field(description="Its name")
    group_type: str | None = Field(description="Kind of group as the register writes it")
    status: str | None = Field(description="Open or closed, as the register writes it")
    open_date: str | None = Field(description="Since when there is the group, ISO 8601")
    companies_house_number: str | None = Field(description="Its number at Companies House")
    joined_on: str | None = Field(description="Since when the school belongs to it, ISO 8601")
    members_here: int = Field(description="How many of its schools this atlas holds")


class Predecessor(Answer):
    """An establishment whose pupils went to the school, so that its values are shown too."""

    urn: int = Field(description="Its Unique Reference Number")
    name: str | None = Field(description="Its name")
    is_shared: bool = Field(description="It was split: its pupils went to other schools as well")


class SchoolFigures(Answer):
    """All figures of one school."""

    urn: int = Field(description="Unique Reference Number")
    name: str = Field(description="Name")
    topics: list[FigureTopic] = Field(description="In the order in which a parent asks")
    inspections: list[Inspection] = Field(description="Newest first")
    inspection_sentences: list[str] = Field(description="What the inspections say, in words")
    criteria: list[Criterion] = Field(description="How places are given, newest year first")
    groups: list[Group] = Field(description="Trusts and federations it belongs to")
    predecessors: list[Predecessor] = Field(description="Whose values are shown as well")
    sources: SourceIds


class AuthorityFigures(Answer):
    """All figures of one authority."""

    la_code: str = Field(description="GSS code of the education authority")
    name: str = Field(description="Name")
    topics: list[FigureTopic] = Field(description="By topic")
    sources: SourceIds


class RollRow(Origin):
    """Pupils on roll in one year group."""

    academic_year: str = Field(description="School year")
    year_group: str = Field(description="N1, N2, R, 1 to 14, or all where not told apart")
    sex: str = Field(description="F, M, or all where not told apart")
    pupils: int | None = Field(description="Headcount; null if missing")
    status: ValueStatus = Field(description="Whether the count is there, and if not why")
    published_urn: int = Field(description="The URN it was published under")
