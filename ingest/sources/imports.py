"""Tables of the authority's own, of any kind, that its region file adds and explains."""

from typing import Final

from ingest.imports.table import SOURCE_ID
from ingest.own.source import EVERY, FOLDER, LICENCE, PUBLISHER
from ingest.schema.areas import AREA_VALUE, AUTHORITY_VALUE
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Source

ID: Final = SOURCE_ID

SOURCE: Final = Source(
    id=ID,
    title="Tables of the authority's own",
    publisher=PUBLISHER,
    landing_page="",
    licence=LICENCE,
    attribution="",
    releases=lambda _region, _today: (),
    every=EVERY,
    mirror_folder=FOLDER,
    mirror_files=(),
    own_files=lambda region: tuple(each.file for each in region.imports),
    is_optional=lambda _: True,
    tables=(AREA_VALUE, SCHOOL_VALUE, AUTHORITY_VALUE),
    caveats=("As the authority made them; the title of each says what it is.",),
)
