"""Schools of the region and its border, where they are, and what came before and after them."""

import numpy as np
import pandas as pd

from config.terms import Status
from config.words import search_key
from ingest import inspections
from ingest.errors import CheckFailed
from ingest.pipeline.places import placed
from ingest.pipeline.steps.streets import coverage_of
from ingest.pipeline.work import Step, Work
from ingest.schema.places import POSTCODE
from ingest.schema.provision import INSPECTION
from ingest.schema.schools import SCHOOL, SCHOOL_LINK, SCHOOL_SUCCESSION
from ingest.sources import gias, gias_links
from ingest.succession import successions


def run(work: Work) -> None:
    """Write the tables of schools and their links, and the grades that the register repeats."""
    rows = work.load(gias.SOURCE, work.cut())
    for authority in work.region.authorities():
        if authority.la_code_dfe not in set(rows["la_code_dfe"]):
            raise CheckFailed(
                f"the register has no school of {authority.name} ({authority.la_code_dfe})",
                hint="the file is cut short, or the register gave the authority another code.",
            )
    work.progress(0.5, "placing schools")
    rows = _located(rows, work)
    rows = placed(work, rows, coverage_of(work))
    codes = {authority.la_code_dfe: authority.la_code for authority in work.region.register()}
    words = rows["name"].fillna("") + " " + rows["town"].fillna("")
    rows = rows.assign(la_code=rows["la_code_dfe"].map(codes), search_key=words.map(search_key))
    work.write(SCHOOL, rows)
    work.write(INSPECTION, inspections.of_register(rows))
    links = work.load(gias_links.SOURCE, work.cut())
    work.write(SCHOOL_LINK, links[links["urn"].isin(rows["urn"])])
    after = successions(links)
    work.write(SCHOOL_SUCCESSION, after[after["successor_urn"].isin(rows["urn"])])


def _located(rows: pd.DataFrame, work: Work) -> pd.DataFrame:
    """Give schools without a point of their own that of their postcode."""
    points = work.read("postcodes", POSTCODE).set_index("postcode")
    measured = rows["x"].notna()
    x = rows["x"].fillna(rows["postcode"].map(points["x"]))
    y = rows["y"].fillna(rows["postcode"].map(points["y"]))
    for row in rows.index[~measured]:
        found = "placed at its postcode" if pd.notna(x[row]) else "not on the map"
        work.issues.warn(
            "school has a point",
            f"URN {rows['urn'][row]:.0f}",
            f"{rows['name'][row]} has no usable point in the register; {found}",
        )
    status = np.select(
        [measured.to_numpy(bool), x.notna().to_numpy(bool)],
        [str(Status.MEASURED), str(Status.ESTIMATED)],
        str(Status.UNAVAILABLE),
    )
    return rows.assign(x=x, y=y, location_status=status)


STEP = Step(
    id="schools",
    title="Schools and their predecessors",
    run=run,
    sources=(gias.ID, gias_links.ID),
    needs=("boundaries", "streets", "postcodes"),
)
