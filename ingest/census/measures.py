"""What the school census by school tells, and which columns hold it."""

from typing import Final

from ingest.measures import Measure
from ingest.performance.figures import KINDS, Figure, maker, measures_of, of_kind

ID: Final = "school_census"
_measure = maker(ID, "Pupils")


def _count(measure: str, title: str, says: str) -> Measure:
    return _measure(measure, title, says, unit="pupils")


def _share(measure: str, title: str, says: str, method: str = "As published.") -> Measure:
    return _measure(measure, title, says, decimals=1, method=method)


PUPILS: Final = _count(
    "census_pupils", "Pupils", "Pupils on roll on census day in January, full time or part time."
)
GIRLS_PCT: Final = _share("census_girls_pct", "Girls", "Girls among the pupils.")
_EHCP: Final = "Pupils with an education, health and care plan."
_SUPPORT: Final = "Pupils whom the school supports for special educational needs, without a plan."
_EAL: Final = "Pupils whose first language is known or believed to be other than English."
_FSM: Final = "Pupils known to be eligible for free school meals on census day."
_FSM6: Final = "Pupils who were eligible for free school meals at any time in the last six years."
EHCP: Final = _count("census_ehcp", "Pupils with an EHC plan", _EHCP)
EHCP_PCT: Final = _share("census_ehcp_pct", "With an EHC plan", _EHCP)
SUPPORT: Final = _count("census_sen_support", "Pupils with SEN support", _SUPPORT)
SUPPORT_PCT: Final = _share("census_sen_support_pct", "With SEN support", _SUPPORT)
EAL: Final = _count("census_eal", "Pupils with English as an additional language", _EAL)
EAL_PCT: Final = _share("census_eal_pct", "English as an additional language", _EAL)
FSM: Final = _count("census_fsm", "Pupils eligible for free school meals", _FSM)
FSM_PCT: Final = _share(
    "census_fsm_pct",
    "Eligible for free school meals",
    _FSM,
    method="Pupils eligible, divided by all pupils on roll; as published where it is.",
)
FSM6: Final = _count("census_fsm6", "Pupils eligible for free school meals in six years", _FSM6)
FSM6_PCT: Final = _share("census_fsm6_pct", "Free school meals in the last six years", _FSM6)
STAGES: Final = {
    stage: _count(f"census_{stage}_pupils", f"Pupils in {words}", f"Pupils on roll in {words}.")
    for stage, words in (
        ("nursery", "nursery"),
        ("reception", "reception"),
        ("ks1", "years 1 and 2"),
        ("ks2", "years 3 to 6"),
        ("ks3", "years 7 to 9"),
        ("ks4", "years 10 and 11"),
        ("ks5", "years 12 to 14"),
    )
}

WORKED_OUT: Final = "FSM_PCT"
"""A column that is not in the tables: ``NUMFSM`` as a share of ``NOR``."""

FIGURES: Final = (
    Figure(measure=PUPILS, value="NOR"),
    Figure(measure=GIRLS_PCT, value="PNORG", cohort="NOR"),
    Figure(measure=EHCP, value="TSENELSE"),
    Figure(measure=EHCP_PCT, value="PSENELSE", cohort="NOR"),
    Figure(measure=SUPPORT, value="TSENELK"),
    Figure(measure=SUPPORT_PCT, value="PSENELK", cohort="NOR"),
    Figure(measure=EAL, value="NUMEAL"),
    Figure(measure=EAL_PCT, value="PNUMEAL", cohort="NOR"),
    Figure(measure=FSM, value="NUMFSM"),
    Figure(measure=FSM_PCT, value=WORKED_OUT, cohort="NOR"),
    Figure(measure=FSM6, value="NUMFSMEVER"),
    Figure(measure=FSM6_PCT, value="PNUMFSMEVER"),
)
ENGLANDS: Final = {
    code: tuple(of_kind(figure, kind) for figure in FIGURES) for code, kind in KINDS.items()
}
MEASURES: Final = (
    *measures_of(FIGURES),
    *STAGES.values(),
    *measures_of(figure for figures in ENGLANDS.values() for figure in figures),
)
