"""Lets a request through or not, before any view sees it. What is not listed here is shut."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from tracker.accounts import digest, is_this_machine, scopes_of
from tracker.config import Settings
from tracker.storage.tokens import is_noted
from tracker.types import Account, Role, Scope, Token
from web.current import tracker
from web.identity import account, address, may, signed_in
from web.problems import RefusedError

API = "/api/"
OPEN = frozenset(
    {"static", "language", "api.healthz", "login.page", "login.enter", "oidc.start", "oidc.back"}
)
"""What is answered without signing in."""
OWN = frozenset({"login.leave", "account.password", "account.make", "account.revoke"})
"""What changes only something of one's own, and so is for everybody who signed in."""
OF_ADMINS = ("accounts.", "audit.")
CHANGED_BY_ADMINS = ("subscriptions.",)
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def keep_to_this_machine(app: Flask) -> None:
    """Without accounts: answer nobody but this machine, wherever the server is bound."""
    app.before_request(_refuse_others)


def demand_accounts(app: Flask, settings: Settings) -> None:
    """With accounts: answer whoever signed in or shows a token, within what they may."""
    limiter = FixedWindowRateLimiter(MemoryStorage())
    most = RateLimitItemPerMinute(settings.api_per_minute)

    def check() -> ResponseReturnValue | None:
        if not request.path.startswith(API):
            return _check_page()
        _check_token(lambda who: limiter.hit(most, who))
        return None

    app.before_request(check)
    app.after_request(_add_headers)


def needed_role(endpoint: str, method: str) -> Role:
    """The role without which a page is not shown or a form not taken."""
    if endpoint.startswith(OF_ADMINS):
        return Role.ADMIN
    if method in READING or endpoint in OWN:
        return Role.READER
    return Role.ADMIN if endpoint.startswith(CHANGED_BY_ADMINS) else Role.REVIEWER


def needed_scope(path: str, method: str) -> Scope:
    """The scope without which the API does not answer."""
    if method in READING:
        return Scope.READ
    return Scope.INGEST if path.startswith(f"{API}articles") else Scope.REVIEW


def _refuse_others() -> ResponseReturnValue | None:
    # The peer itself, not what a proxy says of it.
    peer = request.environ.get("werkzeug.proxy_fix.orig", request.environ).get("REMOTE_ADDR", "")
    if is_this_machine(peer):
        return None
    message = "Only this machine is answered; TRACKER_ACCOUNTS=on lets others sign in.\n"
    return Response(message, HTTPStatus.FORBIDDEN, mimetype="text/plain")


def _check_page() -> ResponseReturnValue | None:
    if request.endpoint == "static":
        return None
    g.account = signed_in()
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    if account() is None:
        return _to_login()
    if not may(needed_role(request.endpoint, request.method)):
        raise RefusedError(
            HTTPStatus.FORBIDDEN, "forbidden", gettext("Your account may not do this.")
        )
    return None


def _to_login() -> ResponseReturnValue:
    is_page = request.method == "GET" and "HX-Request" not in request.headers
    wanted: dict[str, Any] = {"from": request.full_path.rstrip("?")} if is_page else {}
    where = url_for("login.page", **wanted)
    if "HX-Request" in request.headers:  # it would put the form into a corner of the page
        return "", HTTPStatus.NO_CONTENT, {"HX-Redirect": where}
    return redirect(where, HTTPStatus.SEE_OTHER)


def _check_token(allow: Callable[[str], bool]) -> None:
    token, owner = _shown_token() or (None, None)
    if not allow(f"token {token.id}" if token else f"address {address()}"):
        raise RefusedError(
            HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", "wait a minute before the next one"
        )
    if token is None or owner is None:
        expected = "a token that is good was expected: Authorization: Bearer TOKEN"
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "unauthorized", expected, "Authorization")
    scope = needed_scope(request.path, request.method)
    if scope not in token.scopes or scope not in scopes_of(owner.role):
        message = f"this needs a token with the scope {scope}"
        raise RefusedError(HTTPStatus.FORBIDDEN, "insufficient_scope", message, "Authorization")
    g.account = owner


def _shown_token() -> tuple[Token, Account] | None:
    shown = request.authorization
    if shown is None or shown.type != "bearer" or not shown.token:
        return None
    now = tracker().clock()
    with tracker().storage.snapshot() as tx:
        found = tx.tokens.whose(digest(shown.token), now)
    if found and not is_noted(found[0], now):
        with tracker().storage.transaction() as tx:
            tx.tokens.note_use(found[0].id, now)
    return found


def _add_headers(response: Response) -> Response:
    if request.path.startswith(API) and response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if request.path.startswith(API) and response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "60"
    if account() is not None:  # or the back button would show it after signing out
        response.headers["Cache-Control"] = "no-store"
    return response
