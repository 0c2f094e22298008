"""Applications and offers by authority, in the newer of the publisher's two layouts."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from ingest.sample.files.authorities import WHOLE, about, known, with_country
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.spans import digits_of
from ingest.sample.people.years import YEAR_7

SHARED: Final = {
    "first_preference_offers": "first",
    "second_preference_offers": "second",
    "third_preference_offers": "third",
    "one_of_the_three_preference_offers": "top_three",
    "preferred_school_offer": "preferred",
    "non_preferred_offer": "not_preferred",
    "no_offer": "none",
    "schools_in_la_offer": "inside",
    "schools_in_another_la_offer": "outside",
}
"""The publisher's counts, each with a share beside it, and ours."""

HEADER: Final = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("region_code", "region_name", "new_la_code", "old_la_code", "la_name", "school_phase"),
    *("NC_year_admission", "admission_numbers", "applications_received", "online_applications"),
    *("online_apps_percent", "no_of_preferences"),
    *(each for name in SHARED for each in (name, f"{name}_percent")),
    "offers_to_nonapplicants",
)
PHASES: Final = {0: "Primary", YEAR_7: "Secondary"}
ENTRY: Final = {0: "R", YEAR_7: "7"}
MAY_NAME: Final = {0: 3, YEAR_7: 6}
ONLINE: Final = 0.98
HIDDEN: Final = "c"
NOT_KNOWN: Final = ":"
FEWEST: Final = 3
"""Smaller counts of authorities are hidden."""


def _figures(county: County) -> pd.DataFrame:
    """Count by authority of residence; places by authority of the school."""
    keys = ["authority", "academic_year", "year_group"]
    asked = county.people.applications
    offers = county.people.admissions.join(county.people.schools[["authority"]], on="school")
    places = offers.groupby(keys, as_index=False)[["places", "offers"]].sum()
    both = asked.merge(places, on=keys, how="outer").fillna(0)
    return both[both["year_group"].isin(PHASES)].astype(int).reset_index(drop=True)


def _below(total: pd.DataFrame, country: Country) -> Iterable[Cells]:
    rows = with_country(total, ("academic_year", "year_group"))
    rows = rows.sort_values(
        ["academic_year", "year_group", "authority"], ascending=[False, True, True]
    )
    authorities = known(country)
    for row in rows.to_dict("records"):
        found = _row({str(name): int(value) for name, value in row.items()})
        found |= about(row["authority"], authorities)
        yield [found.get(name, "") for name in HEADER]


def _row(row: dict[str, int]) -> dict[str, Any]:
    asked = row["applications"]
    online = round(ONLINE * asked)
    top_three = row["first_offers"] + row["second_offers"] + row["third_offers"]
    preferred = top_three + row["later_offers"]
    # Offers of another authority's schools are what residents got beyond their own schools'.
    outside = max(preferred + row["other_offers"] - row["offers"], 0)
    counts = {
        "first": row["first_offers"],
        "second": row["second_offers"],
        "third": row["third_offers"],
        "top_three": top_three,
        "preferred": preferred,
        "not_preferred": row["other_offers"],
        "none": 0,
        "inside": asked - outside,
        "outside": outside,
    }
    found: dict[str, Any] = {
        "time_period": digits_of(row["academic_year"]),
        "time_identifier": "Academic year",
        "school_phase": PHASES[row["year_group"]],
        "NC_year_admission": ENTRY[row["year_group"]] if row["authority"] != WHOLE else NOT_KNOWN,
        "admission_numbers": row["places"],
        "applications_received": asked,
        "online_applications": online,
        "online_apps_percent": _share(online, asked),
        "no_of_preferences": MAY_NAME[row["year_group"]]
        if row["authority"] != WHOLE
        else NOT_KNOWN,
        "offers_to_nonapplicants": 0,
    }
    for name, ours in SHARED.items():
        count = counts[ours]
        is_hidden = 0 < count < FEWEST and row["authority"] != WHOLE
        found[name] = HIDDEN if is_hidden else count
        found[f"{name}_percent"] = HIDDEN if is_hidden else _share(count, asked)
    return found


def _share(part: int, whole: int) -> float:
    return round(100 * part / max(whole, 1), 8)


SERIES: Final[Series] = sheet(
    source="offers",
    file="offers/AppsandOffers_2024.csv",
    header=HEADER,
    figures=_figures,
    keys=("authority", "academic_year", "year_group"),
    below=_below,
)
