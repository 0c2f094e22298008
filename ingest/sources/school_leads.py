"""An authority's own list of which school leads to which, such as an infant to a junior school."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import networkx as nx
import pandas as pd

from ingest.own.admissions import PAGE
from ingest.own.cells import Fault, faulty, read_own
from ingest.own.declare import Column, Template
from ingest.own.schools import of_known_schools
from ingest.own.source import own_source
from ingest.schema.provision import SCHOOL_LEAD
from ingest.schema.schools import SCHOOL
from ingest.source import Reading, Rows

ID: Final = "school_leads"
BASES: Final = {
    **dict.fromkeys(("admission", "priority", "oversubscription criterion"), "admission"),
    **dict.fromkeys(("agreed", "partnership", "federation", "cluster", "pyramid"), "agreed"),
    **dict.fromkeys(("usual", "most go there"), "usual"),
}
TO: Final = "leads_to_urn"

TEMPLATE: Final = Template(
    id=ID,
    title="Which school leads to which",
    says=(
        "Schools whose children go on to another one: an infant school and its junior school, a "
        "feeder and its secondary school, a middle and its upper school. Families weigh it, and "
        "criteria of admission that name a linked school are taken at their word."
    ),
    columns=(
        Column(
            name="urn",
            says="Number in the register of the school that the children leave.",
            kind="urn",
            required=True,
            also=("from urn", "feeder urn", "feeder"),
            example="100000",
        ),
        Column(
            name=TO,
            says="Number in the register of the school that they go on to.",
            kind="urn",
            required=True,
            also=("to urn", "linked urn", "receiving urn"),
            example="100001",
        ),
        Column(
            name="since",
            says="The school year of entry from which it holds.",
            kind="school_year",
            blank="for as long as is known",
            also=("from year", "year of entry"),
            example="2024/25",
        ),
        Column(
            name="basis",
            says=(
                "What it rests on: admission, where the school led to takes the children first; "
                "agreed, where the schools work together; usual, where most children go on there."
            ),
            kind="choice",
            choices=BASES,
            blank="not stated, and taken as one that counts in admission",
            example="admission",
        ),
        PAGE,
    ),
    key=("urn", TO),
    may_be_empty=True,
    notes=(
        "A row for each pair; a school may lead to several, and several may lead to one.",
        "A school that became another one under a new number is no such pair: the register links "
        "these by itself.",
    ),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one list of schools that lead to others.

    Raises:
        CheckFailed: a school leads to itself, to one whose pupils are no older, or round in a
            circle back to itself; or no row is of known schools.
    """
    rows = read_own(path, TEMPLATE, reading.issues)
    faults = [*_to_themselves(rows), *_too_young(rows, reading.rows_of(SCHOOL)), *_circles(rows)]
    if faults:
        raise faulty(ID, path.name, faults)
    if len(rows):
        rows = of_known_schools(rows, reading, source=ID, file=path.name)
        led_to = rows.assign(urn=rows[TO])
        rows = rows.loc[of_known_schools(led_to, reading, source=ID, file=path.name).index]
    return {
        SCHOOL_LEAD: pd.DataFrame(
            {
                "source_id": ID,
                "urn": rows["urn"],
                TO: rows[TO],
                "since": rows["since"],
                "basis": rows["basis"],
                "source_page": rows["source_page"],
            }
        )
    }


def _to_themselves(rows: pd.DataFrame) -> Iterator[Fault]:
    for row in rows.index[rows["urn"] == rows[TO]]:
        yield Fault(row, TO, "the school leads to itself")


def _too_young(rows: pd.DataFrame, schools: pd.DataFrame) -> Iterator[Fault]:
    """Find schools that nobody can go on to, as the register has the ages that they teach."""
    known = schools.drop_duplicates("urn").set_index("urn")
    ages = known[["age_low", "age_high"]].astype("Float64")
    from_age = rows["urn"].map(ages["age_high"])
    low, high = rows[TO].map(ages["age_low"]), rows[TO].map(ages["age_high"])
    is_odd = ((from_age < low) | (from_age >= high)).fillna(value=False)
    is_odd &= rows["urn"] != rows[TO]
    lists = (each[is_odd].tolist() for each in (rows["urn"], rows[TO], from_age, low, high))
    for row, urn, to, ends, begins, until in zip(rows.index[is_odd], *lists, strict=True):
        yield Fault(
            row,
            TO,
            f"URN {urn} ends at age {ends:.0f} and URN {to} teaches from {begins:.0f} to "
            f"{until:.0f}: nobody goes on from one to the other",
        )


def _circles(rows: pd.DataFrame) -> Iterator[Fault]:
    """Find schools that lead to others and from there back to themselves."""
    apart = rows[rows["urn"] != rows[TO]]
    graph = nx.DiGraph(zip(apart["urn"], apart[TO], strict=True))
    circle_of = {
        urn: sorted(schools)
        for schools in nx.strongly_connected_components(graph)
        if len(schools) > 1
        for urn in schools
    }
    for row, urn, to in apart[["urn", TO]].itertuples():
        if to in circle_of.get(urn, ()):
            named = ", ".join(map(str, circle_of[urn]))
            yield Fault(row, TO, f"schools lead round in a circle: URN {named}")


SOURCE: Final = own_source(
    TEMPLATE,
    read_rows,
    (SCHOOL_LEAD,),
    caveats=(
        "No publisher has such a list for England: where an authority gives none, habit is not "
        "weighed.",
    ),
)
