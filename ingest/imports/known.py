"""The places that a region knows, by which the rows of a table are matched."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from config.authority import Authority
from config.imports import PlaceKind
from config.terms import AreaKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What codes mean here.

    Attributes:
        urns: schools of the region and its border, and those before them.
        postcodes: spelt with its space, to the small area of 2021 it lies in.
        lsoa21: small areas of 2021.
        changes: rows of the ``small_area_change`` table; empty where the look-up is missing.
        wards: wards of 2025.
        authorities: GSS code or the Department's digits to the GSS code.
    """

    urns: frozenset[int] = frozenset()
    postcodes: Mapping[str, str] = field(default_factory=dict)
    lsoa21: frozenset[str] = frozenset()
    changes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["lsoa11", "lsoa21", "change", "share"])
    )
    wards: frozenset[str] = frozenset()
    authorities: Mapping[str, str] = field(default_factory=dict)

    def codes(self, kind: PlaceKind) -> Mapping[str, str]:
        """Return what may be written of a kind, and the place it stands for."""
        if kind == "postcode":
            return self.postcodes
        if kind == "authority":
            return self.authorities
        plain = {
            "urn": map(str, self.urns),
            "lsoa21": self.lsoa21,
            "lsoa11": self.changes["lsoa11"].unique(),
            "ward25": self.wards,
        }[kind]
        return {code: code for code in plain}


def known_of(
    areas: pd.DataFrame,
    postcodes: pd.DataFrame,
    changes: pd.DataFrame,
    urns: frozenset[int],
    register: tuple[Authority, ...],
) -> Known:
    """Gather the places of a region from the tables of its build."""

    def of_kind(kind: AreaKind) -> frozenset[str]:
        return frozenset(areas.loc[areas["kind"] == str(kind), "area_code"])

    inside = postcodes.dropna(subset=["lsoa21"])
    return Known(
        urns=urns,
        postcodes=dict(zip(inside["postcode"], inside["lsoa21"], strict=True)),
        lsoa21=of_kind(AreaKind.LSOA21),
        changes=changes,
        wards=of_kind(AreaKind.WARD25),
        authorities={
            mark: each.la_code for each in register for mark in (each.la_code, each.la_code_dfe)
        },
    )


def vintage(codes: pd.Series, known: Known) -> PlaceKind:
    """Tell whether codes of small areas are those of 2011 or of 2021; most are the same."""
    of_2021 = codes.isin(list(known.lsoa21)).sum()
    of_2011 = codes.isin(known.changes["lsoa11"]).sum()
    return "lsoa11" if of_2011 > of_2021 else "lsoa21"
