"""Who may do what: accounts, their passwords and tokens, and how somebody is let in.

What is done here is kept in the audit log, in the same transaction.
"""

from tracker.accounts.actor import Actor
from tracker.accounts.managing import (
    add_account,
    change_password,
    change_role,
    make_token,
    revoke_token,
    shut_out,
)
from tracker.accounts.names import name_key
from tracker.accounts.passwords import Passwords
from tracker.accounts.provider import Vouched, admit
from tracker.accounts.roles import may, scopes_of
from tracker.accounts.secrets import digest
from tracker.accounts.signing_in import LOOK_BACK, Attempt, begin, end, sign_in
from tracker.accounts.starting import check_hosts, check_start, is_this_machine

__all__ = [
    "LOOK_BACK",
    "Actor",
    "Attempt",
    "Passwords",
    "Vouched",
    "add_account",
    "admit",
    "begin",
    "change_password",
    "change_role",
    "check_hosts",
    "check_start",
    "digest",
    "end",
    "is_this_machine",
    "make_token",
    "may",
    "name_key",
    "revoke_token",
    "scopes_of",
    "shut_out",
    "sign_in",
]
