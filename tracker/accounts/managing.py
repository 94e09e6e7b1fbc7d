"""Accounts and tokens made and changed."""

from dataclasses import replace
from datetime import datetime, timedelta

from tracker.accounts.actor import Actor
from tracker.accounts.names import LONGEST_NAME, check_name, name_key
from tracker.accounts.passwords import Passwords
from tracker.accounts.roles import scopes_of
from tracker.accounts.secrets import digest, new_token
from tracker.errors import InvalidAccount
from tracker.storage import Transaction
from tracker.types import Account, Deed, Role, Token, TokenDraft

LONGEST_LIFE = timedelta(days=366)
"""How long a token may be good for."""


def add_account(
    tx: Transaction, name: str, role: Role, password: str, by: Actor, at: datetime
) -> Account:
    """Make an account that signs in with a password.

    Raises:
        InvalidAccount: the name is taken or none, or the password too short or too long.
    """
    name = check_name(name)
    kept = Passwords().hash(password)
    account = tx.accounts.add(name, name_key(name), role, at, password=kept)
    tx.audit.add(by.did(Deed.ACCOUNT_ADDED, f"{name}: {role}"), at)
    return account


def change_password(
    tx: Transaction, account: Account, password: str, by: Actor, at: datetime
) -> None:
    """Give an account another password; it is signed out everywhere.

    Raises:
        InvalidAccount: the password is too short or too long, or a provider vouches instead.
    """
    if account.is_foreign:
        raise InvalidAccount(
            "“{name}” signs in at the identity provider", "password", name=account.name
        )
    tx.accounts.set_password(account.id, Passwords().hash(password))
    tx.sign_ins.end_all(account.id)
    tx.audit.add(by.did(Deed.PASSWORD_CHANGED, account.name), at)


def change_role(tx: Transaction, account: Account, role: Role, by: Actor, at: datetime) -> None:
    """Change what somebody may do.

    Raises:
        InvalidAccount: nobody would be administrator, or the identity provider says the role.
    """
    if account.is_foreign:
        raise InvalidAccount(
            "the identity provider says what “{name}” may do", "role", name=account.name
        )
    tx.accounts.set_role(account.id, role)
    _check_admin(tx)
    tx.audit.add(by.did(Deed.ROLE_CHANGED, f"{account.name}: {role}"), at)


def shut_out(
    tx: Transaction, account: Account, by: Actor, at: datetime, *, is_disabled: bool = True
) -> None:
    """Disable an account, or enable it again. A disabled one is signed out everywhere.

    Raises:
        InvalidAccount: nobody would be administrator.
    """
    tx.accounts.set_disabled(account.id, is_disabled=is_disabled)
    tx.sign_ins.end_all(account.id)
    _check_admin(tx)
    deed = Deed.ACCOUNT_DISABLED if is_disabled else Deed.ACCOUNT_ENABLED
    tx.audit.add(by.did(deed, account.name), at)


def make_token(
    tx: Transaction, account: Account, draft: TokenDraft, by: Actor, at: datetime
) -> tuple[Token, str]:
    """Make a token of the API; answers it as stored, and the token itself, which is not.

    Raises:
        InvalidAccount: it has no name or scope, more scopes than the account's role allows, or a
            life that is over already or too long.
    """
    draft = replace(draft, name=draft.name.strip())
    if not 0 < len(draft.name) <= LONGEST_NAME:
        raise InvalidAccount(
            "say in 1 to {most} characters what it is for", "name", most=LONGEST_NAME
        )
    if not draft.scopes or not draft.scopes <= set(scopes_of(account.role)):
        raise InvalidAccount(
            "a token of “{name}” can have: {scopes}",
            "scopes",
            name=account.name,
            scopes=list(scopes_of(account.role)),
        )
    if not timedelta(0) < draft.expires_at - at <= LONGEST_LIFE:
        raise InvalidAccount("a token is good for 1 to {most} days", "days", most=LONGEST_LIFE.days)
    secret = new_token()
    token = tx.tokens.add(draft, digest(secret), at)
    tx.audit.add(by.did(Deed.TOKEN_MADE, _told(token, account)), at)
    return token, secret


def revoke_token(tx: Transaction, token: Token, by: Actor, at: datetime) -> None:
    """Let a token be good for nothing from now on."""
    tx.tokens.revoke(token.id, at)
    tx.audit.add(by.did(Deed.TOKEN_REVOKED, _told(token, tx.accounts.get(token.account_id))), at)


def _told(token: Token, account: Account) -> str:
    return f"{token.id}, {token.name}, of {account.name}: {', '.join(sorted(token.scopes))}"


def _check_admin(tx: Transaction) -> None:
    """Refuse, and so undo, what leaves nobody to manage accounts."""
    if not tx.accounts.has_admin():
        raise InvalidAccount("nobody would be administrator; make another one first", "role")
