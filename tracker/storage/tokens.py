"""Tokens of the API."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.storage.account_tables import AccountRow, TokenRow
from tracker.storage.accounts import account
from tracker.storage.statements import find, stored_id
from tracker.types import Account, Token, TokenDraft

USE_IS_NOTED = timedelta(hours=1)
"""How old the note of the last use may be, lest every request write."""


class Tokens:
    """Everything asked of tokens, of which only digests are stored."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: TokenDraft, digest: str, at: datetime) -> Token:
        """Store a token."""
        row = TokenRow(
            account_id=draft.account_id,
            name=draft.name,
            digest=digest,
            scopes=draft.scopes,
            made_at=at,
            expires_at=draft.expires_at,
        )
        self._session.add(row)
        self._session.flush()
        return _token(row)

    def all(self) -> list[Token]:
        """Every token, newest first."""
        query = select(TokenRow).order_by(col(TokenRow.id).desc())
        return [_token(row) for row in self._session.exec(query)]

    def of_account(self, account_id: int) -> list[Token]:
        """The tokens of an account, newest first."""
        query = select(TokenRow).where(TokenRow.account_id == account_id)
        return [_token(row) for row in self._session.exec(query.order_by(col(TokenRow.id).desc()))]

    def get(self, id: int) -> Token:
        """One token.

        Raises:
            NotFound: no such token.
        """
        return _token(find(self._session, TokenRow, id))

    def whose(self, digest: str, now: datetime) -> tuple[Token, Account] | None:
        """A token that is good now, and its account."""
        query = (
            select(TokenRow, AccountRow)
            .join(AccountRow, col(TokenRow.account_id) == col(AccountRow.id))
            .where(
                TokenRow.digest == digest,
                col(TokenRow.expires_at) > now,
                col(TokenRow.revoked_at).is_(None),
                col(AccountRow.is_disabled).is_(False),
            )
        )
        found = self._session.exec(query).first()
        return None if found is None else (_token(found[0]), account(found[1]))

    def revoke(self, id: int, at: datetime) -> None:
        """Let a token be good for nothing from now on.

        Raises:
            NotFound: no such token.
        """
        row = find(self._session, TokenRow, id, lock=True)
        row.revoked_at = row.revoked_at or at

    def note_use(self, id: int, at: datetime) -> None:
        """Keep when a token was used."""
        find(self._session, TokenRow, id, lock=True).used_at = at


def is_noted(token: Token, now: datetime) -> bool:
    """Whether the note of a token's last use is recent enough."""
    return token.used_at is not None and now - token.used_at < USE_IS_NOTED


def _token(row: TokenRow) -> Token:
    return Token(
        id=stored_id(row.id),
        account_id=row.account_id,
        name=row.name,
        scopes=row.scopes,
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )
