"""Who sends a request, and what they may do."""

from flask import g, request, session

from tracker.accounts import Actor, begin, digest, end
from tracker.accounts import may as role_may
from tracker.storage import Transaction
from tracker.types import Account, Deed, Role, Subscription
from web.current import settings, tracker

KEPT = ("language",)
"""What a session keeps when somebody else takes it over."""
ANYBODY = "editor"
"""What histories call somebody who gives no name."""
PROGRAM = "api"
"""What they call a program that gives none."""


def account() -> Account | None:
    """The account that sends this request; None where nobody signed in."""
    found: Account | None = g.get("account")
    return found


def may(needed: str) -> bool:
    """Whether whoever sends this request has at least the role ``needed``.

    Without accounts everybody may do everything.
    """
    if not settings().accounts:
        return True
    known = account()
    return known is not None and role_may(known.role, Role(needed))


def actor() -> Actor:
    """Who sends this request, for the audit log."""
    return Actor(called(session.get("name", "")), address())


def called(name: str) -> str:
    """What histories call whoever sends this request: as the account, or else by ``name``."""
    known = account()
    if known is not None:
        return known.name
    return name.strip() or (PROGRAM if request.blueprint == "api" else ANYBODY)


def log(tx: Transaction, deed: Deed, rule: Subscription) -> None:
    """Keep in the audit log what was done to a subscription."""
    tx.audit.add(actor().did_to(deed, rule), tracker().clock())


def address() -> str:
    """The network address that this request comes from."""
    return request.remote_addr or ""


def signed_in() -> Account | None:
    """The account whose key the browser shows, if it is good."""
    key = session.get("key")
    if not isinstance(key, str):
        return None
    with tracker().storage.snapshot() as tx:
        return tx.sign_ins.whose(digest(key), tracker().clock())


def enter(known: Account) -> None:
    """Sign somebody in to this browser, with a session that nobody has seen before."""
    _renew_session()
    with tracker().storage.transaction() as tx:
        session["key"] = begin(tx, known, address(), tracker().clock())
    session.permanent = True


def leave() -> None:
    """Sign out of this browser, here and on the server."""
    known, key = account(), session.get("key")
    if known is not None and key is not None:
        with tracker().storage.transaction() as tx:
            end(tx, known, key, address(), tracker().clock())
    _renew_session()


def _renew_session() -> None:
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
