"""What the running application was made with, for its views."""

from typing import cast

from flask import Flask, current_app

from tracker.config import Settings
from tracker.pipeline import Tracker

_NAME = "claim-tracker"


def install(app: Flask, settings: Settings, tracker: Tracker) -> None:
    """Keep what ``app`` works on."""
    app.extensions[_NAME] = (settings, tracker)


def settings() -> Settings:
    """The settings of the application that answers this request."""
    return cast(Settings, current_app.extensions[_NAME][0])


def tracker() -> Tracker:
    """The tracker of the application that answers this request."""
    return cast(Tracker, current_app.extensions[_NAME][1])
