"""English Indices of Deprivation 2025, by small area."""

from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import Status
from ingest.issues import IssueLog
from ingest.measures import Measure, values
from ingest.rhythm import NEVER_AGAIN
from ingest.schema.areas import AREA_VALUE
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import read_table

ID: Final = "imd2025"
_TENTH: Final = "Decile (where 1 is most deprived 10% of LSOAs)"
_SAYS: Final = (
    "All 33,755 small areas of England are put in order and cut into ten equal groups: "
    "1 is the most deprived tenth, 10 the least."
)


def _decile(measure: str, title: str, says: str, *columns: str) -> Measure:
    return Measure(
        id=measure,
        columns=columns,
        topic="Deprivation",
        title=f"{title} (tenth, 1 = most deprived)",
        says=f"{says} {_SAYS}",
        unit="tenth",
        period="Indices of Deprivation 2025",
        source_id=ID,
        release="2025",
    )


MEASURES: Final = (
    _decile(
        "imd_decile",
        "Deprivation overall",
        "Seven kinds of deprivation taken together.",
        "IMD_decile",
        f"Index of Multiple Deprivation (IMD) {_TENTH}",
    ),
    _decile(
        "income_decile",
        "Income deprivation",
        "People on low incomes.",
        "Income_decile",
        f"Income {_TENTH}",
    ),
    _decile(
        "employment_decile",
        "Employment deprivation",
        "People of working age kept out of work.",
        "Employment_decile",
        f"Employment {_TENTH}",
    ),
    _decile(
        "education_decile",
        "Education and skills",
        "What people have been able to attain at school and after.",
        "Education_decile",
        f"Education, Skills and Training {_TENTH}",
    ),
    _decile(
        "children_decile",
        "Education of children and young people",
        "The children's half of the education and skills domain.",
        "children_and_young_people_decile",
        f"Children and Young People Sub-domain {_TENTH}",
    ),
    _decile(
        "health_decile",
        "Health",
        "Illness, disability and early death.",
        "Health_decile",
        f"Health Deprivation and Disability {_TENTH}",
    ),
    _decile(
        "crime_decile",
        "Crime",
        "The risk of being a victim of crime.",
        "Crime_decile",
        f"Crime {_TENTH}",
    ),
    _decile(
        "housing_decile",
        "Barriers to housing and services",
        "How far and how dear homes and services are.",
        "Housing_and_Services_decile",
        f"Barriers to Housing and Services {_TENTH}",
    ),
    _decile(
        "environment_decile",
        "Living environment",
        "The state of homes indoors, air and roads outdoors.",
        "Environment_decile",
        f"Living Environment {_TENTH}",
    ),
)


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read file 7 of the release, or the same as Parquet.

    Returns:
        Rows of the ``area_value`` table for every small area of England.
    """
    names = {"area_code": ("lsoa21_code", "LSOA code (2021)")}
    frame = read_table(
        path,
        names | {measure.id: measure.columns for measure in MEASURES},
        source=ID,
        issues=issues,
        key=("area_code",),
    )
    return values(frame, MEASURES, missing=Status.UNAVAILABLE)


SOURCE: Final = Source(
    id=ID,
    title="English Indices of Deprivation 2025",
    publisher="Ministry of Housing, Communities and Local Government",
    landing_page="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=fixed(
        Release(
            name="2025",
            file_name="File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
            addresses=(
                "https://assets.publishing.service.gov.uk/media/691ded56d140bbbaa59a2a7d/"
                "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
            ),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="mhclg",
    mirror_files=("imd2025*.parquet", "File_7_IoD2025*.csv"),
    read=read,
    tables=(AREA_VALUE,),
    caveats=(
        "Describes areas, not people: most deprived people do not live in the most deprived areas.",
    ),
)
