"""What the download tests share: a file, its marks, and how to ask for it."""

import io
import zipfile
from datetime import UTC, datetime

from ingest.fetch import Wanted

CSV = b"URN,EstablishmentName\r\n" + b"".join(
    b"%d,School number %d\r\n" % (number, number) for number in range(100_000, 104_000)
)
OTHER = CSV.replace(b"School", b"Ecoles")
LONGER = CSV.replace(b"School", b"Academy")
MONDAY = "Mon, 19 May 2025 09:00:00 GMT"
TUESDAY = "Tue, 20 May 2025 09:00:00 GMT"
NINE = datetime(2025, 5, 24, 9, 0, tzinfo=UTC)
TEN = datetime(2025, 5, 24, 10, 0, tzinfo=UTC)


def wanted(*addresses, file_name="schools.csv", release="2025-05-24"):
    return Wanted("gias", release, file_name, addresses=addresses)


def parts(store):
    return sorted(path.name for path in store.parts.glob("*") if path.suffix != ".lock")


def zipped(content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("schools.csv", content)
    return buffer.getvalue()
