"""What ``atlas forecast`` and ``atlas backtest`` tell of: a build's forecasts, or one made anew."""

import difflib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from config.errors import AtlasError, ConfigError
from config.region import Region
from config.settings import Settings

if TYPE_CHECKING:  # seconds of imports
    import pandas as pd
    import sqlalchemy as sa

LEVELS: Final = ("authority", "planning_area", "school")
PHASES: Final = ("primary", "secondary", "sixth_form")
METHODS: Final = ("same", "drift", "cohort_321", "cohort_pooled", "population")
SEXES: Final = ("F", "M", "all")
GROUPS: Final = {
    "primary": ("R", *map(str, range(1, 7))),
    "secondary": tuple(map(str, range(7, 12))),
    "sixth_form": tuple(map(str, range(12, 15))),
}
NEAREST: Final = 3
_URN: Final = re.compile(r"\d{6,7}")
_GSS: Final = re.compile(r"E\d{8}")


class NothingForecast(AtlasError):
    """The build in use has no forecast."""


def open_build(region: Region, settings: Settings) -> "tuple[Path, sa.Engine]":
    """Open the database of a region's build in use.

    Raises:
        NoBuild: there is none.
    """
    from api.build import current_build, open_database  # noqa: PLC0415 - a second of imports

    folder = current_build(settings.home, region.id)
    return folder, open_database(folder, settings.database_url)


def level_of(level: str | None, unit: str | None, names_of: Callable[[str], dict[str, str]]) -> str:
    """Return the level meant: the one named, else the first that has the unit.

    Args:
        level: as named.
        unit: code or name of a unit.
        names_of: gives the names of a level's units by their codes.

    >>> names = {"authority": {}, "planning_area": {"8570001": "Oakham"}}
    >>> names["school"] = {"120001": "Hill"}
    >>> level_of(None, "8570001", names.get), level_of(None, "hill", names.get)
    ('planning_area', 'school')
    >>> level_of(None, None, names.get), level_of(None, "999999", names.get)
    ('authority', 'school')
    """
    if level is not None or unit is None:
        return level or "authority"
    for each in LEVELS:
        names = names_of(each)
        if unit in names or unit.casefold() in {name.casefold() for name in names.values()}:
            return each
    if _URN.fullmatch(unit):
        return "school"
    return "authority" if _GSS.fullmatch(unit) else "planning_area"


def unit_named(unit: str, names: dict[str, str], level: str) -> str:
    """Return the code of a unit given by its code or its name.

    Raises:
        ConfigError: there is none; the nearest are named.
    """
    if unit in names:
        return unit
    by_word = {name.casefold(): code for code, name in names.items()}
    if unit.casefold() in by_word:
        return by_word[unit.casefold()]
    words = {**{code.casefold(): code for code in names}, **by_word}
    near = difflib.get_close_matches(unit.casefold(), words, n=NEAREST, cutoff=0.5)
    meant = ", ".join(f"{names[words[word]]} ({words[word]})" for word in near)
    what = level.replace("_", " ")
    hint = f"did you mean {meant}?" if meant else f"`--level {level}` alone lists those there are."
    raise ConfigError(f"no {what} {unit!r} is forecast", hint=hint)


def made_anew(
    engine: "sa.Engine", region: Region, *, method: str | None, years: int | None
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Forecast from the tables of a build, by one method or for another horizon.

    Ranges are learnt from the errors of the methods that the atlas chooses; one method for all
    has none.

    Returns:
        Rows of ``forecast`` and of ``forecast_roll``.

    Raises:
        NoForecast: the rolls allow none, or the method cannot be used.
    """
    import numpy as np  # noqa: PLC0415 - seconds of imports

    from ingest.issues import IssueLog  # noqa: PLC0415
    from ingest.planning.forecast_rows import (  # noqa: PLC0415
        RANGE_COLUMNS,
        forecast_rows,
        roll_rows,
    )
    from ingest.planning.frames import read_frames  # noqa: PLC0415
    from ingest.planning.making import make_forecast  # noqa: PLC0415
    from ingest.planning.parts import last_rolls  # noqa: PLC0415
    from planning.forecast.methods import Method  # noqa: PLC0415

    made = make_forecast(
        read_frames(engine),
        region.planning,
        IssueLog(),
        years=years,
        method=None if method is None else Method(method),
    )
    rows = forecast_rows(made.forecasts, last_rolls(made.inputs))
    if method is not None:
        rows = rows.assign(**dict.fromkeys(RANGE_COLUMNS, np.nan))
    return rows, roll_rows(made.inputs)


def held(
    engine: "sa.Engine", level: str, parts: Sequence[str], sex: str
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Return the build's own forecast of a level, and the rolls that it starts from.

    Raises:
        NothingForecast: the build has none; the message says why.
    """
    import pandas as pd  # noqa: PLC0415 - a second of imports

    from api.queries import forecasts  # noqa: PLC0415

    rows = forecasts.chosen_of_level(engine, level, parts, sex=sex)
    if not rows:
        raise nothing_forecast(engine, level, sex)
    year = rows[0]["made_in"]
    rolls = forecasts.counted_in(engine, level, parts, sex=sex, year=year)
    return pd.DataFrame(rows), pd.DataFrame(rolls, columns=[*_ROLL_COLUMNS])


_ROLL_COLUMNS: Final = (
    *("level", "unit_code", "academic_year", "year_group", "sex", "pupils_counted", "status"),
)


def nothing_forecast(engine: "sa.Engine", level: str, sex: str = "all") -> NothingForecast:
    """Return the error that says why there is no forecast."""
    from api.queries import forecasts  # noqa: PLC0415 - a second of imports

    if why := forecasts.why_none(engine):
        return NothingForecast(f"the build in use has no forecast: {why}")
    if sex != "all" and forecasts.names(engine, level):
        return NothingForecast(
            "the rolls do not tell girls and boys apart",
            hint="supply rolls with a column `sex`: `atlas template rolls` says how.",
        )
    what = {"planning_area": "planning areas"}.get(level, f"{level}s")
    hint = "build the region again, with rolls by year group; `atlas template rolls` says how."
    return NothingForecast(f"the build in use has no forecast of {what}", hint=hint)


def shown(
    rows: "pd.DataFrame", rolls: "pd.DataFrame", names: dict[str, str]
) -> list[dict[str, Any]]:
    """Return one row a unit, part and year: who, what was counted last, what is expected."""
    import pandas as pd  # noqa: PLC0415 - a second of imports

    now = {
        (code, part): pupils
        for code, part, pupils in zip(
            rolls["unit_code"], rolls["year_group"], rolls["pupils_counted"], strict=True
        )
        if pd.notna(pupils)
    }
    return [
        {
            "level": row["level"],
            "unit_code": row["unit_code"],
            "name": names.get(row["unit_code"], row["unit_code"]),
            "year_group": row["year_group"],
            "sex": row["sex"],
            "made_in": row["made_in"],
            "pupils_counted": now.get((row["unit_code"], row["year_group"])),
            "academic_year": row["academic_year"],
            "pupils_expected": float(row["pupils_expected"]),
            **{
                end: None if pd.isna(row[end]) else float(row[end])
                for end in ("low_80", "high_80", "low_95", "high_95")
            },
            "forecast_method": row["forecast_method"],
        }
        for row in rows.to_dict("records")
    ]
