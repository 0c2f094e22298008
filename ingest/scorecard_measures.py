"""What the scorecards of school places say, phase by phase."""

from dataclasses import dataclass
from typing import Final, Literal

from config.terms import Status
from ingest.authority_values import Figure
from ingest.measures import Measure

ID: Final = "scorecards"
PHASES: Final = {"P": "primary", "S": "secondary"}
_AHEAD: Final = 3
"""Years from the survey to the year that need and spare places are estimated for."""

Polarity = Literal["neutral", "more_is_better", "more_is_worse"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One figure that the scorecards give for primary and for secondary schools.

    Attributes:
        name: of the measure; the phase is put after it.
        column: of the publisher, with ``{p}`` for P or S and ``{long}`` for Pri or Sec.
        title: with ``{phase}``.
        says: with ``{phase}``.
        unit: of the value.
        decimals: worth showing.
        factor: see `Figure`.
        years_on: see `Figure`; counted from the school year of the capacity survey.
        status: see `Figure`.
        since: first edition of the scorecards that has it.
        until: last one that has it; 0: the newest has it.
        polarity: see `Measure`.
    """

    name: str
    column: str
    title: str
    says: str
    unit: str
    decimals: int = 0
    factor: float = 1.0
    years_on: int = 0
    status: Status = Status.MEASURED
    since: int = 2022
    until: int = 0
    polarity: Polarity = "neutral"

    def column_for(self, phase: str) -> str:
        """Return the publisher's name of the column for a phase, ``P`` or ``S``."""
        return self.column.format(p=phase, long={"P": "Pri", "S": "Sec"}[phase])

    def figure(self, phase: str) -> Figure:
        """Say how the column is read."""
        return Figure(
            measure=f"{self.name}_{PHASES[phase]}",
            column=self.column_for(phase),
            factor=self.factor,
            years_on=self.years_on,
            status=self.status,
        )

    def measure(self, phase: str) -> Measure:
        """Declare the measure for a phase."""
        word = PHASES[phase]
        return Measure(
            id=f"{self.name}_{word}",
            topic="School places in the authority",
            title=_sentence(self.title.format(phase=word)),
            says=_sentence(self.says.format(phase=word)),
            unit=self.unit,
            decimals=self.decimals,
            polarity=self.polarity,
            source_id=ID,
            level="authority",
        )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


KINDS: Final = (
    Kind(
        name="scorecard_pupils",
        column="{long}NOR",
        title="Pupils in {phase} schools",
        says="Pupils in mainstream state {phase} year groups, as the scorecard counts them.",
        unit="pupils",
        years_on=1,
        since=2024,
    ),
    Kind(
        name="scorecard_capacity",
        column="{long}Cap",
        title="Places in {phase} schools",
        says="Places in mainstream state {phase} schools in May.",
        unit="places",
        since=2024,
    ),
    Kind(
        name="scorecard_unfilled_pct",
        column="Quan_{p}_UP",
        title="Unfilled {phase} places",
        says="Of every 100 {phase} places, how many had no pupil, counted school by school.",
        unit="%",
        decimals=1,
    ),
    Kind(
        name="scorecard_places_added",
        column="Quan_{p}_In",
        title="{phase} places made since 2009/10",
        says="How many more {phase} places there are than in 2009/10.",
        unit="places",
    ),
    Kind(
        name="scorecard_places_needed",
        column="Quan_{p}_RP",
        title="{phase} places needed in three years",
        says="Places that will be missing in three years, in those planning areas and year groups "
        "where {phase} pupils are forecast to be more than places. To the nearest 10.",
        unit="places",
        years_on=_AHEAD,
        status=Status.FORECAST,
        polarity="more_is_worse",
    ),
    Kind(
        name="scorecard_spare_pct",
        column="Quan_{p}_Su",
        title="Spare {phase} places in three years",
        says="Of every 100 {phase} places in three years, how many will be spare in planning areas "
        "and year groups with fewer pupils than places.",
        unit="%",
        decimals=1,
        factor=100.0,
        years_on=_AHEAD,
        status=Status.FORECAST,
    ),
    Kind(
        name="scorecard_places_planned",
        column="Quan_{p}_PP",
        title="{phase} places planned within three years",
        says="{phase} places that are planned to be added within three years.",
        unit="places",
        years_on=_AHEAD,
        status=Status.FORECAST,
    ),
    Kind(
        name="scorecard_growth_pct",
        column="An_{p}_gro",
        title="{phase} pupils forecast by the authority, change in three years",
        says="By how much the authority expects its {phase} pupils to grow or shrink.",
        unit="%",
        decimals=1,
        factor=100.0,
        years_on=_AHEAD,
        status=Status.FORECAST,
    ),
    Kind(
        name="scorecard_growth_since_2009_pct",
        column="Ban_{p}_gro",
        title="{phase} pupils, change since 2009/10",
        says="By how much {phase} pupils have grown or shrunk since 2009/10.",
        unit="%",
        decimals=1,
        factor=100.0,
        years_on=1,
    ),
    Kind(
        name="scorecard_error_1_pct",
        column="For_1_{p}",
        title="The authority's {phase} forecast a year ahead: how far off",
        says="The forecast made a year before, less the pupils who came, of every 100 who came. "
        "Above nought: too many were expected.",
        unit="%",
        decimals=2,
        factor=100.0,
        years_on=1,
    ),
    Kind(
        name="scorecard_error_2_pct",
        column="For_2_{p}",
        title="The authority's {phase} forecast two years ahead: how far off",
        says="The forecast made two years before, less the pupils who came, of every 100 who came. "
        "Above nought: too many were expected.",
        unit="%",
        decimals=2,
        factor=100.0,
        years_on=1,
        until=2022,
    ),
    Kind(
        name="scorecard_error_3_pct",
        column="For_3_{p}",
        title="The authority's {phase} forecast three years ahead: how far off",
        says="The forecast made three years before, less the pupils who came, of every 100 who "
        "came. Above nought: too many were expected.",
        unit="%",
        decimals=2,
        factor=100.0,
        years_on=1,
        since=2023,
    ),
    Kind(
        name="scorecard_new_places_good_pct",
        column="Qual_{p}_Prop",
        title="New {phase} places in schools then rated good or outstanding",
        says="Of every 100 {phase} places added, how many were in schools that the inspectorate "
        "had rated good or outstanding overall; such ratings are no longer given.",
        unit="%",
        decimals=1,
        factor=100.0,
    ),
    *(
        Kind(
            name=f"scorecard_cost_{name}",
            column=f"CPP_{{p}}_{mark}",
            title=f"Cost of a {{phase}} place, {title}",
            says=f"What one {{phase}} place costs in {title}: the average of England, at the price "
            "level of the authority's part of the country.",
            unit="£",
        )
        for name, mark, title in (
            ("new_school", "NS", "a new school"),
            ("expansion", "EP", "a permanent expansion"),
            ("temporary", "ET", "a temporary expansion"),
        )
    ),
    *(
        Kind(
            name=f"scorecard_{name}_pct",
            column=f"Pref_{{p}}_{mark}_CY",
            title=f"{{phase}} applicants offered {title}",
            says=f"Of every 100 who applied for a {{phase}} school in time, how many were offered "
            f"{title}.",
            unit="%",
            decimals=1,
            years_on=1,
            polarity="more_is_better",
        )
        for name, mark, title in (
            ("first_preference", "1", "their first preference"),
            ("second_preference", "2", "their second preference"),
            ("third_preference", "3", "their third preference"),
            ("top_three_preference", "T3", "one of their first three preferences"),
        )
    ),
)

FUNDING: Final = Measure(
    id="scorecard_basic_need_funding",
    topic="School places in the authority",
    title="Basic need funding since 2011",
    says="Money that the Department has given the authority since 2011 to make school places.",
    unit="£",
    source_id=ID,
    level="authority",
)


def kinds_of(edition: int) -> tuple[Kind, ...]:
    """Return what the scorecards of an edition give."""
    return tuple(
        kind
        for kind in KINDS
        if kind.since <= edition and (not kind.until or edition <= kind.until)
    )


def figures_of(edition: int) -> tuple[Figure, ...]:
    """Return the columns that an edition of the scorecards has, and what each is about.

    Preferences of the September after come a second time, a year early; they are read after the
    others, so that a later edition's count of the same year wins.
    """
    kinds = kinds_of(edition)
    own = [kind.figure(phase) for kind in kinds for phase in PHASES]
    early = [
        Figure(
            measure=figure.measure,
            column=figure.column.removesuffix("CY") + "NY",
            years_on=figure.years_on + 1,
        )
        for figure in own
        if figure.column.endswith("_CY")
    ]
    return (*own, *early, Figure(measure=FUNDING.id, column="Funding"))


MEASURES: Final = (*(kind.measure(phase) for kind in KINDS for phase in PHASES), FUNDING)
