"""The register of English education authorities."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from config.authority import ALIASES, REGISTER, authorities, find_authority, register_code
from config.errors import ConfigError
from config.region import load_region, region_ids

PUBLISHERS = Path(__file__).resolve().parents[4] / "shared" / "data" / "publishers"

needs_data = pytest.mark.skipif(
    not PUBLISHERS.is_dir(), reason="the publishers' files are not at ../shared/data/publishers"
)

# The extract publisher's own list of counties, from its page for England.
# fmt: off
COUNTIES = {
    "bedfordshire", "berkshire", "bristol", "buckinghamshire", "cambridgeshire", "cheshire",
    "cornwall", "cumbria", "derbyshire", "devon", "dorset", "durham", "east-sussex",
    "east-yorkshire-with-hull", "essex", "gloucestershire", "greater-london", "greater-manchester",
    "hampshire", "herefordshire", "hertfordshire", "isle-of-wight", "kent", "lancashire",
    "leicestershire", "lincolnshire", "merseyside", "norfolk", "north-yorkshire",
    "northamptonshire", "northumberland", "nottinghamshire", "oxfordshire", "rutland", "shropshire",
    "somerset", "south-yorkshire", "staffordshire", "suffolk", "surrey", "tyne-and-wear",
    "warwickshire", "west-midlands", "west-sussex", "west-yorkshire", "wiltshire", "worcestershire",
}
# fmt: on


def test_there_are_153_authorities_in_nine_regions():
    assert len(authorities()) == 153
    assert Counter(authority.region for authority in authorities()) == {
        "London": 33,
        "North West": 24,
        "South East": 19,
        "South West": 15,
        "Yorkshire and The Humber": 15,
        "West Midlands": 14,
        "North East": 12,
        "East of England": 11,
        "East Midlands": 10,
    }


def test_kinds_of_authority_add_up():
    kinds = Counter(authority.la_code[:3] for authority in authorities())
    assert kinds == {"E06": 63, "E08": 36, "E09": 33, "E10": 21}


def test_no_two_authorities_share_a_code_or_name():
    for field in ("la_code_dfe", "la_code", "name"):
        values = [getattr(authority, field) for authority in authorities()]
        assert len(set(values)) == len(values), field


def test_codes_are_well_formed_and_nothing_is_blank():
    for authority in authorities():
        assert re.fullmatch(r"[2-9]\d\d", authority.la_code_dfe), authority
        assert re.fullmatch(r"E(06|08|09|10)\d{6}", authority.la_code), authority
        assert authority.name == authority.name.strip() != "", authority


def test_the_file_is_in_the_order_of_the_departments_codes():
    with REGISTER.open(encoding="utf-8", newline="") as file:
        codes = [row["la_code_dfe"] for row in csv.DictReader(file)]
    assert codes == sorted(codes)


def test_authorities_are_given_by_name():
    names = [authority.name for authority in authorities()]
    assert names[0] == "Barking and Dagenham"
    assert names[-1] == "York"
    assert names == sorted(names, key=str.casefold)


def test_every_street_extract_is_one_that_is_published():
    named = {extract for authority in authorities() for extract in authority.street_extracts}
    assert named == COUNTIES


def test_only_stockton_lies_in_two_street_extracts():
    split = [each for each in authorities() if len(each.street_extracts) > 1]
    assert [each.name for each in split] == ["Stockton-on-Tees"]
    assert split[0].street_extracts == ("durham", "north-yorkshire")


@pytest.mark.parametrize(
    ("la_code_dfe", "la_code", "name", "region", "street_extract"),
    [
        ("201", "E09000001", "City of London", "London", "greater-london"),
        ("342", "E08000013", "St. Helens", "North West", "merseyside"),
        ("383", "E08000035", "Leeds", "Yorkshire and The Humber", "west-yorkshire"),
        ("390", "E08000037", "Gateshead", "North East", "tyne-and-wear"),
        ("420", "E06000053", "Isles of Scilly", "South West", "cornwall"),
        ("801", "E06000023", "Bristol, City of", "South West", "bristol"),
        ("811", "E06000011", "East Riding of Yorkshire", "Yorkshire and The Humber",
         "east-yorkshire-with-hull"),
        ("813", "E06000013", "North Lincolnshire", "Yorkshire and The Humber", "lincolnshire"),
        ("840", "E06000047", "County Durham", "North East", "durham"),
        ("857", "E06000017", "Rutland", "East Midlands", "rutland"),
        ("874", "E06000031", "Peterborough", "East of England", "cambridgeshire"),
        ("884", "E06000019", "Herefordshire, County of", "West Midlands", "herefordshire"),
        ("931", "E10000025", "Oxfordshire", "South East", "oxfordshire"),
        ("940", "E06000061", "North Northamptonshire", "East Midlands", "northamptonshire"),
        ("942", "E06000063", "Cumberland", "North West", "cumbria"),
    ],
)  # fmt: skip
def test_known_authorities_are_as_known(la_code_dfe, la_code, name, region, street_extract):
    authority = find_authority(name)
    assert authority.la_code_dfe == la_code_dfe
    assert authority.la_code == la_code
    assert authority.name == name
    assert authority.region == region
    assert authority.street_extract == street_extract


@pytest.mark.parametrize("gone", ["Cumbria", "909", "E10000006", "Northamptonshire", "928"])
def test_authorities_that_were_abolished_are_not_there(gone):
    with pytest.raises(ConfigError):
        find_authority(gone)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("857", "Rutland"),
        ("E06000017", "Rutland"),
        (" e06000017 ", "Rutland"),
        ("RUTLAND", "Rutland"),
        ("St Helens", "St. Helens"),
        ("isles of scilly", "Isles of Scilly"),
        ("Isles Of Scilly", "Isles of Scilly"),
        ("Bristol", "Bristol, City of"),
        ("Herefordshire", "Herefordshire, County of"),
        ("Herefordshire, County of", "Herefordshire, County of"),
        ("Brighton & Hove", "Brighton and Hove"),
        ("stockton on tees", "Stockton-on-Tees"),
    ],
)
def test_an_authority_is_found_by_name_or_either_code(text, name):
    assert find_authority(text).name == name


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Rutlnd", "did you mean Rutland"),
        ("Oxfordshir", "did you mean Oxfordshire"),
        ("Durham", "did you mean County Durham"),
        ("Hull", "did you mean Kingston upon Hull, City of"),
        ("Northamptonshire", "did you mean North Northamptonshire or West Northamptonshire"),
        ("Cumbria", "did you mean Cumberland?"),
        ("", "`atlas region list` names all."),
        ("qqq", "`atlas region list` names all."),
    ],
)
def test_a_near_miss_is_told_what_may_have_been_meant(text, hint):
    with pytest.raises(ConfigError) as raised:
        find_authority(text)
    assert raised.value.hint.startswith(hint)
    assert repr(text) in raised.value.message


def test_both_codes_of_barnsley_and_sheffield_find_them():
    for code, name in [
        ("E08000016", "Barnsley"),
        ("E08000038", "Barnsley"),
        ("E08000019", "Sheffield"),
        ("E08000039", "Sheffield"),
    ]:
        assert find_authority(code).name == name
        assert register_code(code) == find_authority(name).la_code


def test_an_alias_is_never_a_code_of_the_register():
    codes = {authority.la_code for authority in authorities()}
    assert set(ALIASES.values()) <= codes
    assert not set(ALIASES) & codes


def test_the_region_files_that_ship_agree_with_the_register():
    for region_id in region_ids():
        region = load_region(region_id)
        if region.made_up:
            continue
        published = {
            each for authority in region.authorities() for each in authority.street_extracts
        }
        assert published <= set(region.streets.extracts), region_id


@needs_data
def test_every_authority_with_schools_is_in_the_register():
    path = PUBLISHERS / "gias" / "edubasealldata20250524.csv"
    with path.open(encoding="cp1252", newline="") as file:
        published = {
            (row["LA (code)"], row["GSSLACode (name)"], row["LA (name)"].casefold())
            for row in csv.DictReader(file)
            if row["GSSLACode (name)"] and row["EstablishmentStatus (name)"].startswith("Open")
        }
    ours = {(each.la_code_dfe, each.la_code, each.name.casefold()) for each in authorities()}
    assert ours == published


@needs_data
def test_districts_of_the_boundary_files_belong_to_authorities_of_the_register():
    with (PUBLISHERS / "ons" / "lookup_ltla23_utla23.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        upper = {row["utla23_code"] for row in csv.DictReader(file)}
    english = {code for code in upper if code.startswith("E")}
    assert english == {authority.la_code for authority in authorities()}


@needs_data
def test_only_the_aliases_differ_from_the_active_codes_of_ons():
    with (PUBLISHERS / "ons" / "la_all_codes.csv").open(encoding="utf-8-sig", newline="") as file:
        active = {
            (row["UTLACD"], row["RGNNM"])
            for row in csv.DictReader(file)
            if row["Current"] == "TRUE" and row["UTLACD"].startswith("E")
        }
    ours = {(authority.la_code, authority.region) for authority in authorities()}
    assert {(register_code(code), region) for code, region in active} == ours
    assert {code for code, _ in active} - {code for code, _ in ours} == set(ALIASES)
