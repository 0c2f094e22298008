"""From the street extract to a network for every mode."""

from functools import partial
from pathlib import Path

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from config.region import Region
from config.terms import BRITISH_GRID, WGS84
from ingest.fetch import date_in
from ingest.layout import NETWORKS
from ingest.pipeline.work import Step, Work
from ingest.sources import streets as source
from travel import (
    MODES,
    Extract,
    ExtractError,
    Heights,
    Mode,
    Network,
    NetworkReport,
    each_network,
    read_extract,
    read_heights,
    warm,
)
from travel.rules.modes import RULES

DATE_FILE = "date.txt"


def run(work: Work) -> None:
    """Write the networks as memory-mapped arrays, and what was left out of each.

    A region that may lack its extracts and has none is built without networks.
    """
    paths = work.files[source.ID]
    if not paths:
        work.issues.warn(
            "streets are loaded",
            work.region.title,
            "no street extract could be had; built without travel times",
        )
        (work.out / DATE_FILE).touch()
        return
    extract = read_extract(*paths)
    heights = _heights(work, extract)
    work.progress(0.5, "joining streets")
    for network, report in each_network(extract, heights=heights, closed=partial(_closed, work)):
        network.save(work.out / NETWORKS / network.mode)
        _log(work, network.mode, report)
        work.rows += report.edges
    work.progress(0.8, "compiling the search")
    warm()
    named = max(filter(None, (date_in(path.name) for path in paths)), default=None)
    date = extract.date.date() if extract.date else named
    (work.out / DATE_FILE).write_text(date.isoformat() if date else "", encoding="ascii")


def network_of(work: Work, mode: Mode = "walk") -> Network:
    """Return the network of a mode that this step made."""
    return Network.load(work.before["streets"] / NETWORKS / mode)


def has_streets(work: Work) -> bool:
    """Say whether there is a network to travel on."""
    return bool(modes_of(work))


def coverage_of(work: Work) -> BaseGeometry:
    """Return where travel times can be given, EPSG:27700; empty where there are no streets."""
    return network_of(work).coverage if has_streets(work) else shapely.MultiPolygon()


def modes_of(work: Work) -> tuple[Mode, ...]:
    """Return the modes that have a network, in reading order; nobody can go by the others."""
    folder = work.before["streets"] / NETWORKS
    return tuple(mode for mode in MODES if (folder / mode).is_dir())


def coverage_degrees(network: Network) -> bytes:
    """Return the network's coverage as WKB in EPSG:4326."""
    outline = gpd.GeoSeries([network.coverage], crs=BRITISH_GRID).to_crs(WGS84)
    wkb: bytes = shapely.to_wkb(shapely.set_precision(outline.iloc[0], 1e-5))
    return wkb


def _heights(work: Work, extract: Extract) -> Heights | None:
    work.progress(0.4, "reading heights")
    heights = heights_of(work.region, extract)
    for rule, subject, says in heights.odd if heights else ():
        work.issues.warn(rule, subject, says)
    return heights


def heights_of(region: Region, extract: Extract) -> Heights | None:
    """Read the heights that a region's file names; nothing where it names none."""
    elevation = region.elevation
    if elevation is None:
        return None
    return read_heights(
        extract,
        rasters=tuple(map(Path, elevation.rasters)),
        node_file=Path(elevation.node_file) if elevation.node_file else None,
        node_column=elevation.node_column,
        height_column=elevation.height_column,
    )


def _closed(work: Work, mode: Mode, error: ExtractError) -> None:
    """Go without a mode that no way is open to; without walking there is nothing to build."""
    if mode == "walk":
        raise error
    work.issues.warn(
        f"streets are open: {mode}", RULES[mode].people, f"{error.message}; built without it"
    )


def _log(work: Work, mode: Mode, report: NetworkReport) -> None:
    for reason, left in report.left_out.items():
        work.issues.note(
            f"way open to {RULES[mode].people}",
            reason,
            f"{left.ways:,} ways, {left.metres / 1000:,.0f} km",
        )
    if report.components > 1:
        work.issues.note(
            f"streets hang together: {mode}",
            f"{report.components - 1:,} islands",
            f"{report.components_metres / 1000:,.1f} km that the rest does not lead to; left out",
        )
    if report.ways_cut:
        work.issues.note(
            f"extract is whole: {mode}",
            f"{report.ways_cut:,} ways",
            "run out of the extract; their outer part is missing",
        )
    if report.walk:
        walk = report.walk
        work.issues.note(
            "pavements and lights are mapped",
            f"{walk.road_m / 1000:,.0f} km of road",
            f"pavement mapped along {walk.pavement_mapped_share:.0%}, lighting along "
            f"{walk.lit_mapped_share:.0%}; {walk.safe_share:.0%} of what people may walk along "
            "counts as safe",
        )
    for rule, subject, says in (*report.odd, *report.traps):
        work.issues.warn(f"{rule}: {mode}", subject, says)


STEP = Step(
    id="streets",
    title="Networks from the street extract",
    run=run,
    sources=(source.ID,),
    own_files=lambda region: region.elevation.files if region.elevation else (),
)
