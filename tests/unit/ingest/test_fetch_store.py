"""The file store keeps publishers' files once, and notices when they are damaged."""

import os
import stat

import pytest

from ingest.errors import FetchFailed, StoreFull
from ingest.fetch import FileStore, Receipt
from ingest.fetch import store as store_module
from ingest.fetch.store import hash_of

# SHA-256 of "abc", from the standard that defines it.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "downloads")


@pytest.fixture
def original(tmp_path):
    path = tmp_path / "links.csv"
    path.write_bytes(b"abc")
    return path


class Room:
    free = 0


def receipt(**changes):
    values = {
        "source_id": "gias",
        "release": "2025-05-24",
        "file_name": "links.csv",
        "address": "mirror:gias/links.csv",
        "fetched_at": "2025-05-24T09:00:00Z",
        "etag": None,
        "last_modified": None,
        "bytes": 3,
        "sha256": ABC,
    }
    return Receipt(**{**values, **changes})


def files(store):
    return sorted(path for path in (store.root / "files").rglob("*") if path.is_file())


def test_a_file_is_kept_by_the_hash_of_its_content(store, original):
    stored = store.copy_in(original, file_name="links.csv")
    assert stored.sha256 == ABC
    assert stored.bytes == 3
    assert stored.path == store.root / "files" / "ba" / f"{ABC}.csv"
    assert stored.path.read_bytes() == b"abc"


def test_the_same_content_is_kept_once(store, original, tmp_path):
    other = tmp_path / "again.csv"
    other.write_bytes(b"abc")
    first = store.copy_in(original, file_name="links.csv")
    second = store.copy_in(other, file_name="again.csv")
    assert first.path == second.path
    assert files(store) == [first.path]


def test_a_stored_file_is_read_only_and_not_tied_to_the_original(store, original):
    path = store.copy_in(original, file_name="links.csv").path
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    original.write_bytes(b"xyz")
    assert path.read_bytes() == b"abc"


def test_an_unchanged_original_is_not_read_twice(store, original, monkeypatch):
    first = store.copy_in(original, file_name="links.csv")

    def refuse(*_arguments):
        raise AssertionError("the file was read again")

    monkeypatch.setattr(store_module, "_copy_hashing", refuse)
    monkeypatch.setattr(store_module, "hash_of", refuse)
    assert store.copy_in(original, file_name="links.csv") == first


def test_a_changed_original_of_the_same_size_is_kept_anew(store, original):
    store.copy_in(original, file_name="links.csv")
    original.write_bytes(b"xyz")
    os.utime(original, ns=(1, 1))
    stored = store.copy_in(original, file_name="links.csv")
    assert stored.path.read_bytes() == b"xyz"
    assert len(files(store)) == 2


def test_an_original_that_changes_while_it_is_read_is_refused(store, original, monkeypatch):
    copy = store_module._copy_hashing

    def copy_slowly(path, target):
        sha256 = copy(path, target)
        path.write_bytes(b"abcdef")
        return sha256

    monkeypatch.setattr(store_module, "_copy_hashing", copy_slowly)
    with pytest.raises(FetchFailed, match=r"links\.csv changed while it was read"):
        store.copy_in(original, file_name="links.csv")
    assert files(store) == []
    assert list(store.parts.iterdir()) == []


def test_a_file_that_was_damaged_in_the_store_is_not_found(store, original):
    path = store.copy_in(original, file_name="links.csv").path
    assert store.find(receipt()) == path
    for damage in (b"ab", b"abd", b""):
        path.chmod(0o644)
        path.write_bytes(damage)
        assert store.find(receipt()) is None, damage
        assert not store.verify(receipt())


def test_a_damaged_file_is_replaced_when_it_comes_again(store, original):
    path = store.copy_in(original, file_name="links.csv").path
    path.chmod(0o644)
    path.write_bytes(b"abd")
    assert store.copy_in(original, file_name="links.csv").path == path
    assert path.read_bytes() == b"abc"
    assert store.verify(receipt())


def test_a_file_that_was_only_touched_is_still_good(store, original):
    path = store.copy_in(original, file_name="links.csv").path
    os.utime(path)
    assert store.find(receipt()) == path


def test_damage_behind_an_unchanged_time_is_seen_by_verify(store, original):
    path = store.copy_in(original, file_name="links.csv").path
    path.chmod(0o644)
    path.write_bytes(b"abd")
    os.utime(path, ns=(store_module.SEALED_NS, store_module.SEALED_NS))
    assert store.find(receipt()) == path
    assert not store.verify(receipt())


def test_a_file_that_is_gone_is_not_found(store):
    assert store.find(receipt()) is None
    assert not store.verify(receipt())


def test_a_receipt_is_read_as_it_was_written(store):
    store.save_receipt(receipt(etag='"a"'))
    store.save_receipt(receipt(etag='"b"'))
    store.save_receipt(receipt(source_id="os", file_name="codepo_gb.zip"))
    assert store.receipt("gias", "2025-05-24", "links.csv") == receipt(etag='"b"')
    assert store.receipt("gias", "2025-05-25", "links.csv") is None
    assert [each.source_id for each in store.receipts()] == ["gias", "os"]


def test_names_with_slashes_stay_in_the_store(store, tmp_path):
    odd = receipt(release="2024/25", file_name="../../escaped.csv")
    store.save_receipt(odd)
    assert store.receipt("gias", "2024/25", "../../escaped.csv") == odd
    assert not list(tmp_path.glob("*escaped*"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"source_id": "gias"}', "null"])
def test_a_receipt_that_cannot_be_read_counts_as_absent(store, text):
    store.save_receipt(receipt())
    path = next((store.root / "receipts").rglob("*.json"))
    path.write_text(text)
    assert store.receipt("gias", "2025-05-24", "links.csv") is None
    assert store.receipts() == ()


def test_a_note_of_files_seen_that_cannot_be_read_counts_as_absent(store, original):
    first = store.copy_in(original, file_name="links.csv")
    for text in ("", "[]", "{}", '{"bytes": 3}'):
        next((store.root / "seen").iterdir()).write_text(text)
        assert store.copy_in(original, file_name="links.csv") == first


def test_a_disk_without_room_is_refused_before_writing(store, original, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: Room())
    with pytest.raises(StoreFull) as raised:
        store.copy_in(original, file_name="links.csv")
    assert str(store.root) in raised.value.message
    assert "0 bytes free; the file needs 3 bytes" in raised.value.message
    assert "ATLAS_HOME" in raised.value.hint
    assert list(store.parts.iterdir()) == []


def test_a_disk_that_fills_while_writing_leaves_nothing(store, original, monkeypatch):
    def fill(_path, target):
        target.write(b"a")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_module, "_copy_hashing", fill)
    with pytest.raises(StoreFull, match="no room left on the disk that holds"):
        store.copy_in(original, file_name="links.csv")
    assert files(store) == []
    assert list(store.parts.iterdir()) == []


def test_two_processes_may_keep_the_same_file_at_once(store, original):
    with store.temporary() as (file, path):
        file.write(b"abc")
        file.flush()
        store.copy_in(original, file_name="links.csv")
        stored = store.keep(path, file_name="links.csv")
    assert files(store) == [stored.path]
    assert hash_of(stored.path) == ABC


def test_nothing_is_made_before_it_is_needed(tmp_path):
    FileStore(tmp_path / "downloads").receipts()
    assert not (tmp_path / "downloads").exists()
