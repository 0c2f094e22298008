"""Outlines: the region, its border, its authorities, wards and small areas."""

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from config.authority import register_code
from config.terms import BRITISH_GRID, WGS84, AreaKind
from ingest.errors import CheckFailed
from ingest.pipeline.work import Step, Work, write_cut, write_geometry
from ingest.schema.areas import AREA
from ingest.source import Cut
from ingest.sources import district24, district_lookup, lsoa21, lsoa21_lookup, ward25

BORDER_TOLERANCE_M = 25.0
LARGEST_SLIVER_M2 = 5_000.0
"""Holes up to this size between generalised outlines are closed."""
DEGREE_DECIMALS = 6


def run(work: Work) -> None:
    """Write the ``area`` table, the region's outline and the cut for the steps that follow."""
    above = _la_of_district(work)
    own = set(work.region.la_codes)
    districts = frozenset(district for district, la_code in above.items() if la_code in own)
    if missing := own - {above[district] for district in districts}:
        raise CheckFailed(f"the district look-up has no {', '.join(sorted(missing))}")
    lsoas = _lsoas(work, above)
    for authority in work.region.authorities():
        if authority.la_code not in set(lsoas["parent_code"]):
            raise CheckFailed(f"no small area belongs to {authority.name} ({authority.la_code})")
    region = _outline(lsoas[lsoas["district"].isin(list(districts))])
    border = _with_border(region, work.region.border_km)
    codes = frozenset(authority.la_code_dfe for authority in work.region.authorities())
    write_cut(Cut(codes, districts, border), work.out)
    write_geometry(work.out / "region.wkb", region)
    frames = [
        _authorities(work, lsoas, above, border),
        _near(_wards(work, above), own, border, AreaKind.WARD25),
        _near(lsoas, own, border, AreaKind.LSOA21),
    ]
    work.write(AREA, _rows(pd.concat(frames, ignore_index=True)))


def border_of(work: Work) -> BaseGeometry:
    """Outline the region with its border, EPSG:27700, before the step itself has run.

    Raises:
        CheckFailed: no small area belongs to the region.
    """
    above = _la_of_district(work)
    lsoas = _lsoas(work, above)
    own = lsoas[lsoas["parent_code"].isin(work.region.la_codes)]
    if own.empty:
        raise CheckFailed(f"no small area belongs to {', '.join(work.region.la_codes)}")
    return _with_border(_outline(own), work.region.border_km)


def _with_border(region: BaseGeometry, border_km: float) -> BaseGeometry:
    return region.buffer(border_km * 1000, quad_segs=4).simplify(BORDER_TOLERANCE_M)


def _la_of_district(work: Work) -> dict[str, str]:
    rows = work.load(district_lookup.SOURCE, _NO_CUT)
    return dict(zip(rows["district"], rows["la_code"], strict=True))


def _lsoas(work: Work, above: dict[str, str]) -> gpd.GeoDataFrame:
    outlines = work.load(lsoa21.SOURCE, _NO_CUT)
    lookup = work.load(lsoa21_lookup.SOURCE, _NO_CUT)
    joined = outlines.merge(lookup, on="area_code", how="left")
    unknown = joined["district"].isna()
    for code in joined.loc[unknown, "area_code"]:
        work.issues.warn("small area has a district", code, "not in the look-up; left out")
    work.issues.refuse_if_many(
        "small area has a district", found=int(unknown.sum()), of=len(joined), most_pct=1
    )
    joined = joined[~unknown]
    return _metres(joined.assign(parent_code=joined["district"].map(above)))


def _wards(work: Work, above: dict[str, str]) -> gpd.GeoDataFrame:
    wards = work.load(ward25.SOURCE, _NO_CUT)
    return _metres(wards.assign(parent_code=wards["district"].map(register_code).map(above)))


def _near(
    areas: gpd.GeoDataFrame, own: set[str], border: BaseGeometry, kind: AreaKind
) -> gpd.GeoDataFrame:
    """Keep the areas of the region and those that reach into its border."""
    inside = areas["parent_code"].isin(list(own))
    reach = areas.sindex.query(border, predicate="intersects")
    near = areas.index.isin(areas.index[reach])
    kept = areas[inside | near]
    return kept.assign(kind=str(kind), is_outside=~inside[kept.index])


def _authorities(
    work: Work, lsoas: gpd.GeoDataFrame, above: dict[str, str], border: BaseGeometry
) -> gpd.GeoDataFrame:
    own = [
        {
            "area_code": authority.la_code,
            "name": authority.name,
            "is_outside": False,
            "geometry": _outline(lsoas[lsoas["parent_code"] == authority.la_code]),
        }
        for authority in work.region.authorities()
    ]
    rows = pd.concat([pd.DataFrame(own), _neighbours(work, above, border)], ignore_index=True)
    rows = rows.assign(kind=str(AreaKind.AUTHORITY), parent_code=None)
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=BRITISH_GRID)


def _neighbours(work: Work, above: dict[str, str], border: BaseGeometry) -> pd.DataFrame:
    """Return the authorities that reach into the border, from the coarse district outlines.

    A county's districts are drawn as one; it takes the name of the register.
    """
    districts = work.load(district24.SOURCE, _NO_CUT)
    frame = _metres(districts.assign(area_code=districts["district"].map(above)))
    frame["area_code"] = frame["area_code"].fillna(frame["district"])
    frame = frame[~frame["area_code"].isin(work.region.la_codes)]
    frame = frame.iloc[sorted(frame.sindex.query(border, predicate="intersects"))]
    named = {authority.la_code: authority.name for authority in work.region.register()}
    rows = [
        {
            "area_code": code,
            "name": named.get(str(code), group["name"].iloc[0]),
            "is_outside": True,
            "geometry": shapely.union_all(group.geometry.to_numpy()),
        }
        for code, group in frame.groupby("area_code")
    ]
    return pd.DataFrame(rows, columns=["area_code", "name", "is_outside", "geometry"])


def _outline(areas: gpd.GeoDataFrame) -> BaseGeometry:
    """Join areas into one outline, closing slivers between generalised edges."""
    joined = shapely.union_all(shapely.make_valid(areas.geometry.to_numpy()))
    parts = [_closed(part) for part in shapely.get_parts(joined) if part.geom_type == "Polygon"]
    return shapely.union_all(parts)


def _closed(polygon: shapely.Polygon) -> shapely.Polygon:
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area > LARGEST_SLIVER_M2]
    return shapely.Polygon(polygon.exterior, holes)


def _metres(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=WGS84).to_crs(BRITISH_GRID)


def _rows(areas: pd.DataFrame) -> pd.DataFrame:
    """Lay areas out as the ``area`` table has them."""
    frame = gpd.GeoDataFrame(areas, geometry="geometry", crs=BRITISH_GRID)
    points = frame.geometry.representative_point().to_crs(WGS84)
    degrees = shapely.set_precision(frame.geometry.to_crs(WGS84).to_numpy(), 10**-DEGREE_DECIMALS)
    bounds = shapely.bounds(degrees)
    edges = dict(zip(("west", "south", "east", "north"), bounds.T, strict=True))
    return pd.DataFrame(frame.drop(columns="geometry")).assign(
        lon=points.x.round(DEGREE_DECIMALS),
        lat=points.y.round(DEGREE_DECIMALS),
        geometry=shapely.to_wkb(degrees),
        **edges,
    )


_NO_CUT = Cut(frozenset(), frozenset())

STEP = Step(
    id="boundaries",
    title="Outlines of authorities, wards and small areas",
    run=run,
    sources=(district_lookup.ID, district24.ID, lsoa21_lookup.ID, lsoa21.ID, ward25.ID),
)
