"""Preferences and offers by school, of every year, in the Department's layout for schools."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from config.english_regions import ENGLAND
from ingest.sample.codes import AuthorityKind, la_code, la_code_dfe
from ingest.sample.files.offers import ENTRY, PHASES
from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import WITH_MARK, Cells, Columns, cells, sheet
from ingest.sample.files.spans import digits_of
from ingest.sample.people.provision import PRIMARY_KINDS
from ingest.sample.people.years import YEAR_7

COUNTS: Final = {
    "total_number_places_offered": "offers",
    "number_preferred_offers": "preferred",
    "number_1st_preference_offers": "first_preference_offers",
    "number_2nd_preference_offers": "second_preference_offers",
    "number_3rd_preference_offers": "third_preference_offers",
    "times_put_as_any_preferred_school": "preferences",
    "times_put_as_1st_preference": "first_preferences",
    "times_put_as_2nd_preference": "second_preferences",
    "times_put_as_3rd_preference": "third_preferences",
    "all_applications_from_another_LA": "from_elsewhere",
    "offers_to_applicants_from_another_LA": "offers_elsewhere",
}
"""The publisher's columns, and ours."""

HEADER: Final = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("old_la_code", "new_la_code", "la_name", "school_phase", "entry_year", "school_urn"),
    *("school_laestab_as_used", "school_name", *COUNTS),
)


def _rows(county: County) -> Iterable[Cells]:
    names = ["urn", "name", "kind", "authority", "establishment_number"]
    rows = county.people.admissions.join(county.people.schools[names], on="school")
    rows = rows.assign(preferred=rows["offers"] - rows["sent"])
    # Junior, middle and upper schools are entered in other years, and count with their phase.
    group = rows["year_group"].to_numpy()
    is_primary = np.where(group > 0, rows["kind"].isin(PRIMARY_KINDS), True)
    phase = np.where(is_primary.astype(bool), PHASES[0], PHASES[YEAR_7])
    authorities = rows["authority"].tolist()
    kinds: list[AuthorityKind] = [
        "city" if each == county.tile.city else "shire" for each in authorities
    ]
    numbers = zip(authorities, rows["establishment_number"], strict=True)
    columns: Columns = {
        "time_period": [digits_of(year) for year in rows["academic_year"]],
        "time_identifier": ["Academic year"] * len(rows),
        "geographic_level": ["School"] * len(rows),
        "country_code": [ENGLAND] * len(rows),
        "country_name": ["England"] * len(rows),
        "old_la_code": [la_code_dfe(each) for each in authorities],
        "new_la_code": [la_code(k, a) for k, a in zip(kinds, authorities, strict=True)],
        "la_name": [county.names_of(each).name for each in authorities],
        "school_phase": phase,
        "entry_year": [ENTRY.get(each, each) for each in group.tolist()],
        "school_urn": rows["urn"],
        "school_laestab_as_used": [f"{la_code_dfe(la)}{number}" for la, number in numbers],
        "school_name": rows["name"],
        **{name: rows[ours] for name, ours in COUNTS.items()},
    }
    return cells({name: columns[name] for name in HEADER})


SERIES: Final[Series] = sheet(
    source="school_offers",
    file="offers/school_offers_2024.csv",
    header=HEADER,
    rows=_rows,
    encoding=WITH_MARK,
)
