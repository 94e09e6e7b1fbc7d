"""What the settings make of the line, and what they refuse."""

from pathlib import Path

import pytest

from tracker.assembly import build_tracker, rehearse, write_calibration
from tracker.config import Settings
from tracker.errors import ConfigurationError, ModelError


def test_all_models_that_come_with_the_program_work(tmp_path: Path) -> None:
    rehearse(Settings(data_dir=tmp_path))


def test_a_judge_without_a_model_to_ask_for_is_refused(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, judge_url="http://127.0.0.1:1/v1")
    with pytest.raises(ConfigurationError, match="TRACKER_JUDGE_MODEL"):
        build_tracker(settings)


def test_a_judge_whose_folder_holds_none_is_refused_by_name(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, judge_folder=tmp_path / "judge")
    with pytest.raises(ModelError, match=r"judge/config\.json"):
        build_tracker(settings)


def test_a_judge_without_instructions_is_refused(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        judge_url="http://127.0.0.1:1/v1",
        judge_model="big",
        judge_prompt=tmp_path / "none.txt",
    )
    with pytest.raises(ConfigurationError, match=r"none\.txt"):
        build_tracker(settings)


def test_the_threshold_that_was_kept_holds(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert build_tracker(settings).cascade.threshold != 0.87
    write_calibration(settings, 0.87)
    assert build_tracker(settings).cascade.threshold == 0.87
