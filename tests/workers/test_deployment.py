"""The Compose file and the Dockerfile name only what exists; no container engine is needed."""

import re
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.config import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = {name: s for name, s in COMPOSE["services"].items() if s["image"] == "claim-tracker"}
SCRIPTS = {script.name for script in entry_points(group="console_scripts")} | {"python"}


def test_every_process_has_a_container() -> None:
    assert OURS.keys() == {"migrate", "web", "worker", "beat", "inbox"}


@pytest.mark.parametrize("name", OURS)
def test_a_container_runs_a_program_that_exists(name: str) -> None:
    command = OURS[name]["command"]
    assert command[0] in SCRIPTS
    modules = [module for word in command for module in re.findall(r"\b(?:web|workers)\.\w+", word)]
    assert all(find_spec(module) for module in modules)
    assert modules or command[0] == "tracker"


@pytest.mark.parametrize("name", OURS)
def test_a_container_is_given_settings_that_exist(name: str) -> None:
    known = {f"TRACKER_{field.upper()}" for field in Settings.model_fields}
    assert OURS[name]["environment"].keys() <= known


def test_only_the_pages_are_published_and_only_to_this_machine() -> None:
    published = {n: s["ports"] for n, s in COMPOSE["services"].items() if "ports" in s}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_what_a_container_waits_for_exists_and_what_is_kept_has_a_volume() -> None:
    services = COMPOSE["services"]
    assert all(s.get("depends_on", {}).keys() <= services.keys() for s in services.values())
    kept = [mount.partition(":")[0] for s in services.values() for mount in s.get("volumes", [])]
    assert sorted(kept) == sorted(COMPOSE["volumes"])


def test_the_image_is_made_of_files_that_exist() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert copied
    assert all((ROOT / name).exists() for line in copied for name in line.split())
