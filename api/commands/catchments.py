"""``atlas catchments``: which schools children go to, and where the pupils of schools live."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from api.commands.builds import RegionId
from api.commands.destinations import destination_rows
from api.commands.points import BadInput
from api.commands.printing import print_rows
from api.commands.progress import reporter
from config.plurals import counted
from config.region import load_region
from config.settings import read_settings

if TYPE_CHECKING:  # seconds of imports
    from api.build import Build

COLUMNS: Final = (
    *("phase", "urn", "school_name", "area_code", "area_name", "share_pct", "pupils_expected"),
    *("pupils_counted", "pupils_counted_status", "minutes", "journey_basis", "basis"),
)
NOTHING: Final = "—"
HALF_PCT: Final = 50.0
_OFF_BY: Final = {
    "left_out": "block left out",
    "left_out_unasked": "nor its preferences known",
    "fitted": "all seen (fitted)",
    "default": "all seen (default)",
    "last_year": "last year's",
    "neighbours": "of schools around",
    "circle": "circle of children",
}
"""What is said of methods of telling last distances, in this order."""


class Phase(StrEnum):
    """Parts of schooling that are modelled."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


def catchments(
    region: RegionId,
    *,
    school: Annotated[
        int | None, typer.Option(min=1, max=9_999_999, help="URN: the areas of one school.")
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(
            help="Code of a small area, or a postcode: the schools of its children, and the chance "
            "of an offer there."
        ),
    ] = None,
    phase: Annotated[Phase | None, typer.Option(help="Part of schooling; else both.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead of a table.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of a table.")] = False,
) -> None:
    """List modelled catchments of the build in use, and pupils counted beside them.

    For one school or one small area every row; for all of them a line a school, or with --csv or
    --json every row. How well the model tells is printed below.
    """
    from api.build import Build, current_build  # noqa: PLC0415 - seconds of imports
    from api.queries import choices  # noqa: PLC0415

    settings = read_settings()
    load_region(region, regions_dir=settings.regions_dir)
    console = Console(stderr=True)
    with reporter(console) as told:
        told.started(f"Modelled catchments of {region}")
        build = Build.open(current_build(settings.home, region), settings.database_url)
        try:
            found = _found(build, school, area)
            told.progressed(0.8, f"{len(found):,} pairs of small area and school")
            if school is not None:
                judged = choices.accuracy_of_school(build.engine, school)
            elif area is not None and found:
                judged = choices.accuracy_of_area(build.engine, found[0]["area_code"])
            else:
                judged = choices.every_accuracy(build.engine)
        except BaseException:
            told.failed()
            raise
        finally:
            build.close()
        told.progressed(1.0, "")
    kept = [row for row in found if phase is None or row["phase"] == phase]
    if not kept:
        raise _nothing(region, school, area, phase)
    is_whole = school is None and area is None and not (as_csv or as_json)
    print_rows(kept, as_csv=as_csv, as_json=as_json, table=_by_school if is_whole else _pairs)
    phases = {row["phase"] for row in kept}
    for line in accuracy_lines([each for each in judged if each["phase"] in phases]):
        console.print(line, highlight=False, soft_wrap=True, markup=False)


def _found(build: "Build", school: int | None, area: str | None) -> list[dict[str, Any]]:
    """Return the pairs asked for: of one area by share, of one school by pupils."""
    from api.queries import choices  # noqa: PLC0415 - seconds of imports

    if area is not None:
        rows = destination_rows(build, area.strip())
        return [row for row in rows if school is None or row["urn"] == school]
    found = choices.catchments(build.engine, urn=school, area=None)
    found = [{**row, "area_code": row["home_code"]} for row in found]
    if school is not None:
        found.sort(key=lambda row: (row["phase"], -(row["pupils_expected"] or 0.0)))
    return [{name: row[name] for name in COLUMNS} for row in found]


def _nothing(region: str, school: int | None, area: str | None, phase: Phase | None) -> BadInput:
    """Say what there is no modelled catchment of."""
    of = f"URN {school}" if school else f"small area {area}" if area else region
    part = f" of {phase} pupils" if phase else ""
    return BadInput(
        f"the build in use of {region} has no modelled catchment{part} for {of}",
        hint="they are modelled for open mainstream state schools and small areas of 2021; the "
        "build's issues say what was lacking.",
    )


def _pairs(rows: list[dict[str, Any]]) -> Table:
    """Draw one school's areas, or one area's schools."""
    table = Table("Phase", "URN", "School", "Area", "Name", box=None)
    for name in ("Share", "Expected", "Counted", "Minutes"):
        table.add_column(name, justify="right", no_wrap=True)
    has_chance = "chance_pct" in rows[0]
    if has_chance:
        table.add_column("Chance", justify="right", no_wrap=True)
    table.add_column("Basis")
    for row in rows:
        counted = row["pupils_counted"]
        hidden = "few" if row["pupils_counted_status"] == "suppressed" else NOTHING
        way = "" if row["journey_basis"] == "network" else "~"
        table.add_row(
            *(row["phase"], str(row["urn"]), row["school_name"] or "", row["area_code"]),
            row["area_name"] or "",
            f"{row['share_pct']:.1f} %",
            _figure(row["pupils_expected"]),
            hidden if counted is None else f"{counted:,.0f}",
            f"{way}{_figure(row['minutes'])}",
            *([_chance(row["chance_pct"])] if has_chance else []),
            row["basis"],
        )
    return table


def _by_school(rows: list[dict[str, Any]]) -> Table:
    """Draw a line a school: where most of its pupils are expected to live."""
    table = Table("Phase", "URN", "School", box=None)
    for name in ("Expected", "Counted", "Small areas of half"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Most from")
    schools: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in rows:
        schools.setdefault((row["phase"], row["urn"]), []).append(row)
    for (phase, urn), own in schools.items():
        expected = sum(row["pupils_expected"] or 0.0 for row in own)
        counted = sum(row["pupils_counted"] or 0.0 for row in own)
        largest = sorted(own, key=lambda row: -(row["pupils_expected"] or 0.0))
        table.add_row(
            *(phase, str(urn), own[0]["school_name"] or ""),
            _figure(expected or None),
            _figure(counted or None),
            str(areas_of_half([row["pupils_expected"] or 0.0 for row in largest])),
            largest[0]["area_name"] or largest[0]["area_code"],
        )
    return table


def areas_of_half(pupils: list[float]) -> int:
    """Count the areas that half of a school's pupils come from, the largest first.

    >>> areas_of_half([50, 30, 20]), areas_of_half([40, 30, 30]), areas_of_half([0.0])
    (1, 2, 0)
    """
    whole, so_far = sum(pupils), 0.0
    for number, each in enumerate(pupils, start=1):
        so_far += each
        if whole and 100 * so_far >= HALF_PCT * whole:
            return number
    return 0


def _chance(pct: float | None) -> str:
    return NOTHING if pct is None else f"{pct:.0f} %"


def _figure(number: float | None) -> str:
    return NOTHING if number is None else f"{number:,.0f}"


def accuracy_lines(judged: list[dict[str, Any]]) -> list[str]:
    """Say how well the model tells, a line a phase; and for whom, where authorities differ.

    >>> told = (("fitted", "share_right_pct", 63.2), ("nearest", "share_right_pct", 50.9),
    ...     ("fitted", "cut_off_median_m", 305.4), ("fitted", "cut_offs", 17.0),
    ...     ("left_out", "cut_off_median_m", 410.0))
    >>> accuracy_lines([{"phase": "primary", "holds_for": "E06000017", "choice_method": method,
    ...     "judged_by": by, "value": value} for method, by, value in told])
    ['primary: in areas left out of the fit, pupils put in the right school: fitted 63.2 %, \
nearest 50.9 %; last distance off at the median of 17 schools: block left out 410 m, all seen \
(fitted) 305 m.']
    """
    lines = []
    is_one = len({each["holds_for"] for each in judged}) <= 1
    for phase, whom in dict.fromkeys((each["phase"], each["holds_for"]) for each in judged):
        own = [each for each in judged if (each["phase"], each["holds_for"]) == (phase, whom)]
        right = [
            f"{each['choice_method']} {each['value']:.1f} %"
            for each in own
            if each["judged_by"] == "share_right_pct"
        ]
        told = []
        if right:
            told.append(
                "in areas left out of the fit, pupils put in the right school: " + ", ".join(right)
            )
        told += _last_distances(own)
        if told:
            of = "" if is_one else f", authorities {whom}"
            lines.append(f"{phase}{of}: {'; '.join(told)}.")
    return lines


def _last_distances(judged: list[dict[str, Any]]) -> list[str]:
    """Say how far off last distances were, where the schools' blocks were left out and else."""
    median = _by_method(judged, "cut_off_median_m")
    if not median:
        return []
    schools = counted(round(max(_by_method(judged, "cut_offs").values())), "school", "schools")
    told = ", ".join(f"{_OFF_BY[each]} {median[each]:,.0f} m" for each in _OFF_BY if each in median)
    lines = [f"last distance off at the median of {schools}: {told}"]
    full = _by_method(judged, "full_right_pct")
    if full:
        told = ", ".join(f"{_OFF_BY[each]} {full[each]:.0f} %" for each in _OFF_BY if each in full)
        lines.append(f"schools rightly said to be full or not: {told}")
    return lines


def _by_method(judged: list[dict[str, Any]], by: str) -> dict[str, float]:
    return {each["choice_method"]: each["value"] for each in judged if each["judged_by"] == by}
