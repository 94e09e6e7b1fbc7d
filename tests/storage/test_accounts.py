"""Accounts, sign-ins, tokens and the audit log on both databases."""

from datetime import timedelta
from threading import Thread

import pytest

from tests.storage.samples import NOON
from tracker.errors import InvalidAccount, NotFound
from tracker.storage import Storage
from tracker.types import Account, AuditDraft, Deed, Role, Scope, TokenDraft

LATER = NOON + timedelta(hours=1)
LATEST = NOON + timedelta(hours=2)


def made(storage: Storage, name: str = "Ana", role: Role = Role.ADMIN) -> Account:
    with storage.transaction() as tx:
        return tx.accounts.add(name, name.casefold(), role, NOON, password="hash")


def token_of(storage: Storage, account: Account, digest: str = "d") -> int:
    draft = TokenDraft(
        account_id=account.id, name="wire", scopes=frozenset({Scope.READ}), expires_at=LATEST
    )
    with storage.transaction() as tx:
        return tx.tokens.add(draft, digest, NOON).id


def test_a_name_is_one_account(storage: Storage) -> None:
    ana = made(storage)
    with pytest.raises(InvalidAccount, match="already"):
        made(storage)
    with storage.snapshot() as tx:
        assert tx.accounts.all() == [ana]
        assert tx.accounts.credentials("ana") == (ana, "hash")
        assert tx.accounts.credentials("bo") is None
        with pytest.raises(NotFound, match="tracker account list"):
            tx.accounts.named("bo")


def test_somebody_from_a_provider_is_found_by_the_subject_only(storage: Storage) -> None:
    with storage.transaction() as tx:
        made = tx.accounts.add("Ana", "ana", Role.READER, NOON, subject="https://id 7")
        assert made.is_foreign
        assert tx.accounts.known_as("https://id 7") == made
        assert tx.accounts.known_as("Ana") is None


def test_a_disabled_administrator_is_none(storage: Storage) -> None:
    ana = made(storage)
    made(storage, "Bo", Role.REVIEWER)
    with storage.transaction() as tx:
        assert tx.accounts.has_admin()
        tx.accounts.set_disabled(ana.id, is_disabled=True)
        assert not tx.accounts.has_admin()


def test_two_administrators_cannot_take_each_other_s_role_at_once(storage: Storage) -> None:
    ana, bo = made(storage), made(storage, "Bo")
    seen: list[bool] = []

    def take_role_of_ana() -> None:
        with storage.transaction() as tx:
            tx.accounts.set_role(ana.id, Role.READER)
            seen.append(tx.accounts.has_admin())

    with storage.transaction() as tx:
        tx.accounts.set_role(bo.id, Role.READER)
        assert tx.accounts.has_admin()
        other = Thread(target=take_role_of_ana)
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()
    other.join()
    assert seen == [False]


def test_a_sign_in_ends_when_it_expires_or_is_ended_or_the_account_is_disabled(
    storage: Storage,
) -> None:
    ana = made(storage)
    with storage.transaction() as tx:
        tx.sign_ins.begin(ana.id, "one", NOON, LATER)
        tx.sign_ins.begin(ana.id, "two", NOON, LATEST)
        assert tx.sign_ins.whose("one", NOON) == ana
        assert tx.sign_ins.whose("one", LATER) is None
        assert tx.sign_ins.whose("two", LATER) == ana
        assert tx.sign_ins.whose("three", NOON) is None
        tx.sign_ins.end("one")
        assert tx.sign_ins.whose("one", NOON) is None
        tx.accounts.set_disabled(ana.id, is_disabled=True)
        assert tx.sign_ins.whose("two", NOON) is None


def test_signing_out_everywhere_leaves_others_signed_in(storage: Storage) -> None:
    ana, bo = made(storage), made(storage, "Bo")
    with storage.transaction() as tx:
        for account, digest in ((ana, "a1"), (ana, "a2"), (bo, "b")):
            tx.sign_ins.begin(account.id, digest, NOON, LATER)
        tx.sign_ins.end_all(ana.id)
        found = [tx.sign_ins.whose(digest, NOON) for digest in ("a1", "a2", "b")]
    assert found == [None, None, bo]


def test_a_token_is_good_until_it_expires_or_is_revoked(storage: Storage) -> None:
    ana = made(storage)
    id = token_of(storage, ana)
    with storage.transaction() as tx:
        found = tx.tokens.whose("d", NOON)
        assert found == (tx.tokens.get(id), ana)
        assert tx.tokens.whose("D", NOON) is None
        assert tx.tokens.whose("d", LATEST) is None
        tx.tokens.revoke(id, LATER)
        assert tx.tokens.whose("d", NOON) is None
        tx.tokens.revoke(id, LATEST)
        assert tx.tokens.get(id).revoked_at == LATER


def test_a_token_of_a_disabled_account_is_good_for_nothing(storage: Storage) -> None:
    ana = made(storage)
    token_of(storage, ana)
    with storage.transaction() as tx:
        tx.accounts.set_disabled(ana.id, is_disabled=True)
        assert tx.tokens.whose("d", NOON) is None


def test_every_deed_can_be_kept(storage: Storage) -> None:
    with storage.transaction() as tx:
        for deed in Deed:
            tx.audit.add(AuditDraft(deed=deed, by="ana"), NOON)
    with storage.snapshot() as tx:
        assert [entry.deed for entry in reversed(tx.audit.recent(99))] == list(Deed)


def test_the_audit_log_begins_with_the_newest(storage: Storage) -> None:
    with storage.transaction() as tx:
        for at in (LATER, NOON, LATEST):
            tx.audit.add(AuditDraft(deed=Deed.SIGNED_IN, by="ana"), at)
        assert [entry.at for entry in tx.audit.recent(2)] == [LATEST, LATER]
        assert [entry.at for entry in tx.audit.recent(2, 2)] == [NOON]


def test_the_audit_log_goes_on_where_it_stopped(storage: Storage) -> None:
    with storage.transaction() as tx:
        for name in ("ana", "ion", "eva"):
            tx.audit.add(AuditDraft(deed=Deed.SIGNED_IN, by=name), NOON)
    with storage.snapshot() as tx:
        first = tx.audit.stretch(2)
        rest = tx.audit.stretch(2, first.cursor)
    assert [entry.by for entry in (*first.items, *rest.items)] == ["eva", "ion", "ana"]
    assert rest.cursor is None


def test_failures_are_counted_by_name_and_by_address_and_from_a_moment_on(
    storage: Storage,
) -> None:
    def fail(by: str, address: str) -> AuditDraft:
        return AuditDraft(deed=Deed.SIGN_IN_FAILED, by=by, address=address)

    with storage.transaction() as tx:
        tx.audit.add(fail("ana", "10.0.0.1"), NOON)
        tx.audit.add(fail("ana", "10.0.0.2"), LATER)
        tx.audit.add(fail("bo", "10.0.0.2"), LATER)
        tx.audit.add(AuditDraft(deed=Deed.SIGNED_IN, by="ana", address="10.0.0.2"), LATER)
        before = NOON - timedelta(seconds=1)
        assert tx.audit.failures(before) == 3
        assert tx.audit.failures(NOON) == 2
        assert tx.audit.failures(before, by="ana") == 2
        assert tx.audit.failures(before, address="10.0.0.2") == 2
        assert tx.audit.failures(before, by="ana", address="10.0.0.2") == 1
