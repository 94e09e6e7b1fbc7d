"""Puts the parts of the line together as the settings say."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tracker.alerts import ChannelNotifier
from tracker.claims import ModelExtractor
from tracker.comparison import (
    Cascade,
    InferenceJudge,
    Judge,
    LanguageModelJudge,
    ModelComparer,
    Pairing,
    RelationLayer,
    RuleComparer,
    explain,
    judge_name,
    load_relation_layer,
    read_prompt,
)
from tracker.config import Settings
from tracker.encoder import (
    FolderReader,
    ModelFolder,
    load_encoder,
    load_pair_reader,
    load_tagger,
)
from tracker.errors import ConfigurationError
from tracker.languages import languages
from tracker.matching import Matcher
from tracker.pipeline import Doorbell, SilentDoorbell, Tracker, utc_now
from tracker.storage import Storage, open_storage
from tracker.types import Article, ArticleState

_CALIBRATION = "calibration.json"


def build_tracker(settings: Settings, doorbell: Doorbell | None = None) -> Tracker:
    """The tracker that the settings describe; whoever builds it closes its storage.

    Args:
        settings: where things are and how much is asked of them.
        doorbell: who is told of work to do; nobody by default, for the queue-less mode.

    Raises:
        ModelError: a model file is missing or damaged, or the folder of a judge.
        ConfigurationError: the database URL is not one, a judge is named by halves, or what
            ``tracker calibrate`` kept is damaged.
    """
    packs, models = languages(), ModelFolder()
    storage = open_storage(settings.sqlalchemy_url)
    model = ModelComparer(load_pair_reader(models))
    return Tracker(
        storage=storage,
        extractor=ModelExtractor(packs, load_tagger(models)),
        encoder=load_encoder(models),
        matcher=Matcher(),
        cascade=Cascade(
            (RuleComparer(packs), model),
            _relation_layer(settings),
            explain=partial(explain, model),
            judge=_judge(settings, storage),
        ),
        notifier=ChannelNotifier(settings.public_url),
        doorbell=doorbell or SilentDoorbell(),
        candidate_budget=settings.candidate_budget,
        window=timedelta(days=settings.window_days),
        alert_attempts=settings.alert_attempts,
    )


def rehearse(settings: Settings) -> None:
    """Put a sentence through every model, so that a fault is told before there is work to lose.

    Raises:
        ModelError: a model is missing or damaged, or answers no numbers; the message names it.
        ConfigurationError: as for ``build_tracker``.
    """
    tracker = build_tracker(settings)
    with closing(tracker.storage):
        claims = tracker.extractor.extract(_REHEARSED)
        tracker.encoder.embed([_REHEARSED.text])
        said = claims[0].statement
        tracker.cascade.judge([Pairing(said, said, same_voice=True)])


_REHEARSED = Article(
    id=0,
    outlet="",
    text="“The dam holds,” said Ana Pop, the engineer.",
    language="en",
    published_at=datetime(2026, 1, 1, tzinfo=UTC),
    received_at=datetime(2026, 1, 1, tzinfo=UTC),
    state=ArticleState.PENDING,
)


def write_calibration(settings: Settings, threshold: float) -> Path:
    """Keep a threshold for conflicts beside the other data; answers where."""
    file = settings.data_dir / _CALIBRATION
    file.write_text(json.dumps({"threshold": threshold}) + "\n", "utf-8")
    return file


def _relation_layer(settings: Settings) -> RelationLayer:
    """The relation layer, with the threshold that ``tracker calibrate`` kept, if it did."""
    file = settings.data_dir / _CALIBRATION
    if not file.is_file():
        return load_relation_layer()
    try:
        threshold = float(json.loads(file.read_text("utf-8"))["threshold"])
        if not 0 <= threshold <= 1:
            raise ValueError(f"{threshold} is not from 0 to 1")
    except (ValueError, LookupError, TypeError) as error:
        raise ConfigurationError(
            f"{file} cannot be used ({error}); run `tracker calibrate` again or remove it"
        ) from None
    return replace(load_relation_layer(), threshold=threshold)


def _judge(settings: Settings, storage: Storage) -> Judge | None:
    """The bigger judge that the settings name, if any."""
    if settings.judge_folder:
        return InferenceJudge(
            judge_name(settings.judge_folder.resolve().name), FolderReader(settings.judge_folder)
        )
    if not settings.judge_url:
        return None
    if not settings.judge_model:
        raise ConfigurationError("TRACKER_JUDGE_MODEL: name the model to ask at TRACKER_JUDGE_URL")
    name = judge_name(settings.judge_model)
    return LanguageModelJudge(
        url=settings.judge_url,
        model=settings.judge_model,
        key=settings.judge_key.get_secret_value(),
        prompt=read_prompt(settings.judge_prompt),
        timeout=settings.judge_timeout,
        allowance=lambda: settings.judge_per_day - _asked_today(storage, name),
    )


def _asked_today(storage: Storage, judge: str) -> int:
    midnight = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    with storage.snapshot() as tx:
        return tx.matches.count_verdicts(judge, midnight)
