"""Puts the parts of the line together as the settings say."""

from datetime import timedelta
from functools import partial

from tracker.alerts import ChannelNotifier
from tracker.claims import ModelExtractor
from tracker.comparison import (
    Cascade,
    ModelComparer,
    RuleComparer,
    explain,
    load_relation_layer,
)
from tracker.config import Settings
from tracker.encoder import ModelFolder, load_encoder, load_pair_reader, load_tagger
from tracker.languages import languages
from tracker.matching import Matcher
from tracker.pipeline import Doorbell, SilentDoorbell, Tracker
from tracker.storage import open_storage


def build_tracker(settings: Settings, doorbell: Doorbell | None = None) -> Tracker:
    """The tracker that the settings describe; whoever builds it closes its storage.

    Args:
        settings: where things are and how much is asked of them.
        doorbell: who is told of work to do; nobody by default, for the queue-less mode.

    Raises:
        ModelError: a model file is missing or damaged.
        ConfigurationError: the database URL is not one.
    """
    packs, models = languages(), ModelFolder()
    model = ModelComparer(load_pair_reader(models))
    return Tracker(
        storage=open_storage(settings.sqlalchemy_url),
        extractor=ModelExtractor(packs, load_tagger(models)),
        encoder=load_encoder(models),
        matcher=Matcher(),
        cascade=Cascade(
            (RuleComparer(packs), model), load_relation_layer(), explain=partial(explain, model)
        ),
        notifier=ChannelNotifier(settings.public_url),
        doorbell=doorbell or SilentDoorbell(),
        candidate_budget=settings.candidate_budget,
        window=timedelta(days=settings.window_days),
        alert_attempts=settings.alert_attempts,
    )
