"""Letting in somebody for whom an identity provider vouches."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.accounts.actor import Actor
from tracker.accounts.names import LONGEST_NAME, TAKEN, free_name, name_key
from tracker.accounts.roles import role_of
from tracker.errors import SignInRefused
from tracker.storage import Storage, Transaction
from tracker.types import Account, Deed, Role


@dataclass(frozen=True)
class Vouched:
    """What a provider says of somebody, its signature being checked."""

    subject: str
    """Who it is, unique among all providers and for ever."""
    name: str
    """As the provider would have them called."""
    words: frozenset[str]
    """The words by which roles are given."""


def admit(
    storage: Storage, who: Vouched, roles: Mapping[str, Role], address: str, now: datetime
) -> Account:
    """The account of somebody from a provider, made at the first time, with the role of today.

    It is found by the provider's own identifier and never by a name, which could be another's.

    Raises:
        SignInRefused: the provider gives no role, or the account is disabled here.
    """
    role = role_of(who.words, roles)
    with storage.transaction() as tx:
        known = tx.accounts.known_as(who.subject)
        if role is not None and (known is None or not known.is_disabled):
            return _admitted(tx, who, known, role, address, now)
        if known is not None:
            tx.sign_ins.end_all(known.id)
        tx.audit.add(Actor(name_key(who.name), address).did(Deed.SIGN_IN_FAILED, who.subject), now)
    raise SignInRefused("You are known, but not let in here; ask whoever manages the accounts.")


def _admitted(
    tx: Transaction, who: Vouched, known: Account | None, role: Role, address: str, now: datetime
) -> Account:
    if known is None:
        name = free_name(_printable(who.name), _Taken(tx))
        account = tx.accounts.add(name, name_key(name), role, now, subject=who.subject)
        tx.audit.add(Actor(name, address).did(Deed.ACCOUNT_ADDED, f"{name}: {role}"), now)
        return account
    if known.role is not role:
        tx.accounts.set_role(known.id, role)
        done = Actor(known.name, address).did(Deed.ROLE_CHANGED, f"{known.name}: {role}")
        tx.audit.add(done, now)
    return replace(known, role=role)


@dataclass(frozen=True)
class _Taken:
    """The keys of names that are in use."""

    tx: Transaction

    def __contains__(self, key: object) -> bool:
        return key in TAKEN or self.tx.accounts.is_taken(str(key))


def _printable(name: str) -> str:
    shown = "".join(letter for letter in name if letter.isprintable()).strip()
    return shown[: LONGEST_NAME - 5] or "somebody"
