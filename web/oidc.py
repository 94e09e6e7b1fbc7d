"""Signing in through an OpenID Connect provider: discovery, state, nonce and PKCE by Authlib."""

import logging
from http import HTTPStatus
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from joserfc.errors import JoseError
from requests import RequestException

from tracker.accounts import Vouched, admit
from tracker.config import Settings
from tracker.errors import SignInRefused
from web import identity, login
from web.current import settings, tracker
from web.reading_language import own_page
from web.words import refusal

TIMEOUT = 10
"""Seconds that the provider has to answer."""

log = logging.getLogger(__name__)
blueprint = Blueprint("oidc", __name__, url_prefix="/login/provider")


def install(app: Flask, settings: Settings) -> None:
    """Offer to sign in through the provider that the settings name."""
    OAuth(app).register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        server_metadata_url=(
            settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration"
        ),
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
            "leeway": 0,  # some providers give access tokens that live for a minute only
        },
    )
    app.register_blueprint(blueprint)


@blueprint.get("")
def start() -> ResponseReturnValue:
    """Go to the provider."""
    session["from"] = request.args.get("from", "")
    where = settings().public_url.rstrip("/") + url_for("oidc.back")
    try:
        answer: ResponseReturnValue = provider().authorize_redirect(where)
    except (RequestException, LookupError, RuntimeError) as error:
        return failed(error)
    return answer


@blueprint.get("/back")
def back() -> ResponseReturnValue:
    """Come back from the provider with a code, and be let in for what it says."""
    wanted = session.get("from", "")
    try:
        who = vouched(provider())
    except (AuthlibBaseError, JoseError, RequestException, LookupError, ValueError) as error:
        return failed(error)
    address, now = identity.address(), tracker().clock()
    try:
        known = admit(tracker().storage, who, settings().oidc_roles, address, now)
    except SignInRefused as error:
        return login.show("", refusal(error)), HTTPStatus.FORBIDDEN
    identity.enter(known)
    return redirect(own_page(wanted), HTTPStatus.SEE_OTHER)


def provider() -> Any:
    """The provider of the application that answers this request."""
    return current_app.extensions["authlib.integrations.flask_client"].provider


def vouched(client: Any) -> Vouched:
    """What the provider says, once its signature, issuer, audience and nonce are checked.

    Raises:
        Exception: one of those that ``back`` catches; something of it is not right.
    """
    issuer = settings().oidc_issuer
    expected = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": settings().oidc_client_id},
    }
    answer = client.authorize_access_token(claims_options=expected)
    said: dict[str, Any] = dict(answer["userinfo"])
    if settings().oidc_claim not in said and "userinfo_endpoint" in client.server_metadata:
        more = client.userinfo(token=answer)
        if more["sub"] != said["sub"]:
            raise ValueError("the provider speaks of somebody else in its userinfo")
        said = {**more, **said}
    name = said.get("preferred_username") or said.get("email") or said.get("name") or ""
    return Vouched(f"{issuer} {said['sub']}", str(name), words_of(said))


def words_of(said: dict[str, Any]) -> frozenset[str]:
    """The words of the claim that gives roles; a single word is one of them."""
    found = said.get(settings().oidc_claim) or []
    return frozenset(map(str, found if isinstance(found, list) else [found]))


def failed(error: Exception) -> ResponseReturnValue:
    """The page to sign in, saying that it failed; why is in the log, for it may be confidential."""
    log.warning("signing in through the provider failed: %r", error)
    problem = gettext("Signing in through the provider failed; try again.")
    return login.show("", problem), HTTPStatus.BAD_GATEWAY
