import pytest

from tests.accounts.samples import BOSS, NOW, PASSWORD, made
from tracker.accounts import Vouched, admit, begin, change_password, change_role, digest
from tracker.errors import InvalidAccount, SignInRefused
from tracker.storage import Storage
from tracker.types import Account, Deed, Role

ROLES = {"desk": Role.REVIEWER, "chiefs": Role.ADMIN}


def come(storage: Storage, *words: str, name: str = "ana", number: int = 7) -> Account:
    who = Vouched(f"https://id.example {number}", name, frozenset(words))
    return admit(storage, who, ROLES, "192.0.2.1", NOW)


def test_the_first_time_makes_an_account_and_the_second_finds_it(storage: Storage) -> None:
    first = come(storage, "desk")
    assert (first.name, first.role, first.is_foreign) == ("ana", Role.REVIEWER, True)
    assert come(storage, "desk", name="renamed") == first


def test_the_role_is_that_of_today(storage: Storage) -> None:
    come(storage, "desk")
    assert come(storage, "chiefs").role is Role.ADMIN
    with storage.snapshot() as tx:
        assert tx.accounts.named("ana").role is Role.ADMIN
        assert tx.audit.recent(1)[0].deed is Deed.ROLE_CHANGED


def test_a_name_never_opens_the_account_of_somebody_else(storage: Storage) -> None:
    local = made(storage, "Ana")
    first, second = come(storage, "desk"), come(storage, "desk", number=8)
    assert [first.name, second.name] == ["ana 2", "ana 3"]
    assert len({local.id, first.id, second.id}) == 3


@pytest.mark.parametrize("name", ["tracker", "", "\u202e", "x" * 300])
def test_a_name_that_histories_could_not_show_is_changed(storage: Storage, name: str) -> None:
    account = come(storage, "desk", name=name)
    assert account.name.isprintable()
    assert 0 < len(account.name) <= 80
    assert account.name != "tracker"


def test_who_is_given_no_role_is_refused_and_signed_out(storage: Storage) -> None:
    account = come(storage, "desk")
    with storage.transaction() as tx:
        key = begin(tx, account, "", NOW)
    with pytest.raises(SignInRefused):
        come(storage, "choir")
    with storage.snapshot() as tx:
        assert tx.sign_ins.whose(digest(key), NOW) is None
        assert tx.audit.recent(1)[0].deed is Deed.SIGN_IN_FAILED


def test_who_is_disabled_here_is_refused(storage: Storage) -> None:
    account = come(storage, "desk")
    with storage.transaction() as tx:
        tx.accounts.set_disabled(account.id, is_disabled=True)
    with pytest.raises(SignInRefused):
        come(storage, "chiefs")


def test_what_the_provider_says_is_not_changed_here(storage: Storage) -> None:
    account = come(storage, "desk")
    with storage.transaction() as tx:
        with pytest.raises(InvalidAccount, match="provider"):
            change_role(tx, account, Role.ADMIN, BOSS, NOW)
        with pytest.raises(InvalidAccount, match="provider"):
            change_password(tx, account, PASSWORD, BOSS, NOW)
