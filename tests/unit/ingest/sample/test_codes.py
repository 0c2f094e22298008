import csv
import zipfile
from pathlib import Path

import pandas as pd

from config.authority import REGISTER, authorities
from config.terms import postcode
from ingest.sample import codes
from ingest.sample.names.lists import words

COUNTIES = 280
ROWS = 20
"""The largest sample, and a bound of its rows of counties."""

ROYAL_MAIL = set(
    words("""
    AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL
    DN DT DY E EC EH EN EX FK FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW
    KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR QC RG RH
    RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN
    WR WS WV XX YO ZE ZZ
    """)
)
WALES_AND_ELSEWHERE = {*range(660, 682), *range(701, 709), 420, 909}


def test_every_authority_of_the_largest_sample_has_digits_of_its_own():
    given = [codes.la_code_dfe(number) for number in range(2 * COUNTIES + ROWS)]
    assert len(set(given)) == len(given)
    assert all(len(digits) == 3 and digits.isdigit() for digits in given)


def test_no_authority_has_digits_that_a_real_one_has():
    real = {authority.la_code_dfe for authority in authorities()}
    given = set(codes.CODES_DFE)
    assert not given & real
    assert not given & {str(digits) for digits in WALES_AND_ELSEWHERE}
    assert not {digits for digits in given if digits >= "800"}


def test_gss_codes_are_well_formed_distinct_and_far_from_those_in_use():
    with REGISTER.open(encoding="utf-8", newline="") as file:
        highest = max(int(row["la_code"][3:]) for row in csv.DictReader(file))
    given = [codes.la_code("city", 2 * n) for n in range(COUNTIES)]
    given += [codes.la_code("shire", 2 * n + 1) for n in range(COUNTIES)]
    given += [codes.district_code("shire", 2 * n + 1, k) for n in range(COUNTIES) for k in (0, 1)]
    given += [codes.ward_code(n, k) for n in range(COUNTIES) for k in range(64)]
    given += [codes.lsoa_code(n, k) for n in range(COUNTIES) for k in range(256)]
    assert len(set(given)) == len(given)
    assert all(len(code) == 9 and int(code[3:]) > highest + 500_000 for code in given)


def test_a_city_is_its_own_district():
    assert codes.district_code("city", 4, 0) == codes.la_code("city", 4)
    assert codes.district_of(codes.district_code("city", 4, 0), 4) == 0


def test_a_district_is_told_by_its_code():
    assert [codes.district_of(codes.district_code("shire", 7, k), 7) for k in (0, 1)] == [0, 1]


def test_urns_of_the_largest_sample_have_six_digits():
    assert codes.urn(COUNTIES - 1, 199) <= 999_999
    assert codes.urn(1, 0) == codes.urn(0, 199) + 1


def test_postcode_areas_follow_royal_mails_rules_and_are_none_of_its_own():
    for letters in codes.POSTCODE_AREAS:
        assert letters not in ROYAL_MAIL
        assert letters[0] not in "QVX"
        assert letters[1] not in "IJZ"
        assert postcode(f"{letters}12 3AB") == f"{letters}12 3AB"


def test_every_county_has_postcode_districts_of_its_own():
    given = [
        (letters, first + k)
        for letters, first in map(codes.postcode_area, range(COUNTIES))
        for k in range(12)
    ]
    assert len(set(given)) == len(given)
    assert max(district for _, district in given) <= 99


def test_no_code_is_in_the_publishers_files(publishers: Path):
    register = pd.read_csv(
        publishers / "gias" / "edubasealldata20250524.csv",
        encoding="cp1252",
        dtype=str,
        usecols=["URN", "LA (code)"],
    )
    assert not set(codes.CODES_DFE) & set(register["LA (code)"])
    assert register["URN"].astype(int).max() < codes.urn(0, 0)
    with zipfile.ZipFile(publishers / "os" / "codepo_gb.zip") as archive:
        areas = {Path(name).stem.upper() for name in archive.namelist() if "CSV/" in name}
    assert not areas & set(codes.POSTCODE_AREAS)
