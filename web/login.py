"""Signing in with a name and a password, and out."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import LOOK_BACK, Attempt, Passwords, sign_in
from tracker.errors import SignInRefused, TooManySignIns
from web import identity
from web.current import settings, tracker
from web.reading_language import own_page
from web.words import refusal

blueprint = Blueprint("login", __name__)


@blueprint.get("/login")
def page() -> ResponseReturnValue:
    """The form; who is signed in already goes on."""
    if identity.account() is not None:
        return redirect(own_page(request.args.get("from", "")))
    return show(request.args.get("from", ""))


@blueprint.post("/login")
def enter() -> ResponseReturnValue:
    """Sign in, and go on to the page that was wanted."""
    attempt = Attempt(
        name=request.form.get("name", ""),
        password=request.form.get("password", ""),
        address=identity.address(),
    )
    wanted = request.form.get("from", "")
    try:
        known = sign_in(tracker().storage, attempt, tracker().clock(), Passwords())
    except TooManySignIns as error:
        wait = {"Retry-After": str(int(LOOK_BACK.total_seconds()))}
        return show(wanted, refusal(error)), HTTPStatus.TOO_MANY_REQUESTS, wait
    except SignInRefused as error:
        return show(wanted, refusal(error)), HTTPStatus.UNAUTHORIZED
    identity.enter(known)
    return redirect(own_page(wanted), HTTPStatus.SEE_OTHER)


@blueprint.post("/logout")
def leave() -> ResponseReturnValue:
    """Sign out."""
    identity.leave()
    return redirect(url_for("login.page"), HTTPStatus.SEE_OTHER)


def show(wanted: str, problem: str = "") -> str:
    """The page, with what went wrong."""
    provider = bool(settings().oidc_issuer)
    return render_template("login.html", wanted=wanted, problem=problem, provider=provider)
