"""The language of the interface: the reader's choice, or what the browser asks for."""

from http import HTTPStatus

from babel import Locale
from flask import Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel

from tracker.types import Tongue
from web.problems import refused

OFFERED = {code.value: str(Locale.parse(code).display_name).capitalize() for code in Tongue}
"""The languages by their codes, as they call themselves."""


def install(app: Flask) -> None:
    """Let the pages of ``app`` speak the reader's language; times stay in UTC."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=chosen, timezone_selector=lambda: "UTC")
    app.jinja_env.globals.update(offered_languages=OFFERED, reading_language=chosen)
    app.add_url_rule("/language", "language", choose, methods=["POST"])


def chosen() -> str:
    """The code of the language in which this request is answered."""
    kept = session.get("language")
    return kept if kept in OFFERED else request.accept_languages.best_match(OFFERED, "en")


def choose() -> ResponseReturnValue:
    """Keep the reader's choice."""
    language = request.form.get("language", "")
    if language not in OFFERED:
        raise refused("language", "one of %(known)s was expected", known=", ".join(OFFERED))
    session["language"] = language
    session.permanent = True
    return redirect(own_page(request.form.get("from", "")), HTTPStatus.SEE_OTHER)


def own_page(path: str) -> str:
    """A page of this desk; never another site, whatever the form says."""
    # Browsers read "\\" as "/" and drop control characters, and "//" begins another site's name.
    is_plain = path.isprintable() and "\\" not in path
    is_own = is_plain and path.startswith("/") and not path.startswith("//")
    return path if is_own else url_for("inbox.index")
