"""One's own account: the password and the tokens."""

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tracker.accounts import Attempt, Passwords, change_password, make_token, revoke_token, sign_in
from tracker.accounts import scopes_of as scopes_of_role
from tracker.errors import InvalidAccount, NotFound, SignInRefused
from tracker.types import Account, Scope, Stored, TokenDraft
from web import identity
from web.current import tracker
from web.forms import LONGEST_NAME, read_text, read_word
from web.listing import read_number
from web.words import refusal

blueprint = Blueprint("account", __name__, url_prefix="/account")

LONGEST_LIFE = 366
"""Days that a token may be good for."""


@blueprint.get("")
def page() -> str:
    """The account of whoever asks."""
    return show()


@blueprint.post("/password")
def password() -> ResponseReturnValue:
    """Change the password, by whoever knows the old one; other browsers are signed out."""
    known, now = own(), tracker().clock()
    attempt = Attempt(known.name, request.form.get("old", ""), identity.address())
    try:
        sign_in(tracker().storage, attempt, now, Passwords())
        with tracker().storage.transaction() as tx:
            change_password(tx, known, request.form.get("password", ""), identity.actor(), now)
    except (SignInRefused, InvalidAccount) as error:
        return show(problem=refusal(error)), HTTPStatus.BAD_REQUEST
    identity.enter(known)
    flash(gettext("The password is changed; you are signed out everywhere else."))
    return redirect(url_for("account.page"), HTTPStatus.SEE_OTHER)


@blueprint.post("/tokens")
def make() -> ResponseReturnValue:
    """Make a token, and show it this once."""
    known, now = own(), tracker().clock()
    scopes = [read_word(Scope, "scopes", each) for each in request.form.getlist("scopes")]
    days = read_number(request.form, "days", default=90, highest=LONGEST_LIFE)
    draft = TokenDraft(
        account_id=known.id,
        name=read_text("name", LONGEST_NAME),
        scopes=frozenset(scopes),
        expires_at=now + timedelta(days=days),
    )
    try:
        with tracker().storage.transaction() as tx:
            _, secret = make_token(tx, known, draft, identity.actor(), now)
    except InvalidAccount as error:
        return show(problem=refusal(error)), HTTPStatus.BAD_REQUEST
    return show(secret=secret)


@blueprint.post("/tokens/<id:token_id>/revoke")
def revoke(token_id: int) -> ResponseReturnValue:
    """Let one of the own tokens be good for nothing."""
    with tracker().storage.transaction() as tx:
        token = tx.tokens.get(token_id)
        if token.account_id != own().id:
            raise NotFound("no {thing} {id}", thing=Stored.TOKEN, id=token_id)
        revoke_token(tx, token, identity.actor(), tracker().clock())
    return redirect(url_for("account.page"), HTTPStatus.SEE_OTHER)


def own() -> Account:
    """The account of whoever asks; the guard lets nobody else in here."""
    known = identity.account()
    assert known is not None, "the guard has let somebody in who is not signed in"
    return known


def show(*, problem: str = "", secret: str = "") -> str:
    """The page, with what went wrong, or with the token that was made."""
    with tracker().storage.snapshot() as tx:
        return render_template(
            "account.html",
            tokens=tx.tokens.of_account(own().id),
            scopes=scopes_of_role(own().role),
            now=tracker().clock(),
            problem=problem,
            secret=secret,
        )
