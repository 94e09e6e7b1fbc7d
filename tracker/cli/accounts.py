"""Commands on accounts and on tokens of the API."""

import getpass
from collections.abc import Iterable
from datetime import timedelta

import click

from tracker.accounts import (
    Actor,
    add_account,
    change_password,
    change_role,
    make_token,
    name_key,
    revoke_token,
    shut_out,
)
from tracker.cli.opening import opened_storage
from tracker.pipeline import utc_now
from tracker.types import Account, Role, Scope, Token, TokenDraft

ROLE = click.Choice([role.value for role in Role])
SCOPE = click.Choice([scope.value for scope in Scope])
asked_password = click.password_option(help="Asked for if not given, and better so.")


@click.group()
def account() -> None:
    """Who may sign in to the pages."""


@account.command()
@click.argument("name")
@click.option("--role", type=ROLE, default=Role.READER.value, show_default=True)
@asked_password
def add(name: str, role: str, password: str) -> None:
    """Make an account."""
    with opened_storage() as storage, storage.transaction() as tx:
        made = add_account(tx, name, Role(role), password, operator(), utc_now())
    click.echo(_told(made))


@account.command("list")
def list_accounts() -> None:
    """List the accounts."""
    with opened_storage() as storage, storage.snapshot() as tx:
        for each in tx.accounts.all():
            click.echo(_told(each))


@account.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let it in again.")
def disable(name: str, undo: bool) -> None:
    """Shut an account out; it is signed out everywhere, and its tokens are refused."""
    with opened_storage() as storage, storage.transaction() as tx:
        found = tx.accounts.named(name_key(name))
        shut_out(tx, found, operator(), utc_now(), is_disabled=not undo)
        click.echo(_told(tx.accounts.get(found.id)))


@account.command()
@click.argument("name")
@asked_password
def password(name: str, password: str) -> None:
    """Give an account another password; it is signed out everywhere."""
    with opened_storage() as storage, storage.transaction() as tx:
        found = tx.accounts.named(name_key(name))
        change_password(tx, found, password, operator(), utc_now())
    click.echo(f"{found.name} has another password.")


@account.command()
@click.argument("name")
@click.argument("role", type=ROLE)
def role(name: str, role: str) -> None:
    """Change what an account may do."""
    with opened_storage() as storage, storage.transaction() as tx:
        found = tx.accounts.named(name_key(name))
        change_role(tx, found, Role(role), operator(), utc_now())
        click.echo(_told(tx.accounts.get(found.id)))


@click.group()
def token() -> None:
    """Tokens of the API."""


@token.command("make")
@click.argument("account")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=SCOPE)
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True)
def make(account: str, name: str, scopes: Iterable[str], days: int) -> None:
    """Make a token of ACCOUNT; NAME says what it is for."""
    now = utc_now()
    with opened_storage() as storage, storage.transaction() as tx:
        owner = tx.accounts.named(name_key(account))
        draft = TokenDraft(
            account_id=owner.id,
            name=name,
            scopes=frozenset(map(Scope, scopes)),
            expires_at=now + timedelta(days=days),
        )
        made, secret = make_token(tx, owner, draft, operator(), now)
    click.echo(_described(made, owner.name))
    click.echo(f"{secret} (shown only now)")


@token.command("list")
def list_tokens() -> None:
    """List the tokens, newest first."""
    with opened_storage() as storage, storage.snapshot() as tx:
        names = {each.id: each.name for each in tx.accounts.all()}
        for each in tx.tokens.all():
            click.echo(_described(each, names[each.account_id]))


@token.command()
@click.argument("id", type=int)
def revoke(id: int) -> None:
    """Let a token be good for nothing from now on."""
    with opened_storage() as storage, storage.transaction() as tx:
        revoke_token(tx, tx.tokens.get(id), operator(), utc_now())
    click.echo(f"Token {id} is good for nothing now.")


def operator() -> Actor:
    """Whoever types commands on this machine, as the audit log has them."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user without a name
        name = "somebody"
    return Actor(f"{name} (command line)")


def _told(account: Account) -> str:
    disabled = ", disabled" if account.is_disabled else ""
    foreign = ", through the identity provider" if account.is_foreign else ""
    return f"{account.name}: {account.role}{disabled}{foreign}"


def _described(token: Token, owner: str) -> str:
    scopes, end = ", ".join(sorted(token.scopes)), token.revoked_at or token.expires_at
    state = "revoked on" if token.revoked_at else "good until"
    return f"{token.id}: {token.name} of {owner}; {scopes}; {state} {end:%Y-%m-%d}"
