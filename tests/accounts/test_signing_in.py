from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters

from tests.accounts.samples import CHEAP, NOW, PASSWORD, made
from tracker.accounts import Attempt, Passwords, begin, digest, end, sign_in
from tracker.accounts.passwords import NOBODYS
from tracker.accounts.signing_in import (
    LOOK_BACK,
    MOST_OF_ADDRESS,
    MOST_OF_BOTH,
    MOST_OF_NAME,
    STAY,
)
from tracker.errors import SignInRefused, TooManySignIns
from tracker.storage import Storage
from tracker.types import Deed

HERE = "192.0.2.1"


class CountingPasswords(Passwords):
    """Knows one password, and counts how often it was asked and about what."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []

    def fits(self, kept: str | None, password: str) -> bool:
        self.asked.append(kept)
        return kept is not None and password == PASSWORD

    def is_outdated(self, kept: str) -> bool:
        return False


@pytest.fixture
def passwords() -> CountingPasswords:
    return CountingPasswords()


def attempt(name: str = "Ana", password: str = "wrong", address: str = HERE) -> Attempt:
    return Attempt(name, password, address)


def fail(storage: Storage, passwords: Passwords, times: int, **given: str) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused, match="do not open"):
            sign_in(storage, attempt(**given), NOW, passwords)


def test_name_and_password_open_the_account(storage: Storage, passwords: CountingPasswords) -> None:
    ana = made(storage)
    assert sign_in(storage, attempt(" ANA ", PASSWORD), NOW, passwords) == ana


def test_known_unknown_and_disabled_names_are_refused_alike(
    storage: Storage, passwords: CountingPasswords
) -> None:
    made(storage)
    bo = made(storage, "Bo")
    with storage.transaction() as tx:
        tx.accounts.set_disabled(bo.id, is_disabled=True)
    said = set()
    for given in (attempt(), attempt("Nobody"), attempt("Bo", PASSWORD)):
        with pytest.raises(SignInRefused) as refusal:
            sign_in(storage, given, NOW, passwords)
        said.add((type(refusal.value), str(refusal.value)))
    assert len(said) == 1
    assert passwords.asked == [CHEAP, None, CHEAP]


def test_a_name_that_is_unknown_costs_what_a_known_one_costs() -> None:
    today = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)
    assert extract_parameters(NOBODYS) == extract_parameters(today.hash("x"))
    assert not Passwords().is_outdated(NOBODYS)
    assert not Passwords().fits(None, PASSWORD)


def test_a_password_fits_what_was_kept_of_it() -> None:
    kept = Passwords().hash(PASSWORD)
    assert Passwords().fits(kept, PASSWORD)
    assert not Passwords().fits(kept, PASSWORD + "!")
    assert PASSWORD not in kept


def test_an_outdated_hash_is_made_anew(storage: Storage) -> None:
    made(storage)
    sign_in(storage, attempt(password=PASSWORD), NOW, Passwords())
    with storage.snapshot() as tx:
        _, kept = tx.accounts.credentials("ana") or (None, None)
    assert kept is not None
    assert kept != CHEAP
    assert not Passwords().is_outdated(kept)
    assert Passwords().fits(kept, PASSWORD)


def test_guessing_one_name_from_one_address_is_stopped(
    storage: Storage, passwords: CountingPasswords
) -> None:
    made(storage)
    fail(storage, passwords, MOST_OF_BOTH)
    with pytest.raises(TooManySignIns):
        sign_in(storage, attempt(password=PASSWORD), NOW, passwords)
    assert len(passwords.asked) == MOST_OF_BOTH
    assert sign_in(storage, attempt(password=PASSWORD, address="192.0.2.2"), NOW, passwords)
    assert sign_in(storage, attempt(password=PASSWORD), NOW + LOOK_BACK, passwords)


def test_guessing_an_unknown_name_is_stopped_just_so(
    storage: Storage, passwords: CountingPasswords
) -> None:
    fail(storage, passwords, MOST_OF_BOTH, name="Nobody")
    with pytest.raises(TooManySignIns):
        sign_in(storage, attempt("nobody"), NOW, passwords)


def test_guessing_many_names_from_one_address_is_stopped(
    storage: Storage, passwords: CountingPasswords
) -> None:
    for number in range(MOST_OF_ADDRESS):
        fail(storage, passwords, 1, name=f"name {number}")
    with pytest.raises(TooManySignIns):
        sign_in(storage, attempt("another"), NOW, passwords)


def test_guessing_one_name_from_many_addresses_is_stopped(
    storage: Storage, passwords: CountingPasswords
) -> None:
    for number in range(MOST_OF_NAME):
        fail(storage, passwords, 1, address=f"198.51.100.{number}")
    with pytest.raises(TooManySignIns):
        sign_in(storage, attempt(), NOW, passwords)


def test_failures_and_sign_ins_are_in_the_audit_log(
    storage: Storage, passwords: CountingPasswords
) -> None:
    ana = made(storage)
    fail(storage, passwords, 1)
    with storage.transaction() as tx:
        key = begin(tx, ana, HERE, NOW)
        end(tx, ana, key, HERE, NOW)
        log = [(entry.deed, entry.by, entry.address) for entry in tx.audit.recent(9)]
    assert log == [
        (Deed.SIGNED_OUT, "Ana", HERE),
        (Deed.SIGNED_IN, "Ana", HERE),
        (Deed.SIGN_IN_FAILED, "ana", HERE),
    ]


def test_a_key_is_good_for_a_working_day_and_until_signing_out(storage: Storage) -> None:
    ana = made(storage)
    with storage.transaction() as tx:
        first, second = begin(tx, ana, HERE, NOW), begin(tx, ana, HERE, NOW)
        assert tx.sign_ins.whose(digest(first), NOW + STAY - timedelta(seconds=1)) == ana
        assert tx.sign_ins.whose(digest(first), NOW + STAY) is None
        assert tx.sign_ins.whose(first, NOW) is None
        end(tx, ana, first, HERE, NOW)
        assert tx.sign_ins.whose(digest(first), NOW) is None
        assert tx.sign_ins.whose(digest(second), NOW) == ana


def test_what_was_typed_is_not_shown_by_accident() -> None:
    assert PASSWORD not in repr(attempt(password=PASSWORD))
