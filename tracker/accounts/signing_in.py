"""Letting somebody in, and out again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tracker.accounts.actor import Actor
from tracker.accounts.names import LONGEST_NAME, name_key
from tracker.accounts.passwords import Passwords
from tracker.accounts.secrets import digest, new_key
from tracker.errors import SignInRefused, TooManySignIns
from tracker.storage import Storage, Transaction
from tracker.types import Account, Deed

STAY = timedelta(hours=12)
"""How long somebody stays signed in: a working day."""
LOOK_BACK = timedelta(minutes=15)
MOST_OF_BOTH = 5
"""Failures under one name from one address, within ``LOOK_BACK``."""
MOST_OF_ADDRESS = 20
MOST_OF_NAME = 50
"""Wide enough that whoever forgot the own password is not shut out by others who guess it."""


@dataclass(frozen=True)
class Attempt:
    """What somebody gave to be let in."""

    name: str
    password: str = field(repr=False)
    address: str

    @property
    def key(self) -> str:
        """What the audit log calls whoever failed; existing names and others alike."""
        return name_key(self.name[:LONGEST_NAME])


def sign_in(storage: Storage, attempt: Attempt, now: datetime, passwords: Passwords) -> Account:
    """The account that a name and a password open.

    Known and unknown names are refused in the same words after the same work.

    Raises:
        SignInRefused: they open none.
        TooManySignIns: too many attempts failed; this one was not looked at.
    """
    with storage.snapshot() as tx:
        _refuse_guessing(tx, attempt, now)
        account, kept = tx.accounts.credentials(attempt.key) or (None, None)
    fits = passwords.fits(kept, attempt.password)
    if account is None or not fits or account.is_disabled:
        _keep_failure(storage, attempt, now)
        raise SignInRefused("That name and password do not open anything here.")
    if kept and passwords.is_outdated(kept):
        with storage.transaction() as tx:
            tx.accounts.set_password(account.id, passwords.hash(attempt.password))
    return account


def begin(tx: Transaction, account: Account, address: str, now: datetime) -> str:
    """Keep somebody signed in; answers the key that their browser shows from now on."""
    key = new_key()
    tx.sign_ins.begin(account.id, digest(key), now, now + STAY)
    tx.audit.add(Actor(account.name, address).did(Deed.SIGNED_IN), now)
    return key


def end(tx: Transaction, account: Account, key: str, address: str, now: datetime) -> None:
    """Sign somebody out of one browser."""
    tx.sign_ins.end(digest(key))
    tx.audit.add(Actor(account.name, address).did(Deed.SIGNED_OUT), now)


def _refuse_guessing(tx: Transaction, attempt: Attempt, now: datetime) -> None:
    since, key, address = now - LOOK_BACK, attempt.key, attempt.address
    if (
        tx.audit.failures(since, by=key, address=address) >= MOST_OF_BOTH
        or tx.audit.failures(since, address=address) >= MOST_OF_ADDRESS
        or tx.audit.failures(since, by=key) >= MOST_OF_NAME
    ):
        minutes = LOOK_BACK.seconds // 60
        raise TooManySignIns(
            "Too many attempts failed; try again in {minutes} minutes.", minutes=minutes
        )


def _keep_failure(storage: Storage, attempt: Attempt, now: datetime) -> None:
    failed = Actor(attempt.key, attempt.address).did(Deed.SIGN_IN_FAILED)
    with storage.transaction() as tx:
        tx.audit.add(failed, now)
