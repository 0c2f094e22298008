import pandas as pd
import pytest

from ingest.succession import successions


def links(*rows: tuple[int, int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["urn", "linked_urn", "direction"])


def found(frame: pd.DataFrame) -> list[tuple[int, int, int]]:
    return list(successions(frame).itertuples(index=False, name=None))


def test_a_converted_school_leads_to_its_academy() -> None:
    assert found(links((1, 2, "successor"))) == [(1, 2, 1)]


def test_a_link_counts_whichever_of_the_two_names_it() -> None:
    assert found(links((2, 1, "predecessor"), (1, 2, "successor"))) == [(1, 2, 1)]


def test_a_chain_is_followed_to_its_end() -> None:
    chain = links((1, 2, "successor"), (2, 3, "successor"), (4, 3, "successor"))
    assert found(chain) == [(1, 3, 2), (2, 3, 1), (4, 3, 1)]


def test_a_split_school_has_several_successors() -> None:
    assert found(links((1, 2, "successor"), (1, 3, "successor"))) == [(1, 2, 1), (1, 3, 1)]


def test_a_sixth_form_link_is_no_succession() -> None:
    assert found(links((1, 2, "other"))) == []


@pytest.mark.parametrize(
    "circle", [((1, 1, "successor"),), ((1, 2, "successor"), (2, 1, "successor"))]
)
def test_a_circle_ends_nowhere(circle: tuple[tuple[int, int, str], ...]) -> None:
    assert found(links(*circle)) == []
