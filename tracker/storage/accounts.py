"""Accounts: who may sign in, and as what."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from tracker.errors import InvalidAccount, NotFound
from tracker.storage.account_tables import AccountRow
from tracker.storage.statements import Lock, find, hold, insert_missing, stored_id
from tracker.types import Account, Role


class Accounts:
    """Everything asked of accounts. Names are told apart by ``key``, which the caller gives."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        name: str,
        key: str,
        role: Role,
        at: datetime,
        *,
        password: str | None = None,
        subject: str | None = None,
    ) -> Account:
        """Store an account: with the hash of its password, or with who it is to a provider.

        Raises:
            InvalidAccount: the name is taken.
        """
        values = {"name": name, "key": key, "role": role, "made_at": at, "is_disabled": False}
        secret = {"password": password, "subject": subject}
        if not insert_missing(self._session, AccountRow, values | secret):
            raise InvalidAccount(
                "there is an account “{name}” already; choose another name", "name", name=name
            )
        return self.named(key)

    def all(self) -> list[Account]:
        """Every account, by name."""
        query = select(AccountRow).order_by(col(AccountRow.key))
        return [account(row) for row in self._session.exec(query)]

    def get(self, id: int) -> Account:
        """One account.

        Raises:
            NotFound: no such account.
        """
        return account(find(self._session, AccountRow, id))

    def named(self, key: str) -> Account:
        """The account whose name has this key.

        Raises:
            NotFound: no such account.
        """
        row = self._first(col(AccountRow.key) == key)
        if row is None:
            raise NotFound(
                "no account “{name}”; `tracker account list` shows those there are", name=key
            )
        return account(row)

    def is_taken(self, key: str) -> bool:
        """Whether a name with this key is in use."""
        return self._first(col(AccountRow.key) == key) is not None

    def known_as(self, subject: str) -> Account | None:
        """The account of somebody whom the identity provider knows."""
        row = self._first(col(AccountRow.subject) == subject)
        return None if row is None else account(row)

    def credentials(self, key: str) -> tuple[Account, str | None] | None:
        """The account whose name has this key, with the hash of its password."""
        row = self._first(col(AccountRow.key) == key)
        return None if row is None else (account(row), row.password)

    def set_password(self, id: int, password: str) -> None:
        """Keep another hash.

        Raises:
            NotFound: no such account.
        """
        find(self._session, AccountRow, id, lock=True).password = password

    def set_role(self, id: int, role: Role) -> None:
        """Change what somebody may do.

        Raises:
            NotFound: no such account.
        """
        find(self._session, AccountRow, id, lock=True).role = role
        self._session.flush()

    def set_disabled(self, id: int, *, is_disabled: bool) -> None:
        """Shut somebody out, or let them in again.

        Raises:
            NotFound: no such account.
        """
        find(self._session, AccountRow, id, lock=True).is_disabled = is_disabled
        self._session.flush()

    def has_admin(self) -> bool:
        """Whether there is an administrator who may sign in; nobody else asks until the end.

        Two who take each other's role at once would otherwise both see the other still there.
        """
        hold(self._session, Lock.ACCOUNTS)
        active = (col(AccountRow.role) == Role.ADMIN) & col(AccountRow.is_disabled).is_(False)
        return self._first(active) is not None

    def _first(self, condition: ColumnElement[bool] | bool) -> AccountRow | None:
        return self._session.exec(select(AccountRow).where(condition)).first()


def account(row: AccountRow) -> Account:
    """The account of a row."""
    return Account(
        id=stored_id(row.id),
        name=row.name,
        role=row.role,
        made_at=row.made_at,
        is_disabled=row.is_disabled,
        is_foreign=row.subject is not None,
    )
