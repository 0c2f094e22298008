"""Postcodes of the region and its border, each in its small area and ward."""

from ingest.errors import CheckFailed, CoverageFailed
from ingest.pipeline.places import placed
from ingest.pipeline.steps.streets import coverage_of, has_streets
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AREA
from ingest.schema.places import POSTCODE
from ingest.sources import code_point_open


def run(work: Work) -> None:
    """Write the ``postcode`` table."""
    rows = work.load(code_point_open.SOURCE, work.cut())
    work.progress(0.6, "placing postcodes")
    rows = placed(work, rows, coverage_of(work))
    own = ~rows["is_outside"]
    if not own.any():
        raise CheckFailed(
            f"no postcode lies in {work.region.title}",
            hint="the postcode file is empty, or of another country.",
        )
    if has_streets(work) and not rows.loc[own, "is_covered"].any():
        raise CoverageFailed(
            f"the street extract covers no postcode of {work.region.title}",
            hint="it is another county's: see [streets] in the region file.",
        )
    authority = work.read("boundaries", AREA).set_index("area_code")["parent_code"]
    work.write(
        POSTCODE,
        rows.assign(
            postcode_key=rows["postcode"].str.replace(" ", ""),
            la_code=rows["lsoa21"].map(authority),
        ),
    )


STEP = Step(
    id="postcodes",
    title="Postcodes",
    run=run,
    sources=(code_point_open.ID,),
    needs=("boundaries", "streets"),
)
