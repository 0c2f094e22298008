"""Preferences and offers by school, for all of England."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.terms import AcademicYear, Status
from ingest.errors import SourceChanged
from ingest.marks import marked
from ingest.measures import Measure
from ingest.rhythm import yearly
from ingest.rows import numbers, without_blanks
from ingest.schema import fields as f
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Reading, Release, Rows, Source, fixed
from ingest.tables import Names, read_table

ID: Final = "school_offers"
PHASES: Final = {"Primary": "primary", "Secondary": "secondary"}
KEYS: Final[Names] = {
    "urn": "school_urn",
    "phase": "school_phase",
    "when": "time_period",
}
FIGURES: Final = {
    "offers": ("total_number_places_offered", "places offered", "offers"),
    "preferred_offers": ("number_preferred_offers", "offers to those who named it", "offers"),
    "first_offers": ("number_1st_preference_offers", "offers to first preferences", "offers"),
    "second_offers": ("number_2nd_preference_offers", "offers to second preferences", "offers"),
    "third_offers": ("number_3rd_preference_offers", "offers to third preferences", "offers"),
    "preferences": ("times_put_as_any_preferred_school", "times it was named", "applications"),
    "first_preferences": ("times_put_as_1st_preference", "times named first", "applications"),
    "second_preferences": ("times_put_as_2nd_preference", "times named second", "applications"),
    "third_preferences": ("times_put_as_3rd_preference", "times named third", "applications"),
    "from_elsewhere": (
        "all_applications_from_another_LA",
        "times it was named from other authorities",
        "applications",
    ),
    "offers_elsewhere": (
        "offers_to_applicants_from_another_LA",
        "offers to families of other authorities",
        "offers",
    ),
}
"""What is told, by the measure's name: the column, in words, the unit."""

_SHARE: Final = "first_preferences_per_offer"


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one year: a row per school and phase of entry.

    Returns:
        Rows of ``school_value`` for the schools of the region and those they followed.

    Raises:
        SourceChanged: a column is missing, or time_period is no school year.
    """
    figures: Names = {name: (column, column.lower()) for name, (column, _, _) in FIGURES.items()}
    rows = read_table(path, {**KEYS, **figures}, source=ID, issues=reading.issues)
    named = without_blanks(rows, ("urn", "phase"), key=("urn", "phase"), issues=reading.issues)
    urns = numbers(named, f.URN, key=("urn",), issues=reading.issues)
    own = reading.cut.of_schools(named.assign(urn=urns))
    own = own[own["phase"].isin(list(PHASES))].drop_duplicates(["urn", "phase", "when"])
    parts = [_figure(own, name, path, reading) for name in FIGURES]
    told = pd.concat(parts, ignore_index=True)
    values = pd.concat([told, _per_offer(told)], ignore_index=True)
    return {SCHOOL_VALUE: values.assign(low=np.nan, high=np.nan, cohort=np.nan)}


def _figure(rows: pd.DataFrame, name: str, path: Path, reading: Reading) -> pd.DataFrame:
    cells = marked(rows[name], issues=reading.issues, of=f"{path.name}, {FIGURES[name][0]}")
    return pd.DataFrame(
        {
            "measure": f"admissions_{name}_" + rows["phase"].map(PHASES),
            "urn": rows["urn"],
            "period": [_period(str(when), path) for when in rows["when"]],
            "value": cells["value"],
            "status": cells["status"],
        }
    )


def _period(when: str, path: Path) -> str:
    try:
        return str(AcademicYear.parse(when))
    except ValueError:
        raise SourceChanged(
            f"{ID}: {path.name}: time_period holds something else than 202526",
            hint="a build can go on with `--without school_offers`.",
        ) from None


def _per_offer(told: pd.DataFrame) -> pd.DataFrame:
    """Say how many families put a school first for every place it offered."""
    parts = []
    for phase in PHASES.values():
        by = ["urn", "period"]
        first = told[told["measure"] == f"admissions_first_preferences_{phase}"].set_index(by)
        offers = told[told["measure"] == f"admissions_offers_{phase}"].set_index(by)
        value = first["value"] / offers["value"].where(offers["value"] > 0)
        missing = first["status"].where(first["value"].isna(), offers["status"])
        gone = missing.where(offers["value"].ne(0), str(Status.NOT_APPLICABLE))
        told_by = first.assign(
            measure=f"admissions_{_SHARE}_{phase}",
            value=value,
            status=gone.mask(value.notna(), str(Status.MEASURED)),
        )
        parts.append(told_by.reset_index())
    return pd.concat(parts, ignore_index=True)


def _measures() -> tuple[Measure, ...]:
    made = [
        Measure(
            id=f"admissions_{name}_{phase}",
            topic="Applications and offers",
            title=f"Entry to {phase} school: {words}",
            says=f"For entry in September to {phase} school, on the day of offers: {words}.",
            unit=unit,
            source_id=ID,
            level="school",
        )
        for phase in PHASES.values()
        for name, (_, words, unit) in FIGURES.items()
    ]
    made += [
        Measure(
            id=f"admissions_{_SHARE}_{phase}",
            topic="Applications and offers",
            title=f"Entry to {phase} school: first preferences for every place offered",
            says="How many families put the school first for every place it offered. Above one: "
            "more wanted it most than could have it.",
            unit="ratio",
            decimals=2,
            source_id=ID,
            level="school",
            method="Times put first divided by places offered.",
        )
        for phase in PHASES.values()
    ]
    return tuple(made)


_PAGE: Final = (
    "https://explore-education-statistics.service.gov.uk/find-statistics/"
    "primary-and-secondary-school-applications-and-offers"
)
SOURCE: Final = Source(
    id=ID,
    title="Applications and offers by school",
    publisher="Department for Education",
    landing_page=_PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=fixed(
        Release(
            name="2025",
            file_name="school_offers_2025.csv",
            addresses=(
                "https://content.explore-education-statistics.service.gov.uk/api/releases/"
                "5ed40264-1835-4848-a29b-446ed6c075c2/files/7c9894e4-9038-4213-823c-bf50bc993cec",
            ),
        )
    ),
    every=yearly(6),
    mirror_folder="offers",
    mirror_files=("school_offers*.csv",),
    read_rows=read_rows,
    tables=(SCHOOL_VALUE,),
    measures=_measures(),
    caveats=(
        "Counted on the day of offers; waiting lists and changes afterwards are not in it.",
        "Authorities let families name three to six schools: how often a school is named depends "
        "on that.",
        "A release has a new address every year; a newer file can be given under [own_files].",
    ),
)
