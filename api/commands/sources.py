"""``atlas sources``: what is loaded, and from where."""

from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from api.commands.builds import RegionId
from config.region import load_region
from config.settings import read_settings


def sources(region: RegionId) -> None:
    """List every series a region is made from: publisher, licence, address, what is held."""
    from ingest.fetch import FileStore  # noqa: PLC0415 - a second of imports
    from ingest.sources import SOURCES  # noqa: PLC0415

    settings = read_settings()
    chosen = load_region(region, regions_dir=settings.regions_dir)
    held = FileStore(settings.home / "downloads").receipts()
    today = datetime.now(UTC).date()
    table = Table("Series", "Publisher", "Licence", "Held", "Address", box=None)
    for source in SOURCES:
        releases = sorted(receipt.release for receipt in held if receipt.source_id == source.id)
        addresses = [a for release in source.releases(chosen, today) for a in release.addresses]
        table.add_row(
            f"{source.id}\n[dim]{source.title}",
            source.publisher,
            source.licence,
            releases[-1] if releases else "—",
            addresses[0] if addresses and not chosen.made_up else "—",
        )
    Console().print(table)
