"""Readers of series, asked to read a file as a build of some authorities would."""

import shapely

from config.authority import authorities
from ingest.issues import IssueLog
from ingest.source import Cut, Reading

NOWHERE = shapely.box(0, 0, 1, 1)


def reading_of(*la_codes_dfe, release="2025", urns=(), districts=(), before=None, register=None):
    """Return what a reader is told in a build of these authorities, all where none is named.

    Args:
        before: rows of tables that earlier steps would have written, by table name.
    """
    known = authorities() if register is None else register
    own = la_codes_dfe or tuple(each.la_code_dfe for each in known)
    cut = Cut(
        frozenset(own),
        frozenset(districts),
        NOWHERE,
        urns=frozenset(urns),
        la_codes={each.la_code_dfe: each.la_code for each in known},
    )
    earlier = before or {}
    return Reading(
        cut, release, IssueLog(), tuple(known), rows_of=lambda table: earlier[table.name]
    )


def rows_of(source, path, reading):
    """Read a file, and hold what comes out to the declarations of the tables it is for."""
    found = source.read_rows(path, reading)
    assert set(found) <= set(source.tables)
    out = {}
    for table, frame in found.items():
        typed = table.typed(frame.assign(receipt="made for a test"))
        assert table.broken_rules(typed) == []
        if "measure" in table.names:
            assert set(typed["measure"]) <= {measure.id for measure in source.measures}
        out[table.name] = typed
    return out
