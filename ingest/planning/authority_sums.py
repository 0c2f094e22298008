"""What is told of small areas and districts, added up to authorities."""

import pandas as pd

from config.terms import AreaKind


def of_authorities(told: pd.DataFrame, areas: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """Return the row of each authority that is known.

    Its own, else the sum of its small areas where all are told, else that of the districts told
    where it is the only one that has districts.

    Args:
        told: numbers, by area (the index).
        areas: rows of ``area``.
        codes: GSS codes of the authorities.
    """
    small = areas[areas["kind"] == str(AreaKind.LSOA21)]
    districts = told[[str(code).startswith("E07") for code in told.index]]
    with_districts = [code for code in codes if code.startswith("E10")]
    found = {}
    for code in codes:
        own = small.loc[small["parent_code"] == code, "area_code"]
        if code in told.index:
            found[code] = told.loc[code]
        elif len(own) and own.isin(told.index).all():
            found[code] = told.loc[list(own)].sum(skipna=False)
        elif len(districts) and with_districts == [code]:
            found[code] = districts.sum(skipna=False)
    return pd.DataFrame(found).T
