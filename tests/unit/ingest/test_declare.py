import pandas as pd
import pytest

from ingest.schema import TABLES
from ingest.schema.declare import Field, Table

URN = Field(name="urn", kind="whole", at_least=1, says="a number")
PHASE = Field(name="phase", kind="text", says="a phase", one_of=("primary", "secondary"))
PCT = Field(name="fsm_pct", kind="number", at_least=0, at_most=100, says="a share")
SCHOOL = Table(
    name="school", grain="one row per school", key=(URN,), fields=(PHASE, PCT), required=(PHASE,)
)


def broken(**columns):
    return SCHOOL.broken_rules(SCHOOL.typed(pd.DataFrame(columns)))


def test_rows_that_keep_the_declaration_break_no_rule():
    assert broken(urn=[1, 2], phase=["primary", "secondary"], fsm_pct=[0, None]) == []


def test_a_key_that_comes_twice_breaks_the_grain():
    assert broken(urn=[1, 1], phase=["primary"] * 2, fsm_pct=[1, 1]) == [
        "not one row per school (urn 1)"
    ]


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"urn": [1], "phase": [None], "fsm_pct": [1]}, "phase is missing (urn 1)"),
        ({"urn": [0], "phase": ["primary"], "fsm_pct": [1]}, "urn below 1 (urn 0)"),
        ({"urn": [1], "phase": ["primary"], "fsm_pct": [101]}, "fsm_pct above 100 (urn 1)"),
        (
            {"urn": [1], "phase": ["tertiary"], "fsm_pct": [1]},
            "phase has ['tertiary'], not one of ['primary', 'secondary'] (urn 1)",
        ),
    ],
)
def test_each_broken_rule_is_named(columns, rule):
    assert broken(**columns) == [rule]


def test_the_first_three_rows_that_break_a_rule_are_named():
    assert broken(
        urn=[7, 8, 9, 10, 11], phase=["primary"] * 5, fsm_pct=[101, 5, 102, 103, 104]
    ) == ["fsm_pct above 100 (urn 7, 9, 10, …)"]


def test_a_row_of_several_keys_is_named_by_all_of_them():
    table = Table(name="link", grain="one row per link", key=(URN, PHASE), fields=(PCT,))
    frame = pd.DataFrame({"urn": [1, 2], "phase": ["primary", "secondary"], "fsm_pct": [1, 101]})
    assert table.broken_rules(table.typed(frame)) == ["fsm_pct above 100 (urn/phase 2/secondary)"]


def test_a_number_without_end_breaks_the_rules():
    assert broken(urn=[1], phase=["primary"], fsm_pct=[-float("inf")]) == [
        "fsm_pct below 0 (urn 1)",
        "fsm_pct is not finite (urn 1)",
    ]


@pytest.mark.parametrize("kind", ["Float64", "float64", "object"])
@pytest.mark.parametrize("odd", [188.5, float("inf")])
def test_a_fraction_is_never_cut_to_a_whole_number(kind, odd):
    urn = pd.Series([1, odd]).astype(kind)
    with pytest.raises(ValueError, match=rf"school\.urn .*{odd}"):
        SCHOOL.typed(pd.DataFrame({"urn": urn, "phase": ["primary"] * 2, "fsm_pct": [1, 1]}))


def test_columns_that_are_not_declared_are_named():
    frame = pd.DataFrame({"urn": [1], "phase": ["primary"], "fsm_pct": [1], "head_teacher": ["X"]})
    assert SCHOOL.broken_rules(frame) == ["columns differ: ['head_teacher']"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_says_its_grain_and_every_column_what_it_is(table):
    assert table.grain.startswith("one row")
    assert [field.name for field in table.columns if not field.says] == []
    assert len(table.names) == len(set(table.names))


def test_a_field_of_one_name_means_the_same_in_every_table():
    kinds: dict[str, set[str]] = {}
    for table in TABLES:
        for field in table.columns:
            kinds.setdefault(field.name, set()).add(field.kind)
    assert {name: kind for name, kind in kinds.items() if len(kind) > 1} == {}
