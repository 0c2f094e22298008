"""The places of a build that is there, to try a table on."""

import pandas as pd
import sqlalchemy as sa

from config.authority import Authority
from ingest.imports.known import Known, known_of
from ingest.schema import SQL


def known_in(engine: sa.Engine, register: tuple[Authority, ...]) -> Known:
    """Read the places of a build's tables."""

    def rows(table: str, *names: str) -> pd.DataFrame:
        columns = [SQL[table].c[name] for name in names]
        with engine.connect() as connection:
            return pd.DataFrame(connection.execute(sa.select(*columns)).all(), columns=list(names))

    urns = pd.concat([rows("school", "urn")["urn"], rows("school_succession", "urn")["urn"]])
    return known_of(
        rows("area", "area_code", "kind"),
        rows("postcode", "postcode", "lsoa21"),
        rows("small_area_change", "lsoa11", "lsoa21", "change", "share"),
        frozenset(map(int, urns)),
        register,
    )
