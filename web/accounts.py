"""Everybody's accounts and tokens, for administrators."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import add_account, change_password, change_role, revoke_token, shut_out
from tracker.errors import InvalidAccount
from tracker.storage import Transaction
from tracker.types import Role
from web.current import tracker
from web.forms import LONGEST_NAME, read_text, read_word
from web.identity import actor
from web.words import refusal

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


@blueprint.get("")
def index() -> str:
    """The accounts and the tokens."""
    return show()


@blueprint.post("")
def add() -> ResponseReturnValue:
    """Make an account."""
    name, role = read_text("name", LONGEST_NAME), read_role()
    password = request.form.get("password", "")
    return changed(lambda tx: add_account(tx, name, role, password, actor(), tracker().clock()))


@blueprint.post("/<id:account_id>/role")
def role(account_id: int) -> ResponseReturnValue:
    """Change what somebody may do."""
    role = read_role()
    return changed(
        lambda tx: change_role(tx, tx.accounts.get(account_id), role, actor(), tracker().clock())
    )


@blueprint.post("/<id:account_id>/password")
def password(account_id: int) -> ResponseReturnValue:
    """Give somebody another password."""
    new = request.form.get("password", "")
    return changed(
        lambda tx: change_password(tx, tx.accounts.get(account_id), new, actor(), tracker().clock())
    )


@blueprint.post("/<id:account_id>/disable")
def disable(account_id: int) -> ResponseReturnValue:
    """Shut somebody out."""
    return set_disabled(account_id, is_disabled=True)


@blueprint.post("/<id:account_id>/enable")
def enable(account_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    return set_disabled(account_id, is_disabled=False)


@blueprint.post("/tokens/<id:token_id>/revoke")
def revoke(token_id: int) -> ResponseReturnValue:
    """Let a token be good for nothing."""
    return changed(lambda tx: revoke_token(tx, tx.tokens.get(token_id), actor(), tracker().clock()))


def set_disabled(account_id: int, *, is_disabled: bool) -> ResponseReturnValue:
    """Shut somebody out, or let them in again."""
    return changed(
        lambda tx: shut_out(
            tx,
            tx.accounts.get(account_id),
            actor(),
            tracker().clock(),
            is_disabled=is_disabled,
        )
    )


def changed(change: Callable[[Transaction], object]) -> ResponseReturnValue:
    """Back to the page after a change, or the page with what was wrong with it."""
    try:
        with tracker().storage.transaction() as tx:
            change(tx)
    except InvalidAccount as error:
        return show(refusal(error)), HTTPStatus.BAD_REQUEST
    return redirect(url_for("accounts.index"), HTTPStatus.SEE_OTHER)


def read_role() -> Role:
    """The role that was chosen.

    Raises:
        RefusedError: it is none.
    """
    return read_word(Role, "role", request.form.get("role", ""))


def show(problem: str = "") -> str:
    """The page, with what went wrong."""
    with tracker().storage.snapshot() as tx:
        accounts = tx.accounts.all()
        return render_template(
            "accounts.html",
            accounts=accounts,
            names={each.id: each.name for each in accounts},
            tokens=tx.tokens.all(),
            roles=tuple(Role),
            now=tracker().clock(),
            problem=problem,
            typed=read_text("name", LONGEST_NAME) if problem else "",
        )
