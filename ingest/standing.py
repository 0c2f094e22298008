"""Where each series stands: what is held of it, how old that is, when more is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.fetch import FileStore, Receipt
from ingest.pipeline.builds import Builds
from ingest.pipeline.loaded import Loaded, loaded_by
from ingest.source import Source


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one series stands.

    Attributes:
        source: the series.
        receipts: of the files held, the oldest release first.
        came_out: when the newest release held came out, or where its name does not say, when it
            was fetched.
        next_due: when the release after that is due; ``None`` where none is expected.
        loaded: what the builds in use read of it; ``None`` where no build read it.
    """

    source: Source
    receipts: tuple[Receipt, ...]
    came_out: date | None
    next_due: date | None
    loaded: Loaded | None

    @property
    def releases(self) -> tuple[str, ...]:
        """Name the releases held, the oldest first."""
        return tuple(dict.fromkeys(receipt.release for receipt in self.receipts))

    def age_days(self, today: date) -> int | None:
        """Return how old the newest release held is."""
        return None if self.came_out is None else (today - self.came_out).days

    def is_overdue(self, today: date) -> bool:
        """Say whether the next release should be out by now."""
        return self.next_due is not None and self.next_due < today


@dataclass(frozen=True, slots=True)
class Held:
    """What several regions hold: files, and what their builds in use read of each series."""

    receipts: tuple[Receipt, ...]
    loaded: Mapping[str, Loaded]


def held_by(home: Path, region_ids: Iterable[str]) -> Held:
    """Return what the builds in use of these regions hold, together.

    Where none of them has a build, the files that were downloaded are held, and none is read.
    """
    receipts: dict[tuple[str, str], Receipt] = {}
    loaded: dict[str, Loaded] = {}
    for region_id in region_ids:
        builds = Builds(home, region_id)
        current = builds.current()
        in_use = [each for each in builds.manifests() if each.build_id == current]
        for manifest in in_use:
            held = [Receipt(**told) for told in manifest.receipts]
            receipts |= {(each.source_id, each.sha256): each for each in held}
            for source_id, each in loaded_by(builds.steps, manifest.steps).items():
                before = loaded.get(source_id, Loaded(0, 0))
                loaded[source_id] = Loaded(before.rows + each.rows, before.issues + each.issues)
    if not receipts:
        return Held(FileStore(home / "downloads").receipts(), {})
    return Held(tuple(receipts.values()), loaded)


def standings(
    sources: Iterable[Source], receipts: Sequence[Receipt], loaded: Mapping[str, Loaded]
) -> tuple[Standing, ...]:
    """Say where every series stands.

    Args:
        sources: the series, in reading order.
        receipts: of the files held.
        loaded: what was read of each, by source id.
    """
    return tuple(
        _standing(
            source,
            [receipt for receipt in receipts if receipt.source_id == source.id],
            loaded.get(source.id),
        )
        for source in sources
    )


def _standing(source: Source, receipts: list[Receipt], loaded: Loaded | None) -> Standing:
    ordered = tuple(sorted(receipts, key=lambda each: (each.release, each.fetched_at)))
    if not ordered:
        return Standing(source, (), None, None, loaded)
    newest = ordered[-1]
    fetched = date.fromisoformat(newest.fetched_at[:10])
    return Standing(
        source=source,
        receipts=ordered,
        came_out=source.every.came_out(newest.release) or fetched,
        next_due=source.every.next_after(newest.release, otherwise=fetched),
        loaded=loaded,
    )
