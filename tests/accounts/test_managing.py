from datetime import timedelta

import pytest

from tests.accounts.samples import BOSS, NOW, PASSWORD, made
from tracker.accounts import (
    add_account,
    begin,
    change_password,
    change_role,
    digest,
    make_token,
    revoke_token,
    shut_out,
)
from tracker.errors import InvalidAccount
from tracker.storage import Storage
from tracker.types import Account, Deed, Role, Scope, TokenDraft


def draft(account: Account, *scopes: Scope, name: str = "wire", days: float = 30) -> TokenDraft:
    return TokenDraft(
        account_id=account.id,
        name=name,
        scopes=frozenset(scopes),
        expires_at=NOW + timedelta(days=days),
    )


def deeds(storage: Storage) -> list[tuple[Deed, str, str]]:
    with storage.snapshot() as tx:
        return [(entry.deed, entry.by, entry.about) for entry in tx.audit.recent(9)]


def test_an_account_is_made_with_a_password_of_some_length(storage: Storage) -> None:
    with storage.transaction() as tx, pytest.raises(InvalidAccount, match="12 to 200"):
        add_account(tx, "Ana", Role.READER, "short", BOSS, NOW)
    with storage.transaction() as tx:
        account = add_account(tx, " Ana ", Role.READER, PASSWORD, BOSS, NOW)
    assert (account.name, account.role) == ("Ana", Role.READER)
    assert deeds(storage) == [(Deed.ACCOUNT_ADDED, "Boss", "Ana: reader")]


def test_another_password_signs_out_everywhere(storage: Storage) -> None:
    ana = made(storage)
    with storage.transaction() as tx:
        key = begin(tx, ana, "", NOW)
        change_password(tx, ana, PASSWORD[::-1], BOSS, NOW)
        assert tx.sign_ins.whose(digest(key), NOW) is None
    assert deeds(storage)[0] == (Deed.PASSWORD_CHANGED, "Boss", "Ana")


def test_a_disabled_account_is_signed_out_and_can_come_back(storage: Storage) -> None:
    made(storage)
    bo = made(storage, "Bo", Role.READER)
    with storage.transaction() as tx:
        key = begin(tx, bo, "", NOW)
        shut_out(tx, bo, BOSS, NOW)
        shut_out(tx, bo, BOSS, NOW, is_disabled=False)
        assert tx.sign_ins.whose(digest(key), NOW) is None
        assert not tx.accounts.get(bo.id).is_disabled
    assert [deed for deed, _, _ in deeds(storage)[:2]] == [
        Deed.ACCOUNT_ENABLED,
        Deed.ACCOUNT_DISABLED,
    ]


def test_somebody_stays_administrator(storage: Storage) -> None:
    ana = made(storage)
    with pytest.raises(InvalidAccount, match="administrator"), storage.transaction() as tx:
        change_role(tx, ana, Role.READER, BOSS, NOW)
    with pytest.raises(InvalidAccount, match="administrator"), storage.transaction() as tx:
        shut_out(tx, ana, BOSS, NOW)
    with storage.snapshot() as tx:
        assert tx.accounts.get(ana.id) == ana
    made(storage, "Bo", Role.ADMIN)
    with storage.transaction() as tx:
        change_role(tx, ana, Role.REVIEWER, BOSS, NOW)
        assert tx.accounts.get(ana.id).role is Role.REVIEWER
    assert deeds(storage) == [(Deed.ROLE_CHANGED, "Boss", "Ana: reviewer")]


def test_a_token_is_told_once_and_kept_as_a_digest(storage: Storage) -> None:
    ana = made(storage)
    with storage.transaction() as tx:
        token, secret = make_token(tx, ana, draft(ana, Scope.READ), BOSS, NOW)
        found = tx.tokens.whose(digest(secret), NOW)
        assert tx.tokens.whose(secret, NOW) is None
        assert found == (token, ana)
        revoke_token(tx, token, BOSS, NOW)
        assert tx.tokens.whose(digest(secret), NOW) is None
    told = f"{token.id}, wire, of Ana: read"
    assert deeds(storage) == [(Deed.TOKEN_REVOKED, "Boss", told), (Deed.TOKEN_MADE, "Boss", told)]
    assert secret not in repr(token)


@pytest.mark.parametrize(
    ("scopes", "change"),
    [
        ((), {}),
        ((Scope.INGEST,), {}),
        ((Scope.READ, Scope.REVIEW), {}),
        ((Scope.READ,), {"name": " "}),
        ((Scope.READ,), {"days": 0}),
        ((Scope.READ,), {"days": 367}),
    ],
)
def test_a_reader_gets_no_token_beyond_reading_and_nobody_one_for_ever(
    storage: Storage, scopes: tuple[Scope, ...], change: dict[str, object]
) -> None:
    bo = made(storage, "Bo", Role.READER)
    with pytest.raises(InvalidAccount), storage.transaction() as tx:
        make_token(tx, bo, draft(bo, *scopes, **change), BOSS, NOW)
    with storage.snapshot() as tx:
        assert tx.tokens.all() == []
