"""Missing and damaged model files are named; the shipped ones are the ones that were recorded."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.encoder import ModelFolder, load_encoder, load_pair_reader, load_tagger
from tracker.errors import ModelError

SHARED = ["embeddings.npy", "tokenizer.json"]
COMPARISON = ["comparison_early.onnx", "comparison_late.onnx"]
FILES = [*SHARED, "attribution.onnx", *COMPARISON, "sentence.onnx"]


@pytest.fixture
def copy(models: ModelFolder, tmp_path: Path) -> Path:
    return Path(shutil.copytree(models.path, tmp_path / "models"))


def overwritten(path: Path) -> None:
    """Damage a file without changing its size."""
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize("name", FILES)
def test_shipped_files_have_the_recorded_sums(models: ModelFolder, name: str) -> None:
    recorded = json.loads((models.path / "manifest.json").read_text())[name]
    content = models.file(name).read_bytes()
    assert len(content) == recorded["bytes"]
    assert hashlib.sha256(content).hexdigest() == recorded["sha256"]


def test_shipped_files_are_small_enough_to_leave_room_for_the_other_models(
    models: ModelFolder,
) -> None:
    sizes = [models.file(name).stat().st_size for name in FILES]
    assert max(sizes) < 45e6
    assert sum(sizes) < 110e6


@pytest.mark.parametrize("name", ["sentence.onnx", *SHARED])
def test_another_file_makes_another_version_of_the_vectors(copy: Path, name: str) -> None:
    before = load_encoder(ModelFolder(copy)).version
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest[name]["sha256"] = "f" * 64
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert load_encoder(ModelFolder(copy)).version != before


def use_encoder(models: ModelFolder) -> Callable[[], object]:
    encoder = load_encoder(models)
    return lambda: encoder.embed(["Un text oarecare."])


def use_tagger(models: ModelFolder) -> Callable[[], object]:
    tagger = load_tagger(models)
    return lambda: tagger.tag("Un text oarecare.")


def use_pair_reader(models: ModelFolder) -> Callable[[], object]:
    reader = load_pair_reader(models)
    return lambda: reader.read([("It leaks.", "It holds.")])


Use = Callable[[ModelFolder], Callable[[], object]]
USES: list[tuple[Use, str]] = [
    (use_encoder, "sentence.onnx"),
    (use_tagger, "attribution.onnx"),
    *((use_pair_reader, name) for name in COMPARISON),
    *((use, name) for use in (use_encoder, use_tagger, use_pair_reader) for name in SHARED),
]


@pytest.mark.parametrize(("use", "name"), USES)
def test_a_missing_file_is_named_at_load(copy: Path, use: Use, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"{name} is missing"):
        use(ModelFolder(copy))


@pytest.mark.parametrize(("use", "name"), USES)
def test_a_file_cut_short_is_named_at_load(copy: Path, use: Use, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes()[:-1])
    with pytest.raises(ModelError, match=f"{name} has .* bytes"):
        use(ModelFolder(copy))


@pytest.mark.parametrize(("use", "name"), USES)
def test_an_overwritten_file_is_named_at_the_first_text(copy: Path, use: Use, name: str) -> None:
    overwritten(copy / name)
    read = use(ModelFolder(copy))
    with pytest.raises(ModelError, match=name):
        read()


@pytest.mark.parametrize("content", ["", "[]", '{"sentence.onnx": 5}', '{"sentence.onnx": {}}'])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ModelError, match=r"manifest\.json is damaged"):
        ModelFolder(tmp_path)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"manifest\.json is missing"):
        ModelFolder(tmp_path)


def test_a_file_that_the_manifest_does_not_know_is_named(copy: Path) -> None:
    (copy / "other.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match=r"other\.onnx is not in manifest\.json"):
        ModelFolder(copy).file("other.onnx")
