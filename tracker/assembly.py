"""Puts the parts of the line together as the settings say."""

from datetime import timedelta
from functools import partial

from tracker.alerts import ChannelNotifier
from tracker.claims import ModelExtractor
from tracker.comparison import (
    Cascade,
    InferenceJudge,
    Judge,
    LanguageModelJudge,
    ModelComparer,
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


def build_tracker(settings: Settings, doorbell: Doorbell | None = None) -> Tracker:
    """The tracker that the settings describe; whoever builds it closes its storage.

    Args:
        settings: where things are and how much is asked of them.
        doorbell: who is told of work to do; nobody by default, for the queue-less mode.

    Raises:
        ModelError: a model file is missing or damaged, or the folder of a judge.
        ConfigurationError: the database URL is not one, or a judge is named by halves.
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
            load_relation_layer(),
            explain=partial(explain, model),
            judge=_judge(settings, storage),
        ),
        notifier=ChannelNotifier(settings.public_url),
        doorbell=doorbell or SilentDoorbell(),
        candidate_budget=settings.candidate_budget,
        window=timedelta(days=settings.window_days),
        alert_attempts=settings.alert_attempts,
    )


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
