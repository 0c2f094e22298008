"""Tables of schools, homes and flows become what a choice of schools is fitted to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pandas as pd

from config.terms import IN_USE, Phase, Sector, Status
from ingest.issues import IssueLog
from ingest.planning.choice_flows import observed
from ingest.schema.provision import SCHOOL_LEAD
from ingest.schema.pupils import FLOW
from planning.arrays import Floats, Ints
from planning.choice.features import Homes, Schools
from planning.choice.regional import Observed

PHASES: Final[Mapping[str, frozenset[Phase]]] = {
    "primary": frozenset({Phase.PRIMARY, Phase.MIDDLE, Phase.ALL_THROUGH}),
    "secondary": frozenset({Phase.SECONDARY, Phase.MIDDLE, Phase.ALL_THROUGH}),
}
"""Phases of the schools that teach a phase of pupils."""

AGES: Final = {"primary": (4, 11), "secondary": (11, 16)}
"""First birthday before the phase's first year, and last before its end."""

NO_FAITH: Final = frozenset({"", "None", "Does not apply"})
"""What the register writes where a school has no religious character."""


def _no_leads() -> pd.DataFrame:
    return pd.DataFrame(columns=SCHOOL_LEAD.names)


def _no_flows() -> pd.DataFrame:
    return pd.DataFrame(columns=FLOW.names)


@dataclass(frozen=True, slots=True)
class ChoiceTables:
    """Tables of a build that tell who goes where.

    Attributes:
        flow: rows of ``flow``; none where nobody counted.
        school: rows of ``school``.
        succession: rows of ``school_succession``.
        postcode: rows of ``postcode``.
        usual_places: of a school of which they are not known; ``NaN``: the mean of those here.
        leads: rows of ``school_lead``; none where nobody told which school leads to which.
        earlier: rows of ``flow`` of the phase before, from which children come by such links.
    """

    flow: pd.DataFrame
    school: pd.DataFrame
    succession: pd.DataFrame
    postcode: pd.DataFrame
    usual_places: float = np.nan
    leads: pd.DataFrame = field(default_factory=_no_leads)
    earlier: pd.DataFrame = field(default_factory=_no_flows)


@dataclass(frozen=True, slots=True)
class ChoiceInputs:
    """What a choice is fitted to.

    Attributes:
        phase: ``primary`` or ``secondary``.
        codes: small areas of 2021, one for each row of ``homes``.
        homes: the middle of each area's postcodes.
        urns: of the schools, shape (schools,).
        schools: open, state-funded, mainstream, and teaching the phase.
        seen: pupils counted; ``None`` where nobody counted.
        academic_year: in which they were counted; empty where nobody did.
        authorities: GSS codes of the authorities that homes are in, in the order of their numbers.
    """

    phase: str
    codes: tuple[str, ...]
    homes: Homes
    urns: Ints
    schools: Schools
    seen: Observed | None
    academic_year: str
    authorities: tuple[str, ...]

    def homes_at(self, postcodes: pd.DataFrame) -> Homes:
        """Return postcodes as homes, for what their families think of each school."""
        return _homes(postcodes, self.authorities)


def read_choice(tables: ChoiceTables, phase: str, issues: IssueLog) -> ChoiceInputs:
    """Read what the choice of a phase is fitted to.

    Flows that cannot be used are left out and named: those to schools that the register does not
    have, to schools of another phase or kind, from homes that no postcode is in, and counts below
    zero.

    Args:
        tables: of the build.
        phase: ``primary`` or ``secondary``.
        issues: takes what is odd.
    """
    areas = home_areas(tables.postcode)
    rows = schools_of(tables.school, phase)
    authorities = tuple(sorted(set(areas["la_code"])))
    urns = rows["urn"].to_numpy(np.int64)
    found = observed(
        tables.flow[tables.flow["phase"] == phase],
        codes=tuple(areas.index),
        urns=urns,
        school=tables.school,
        succession=tables.succession,
        issues=issues,
    )
    return ChoiceInputs(
        phase=phase,
        codes=tuple(areas.index),
        homes=_homes(areas, authorities),
        urns=urns,
        schools=replace(_schools(rows, authorities, phase), usual_places=tables.usual_places),
        seen=None if found is None else found.seen,
        academic_year="" if found is None else found.academic_year,
        authorities=authorities,
    )


def home_areas(postcodes: pd.DataFrame) -> pd.DataFrame:
    """Return the middle of the postcodes of each small area, and the authority of most of them.

    Returns:
        ``x``, ``y`` and ``la_code`` by small area.
    """
    placed = postcodes.dropna(subset=["lsoa21", "x", "y", "la_code"])
    placed = placed.astype({"x": "float64", "y": "float64", "lsoa21": "object"})
    number = placed.groupby(["lsoa21", "la_code"]).size().rename("number").reset_index()
    number = number.astype({"la_code": "object"})
    most = number.sort_values(["number", "la_code"], ascending=[False, True], kind="stable")
    authority = most.drop_duplicates("lsoa21").set_index("lsoa21")["la_code"]
    return placed.groupby("lsoa21")[["x", "y"]].mean().assign(la_code=authority)


def schools_of(schools: pd.DataFrame, phase: str) -> pd.DataFrame:
    """Return the open, state-funded, mainstream schools that teach a phase and have a point."""
    return schools[
        schools["phase"].isin([str(each) for each in PHASES[phase]])
        & (schools["sector"] == str(Sector.STATE))
        & schools["status"].isin([str(each) for each in IN_USE])
        & schools["x"].notna()
    ].sort_values("urn", ignore_index=True)


def _homes(areas: pd.DataFrame, authorities: tuple[str, ...]) -> Homes:
    return Homes(
        areas["x"].to_numpy(np.float64),
        areas["y"].to_numpy(np.float64),
        _numbered(areas["la_code"], authorities),
    )


def _numbered(la_codes: pd.Series, authorities: tuple[str, ...]) -> Ints:
    """Return the number of each authority; -1 for one that no home is in."""
    return np.asarray(pd.Index(authorities).get_indexer(pd.Index(la_codes)), np.int64)


def _schools(rows: pd.DataFrame, authorities: tuple[str, ...], phase: str) -> Schools:
    gender = rows["gender"].fillna("")
    return Schools(
        x=rows["x"].to_numpy(np.float64),
        y=rows["y"].to_numpy(np.float64),
        authority=_numbered(rows["la_code"], authorities),
        is_faith=~rows["religious_character"].fillna("").isin(NO_FAITH).to_numpy(np.bool_),
        is_selective=(rows["admissions_policy"].fillna("") == "Selective").to_numpy(np.bool_),
        admits=np.stack([(gender != "Boys").to_numpy(), (gender != "Girls").to_numpy()]),
        places=phase_places(rows, phase),
    )


def phase_places(rows: pd.DataFrame, phase: str) -> Floats:
    """Return the places of schools in the year groups of a phase; ``NaN`` where not known.

    Places are taken to be spread evenly over the years that a school teaches.
    """
    low, high = rows["age_low"].astype("Float64"), rows["age_high"].astype("Float64")
    first, last = AGES[phase]
    taught = (high.clip(upper=last) - low.clip(lower=first)).clip(lower=0)
    share = (taught / (high - low.clip(lower=AGES["primary"][0]))).fillna(1.0)
    is_told = rows["capacity_pupils_status"] == str(Status.MEASURED)
    places = rows["capacity_pupils"].astype("Float64").where(is_told) * share
    return np.asarray(places.to_numpy(np.float64, na_value=np.nan), np.float64)
