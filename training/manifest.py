"""The list of the model files, with their sizes and sums."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from tracker.encoder.files import MANIFEST


def record(folder: Path, names: Sequence[str]) -> None:
    """Put files of the folder into its manifest, leaving the other entries alone."""
    manifest = folder / MANIFEST
    entries = json.loads(manifest.read_text()) if manifest.exists() else {}
    for name in names:
        content = (folder / name).read_bytes()
        entries[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest.write_text(json.dumps(entries, indent=2, sort_keys=True) + "\n")
