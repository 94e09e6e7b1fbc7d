"""A cross-encoder for natural language inference that somebody brings along in a folder.

Either as ``model.onnx`` or, with the package ``transformers`` installed, in the layout that it
saves. ``config.json`` tells the order of the labels and ``tokenizer.json`` cuts the texts.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tokenizers

from tracker.encoder.files import open_session
from tracker.encoder.table import Floats, Ids
from tracker.errors import ModelError
from tracker.types import VerdictLabel

LABELS = tuple(VerdictLabel)
"""The order in which a folder's reader answers, whatever that of the model."""
MOST_PIECES = 256
BATCH = 16
"""Pairs read at once."""

Arrays = Mapping[str, npt.NDArray[np.int64]]


class FolderReader:
    """Scores pairs of texts with the model of a folder."""

    def __init__(self, path: Path) -> None:
        """Open everything, so that what is wrong is told at once.

        Raises:
            ModelError: a file is missing or damaged, or the labels are not the three of inference.
        """
        self._columns = _columns(path / "config.json")
        self._tokenizer = _tokenizer(path / "tokenizer.json")
        weights = _weights(path)
        self._run = _onnx(weights) if weights.suffix == ".onnx" else _transformers(path)
        self.version = _sum(weights)
        self.read([("a", "b")])

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """(pairs, 3): scores in the order of ``LABELS``.

        Raises:
            ModelError: the model answers no numbers, or not one a label.
        """
        encodings = self._tokenizer.encode_batch(list(pairs))
        rows = [
            self._scores(encodings[start : start + BATCH])
            for start in range(0, len(encodings), BATCH)
        ]
        return np.concatenate(rows) if rows else np.empty((0, len(LABELS)), np.float32)

    def _scores(self, encodings: Sequence[tokenizers.Encoding]) -> Floats:
        scores = self._run(
            {
                "input_ids": _array(each.ids for each in encodings),
                "attention_mask": _array(each.attention_mask for each in encodings),
                "token_type_ids": _array(each.type_ids for each in encodings),
            }
        )
        if scores.shape != (len(encodings), len(LABELS)) or not np.isfinite(scores).all():
            raise ModelError("the judge answers something else than three numbers a pair")
        return scores[:, self._columns].astype(np.float32)


def _array(rows: Any) -> Ids:
    return np.array(list(rows), np.int64)


def _columns(config: Path) -> list[int]:
    """Where the model has the scores of ``LABELS``."""
    try:
        by_number = json.loads(config.read_text("utf-8"))["id2label"]
        numbers = {str(label).lower(): int(number) for number, label in by_number.items()}
        return [numbers[label] for label in LABELS]
    except FileNotFoundError:
        raise ModelError(f"{config} is missing; it has to tell the labels (id2label)") from None
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise ModelError(
            f"{config}: id2label has to name {', '.join(LABELS)} ({error!r})"
        ) from error


def _tokenizer(path: Path) -> tokenizers.Tokenizer:
    if not path.is_file():
        raise ModelError(f"{path} is missing; save the model with its fast tokenizer")
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception
        raise ModelError(f"{path} cannot be read: {error}") from error
    tokenizer.enable_truncation(MOST_PIECES, strategy="longest_first")
    tokenizer.enable_padding(**(tokenizer.padding or {"pad_id": _padding(tokenizer)}))
    return tokenizer


def _padding(tokenizer: tokenizers.Tokenizer) -> int:
    found = (tokenizer.token_to_id(piece) for piece in ("<pad>", "[PAD]"))
    return next((id for id in found if id is not None), 0)


def _weights(path: Path) -> Path:
    names = ("model.onnx", "onnx/model.onnx", "model.safetensors", "pytorch_model.bin")
    for name in names:
        if (path / name).is_file():
            return path / name
    raise ModelError(f"{path} holds no model; one of {', '.join(names)} is looked for")


def _onnx(path: Path) -> Callable[[Arrays], Floats]:
    session = open_session(path, threads=1)
    wanted = {each.name for each in session.get_inputs()}

    def run(arrays: Arrays) -> Floats:
        known = {name: array for name, array in arrays.items() if name in wanted}
        result: Floats = session.run(None, known)[0]
        return result

    return run


def _transformers(path: Path) -> Callable[[Arrays], Floats]:
    try:
        import torch
        from transformers import AutoModelForSequenceClassification
    except ImportError:
        raise ModelError(
            f"{path} is in the layout of transformers, which is not installed: "
            "pip install 'claim-tracker[judge]', or export the model to ONNX"
        ) from None
    try:
        model = AutoModelForSequenceClassification.from_pretrained(path, local_files_only=True)
    except Exception as error:  # whatever a foreign folder may cause
        raise ModelError(f"{path} cannot be loaded: {error}") from error
    model.eval()
    wanted = signature(model.forward).parameters  # also through the library's decorators

    def run(arrays: Arrays) -> Floats:
        known = {name: torch.from_numpy(a) for name, a in arrays.items() if name in wanted}
        with torch.inference_mode():
            result: Floats = model(**known).logits.float().numpy()
        return result

    return run


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:8]
