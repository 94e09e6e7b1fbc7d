"""The folder of model files: checked when named, opened when first used, then shared."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

from tracker.encoder.batching import Batch
from tracker.encoder.table import Floats, TokenTable
from tracker.encoder.tokens import Tokenizer
from tracker.errors import ModelError

SHIPPED = Path(__file__).parent / "models"
"""The models that come with the program."""

MANIFEST = "manifest.json"
"""Sizes and SHA-256 sums of the other files of the folder, by name."""

_TOKENIZER, _TABLE = "tokenizer.json", "embeddings.npy"


@dataclass(frozen=True)
class _Entry:
    """What the manifest says of a file."""

    size: int
    sum: str


class ModelFolder:
    """The model files of a folder; one per process, so that all models share table and tokenizer.

    Sizes are compared with the manifest; the sums in it are for ``sha256sum`` and the tests, since
    reading every byte at each start would cost what mapping the files into memory saves.
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        """Read the manifest.

        Raises:
            ModelError: there is none, or it is damaged.
        """
        self.path = path
        self._entries = _read_manifest(path / MANIFEST)

    def file(self, name: str) -> Path:
        """The path of a model file.

        Raises:
            ModelError: it is missing, not in the manifest, or of another size.
        """
        path = self.path / name
        if name not in self._entries:
            raise ModelError(f"{path} is not in {MANIFEST}; {_REMEDY}")
        if not path.is_file():
            raise ModelError(f"{path} is missing; {_REMEDY}")
        if (size := path.stat().st_size) != self._entries[name].size:
            raise ModelError(f"{path} has {size} bytes, not {self._entries[name].size}; {_REMEDY}")
        return path

    def sum(self, name: str) -> str:
        """The SHA-256 sum of a model file as the manifest tells it: another one, another model.

        Raises:
            ModelError: as for ``file``.
        """
        self.file(name)
        return self._entries[name].sum

    def version(self, body: str) -> str:
        """Another one where a body is another one, or what all models share.

        Raises:
            ModelError: as for ``file``.
        """
        return "-".join(self.sum(name)[:8] for name in (body, _TABLE, _TOKENIZER))

    def check(self, *bodies: str) -> None:
        """Find out whether the files of a model are there: its bodies and what all models share.

        Raises:
            ModelError: as for ``file``.
        """
        for name in (_TOKENIZER, _TABLE, *bodies):
            self.file(name)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer of all models."""
        return Tokenizer(self.file(_TOKENIZER))

    @cached_property
    def table(self) -> TokenTable:
        """The token embeddings of all models."""
        return TokenTable(self.file(_TABLE))

    def body(self, name: str, threads: int = 1) -> "Body":
        """A model that takes token embeddings.

        Raises:
            ModelError: its file is missing or damaged.
        """
        return Body(self.file(name), self.table, open_session(self.file(name), threads))


class Body:
    """A model over the shared token embeddings."""

    def __init__(
        self, name: Path, table: TokenTable, session: onnxruntime.InferenceSession
    ) -> None:
        """``session`` takes ``embedded`` and ``mask``."""
        self._name = name
        self._table = table
        self._session = session

    def run(self, batch: Batch) -> Floats:
        """The model's only output for a batch, one row for each sequence.

        Raises:
            ModelError: it answers something else than numbers, so that nothing may be built on it.
        """
        (result,) = self.outputs(batch)
        return result

    def outputs(self, batch: Batch) -> list[Floats]:
        """All that the model answers to a batch; raises as ``run`` does."""
        return self.outputs_for(self._table.rows(batch.ids), batch.mask)

    def outputs_for(self, states: Floats, mask: npt.NDArray[np.int32]) -> list[Floats]:
        """The same for states (batch, length, width) that are no embeddings."""
        results: list[Floats] = self._session.run(None, {"embedded": states, "mask": mask})
        if not all(np.isfinite(result).all() for result in results):
            raise ModelError(f"{self._name} answers no numbers; {_REMEDY}")
        return results


_REMEDY = "install the package anew or rebuild the models (see training/)"


def _read_manifest(manifest: Path) -> dict[str, _Entry]:
    try:
        entries: dict[str, Any] = json.loads(manifest.read_text())
        return {
            name: _Entry(int(entry["bytes"]), str(entry["sha256"]))
            for name, entry in entries.items()
        }
    except FileNotFoundError:
        raise ModelError(f"{manifest} is missing; {_REMEDY}") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"{manifest} is damaged ({error!r}); {_REMEDY}") from error


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """A model file opened to be run on so many threads.

    Raises:
        ModelError: it is damaged.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Models take turns: threads that spin for the one would hold up the other.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's own errors share no other base
        raise ModelError(f"{path} cannot be loaded: {error}; {_REMEDY}") from error
