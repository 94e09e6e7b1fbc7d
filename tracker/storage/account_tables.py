"""The tables of accounts: who may sign in, who is signed in, tokens, and the audit log."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.types import Text
from sqlmodel import Field

from tracker.storage.columns import Moment, Value, own_id, refers, word
from tracker.storage.tables import Table
from tracker.types import Deed, Role, Scope


class AccountRow(Table, table=True):
    """Somebody who may sign in."""

    __tablename__ = "account"

    id: int | None = Field(default=None, sa_column=own_id())
    name: str = Field(sa_type=Text)
    key: str = Field(sa_type=Text, unique=True)
    """The name without regard to case and look-alike forms."""
    role: Role = Field(sa_type=word(Role))
    password: str | None = Field(default=None, sa_type=Text)
    """Its hash; none where an identity provider vouches."""
    subject: str | None = Field(default=None, sa_type=Text, unique=True)
    """Who it is to the identity provider."""
    is_disabled: bool = False
    made_at: datetime = Field(sa_type=Moment)


class SignInRow(Table, table=True):
    """One browser in which somebody is signed in; it goes when they sign out."""

    __tablename__ = "sign_in"

    digest: str = Field(sa_type=Text, primary_key=True)
    """Of the key that the browser holds."""
    account_id: int = Field(sa_column=refers("account", index=True))
    expires_at: datetime = Field(sa_type=Moment, index=True)


class TokenRow(Table, table=True):
    """A token of the API."""

    __tablename__ = "token"

    id: int | None = Field(default=None, sa_column=own_id())
    account_id: int = Field(sa_column=refers("account", index=True))
    name: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text, unique=True)
    scopes: frozenset[Scope] = Field(sa_type=Value(frozenset[Scope]))
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class AuditRow(Table, table=True):
    """Something that was done; names are kept as they were then."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_deed_at", "deed", "at"),)

    id: int | None = Field(default=None, sa_column=own_id())
    at: datetime = Field(sa_type=Moment)
    deed: Deed = Field(sa_type=word(Deed))
    by: str = Field(sa_type=Text)
    about: str = Field(default="", sa_type=Text)
    address: str = Field(default="", sa_type=Text)
