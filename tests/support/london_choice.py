"""The real counts of 2016 from home areas to secondary schools, as a choice is fitted to them.

The part of the London Schools Atlas's table that is at hand: six boroughs of south London and the
north of Surrey. Its areas are those of 2011. What schools were like comes from the nearest years
there are: points, religious character and places from the register or the one of the school's
successor, girls and boys from the census of 2019, selection from results of 2019 that only
schools with a test have.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from pyproj import Transformer

from ingest.issues import IssueLog
from ingest.sources import gias, gias_links
from ingest.succession import successions
from planning.choice.features import Homes, Schools
from planning.choice.regional import Observed
from tests.support.authority_reading import reading_of

FILE = "Catchments_LSOAtoSecSchool_2016_south_london_surrey.csv"
AT_MOST = 2
"""The publisher leaves out counts below three."""

SURREY = {
    *("Spelthorne", "Epsom and Ewell", "Reigate and Banstead", "Elmbridge"),
    *("Tandridge", "Mole Valley", "Runnymede", "Woking"),
}
ONE_SEX_PCT = 80
"""Schools for girls may have boys in the sixth form, and the other way round."""

TEST_SCORE = 65
"""Attainment 8 that no school without a test reached here."""


@dataclass(frozen=True, slots=True)
class London:
    """Homes, schools and counts.

    Attributes:
        homes: small areas of 2011.
        schools: those with a point.
        seen: the counts.
        unplaced: pupils counted at schools without a point.
    """

    homes: Homes
    schools: Schools
    seen: Observed
    unplaced: float


def london(publishers: Path) -> London:
    """Read the counts and what is known of the schools."""
    flows = pd.read_csv(publishers / "flows" / FILE)
    schools = _schools(publishers, sorted(set(flows["Secondary_School_URN"])))
    is_placed = flows["Secondary_School_URN"].isin(schools.index)
    areas = _areas(publishers, flows)
    placed = flows[is_placed]
    names = sorted({*areas["authority"], *schools["la_name"]})
    pupils = np.zeros((len(areas), len(schools)))
    at = (
        areas.index.get_indexer(placed["LSOA_CODE"]),
        schools.index.get_indexer(placed["Secondary_School_URN"]),
    )
    pupils[at] = placed["Pupil_count"]
    everybody = areas["everybody"].to_numpy(float)
    # Pupils of schools without a point are no pupils of the others.
    gone = flows[~is_placed].groupby("LSOA_CODE")["Pupil_count"].sum()
    everybody = everybody - areas.index.map(gone).fillna(0).to_numpy(float)
    hidden = pupils == 0
    return London(
        homes=Homes(
            areas["x"].to_numpy(float),
            areas["y"].to_numpy(float),
            np.array([names.index(each) for each in areas["authority"]]),
        ),
        schools=_arrays(schools, names),
        seen=Observed(pupils, hidden, np.where(hidden, AT_MOST, 0.0), everybody, AT_MOST),
        unplaced=float(flows.loc[~is_placed, "Pupil_count"].sum()),
    )


def _areas(publishers: Path, flows: pd.DataFrame) -> pd.DataFrame:
    centres = pd.read_csv(publishers / "ons" / "lsoa_centres.csv").set_index("LSOACD")
    first = flows.drop_duplicates("LSOA_CODE").set_index("LSOA_CODE")
    district = first["LSOA_NAME"].str.slice(stop=-5).str.strip()
    here = centres.loc[first.index]
    x, y = Transformer.from_crs(4326, 27700, always_xy=True).transform(
        here["longitude"].to_numpy(float), here["latitude"].to_numpy(float)
    )
    return pd.DataFrame(
        {
            "x": x,
            "y": y,
            "authority": district.where(~district.isin(SURREY), "Surrey"),
            "everybody": first["Total_No_of_LSOA_Pupils"],
        },
        index=first.index,
    )


def _schools(publishers: Path, urns: list[int]) -> pd.DataFrame:
    """Return what is known of the schools, by the URN of 2016; those without a point left out."""
    cut = reading_of().cut
    register = gias.read(publishers / "gias" / "edubasealldata20250524.csv", cut, IssueLog())
    links = gias_links.read(
        publishers / "gias" / "links_edubasealldata20250422.csv", cut, IssueLog()
    )
    by_urn = register.set_index("urn")
    after = successions(links).drop_duplicates("urn").set_index("urn")["successor_urn"]
    census = _later(publishers, "england_census.csv", "PNORG")
    roll = _later(publishers, "england_census.csv", "NOR")
    results = _later(publishers, "england_ks4provisional.csv", "ATT8SCR")
    rows = []
    for urn in urns:
        chain = [urn, *([int(after[urn])] if urn in after.index else [])]
        placed = [each for each in chain if each in by_urn.index and by_urn["x"].notna()[each]]
        if not placed:
            continue
        known = by_urn.loc[placed[0]]
        rows.append(
            {
                "urn": urn,
                "x": float(known["x"]),
                "y": float(known["y"]),
                "la_name": str(known["la_name"]),
                "is_faith": str(known["religious_character"]) not in ("<NA>", "None", "nan", ""),
                "places": _first(by_urn["capacity_pupils"], chain, else_=_first(roll, chain)),
                "girls_pct": _first(census, chain),
                "score": _first(results, chain),
            }
        )
    return pd.DataFrame(rows).set_index("urn")


def told_as_none(seen: Observed) -> Observed:
    """Take counts that are not published for nobody, as whoever adds up the file does."""
    return replace(seen, is_suppressed=np.zeros_like(seen.is_suppressed))


def _later(publishers: Path, file: str, column: str) -> pd.Series:
    frame = pd.read_csv(
        publishers / "performance_tables" / "2018-2019" / file, dtype=str, encoding="utf-8-sig"
    )
    frame["URN"] = pd.to_numeric(frame["URN"], errors="coerce")
    values = pd.to_numeric(frame[column], errors="coerce")
    return values[frame["URN"].notna()].set_axis(frame["URN"].dropna().astype(int))


def _first(values: pd.Series, urns: list[int], *, else_: float = float("nan")) -> float:
    found = [values[urn] for urn in urns if urn in values.index and not pd.isna(values[urn])]
    return float(found[0]) if found else else_


def _arrays(schools: pd.DataFrame, names: list[str]) -> Schools:
    girls = schools["girls_pct"].fillna(50)
    return Schools(
        x=schools["x"].to_numpy(float),
        y=schools["y"].to_numpy(float),
        authority=np.array([names.index(each) for each in schools["la_name"]]),
        is_faith=schools["is_faith"].to_numpy(bool),
        is_selective=(schools["score"] >= TEST_SCORE).to_numpy(bool),
        admits=np.stack([(girls > 100 - ONE_SEX_PCT), (girls < ONE_SEX_PCT)]),
        places=schools["places"].to_numpy(float),
    )
