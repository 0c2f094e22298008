"""Ofsted: the latest inspections of state-funded schools, from its management information."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import Status
from ingest.inspections import GRADED, OLDER, OVERALL, REPORT_CARD, UNGRADED, with_superseded
from ingest.issues import IssueLog
from ingest.rhythm import Rhythm
from ingest.rows import named, numbers
from ingest.schema import fields as f
from ingest.schema.provision import INSPECTION
from ingest.source import Reading, Release, Rows, Source, fixed
from ingest.tables import Layout, read_table

ID: Final = "inspections"
KEY: Final = ("urn",)

REPORT_CARD_AREAS: Final[Mapping[str, str]] = {
    "Safeguarding standards": "Safeguarding",
    "Inclusion": "Inclusion",
    "Curriculum and teaching": "Curriculum and teaching",
    "Achievement": "Achievement",
    "Attendance and behaviour": "Attendance and behaviour",
    "Personal development and wellbeing": "Personal development and well-being",
    "Personal development and well-being": "Personal development and well-being",
    "Early years (where applicable)": "Early years",
    "Post-16 provision (where applicable)": "Post-16 provision",
    "Sixth form (where applicable)": "Post-16 provision",
    "Leadership and governance": "Leadership and governance",
}
"""Column to the area of a report card, in the words of the inspectorate."""

SAFE: Final = "safeguarding is effective?"
YES_OR_NO: Final = ("Yes", "No")
"""What is written under ``SAFE``."""

GRADED_AREAS: Final[Mapping[str, str]] = {
    OVERALL.casefold(): OVERALL,
    "quality of education": "Quality of education",
    "behaviour and attitudes": "Behaviour and attitudes",
    "personal development": "Personal development",
    "effectiveness of leadership and management": "Leadership and management",
    "early years provision (where applicable)": "Early years provision",
    "sixth form provision (where applicable)": "Sixth form provision",
    SAFE: "Safeguarding is effective",
    "outcomes for pupils": "Outcomes for pupils",
    "quality of teaching, learning and assessment": "Teaching, learning and assessment",
    "personal development, behaviour and welfare": "Personal development, behaviour and welfare",
}
"""Column, without what stands before it, to the area of a graded inspection."""

ONLY_SINCE_2019: Final = "Quality of education"
"""The area that tells an inspection under the framework of 2019 from an older one."""

GRADES: Final[Mapping[str, str]] = {
    "1": "Outstanding",
    "2": "Good",
    "3": "Requires improvement",
    "4": "Inadequate",
}
CARD_GRADES: Final = (
    *("Urgent improvement", "Needs attention", "Expected standard", "Strong standard"),
    *("Exceptional", "Met", "Not met"),
)
"""Words of a report card; the last two are of safeguarding."""

CONCERNS: Final[Mapping[str, str]] = {
    "SM": "Special measures",
    "SWK": "Serious weaknesses",
    "RSI": "Requires significant improvement",
}
CONCERN: Final = "Category of concern"
OUTCOME: Final = "Outcome of an inspection without grades"
NO_ANSWER: Final = ("9", "0", "")
"""Written where an area does not apply to the school."""
NOT_JUDGED: Final = "not judged"


@dataclass(frozen=True, slots=True)
class _Block:
    """The columns of one inspection in a school's row.

    Attributes:
        urn: who was inspected: often a school before this one.
        began: its first day.
        published: when its report came out.
        areas: column to area.
        framework: of all of its judgements.
    """

    urn: tuple[str, ...]
    began: str
    published: str
    areas: Mapping[str, str]
    framework: str


_NOW: Final = _Block(
    ("URN at time of latest full inspection", "URN"),
    "Inspection start date",
    "Publication date",
    {**REPORT_CARD_AREAS, CONCERN: CONCERN},
    REPORT_CARD,
)
_BEFORE: Final = _Block(
    ("URN at time of latest OEIF graded inspection", "URN"),
    "Inspection start date of latest OEIF graded inspection",
    "Publication date of latest OEIF graded inspection",
    {f"Latest OEIF {column}": area for column, area in GRADED_AREAS.items()}
    | {f"Latest OEIF  {SAFE}": GRADED_AREAS[SAFE]},  # some months have two spaces
    GRADED,
)
_WITHOUT_GRADES: Final = _Block(
    ("URN at time of the ungraded inspection", "URN at time of latest ungraded inspection", "URN"),
    "Date of latest ungraded inspection",
    "Ungraded inspection publication date",
    {"Ungraded inspection overall outcome": OUTCOME},
    UNGRADED,
)
_OLD_LAYOUT: Final = _Block(
    _NOW.urn,
    _NOW.began,
    _NOW.published,
    {column.capitalize(): area for column, area in GRADED_AREAS.items()} | {CONCERN: CONCERN},
    GRADED,
)
"""Until September 2025 the first columns held the last graded inspection."""

CARD_LAYOUT: Final = "Inclusion"
"""The column that only files with report cards have."""


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one file of latest inspections, in the layout before report cards or the one since.

    Every judgement is a row, under the number of the school that was inspected.
    """
    blocks = (_NOW, _BEFORE, _WITHOUT_GRADES) if _has_cards(path) else (_OLD_LAYOUT,)
    raw = _read(path, blocks, reading.issues)
    parts = [_judgements(raw, block, reading.issues) for block in blocks]
    rows = reading.cut.of_schools(pd.concat(parts, ignore_index=True))
    rows = rows.drop_duplicates(["urn", "inspected_on", "area"])
    return {INSPECTION: with_superseded(rows).assign(source_id=ID)}


def _has_cards(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.readline() + file.readline()
    return f",{CARD_LAYOUT}," in head.decode("cp1252", "replace").replace('"', "")


def _read(path: Path, blocks: Iterable[_Block], issues: IssueLog) -> pd.DataFrame:
    """Read the columns of some inspections as text, under the names the publisher gives them."""
    wanted: dict[str, str] = {"URN": "URN"}
    if_there: dict[str, str] = {}
    for block in blocks:
        wanted |= {name: name for name in (block.began, block.published)}
        if_there |= {name: name for name in (*block.urn, *block.areas) if name != "URN"}
    if_there = {name: name for name in if_there if name not in wanted}
    return read_table(path, Layout(wanted, if_there), source=ID, issues=issues, encoding="cp1252")


def _judgements(raw: pd.DataFrame, block: _Block, issues: IssueLog) -> pd.DataFrame:
    """Lay out one inspection of every school as a row per area that was judged."""
    raw = raw.assign(
        urn=_urn(raw, block, issues),
        inspected_on=_dates(raw, block.began, issues),
        published_on=_dates(raw, block.published, issues),
    )
    raw = raw[raw["urn"].notna() & raw["inspected_on"].notna()]
    framework = _frameworks(raw, block)
    parts = []
    for column, area in block.areas.items():
        told = raw[column].str.strip()
        said = told.notna() & ~told.isin(list(NO_ANSWER))
        parts.append(
            pd.DataFrame(
                {
                    "urn": raw["urn"],
                    "inspected_on": raw["inspected_on"],
                    "published_on": raw["published_on"],
                    "area": area,
                    "framework": framework,
                    **_grades(told, area, block, issues),
                }
            )[said]
        )
    return pd.concat(parts, ignore_index=True)


def _urn(raw: pd.DataFrame, block: _Block, issues: IssueLog) -> pd.Series:
    urn = raw[block.urn[0]]
    for column in block.urn[1:]:
        urn = urn.fillna(raw[column])
    return numbers(raw.assign(urn=urn), f.URN, key=KEY, issues=issues)


def _frameworks(raw: pd.DataFrame, block: _Block) -> pd.Series:
    """Tell older graded inspections from those under the framework of 2019, by what was judged."""
    frameworks = pd.Series(block.framework, raw.index, dtype="string")
    if block is not _OLD_LAYOUT:
        return frameworks
    return frameworks.where(raw[ONLY_SINCE_2019].isin(list(GRADES)), OLDER)


def _grades(told: pd.Series, area: str, block: _Block, issues: IssueLog) -> dict[str, pd.Series]:
    """Put a column into the inspectorate's words; a word it never used is kept, and logged."""
    not_judged = told.str.casefold() == NOT_JUDGED
    if area == CONCERN:
        words = told.replace(dict(CONCERNS))
    elif block.framework == GRADED:
        words = told.replace(dict(GRADES))
    else:
        words = told.str.capitalize() if block.framework == REPORT_CARD else told
    words = words.mask(not_judged.fillna(value=False))
    known = {*CONCERNS.values(), *GRADES.values(), *CARD_GRADES, *YES_OR_NO}
    if block.framework != UNGRADED:
        for word in sorted(set(words.dropna()) - known - set(NO_ANSWER)):
            issues.warn("known grade", area, f"{word!r} is new to the atlas; shown as it stands")
    status = words.isna().map({True: str(Status.NOT_APPLICABLE), False: str(Status.MEASURED)})
    return {"grade": words, "status": status}


def _dates(raw: pd.DataFrame, column: str, issues: IssueLog) -> pd.Series:
    """Read ``dd/mm/yyyy`` as ISO 8601; what is no date is left empty, and logged."""
    read = pd.to_datetime(raw[column], format="%d/%m/%Y", errors="coerce")
    odd = raw.index[read.isna() & raw[column].notna()]
    rule = f"{column} is a date"
    for row in odd:
        says = f"{column} {raw[column][row]!r} is not dd/mm/yyyy; left empty"
        issues.warn(rule, named(raw.rename(columns={"URN": "urn"}), row, KEY), says)
    issues.refuse_if_many(rule, found=len(odd), of=len(raw))
    return read.dt.strftime("%Y-%m-%d").astype("string")


SOURCE: Final = Source(
    id=ID,
    title="Inspections of state-funded schools: latest outcomes",
    publisher="Ofsted",
    landing_page=(
        "https://www.gov.uk/government/statistical-data-sets/"
        "monthly-management-information-ofsteds-school-inspections-outcomes"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=fixed(
        Release(
            name="2026-01-31",
            file_name=(
                "Management_information_-_state-funded_schools_-_"
                "latest_inspections_as_at_31_Jan_2026.csv"
            ),
            addresses=(
                "https://assets.publishing.service.gov.uk/media/698b20be95285e721cd7127d/"
                "Management_information_-_state-funded_schools_-_"
                "latest_inspections_as_at_31_Jan_2026.csv",
            ),
        )
    ),
    every=Rhythm("every month", months=tuple(range(1, 13))),
    mirror_folder="ofsted",
    mirror_files=("*latest_inspections*.csv",),
    read_rows=read_rows,
    tables=(INSPECTION,),
    caveats=(
        "Report cards since November 2025 grade each area for itself; there is no overall grade.",
        "Grades before that are of another kind: they stand with their date, and are not to be "
        "compared with a report card's.",
        "A file has a new address every month; a newer one can be given under [own_files].",
        "A judgement may be of the school before this one; it stands under that one's number.",
    ),
)
