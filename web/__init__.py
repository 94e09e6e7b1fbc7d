"""The review desk and the HTTP API: Flask over a tracker.

A view is a query and a template. What is decided is decided in ``tracker``.
"""

from flask import Flask
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, Map, ValidationError

from tracker.config import Settings
from tracker.pipeline import Tracker
from web import (
    access,
    api,
    articles,
    claims,
    compression,
    conflicts,
    current,
    display,
    inbox,
    live,
    overview,
    problems,
    reading_language,
    security,
    sources,
    stories,
    subscriptions,
)

__all__ = ["create_app"]


class IdConverter(IntegerConverter):
    """An id in a URL; larger numbers than a database column holds are not found, not errors."""

    def __init__(self, map: Map) -> None:
        """An id from 1 on."""
        super().__init__(map, min=1, max=2**31 - 1)

    def to_python(self, value: str) -> int:
        """The id.

        Raises:
            NotFound: it is none. Werkzeug would go on, and say of an address that also takes
                another method that it does not take this one.
        """
        try:
            return int(super().to_python(value))
        except ValidationError:
            raise NotFound from None


def create_app(settings: Settings, tracker: Tracker) -> Flask:
    """The web application over ``tracker``.

    Raises:
        ConfigurationError: the secret key can be neither read nor kept in ``data_dir``.
    """
    app = Flask(__name__)
    app.url_map.converters["id"] = IdConverter
    compression.install(app)
    current.install(app, settings, tracker)
    security.harden(app, settings)
    access.install(app, settings)
    CSRFProtect(app).exempt(api.blueprint)
    reading_language.install(app)
    display.install(app)
    problems.install(app)
    pages = (inbox, conflicts, stories, claims, articles, sources, subscriptions, overview)
    for part in (*pages, live, api):
        app.register_blueprint(part.blueprint)
    return app
