"""``atlas matrix``: the times from all homes to all schools, made by hand and written as files."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.commands.builds import RegionId
from api.commands.progress import reporter
from config.region import load_region
from config.settings import read_settings

if TYPE_CHECKING:  # seconds of imports
    from ingest.pipeline.reporter import Reporter
    from travel import Mode
    from travel.matrix import Matrix, Points, Progress


def matrix(
    region: RegionId,
    out: Annotated[Path, typer.Option(help="Folder to write to, one below it for every mode.")],
    *,
    mode: Annotated[
        list[str] | None, typer.Option(help="Way of travelling; may be given again. Else all.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=600, help="Minutes; else as a build has them.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(help="Dask cluster to work on: tcp://host:port. Else this machine.")
    ] = "",
    csv: Annotated[bool, typer.Option("--csv", help="Write MODE.csv too.")] = False,
    parquet: Annotated[bool, typer.Option("--parquet", help="Write MODE.parquet too.")] = False,
) -> None:
    """Find how long it takes from every home to every school of the build in use.

    What was found is kept part by part: after Ctrl-C or a crash the same command goes on.
    """
    from api.build import current_build  # noqa: PLC0415
    from ingest.layout import NETWORKS  # noqa: PLC0415
    from ingest.pipeline.steps.matrix import limit_minutes  # noqa: PLC0415
    from travel import Network  # noqa: PLC0415
    from travel.matrix import Way, make_matrix  # noqa: PLC0415

    settings = read_settings()
    load_region(region, regions_dir=settings.regions_dir)
    folder = current_build(settings.home, region)
    console = Console()
    homes, schools = _points(folder, settings.database_url)
    for each in _modes(folder / NETWORKS, mode):
        minutes = limit or limit_minutes(each)
        network = Network.load(folder / NETWORKS / each)
        with reporter(console) as told:
            told.started(f"{each}, {minutes:g} minutes")
            try:
                made = make_matrix(
                    network,
                    homes,
                    schools,
                    limit_s=minutes * 60,
                    out=out / each,
                    way=Way(scheduler=scheduler),
                    progress=partial(_tell, told),
                )
            except BaseException:
                told.failed()
                console.print("Parts that are done are kept: run the same command to go on.")
                raise
            told.progressed(1.0, "")
        _write(made, out / each, csv=csv, parquet=parquet)
        console.print(_summary(made, out / each, minutes), highlight=False, soft_wrap=True)


def _tell(told: "Reporter", progress: "Progress") -> None:
    says = f"{progress.done} of {progress.parts} parts, {progress.pairs:,} ways to school"
    told.progressed(progress.done / progress.parts, says)


def _write(made: "Matrix", path: Path, *, csv: bool, parquet: bool) -> None:
    from travel.matrix import write_csv, write_parquet  # noqa: PLC0415

    if csv:
        write_csv(made, path.with_suffix(".csv"), home="home", place="urn")
    if parquet:
        write_parquet(made, path.with_suffix(".parquet"), home="home", place="urn")


def _modes(networks: Path, chosen: list[str] | None) -> list["Mode"]:
    """Return the modes asked for, or all that the build has streets for.

    Raises:
        typer.BadParameter: one is none.
    """
    from travel import MODES  # noqa: PLC0415

    known = {str(each): each for each in MODES if (networks / each).is_dir()}
    if unknown := [each for each in chosen or () if each not in known]:
        raise typer.BadParameter(f"{unknown[0]!r} is none of {', '.join(known)}")
    return [known[each] for each in chosen or known]


def _points(folder: Path, database_url: str) -> tuple["Points", "Points"]:
    """Read the homes and schools of a build."""
    import pandas as pd  # noqa: PLC0415

    from api.build import open_database  # noqa: PLC0415
    from ingest.pipeline.steps.matrix import homes_of, schools_of  # noqa: PLC0415

    engine = open_database(folder, database_url)
    with engine.connect() as connection:
        postcodes, areas, schools = (
            pd.read_sql_table(name, connection, columns=columns)
            for name, columns in (
                ("postcode", ["postcode", "x", "y", "lsoa21", "is_outside"]),
                ("area", ["area_code", "kind", "lon", "lat", "is_outside"]),
                ("school", ["urn", "x", "y", "status"]),
            )
        )
    engine.dispose()
    return homes_of(postcodes, areas), schools_of(schools)


def _summary(made: "Matrix", folder: Path, minutes: float) -> str:
    about = made.about
    return (
        f"{about.mode}: {about.pairs:,} ways of at most {minutes:g} minutes from {about.homes:,} "
        f"homes to {about.places:,} schools, in {folder}."
    )
