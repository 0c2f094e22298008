"""Applications for school places and offers, by authority, region and England."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from config.english_regions import ENGLAND
from config.terms import AcademicYear, Status
from ingest.authority_values import Figure, figures, filled, with_area_codes
from ingest.education_statistics import catalogue_csv
from ingest.errors import SourceChanged
from ingest.marks import MARKS, Mark
from ingest.measures import Measure
from ingest.rhythm import yearly
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import Names, read_table

ID: Final = "offers"
PHASES: Final = {"Primary": "primary", "Secondary": "secondary"}
KEYS: Final[Names] = {
    "la": "new_la_code",
    "region": "region_code",
    "phase": "school_phase",
    "when": ("time_period", "year"),
}
COUNTS: Final = {
    "places": ("admission_numbers", "places to be offered", "places"),
    "applications": ("applications_received", "applications received in time", "applications"),
    "preferences": ("no_of_preferences", "preferences a family may name", "preferences"),
    "first": ("first_preference_offers", "offers of the first preference", "offers"),
    "second": ("second_preference_offers", "offers of the second preference", "offers"),
    "third": ("third_preference_offers", "offers of the third preference", "offers"),
    "top_three": (
        "one_of_the_three_preference_offers",
        "offers of one of the first three preferences",
        "offers",
    ),
    "preferred": ("preferred_school_offer", "offers of any school named", "offers"),
    "not_preferred": ("non_preferred_offer", "offers of a school not named", "offers"),
    "none": ("no_offer", "applicants without an offer", "applicants"),
    "inside": ("schools_in_la_offer", "offers of schools in the authority", "offers"),
    "outside": ("schools_in_another_la_offer", "offers of schools in other authorities", "offers"),
    "unasked": ("offers_to_nonapplicants", "offers to children who had not applied", "offers"),
}
"""What is told, by the measure's name: the column, in words, the unit."""

SHARES: Final = {
    "first": "first preference",
    "top_three": "one of the first three preferences",
    "outside": "a school in another authority",
    "none": "no school",
}
"""Counts that are also told of every 100 applications."""

HIDDEN_BLANK: Final[Mapping[str, Mark]] = {**MARKS, "": Mark(Status.SUPPRESSED)}
"""In the older layout a blank stands where the newer one has c."""


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read every year that a file has, whichever of the two layouts it is in.

    Returns:
        Rows of ``authority_value`` for the authorities shown, their regions and England.
    """
    names: Names = {**KEYS, **{column: column for column, _, _ in COUNTS.values()}}
    frame = read_table(path, names, source=ID, issues=reading.issues)
    codes = frame["la"].fillna(frame["region"]).fillna(ENGLAND)
    dated = frame.assign(year=_years(frame["when"], path))
    kept = with_area_codes(dated, codes, reading)
    marks = MARKS if _is_newer(path) else HIDDEN_BLANK
    parts = [
        figures(
            kept[kept["phase"] == word],
            [
                Figure(
                    measure=f"offers_{name}_{phase}",
                    column=column,
                    marks=MARKS if name == "preferences" else marks,
                )
                for name, (column, _, _) in COUNTS.items()
            ],
            file=path.name,
            issues=reading.issues,
        )
        for word, phase in PHASES.items()
    ]
    counts = pd.concat(parts, ignore_index=True)
    return {AUTHORITY_VALUE: pd.concat([counts, _shares(counts)], ignore_index=True)}


def _is_newer(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return "time_period" in next(csv.reader(file), [])


def _years(when: pd.Series, path: Path) -> list[int]:
    """Return the year in which the school year of entry starts: 2021 for ``202122`` and 2021."""
    try:
        return [int(each) if len(each) == 4 else AcademicYear.parse(each).start for each in when]  # noqa: PLR2004 - digits of a year
    except (ValueError, TypeError):
        raise SourceChanged(
            f"{ID}: {path.name}: time_period or year holds something else than 202122 or 2021",
            hint="compare it with an earlier file.",
        ) from None


def _shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Say of every 100 applications how many had each kind of offer."""
    parts = []
    for phase in PHASES.values():
        by = ["area_code", "period"]
        all_of = counts[counts["measure"] == f"offers_applications_{phase}"].set_index(by)["value"]
        for name in SHARES:
            rows = counts[counts["measure"] == f"offers_{name}_{phase}"].set_index(by)
            applications = all_of.reindex(rows.index)
            value = 100 * rows["value"] / applications.where(applications > 0)
            told = rows["status"].where(value.notna() | rows["value"].isna(), "not_applicable")
            parts.append(
                rows.assign(
                    measure=f"offers_{name}_pct_{phase}",
                    value=value,
                    cohort=applications,
                    status=told,
                ).reset_index()
            )
    return filled(pd.concat(parts, ignore_index=True))


def _measures() -> tuple[Measure, ...]:
    made = []
    for phase in PHASES.values():
        for name, (_, words, unit) in COUNTS.items():
            made.append(
                Measure(
                    id=f"offers_{name}_{phase}",
                    topic="Applications and offers",
                    title=f"{phase.capitalize()}: {words}",
                    says=f"For {phase} schools, on the day of offers: {words}.",
                    unit=unit,
                    source_id=ID,
                    level="authority",
                )
            )
        made += [
            Measure(
                id=f"offers_{name}_pct_{phase}",
                topic="Applications and offers",
                title=f"{phase.capitalize()}: offered {words}, share",
                says=f"Of every 100 applications in time for {phase} schools, how many were "
                f"offered {words}.",
                unit="%",
                decimals=1,
                polarity="more_is_worse" if name == "none" else "neutral",
                source_id=ID,
                level="authority",
                method="Divided by the applications received in time.",
            )
            for name, words in SHARES.items()
        ]
    return tuple(made)


SOURCE: Final = Source(
    id=ID,
    title="Primary and secondary school applications and offers",
    publisher="Department for Education",
    landing_page=(
        "https://explore-education-statistics.service.gov.uk/find-statistics/"
        "primary-and-secondary-school-applications-and-offers"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=lambda _region, _today: (
        Release(
            name="2026",
            file_name="AppsandOffers_2026.csv",
            addresses=(catalogue_csv("8747703f-e125-4d14-a996-7b901e41257c"),),
            mirror_file="AppsandOffers_*.csv",
        ),
        Release(name="2019", file_name="2019_Apps_Offers_UD_time_series.csv", addresses=()),
    ),
    every=yearly(6),
    mirror_folder=ID,
    mirror_files=(),
    read_rows=read_rows,
    tables=(AUTHORITY_VALUE,),
    measures=_measures(),
    caveats=(
        "Counted on the day of offers; late applications and changes afterwards are not in it.",
        "Authorities let families name three to six preferences: shares of first preferences are "
        "not alike where fewer may be named.",
        "The publisher gives a file a new address every year: a newer one than that declared here "
        "goes into a mirror folder, or under [own_files].",
    ),
)
