"""The inputs of a forecast as one file of arrays, and back."""

import dataclasses
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from planning.arrays import Floats
from planning.forecast import inputs as shapes
from planning.forecast.inputs import Inputs

INPUTS: Final = "inputs.npz"
"""Name of the file, beside the tables of the step that made it and in every vintage."""

OUTLINE: Final = "outline"
KNOWN: Final = {
    each.__name__: each
    for each in vars(shapes).values()
    if isinstance(each, type) and dataclasses.is_dataclass(each)
}
"""Kinds of inputs, by name; one that a later program has no more cannot be read."""


class Unreadable(ValueError):
    """The file holds no inputs that this program knows."""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What a forecast was made from.

    Attributes:
        inputs: rolls, births, flows, planned homes.
        settings: of the planner, as the region file had them.
        moved_in_before: pupils of planned homes as they would have been expected a year before.
    """

    inputs: Inputs
    settings: Mapping[str, Any] = field(default_factory=dict)
    moved_in_before: Floats | None = None


def write_made_from(made_from: MadeFrom, path: Path) -> None:
    """Write inputs as arrays, with an outline that says what is where."""
    arrays: dict[str, np.ndarray] = {}
    outline = {
        "inputs": _packed(made_from.inputs, arrays),
        "settings": dict(made_from.settings),
        "moved_in_before": _packed(made_from.moved_in_before, arrays),
    }
    arrays[OUTLINE] = np.frombuffer(json.dumps(outline).encode(), np.uint8)
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)  # type: ignore[arg-type] # its stub takes no mapping
    path.write_bytes(packed.getvalue())


def read_made_from(path: Path) -> MadeFrom:
    """Read what ``write_made_from`` wrote; what was not known of then is as if not given.

    Raises:
        Unreadable: the file is damaged, or of a program that knew other inputs.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
            outline = json.loads(arrays[OUTLINE].tobytes())
            found = _unpacked(outline["inputs"], arrays)
            settings = dict(outline["settings"])
            before = _unpacked(outline["moved_in_before"], arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise Unreadable(f"{_shown(path)} holds no inputs of a forecast: {error}") from error
    if not isinstance(found, Inputs):
        raise Unreadable(f"{_shown(path)} holds {type(found).__name__}, no inputs of a forecast")
    return MadeFrom(found, settings, before)


def _shown(path: Path) -> str:
    """Name a file as readers may see it: not where the atlas lies."""
    return f"{path.parent.name}/{path.name}"


def digests(made_from: MadeFrom) -> dict[str, str]:
    """Return a digest of each part of the inputs, by its name, and of the settings."""
    inputs = made_from.inputs
    parts = {each.name: _digest(getattr(inputs, each.name)) for each in dataclasses.fields(inputs)}
    return parts | {"settings": _digest(json.dumps(made_from.settings, sort_keys=True))}


def _digest(part: object) -> str:
    arrays: dict[str, np.ndarray] = {}
    digest = hashlib.sha256(json.dumps(_packed(part, arrays)).encode())
    for name, array in arrays.items():
        digest.update(f"{name} {array.dtype} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def _packed(part: object, arrays: dict[str, np.ndarray]) -> Any:  # noqa: ANN401 - a tree
    """Return a part as JSON can hold it; arrays are put aside under a number."""
    if isinstance(part, np.ndarray):
        name = f"a{len(arrays)}"
        arrays[name] = part
        return {"array": name}
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        held = {
            each.name: _packed(getattr(part, each.name), arrays)
            for each in dataclasses.fields(part)
        }
        return {"kind": type(part).__name__, "holds": held}
    if isinstance(part, Mapping):
        return {"mapping": {str(key): _packed(each, arrays) for key, each in part.items()}}
    if isinstance(part, tuple | list):
        return [_packed(each, arrays) for each in part]
    return part


def _unpacked(outline: Any, arrays: Mapping[str, np.ndarray]) -> Any:  # noqa: ANN401 - a tree
    if isinstance(outline, list):
        return tuple(_unpacked(each, arrays) for each in outline)
    if not isinstance(outline, dict):
        return outline
    if "array" in outline:
        return arrays[outline["array"]]
    if "mapping" in outline:
        return {key: _unpacked(each, arrays) for key, each in outline["mapping"].items()}
    kind = KNOWN[outline["kind"]]
    taken = {each.name for each in dataclasses.fields(kind)}
    held = {key: each for key, each in outline["holds"].items() if key in taken}
    return kind(**{key: _unpacked(each, arrays) for key, each in held.items()})
