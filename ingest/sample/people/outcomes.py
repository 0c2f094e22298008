"""How pupils do: tests, examinations, absence, where they go; from deprivation and the school."""

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import expit

from ingest.sample.people.cohorts import YEAR_6, YEAR_11, YEAR_13, cohorts
from ingest.sample.people.needs import Bools, Floats, Ints
from ingest.sample.people.rolls import Rolls
from ingest.sample.people.years import LAST_CENSUS

YEARS: Final = range(LAST_CENSUS - 2, LAST_CENSUS + 1)
"""School years of results."""
LEAVERS: Final = range(LAST_CENSUS - 6, LAST_CENSUS - 1)
"""School years at whose end the pupils left year 11 whose destinations are known."""

USUALLY_DEPRIVED: Final = 0.2
"""Share of people deprived of income at which a school of no effect has the usual result."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How one measure of a school comes about.

    Attributes:
        usual: with the usual deprivation, at a school of no effect; of a share, its log-odds.
        deprivation: what a whole share of deprived people adds.
        effect: what a standard deviation of the school's effect adds.
        spread: standard deviation among pupils of the same school.
    """

    usual: float
    deprivation: float
    effect: float
    spread: float = 0.0

    def expected(self, rows: pd.DataFrame) -> Floats:
        """Return it for cohorts with ``deprived`` and ``effect``."""
        more = self.deprivation * (rows["deprived"] - USUALLY_DEPRIVED)
        return np.asarray(self.usual + more + self.effect * rows["effect"], float)

    def drawn(self, rows: pd.DataFrame, rng: np.random.Generator) -> Floats:
        """Return a mean over the pupils of cohorts."""
        noise = rng.standard_normal(len(rows)) * self.spread / np.sqrt(rows["pupils"])
        return np.asarray(self.expected(rows) + noise)

    def half_width(self, rows: pd.DataFrame) -> Floats:
        """Return half the width of the 95 % confidence interval of a mean."""
        return np.asarray(1.96 * self.spread / np.sqrt(rows["pupils"]))


MEASURED: Final = {
    "ks2_expected": Measured(0.5, -3.4, 0.35),
    "ks2_higher": Measured(-2.4, -3.4, 0.35),
    "ks2_writing": Measured(1.1, -3.2, 0.3),
    "ks2_reading": Measured(105.4, -14.0, 1.2, 8.0),
    "ks2_maths": Measured(104.6, -15.0, 1.3, 8.0),
    "ks2_grammar": Measured(105.2, -15.0, 1.2, 8.5),
    "ks2_reading_progress": Measured(0.0, -4.0, 1.5, 6.2),
    "ks2_writing_progress": Measured(0.0, -3.0, 1.3, 5.8),
    "ks2_maths_progress": Measured(0.0, -5.0, 1.6, 5.6),
    "ks4_attainment8": Measured(46.4, -46.0, 2.6, 18.0),
    "ks4_progress8": Measured(0.0, -1.8, 0.33, 1.25),
    "ks4_basics_4": Measured(0.68, -4.4, 0.3),
    "ks4_basics_5": Measured(-0.2, -4.6, 0.33),
    "ks4_ebacc_entered": Measured(-0.45, -3.0, 0.3),
    "ks5_points": Measured(34.0, -12.0, 1.4, 9.0),
    "ks5_value_added": Measured(0.0, 0.0, 0.09, 0.75),
    "ks5_retained": Measured(2.4, -3.0, 0.2),
    "absence": Measured(6.3, 15.0, -0.4, 3.0),
    "persistent": Measured(-1.55, 6.0, -0.18),
    "not_sustained": Measured(-2.9, 4.0, -0.2),
}
"""The measures, in the publishers' units: points, grades, percent of sessions, log-odds."""

GAP: Final = {"share": 0.85, "ks4_attainment8": 10.0, "ks4_progress8": 0.55, "not_sustained": -0.9}
"""By how much pupils who are not disadvantaged do better than the others at the same school."""

SELECTED: Final = {"ks4_attainment8": 22.0, "ks4_progress8": 0.45, "share": 2.2}
"""What a school that selects by a test is above others."""
APART: Final = ("special", "ap")
APART_ATTAINMENT8: Final = 9.0
APART_SHARE: Final = -3.4
"""Attainment 8, and the log-odds taken off shares, of special schools and alternative provision."""
SECONDARY_ABSENCE: Final = 1.9
APART_ABSENCE: Final = 6.0
"""Percent of sessions missed beyond those of primary schools."""

GOES: Final = {
    "apprenticeship": 0.035,
    "employment": 0.03,
    "college": 0.3,
    "sixth_form": 0.46,
    "sixth_form_college": 0.12,
    "other_education": 0.015,
}
"""Shares among those who go anywhere, of pupils of a school with a sixth form."""
WITHOUT_SIXTH_FORM: Final = 0.28
"""Share who go to another school's sixth form, from a school without one."""
UNKNOWN: Final = 0.008


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Results by school (a row of the register) and academic year; ``cohorts`` with more columns.

    Attributes:
        ks2: tests at the end of year 6.
        ks4: examinations at the end of year 11.
        ks5: of the sixth form, at the end of year 13.
        absence: of all pupils.
        leavers: where year 11 went, by the year at whose end they left.
        effect: the schools' effects, standard normal, by provision.
    """

    ks2: pd.DataFrame
    ks4: pd.DataFrame
    ks5: pd.DataFrame
    absence: pd.DataFrame
    leavers: pd.DataFrame
    effect: Floats

    def truth(self, schools: pd.DataFrame) -> dict[str, Any]:
        """Return what made them, and each school's effect by its URN."""
        effect = self.effect[schools["provision"].to_numpy()].round(4).tolist()
        return {
            "usually_deprived": USUALLY_DEPRIVED,
            "measured": {name: asdict(each) for name, each in MEASURED.items()},
            "gap": dict(GAP),
            "selected": dict(SELECTED),
            "effect": dict(zip(schools["urn"].astype(str), effect, strict=True)),
        }


def outcomes_of(
    schools: pd.DataFrame,
    rolls: Rolls,
    traits: pd.DataFrame,
    income: Floats,
    rng: np.random.Generator,
) -> Outcomes:
    """Draw how the pupils of each school do.

    Args:
        schools: the register's rows: ``provision``, ``kind``.
        rolls: pupils by school.
        traits: pupils by school and year, as ``traits_table`` gives them.
        income: share of people deprived of income, by small area.
        rng: random numbers.
    """
    effect = rng.standard_normal(int(schools["provision"].max()) + 1)

    def of(year_group: int, years: range) -> pd.DataFrame:
        found = cohorts(rolls, schools, income, year_group, years)
        return found.assign(effect=effect[found["provision"]])

    everybody = traits[traits["academic_year"].isin(YEARS)].reset_index(drop=True)
    everybody = everybody.join(schools[["provision", "kind"]], on="school")
    everybody["effect"] = effect[everybody["provision"]]
    return Outcomes(
        ks2=_ks2(of(YEAR_6, YEARS), rng),
        ks4=_ks4(of(YEAR_11, YEARS), rng),
        ks5=_ks5(of(YEAR_13, YEARS), rng),
        absence=_absence(everybody, rng),
        leavers=_leavers(of(YEAR_11, LEAVERS), schools, rng),
        effect=effect,
    )


def _ks2(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    counted = {name: _counts(rows, f"ks2_{name}", rng) for name in ("expected", "higher")}
    writing = _counts(rows, "ks2_writing", rng)[""]
    columns: dict[str, Any] = {
        f"{name}{of}": each for name, two in counted.items() for of, each in two.items()
    }
    columns["writing"] = np.maximum(writing, columns["expected"])
    for name in ("reading", "maths", "grammar"):
        columns[name] = MEASURED[f"ks2_{name}"].drawn(rows, rng).round()
    for name in ("reading_progress", "writing_progress", "maths_progress"):
        measured = MEASURED[f"ks2_{name}"]
        columns |= {name: measured.drawn(rows, rng), f"{name}_half": measured.half_width(rows)}
    return rows.assign(**columns)


def _ks4(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    chosen, apart = _is(rows, "grammar"), _is(rows, *APART)
    columns: dict[str, Any] = {}
    for name in ("basics_4", "basics_5", "ebacc_entered"):
        two = _counts(rows, f"ks4_{name}", rng)
        columns |= {f"{name}{of}": each for of, each in two.items()}
    attainment = MEASURED["ks4_attainment8"].drawn(rows, rng)
    attainment = attainment + SELECTED["ks4_attainment8"] * chosen
    attainment = np.where(apart, np.maximum(attainment / 46 * APART_ATTAINMENT8, 0), attainment)
    progress = MEASURED["ks4_progress8"]
    columns |= {
        "attainment8": attainment,
        "progress8": progress.drawn(rows, rng) + SELECTED["ks4_progress8"] * chosen - 1.6 * apart,
        "progress8_half": progress.half_width(rows),
        "ebacc_points": attainment / 11.4,
    }
    share = rows["disadvantaged"] / rows["pupils"]
    for name in ("attainment8", "progress8"):
        gap = GAP[f"ks4_{name}"] * np.where(apart, 0.2, 1.0)
        columns[f"{name}_disadvantaged"] = columns[name] - gap * (1 - share)
        columns[f"{name}_others"] = columns[name] + gap * share
    return rows.assign(**columns)


def _ks5(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    points, added = MEASURED["ks5_points"], MEASURED["ks5_value_added"]
    retained = rng.binomial(rows["pupils"], expit(MEASURED["ks5_retained"].expected(rows)))
    chosen = _is(rows, "grammar", "independent")
    return rows.assign(
        points=np.maximum(points.drawn(rows, rng) + 6 * chosen, 0),
        value_added=added.drawn(rows, rng),
        value_added_half=added.half_width(rows),
        retained=retained,
        aab=rng.binomial(rows["pupils"], expit(-2.1 + 0.25 * rows["effect"] + 1.2 * chosen)),
        alevel=np.round(0.8 * rows["pupils"]).astype(int),
        applied=np.round(0.3 * rows["pupils"]).astype(int),
    )


def _absence(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    later = _is(rows, "secondary", "high", "grammar", "all_through", "middle")
    apart = _is(rows, *APART)
    missed = MEASURED["absence"].drawn(rows, rng)
    missed = missed + SECONDARY_ABSENCE * later + APART_ABSENCE * apart
    odds = MEASURED["persistent"].expected(rows) + 0.4 * later + 1.1 * apart
    return rows.assign(
        missed=np.maximum(missed, 0.5), persistent=rng.binomial(rows["pupils"], expit(odds))
    )


def _leavers(rows: pd.DataFrame, schools: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Say where pupils went, those who are disadvantaged (``d_``) and the others (``o_``) apart."""
    has_sixth_form = schools["sixth_form_places"].to_numpy()[rows["school"]] > 0
    goes = np.tile(np.array(list(GOES.values())), (len(rows), 1))
    sixth, college = list(GOES).index("sixth_form"), list(GOES).index("college")
    goes[~has_sixth_form, college] += goes[~has_sixth_form, sixth] - WITHOUT_SIXTH_FORM
    goes[~has_sixth_form, sixth] = WITHOUT_SIXTH_FORM
    goes /= goes.sum(axis=1, keepdims=True)
    odds = MEASURED["not_sustained"].expected(rows) + 1.2 * _is(rows, *APART)
    share = rows["disadvantaged"] / rows["pupils"]
    columns: dict[str, Ints] = {}
    for mark, pupils, better in (
        ("d", rows["disadvantaged"], -(1 - share)),
        ("o", rows["pupils"] - rows["disadvantaged"], share),
    ):
        lost = np.asarray(expit(odds + GAP["not_sustained"] * better))
        rest = (1 - lost - UNKNOWN)[:, None] * goes
        chances = np.column_stack([rest, lost, np.full(len(rows), UNKNOWN)])
        drawn = rng.multinomial(pupils, chances / chances.sum(axis=1, keepdims=True))
        names = (*GOES, "not_sustained", "unknown")
        columns |= {f"{mark}_{name}": drawn[:, at] for at, name in enumerate(names)}
    return rows.assign(**columns)


def _is(rows: pd.DataFrame, *kinds: str) -> Bools:
    """Say which cohorts are at schools of some kinds."""
    return np.asarray(rows["kind"].isin(kinds), bool)


def _counts(rows: pd.DataFrame, name: str, rng: np.random.Generator) -> dict[str, Ints]:
    """Draw how many reach something: of all, and of those who are disadvantaged."""
    odds = MEASURED[name].expected(rows)
    odds = odds + SELECTED["share"] * _is(rows, "grammar") + APART_SHARE * _is(rows, *APART)
    share = rows["disadvantaged"] / rows["pupils"]
    poor = rng.binomial(rows["disadvantaged"], expit(odds - GAP["share"] * (1 - share)))
    others = rows["pupils"] - rows["disadvantaged"]
    rich = rng.binomial(others, expit(odds + GAP["share"] * share))
    return {"": poor + rich, "_disadvantaged": poor}
