"""Names and postcodes are found as people type them."""

from hypothesis import given
from hypothesis import strategies as st

from api.finder import Entry, Finder, nearest_postcodes, postcode_query
from config.terms import postcode


def _entry(label: str, *, weight: int = 3, kind: str = "school", also: str = "") -> Entry:
    return Entry(kind, label, label, "", None, None, weight, also)


def _found(names: list[str], typed: str) -> list[str]:
    return [entry.label for entry in Finder(map(_entry, names)).find(typed, most=9)]


def test_words_may_be_begun_and_stand_in_any_order() -> None:
    names = ["Hill Primary School", "Hill Farm Nursery", "Dale Primary School"]
    assert _found(names, "pri hil") == ["Hill Primary School"]


def test_the_name_itself_comes_before_names_that_begin_with_it() -> None:
    names = ["Oakham Church Academy", "Oakham", "North Oakham"]
    assert _found(names, "oakham") == ["Oakham", "Oakham Church Academy", "North Oakham"]


def test_weight_decides_between_names_that_match_alike() -> None:
    finder = Finder([_entry("Hill A", weight=8), _entry("Hill B", weight=1)])
    assert [entry.label for entry in finder.find("hill", most=2)] == ["Hill B", "Hill A"]


def test_saint_and_street_are_both_found_by_st() -> None:
    names = ["Saint Ann's", "St Ann's", "Ann Street"]
    assert set(_found(names, "st ann")) == set(names)
    assert set(_found(names, "saint ann")) == {"Saint Ann's", "St Ann's"}
    assert _found(names, "ann street") == ["Ann Street"]


def test_ampersand_and_and_are_the_same_and_may_be_left_out() -> None:
    names = ["Hope & Glory School", "Hope School"]
    for typed in ("hope and glory", "hope & glory", "hope glory"):
        assert _found(names, typed) == ["Hope & Glory School"]


def test_a_name_is_found_with_accents_or_without() -> None:
    assert _found(["Y Tŷ Gwyn"], "ty gwyn") == ["Y Tŷ Gwyn"]
    assert _found(["Ecole"], "école") == ["Ecole"]


def test_a_mistyped_word_is_mended_only_where_nothing_fits() -> None:
    names = ["Catmose College", "Catmoss Lane"]
    assert _found(names, "catmose") == ["Catmose College"]
    assert _found(names, "catmoze colege") == ["Catmose College"]
    assert _found(names, "zebra") == []
    place = _entry("Headingley", kind="place")
    assert Finder([place]).find("headingly", most=1) == [place]


def test_the_exact_name_is_found_among_thousands_that_begin_alike() -> None:
    names = [f"A{number:04}" for number in range(3000)]
    finder = Finder([*(_entry(name, weight=0) for name in names), _entry("A", weight=9)])
    assert finder.find("a", most=1)[0].label == "A"


def test_the_streets_of_a_town_are_not_found_by_the_town_alone() -> None:
    streets = [_entry("High Street", kind="place", also="Oakham")]
    assert Finder(streets).find("oakham", most=1) == []
    assert Finder(streets).find("high oakham", most=1) == streets


def test_other_words_find_an_entry_too() -> None:
    assert Finder([_entry("Hill", also="120001 Oakham")]).find("1200 oak", most=1)


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_search(typed: str) -> None:
    finder = Finder([_entry("Hill Primary School"), _entry("St Mary's")])
    assert len(finder.find(typed, most=5)) <= 2


@given(st.text(max_size=60))
def test_a_whole_postcode_is_read_as_the_rest_of_the_atlas_reads_it(typed: str) -> None:
    query = postcode_query(typed)
    if postcode(typed):
        assert query is not None
        assert query.is_whole
    if query and query.is_whole:
        assert postcode(query.key)


def test_postcodes_are_ordered_by_letters_that_differ() -> None:
    known = ["LE15 6AA", "LE15 6HQ", "LE15 6QP", "LE15 6HP"]
    assert nearest_postcodes("LE15 6HR", known, most=3)[:2] == ["LE15 6HP", "LE15 6HQ"]
