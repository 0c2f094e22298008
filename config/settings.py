"""Settings of one running atlas, read from the environment."""

from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.errors import ConfigError

PROJECT_DIR = Path(__file__).resolve().parent.parent


def read_settings() -> "Settings":
    """Read the settings.

    Raises:
        ConfigError: a variable holds what it cannot; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = f"ATLAS_{str(fault['loc'][0]).upper()}"
        told = "" if fault["loc"][0] == "database_url" else f"={fault['input']}"
        raise ConfigError(f"{name}{told}: {fault['msg']}") from None


class Settings(BaseSettings):
    """Every setting is an environment variable ``ATLAS_…``; none is read at import.

    Args:
        home: folder that holds downloads, builds and caches.
        mirror: folder laid out like the publishers' series; where given, nothing is downloaded.
        regions_dir: extra folder of region files, searched before the ones that ship.
        frontend_dir: the built web page.
        host: address the server listens on.
        port: port the server listens on.
        overpass_url: the Overpass API that is asked for the streets of regions without an extract,
            up to and without ``/interpreter``.
        database_url: a PostgreSQL database that takes the tables of builds, as SQLAlchemy writes
            it: ``postgresql+psycopg://user:password@host/name``. A file in every build's folder
            does where it is left out.
    """

    model_config = SettingsConfigDict(env_prefix="ATLAS_", extra="ignore", frozen=True)

    home: Path = Field(default_factory=lambda: platformdirs.user_data_path("schools-atlas"))
    mirror: Path | None = None
    regions_dir: Path | None = None
    frontend_dir: Path = PROJECT_DIR / "frontend" / "dist"
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    overpass_url: str = "https://overpass-api.de/api"
    database_url: str = Field("", repr=False)
