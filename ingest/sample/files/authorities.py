"""What files about authorities have in common: figures of counties added up, and whose they are."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from config.english_regions import ENGLAND
from ingest.sample.files.series import Country, MadeUpAuthority

WHOLE: Final = -1
"""Stands for the number of an authority in a row about the country."""


def known(country: Country) -> dict[int, MadeUpAuthority]:
    """Return every authority of the sample by its number."""
    return {each.number: each for each in (*country.shown(), *country.beside())}


def with_country(total: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add the whole country to figures of authorities: its number is -1.

    Args:
        total: ``authority``, keys and counts.
        keys: the other keys.
    """
    whole = total.drop(columns="authority").groupby(list(keys), as_index=False).sum()
    return pd.concat([whole.assign(authority=WHOLE), total], ignore_index=True)


def about(authority: int, country: dict[int, MadeUpAuthority]) -> dict[str, Any]:
    """Return whose a row is, in the columns that the Department's files share."""
    same = {
        "country_code": ENGLAND,
        "country_name": "England",
        "region_code": "",
        "region_name": "",
    }
    if authority == WHOLE:
        return {"geographic_level": "National", "new_la_code": "", "old_la_code": "", **same}
    own = country[authority]
    return {
        "geographic_level": "Local authority",
        "new_la_code": own.la_code,
        "old_la_code": own.la_code_dfe,
        "la_name": own.name,
        **same,
    }
