"""Street extracts by name: files, or those that a region's build was made from."""

from collections.abc import Sequence
from pathlib import Path

from config.errors import AtlasError
from config.region import Region, load_region, region_ids
from config.settings import Settings
from ingest.fetch import FileStore
from ingest.fetch.receipts import Receipt
from ingest.pipeline.builds import Builds, Manifest
from ingest.sources import streets


class NoExtract(AtlasError):
    """A street extract that is not here."""


def extracts(source: Sequence[str], settings: Settings) -> tuple[list[Path], Region | None]:
    """Return the files named, or those that a region's build in use was made from.

    Returns:
        The files, and the region where one was named.

    Raises:
        NoExtract: a file is not there, or the region has no build.
        ConfigError: there is no such region.
    """
    paths = [Path(name) for name in source]
    if len(source) == 1 and not paths[0].is_file() and not _looks_like_a_file(source[0]):
        region = load_region(source[0], regions_dir=settings.regions_dir)
        return _extracts_of_build(region, settings), region
    for path in paths:
        if not path.is_file():
            known = ", ".join(region_ids(regions_dir=settings.regions_dir))
            raise NoExtract(
                f"{path} is not there", hint=f"name .osm.pbf files, or one region of {known}."
            )
    return paths, None


def _looks_like_a_file(name: str) -> bool:
    return "." in name or "/" in name


def _extracts_of_build(region: Region, settings: Settings) -> list[Path]:
    builds = Builds(settings.home, region.id)
    build_id = builds.current()
    if build_id is None:
        raise NoExtract(
            f"there is no build of {region.id!r} yet",
            hint=f"`atlas build {region.id}` makes one; or name .osm.pbf files.",
        )
    store = FileStore(settings.home / "downloads")
    manifest = Manifest.read(builds.folder / build_id)
    receipts = [Receipt(**each) for each in manifest.receipts if each["source_id"] == streets.ID]
    paths = [store.find(receipt) for receipt in receipts]
    found = [path for path in paths if path is not None]
    if not found or len(found) < len(paths):
        raise NoExtract(
            f"the street extract that build {build_id} was made from is not in the store any more",
            hint=f"`atlas build {region.id}` fetches it again.",
        )
    return found
