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
from tracker.types import Account, Token
from web.current import tracker
from web.identity import account, address, may, signed_in
from web.problems import API_PATHS, RefusedError
from web.rules import OPEN, RULES, Rule


def keep_to_this_machine(app: Flask) -> None:
    """Without accounts: answer nobody but this machine, wherever the server is bound."""
    app.before_request(_refuse_others)


def demand_accounts(app: Flask, settings: Settings) -> None:
    """With accounts: answer whoever signed in or shows a token, within what they may."""
    limiter = FixedWindowRateLimiter(MemoryStorage())
    most = RateLimitItemPerMinute(settings.api_per_minute)

    def check() -> ResponseReturnValue | None:
        return _check(lambda who: limiter.hit(most, who))

    app.before_request(check)
    app.after_request(_add_headers)


def _refuse_others() -> ResponseReturnValue | None:
    # The peer itself, not what a proxy says of it.
    peer = request.environ.get("werkzeug.proxy_fix.orig", request.environ).get("REMOTE_ADDR", "")
    if is_this_machine(peer):
        return None
    message = "Only this machine is answered; TRACKER_ACCOUNTS=on lets others sign in.\n"
    return Response(message, HTTPStatus.FORBIDDEN, mimetype="text/plain")


def _check(allow: Callable[[str], bool]) -> ResponseReturnValue | None:
    if request.endpoint == "static":
        return None
    shows_token = request.path.startswith(API_PATHS) and _bearer() is not None
    g.account = None if shows_token else signed_in()
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    rule = RULES.get(request.endpoint)
    if rule is None:
        raise _forbidden()
    if _is_for_token(rule, shows_token=shows_token):
        _check_token(rule, allow)
    elif account() is None:
        return _to_login()
    if not may(rule.role):
        raise _forbidden()
    return None


def _is_for_token(rule: Rule, *, shows_token: bool) -> bool:
    """Whether a token is to be shown; where a browser may come too, who is sent to sign in."""
    if rule.scope is None or not rule.is_for_browsers:
        return rule.scope is not None
    wants_page = "text/html" in request.accept_mimetypes.values()
    return shows_token or (account() is None and not wants_page)


def _forbidden() -> RefusedError:
    message = gettext("Your account may not do this.")
    return RefusedError(HTTPStatus.FORBIDDEN, "forbidden", message)


def _to_login() -> ResponseReturnValue:
    is_page = request.method == "GET" and "HX-Request" not in request.headers
    wanted: dict[str, Any] = {"from": request.full_path.rstrip("?")} if is_page else {}
    where = url_for("login.page", **wanted)
    if "HX-Request" in request.headers:  # it would put the form into a corner of the page
        return "", HTTPStatus.NO_CONTENT, {"HX-Redirect": where}
    return redirect(where, HTTPStatus.SEE_OTHER)


def _check_token(rule: Rule, allow: Callable[[str], bool]) -> None:
    token, owner = _shown_token() or (None, None)
    if not allow(f"token {token.id}" if token else f"address {address()}"):
        raise RefusedError(
            HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", "wait a minute before the next one"
        )
    if token is None or owner is None:
        expected = "a token that is good was expected: Authorization: Bearer TOKEN"
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "unauthorized", expected, "Authorization")
    if rule.scope not in token.scopes or rule.scope not in scopes_of(owner.role):
        message = f"this needs a token with the scope {rule.scope}"
        raise RefusedError(HTTPStatus.FORBIDDEN, "insufficient_scope", message, "Authorization")
    g.account = owner


def _shown_token() -> tuple[Token, Account] | None:
    shown, now = _bearer(), tracker().clock()
    if not shown:
        return None
    with tracker().storage.snapshot() as tx:
        found = tx.tokens.whose(digest(shown), now)
    if found and not is_noted(found[0], now):
        with tracker().storage.transaction() as tx:
            tx.tokens.note_use(found[0].id, now)
    return found


def _bearer() -> str | None:
    shown = request.authorization
    return shown.token if shown is not None and shown.type == "bearer" else None


def _add_headers(response: Response) -> Response:
    is_api = request.path.startswith(API_PATHS)
    if is_api and response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if is_api and response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "60"
    if account() is not None and not is_api:
        # Or the back button would show it after signing out.
        response.headers["Cache-Control"] = "no-store"
    return response
