"""A column that a publisher renames stops its series; the message names the old and the new."""

import pytest

from ingest.errors import SourceChanged
from ingest.sources import absence, destinations, ks2, ks4, school_census
from tests.support.published import read

FILES = [
    (school_census, "2018-2019/england_census.csv", "NOR"),
    (ks2, "2018-2019/850_ks2final.csv", "PTRWM_EXP"),
    (ks2, "2017-2018/936_ks2final.csv", "READPROG_LOWER"),
    (ks2, "2016-2017/936_ks2final.csv", "TELIG"),
    (ks2, "2018-2019/england_ks2final_progress_columns.csv", "MATPROG"),
    (ks4, "2018-2019/936_ks4final.csv", "ATT8SCR"),
    (ks4, "2017-2018/850_ks4final.csv", "P8CIUPP"),
    (ks4, "2016-2017/850_ks4final.csv", "PTL2BASICS_95"),
    (ks4, "2018-2019/england_ks4provisional.csv", "EBACCAPS"),
    (destinations, "2018-2019/england_ks4-pupdest.csv", "OVERALL_DESTPER_DIS"),
    (destinations, "2018-2019/england_ks4-pupdest.csv", "COHORT_17"),
    (absence, "2018-2019/england_abs.csv", "PERCTOT"),
]


@pytest.mark.parametrize(("module", "file", "column"), FILES, ids=[file for _, file, _ in FILES])
def test_a_renamed_column_is_named_with_its_new_name(publishers, tmp_path, module, file, column):
    path = publishers / "performance_tables" / file
    header, rest = path.read_bytes().split(b"\n", 1)
    end = header[len(header.rstrip(b"\r")) :]
    names = header.rstrip(b"\r").decode().split(",")
    renamed = f"{column}_NEW"
    names[names.index(column)] = renamed
    copy = tmp_path / path.name
    copy.write_bytes(",".join(names).encode() + end + b"\n" + rest)
    year = f"{file[:4]}/{file[7:9]}"
    with pytest.raises(SourceChanged) as stopped:
        read(module, copy, year)
    message = str(stopped.value)
    assert f"no column {column}" in message
    assert renamed in message
    assert stopped.value.missing == (column,)
    assert renamed in stopped.value.added
