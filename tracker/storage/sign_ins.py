"""Sign-ins: the browsers in which somebody is signed in."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.storage.account_tables import AccountRow, SignInRow
from tracker.storage.accounts import account
from tracker.storage.statements import changed
from tracker.types import Account


class SignIns:
    """Everything asked of sign-ins. A browser holds a key, of which only a digest is stored."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, account_id: int, digest: str, now: datetime, until: datetime) -> None:
        """Keep somebody signed in; those that have expired are forgotten."""
        changed(self._session, delete(SignInRow).where(col(SignInRow.expires_at) <= now))
        self._session.add(SignInRow(digest=digest, account_id=account_id, expires_at=until))

    def whose(self, digest: str, now: datetime) -> Account | None:
        """Who is signed in with this key; nobody once it has expired or the account is disabled."""
        query = (
            select(AccountRow)
            .join(SignInRow, col(SignInRow.account_id) == col(AccountRow.id))
            .where(
                SignInRow.digest == digest,
                col(SignInRow.expires_at) > now,
                col(AccountRow.is_disabled).is_(False),
            )
        )
        row = self._session.exec(query).first()
        return None if row is None else account(row)

    def end(self, digest: str) -> None:
        """Sign out of one browser."""
        changed(self._session, delete(SignInRow).where(col(SignInRow.digest) == digest))

    def end_all(self, account_id: int) -> None:
        """Sign somebody out everywhere."""
        changed(self._session, delete(SignInRow).where(col(SignInRow.account_id) == account_id))
