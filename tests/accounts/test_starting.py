import pytest

from tests.accounts.samples import made
from tracker.accounts import check_start, is_this_machine
from tracker.config import Settings
from tracker.errors import ConfigurationError
from tracker.storage import Storage
from tracker.types import Role

PROVIDER = {"oidc_issuer": "https://id.example", "oidc_client_id": "desk"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost", ""]
)
def test_this_machine(host: str) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "10.0.0.1", "desk.example", "localhost.evil", "3"]
)
def test_not_this_machine_alone(host: str) -> None:
    assert not is_this_machine(host)


def test_without_accounts_only_this_machine_is_served(storage: Storage) -> None:
    check_start(Settings(), storage, ["127.0.0.1", "::1"])
    with pytest.raises(ConfigurationError) as refusal:
        check_start(Settings(), storage, ["127.0.0.1", "0.0.0.0"])
    assert "0.0.0.0" in str(refusal.value)
    assert "TRACKER_ACCOUNTS=on" in str(refusal.value)
    assert "tracker account add" in str(refusal.value)


def test_accounts_without_an_administrator_are_refused_even_here(storage: Storage) -> None:
    settings = Settings(accounts=True)
    made(storage, "Bo", Role.REVIEWER)
    with pytest.raises(ConfigurationError, match="tracker account add NAME --role admin"):
        check_start(settings, storage, ["127.0.0.1"])
    made(storage)
    check_start(settings, storage, ["0.0.0.0"])


def test_an_administrator_may_come_from_the_provider(storage: Storage) -> None:
    given = {**PROVIDER, "oidc_client_secret": "s", "oidc_roles": {"chiefs": "admin"}}
    check_start(Settings(accounts=True, **given), storage, ["0.0.0.0"])
    given["oidc_roles"] = {"desk": "reviewer"}
    with pytest.raises(ConfigurationError, match="tracker account add"):
        check_start(Settings(accounts=True, **given), storage, ["0.0.0.0"])


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"oidc_roles": {"*": "admin"}}, "TRACKER_OIDC_CLIENT_SECRET"),
        ({"oidc_client_secret": "s"}, "TRACKER_OIDC_ROLES"),
    ],
)
def test_a_provider_named_by_halves_is_refused(
    storage: Storage, given: dict[str, object], named: str
) -> None:
    made(storage)
    with pytest.raises(ConfigurationError, match=named):
        check_start(Settings(accounts=True, **PROVIDER, **given), storage, ["127.0.0.1"])
