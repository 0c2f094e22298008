"""From the street extract to a walking network."""

import geopandas as gpd
import shapely

from config.terms import BRITISH_GRID, WGS84
from ingest.fetch import date_in
from ingest.layout import WALK
from ingest.pipeline.work import Step, Work
from ingest.sources import streets as source
from travel import Network, NetworkReport, build_network, read_extract, warm

DATE_FILE = "date.txt"


def run(work: Work) -> None:
    """Write the walking network as memory-mapped arrays, and what was left out of it."""
    paths = work.files[source.ID]
    extract = read_extract(*paths)
    work.progress(0.5, "joining streets")
    network, report = build_network(extract, mode=WALK)
    network.save(work.out / WALK)
    work.progress(0.8, "compiling the search")
    warm()
    named = max(filter(None, (date_in(path.name) for path in paths)), default=None)
    date = extract.date.date() if extract.date else named
    (work.out / DATE_FILE).write_text(date.isoformat() if date else "", encoding="ascii")
    _log(work, report)
    work.rows = report.edges


def network_of(work: Work) -> Network:
    """Return the walking network that this step made."""
    return Network.load(work.before["streets"] / WALK)


def coverage_degrees(network: Network) -> bytes:
    """Return the network's coverage as WKB in EPSG:4326."""
    outline = gpd.GeoSeries([network.coverage], crs=BRITISH_GRID).to_crs(WGS84)
    wkb: bytes = shapely.to_wkb(shapely.set_precision(outline.iloc[0], 1e-5))
    return wkb


def _log(work: Work, report: NetworkReport) -> None:
    for reason, left in report.left_out.items():
        work.issues.note(
            "way open to walkers", reason, f"{left.ways:,} ways, {left.metres / 1000:,.0f} km"
        )
    if report.components > 1:
        work.issues.note(
            "streets hang together",
            f"{report.components - 1:,} islands",
            f"{report.components_metres / 1000:,.1f} km that the rest does not lead to; left out",
        )
    if report.ways_cut:
        work.issues.note(
            "extract is whole",
            f"{report.ways_cut:,} ways",
            "run out of the extract; their outer part is missing",
        )
    for rule, subject, says in report.odd:
        work.issues.warn(rule, subject, says)


STEP = Step(
    id="streets",
    title="Walking network from the street extract",
    run=run,
    sources=(source.ID,),
)
