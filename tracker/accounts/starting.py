"""Whether the pages may be opened to whoever can reach them."""

from collections.abc import Iterable
from ipaddress import ip_address

from tracker.config import Settings
from tracker.errors import ConfigurationError
from tracker.storage import Storage
from tracker.types import Role

FIRST = "make the first account with `tracker account add NAME --role admin`"


def check_start(settings: Settings, storage: Storage, hosts: Iterable[str]) -> None:
    """Refuse to open pages that anybody could use, or that nobody could sign in to.

    Args:
        settings: whether people sign in, and where.
        storage: the accounts; it is looked into only if people sign in.
        hosts: the addresses at which the pages would answer.

    Raises:
        ConfigurationError: the pages may not be opened like that.
    """
    if not settings.accounts:
        check_hosts(hosts)
        return
    check_provider(settings)
    if Role.ADMIN in settings.oidc_roles.values() and settings.oidc_issuer:
        return
    with storage.snapshot() as tx:
        if not tx.accounts.has_admin():
            raise ConfigurationError(f"TRACKER_ACCOUNTS is on, but there is no account: {FIRST}")


def check_hosts(hosts: Iterable[str]) -> None:
    """Refuse addresses that others can reach, where nobody signs in.

    Raises:
        ConfigurationError: there is one.
    """
    for host in hosts:
        if not is_this_machine(host):
            raise ConfigurationError(
                f"at {host} others could reach the pages, and nobody would have to sign in: "
                f"set TRACKER_ACCOUNTS=on and {FIRST}, or use 127.0.0.1"
            )


def check_provider(settings: Settings) -> None:
    """Refuse an identity provider that is named by halves.

    Raises:
        ConfigurationError: it is.
    """
    if not settings.oidc_issuer:
        return
    if not settings.oidc_client_id or not settings.oidc_client_secret.get_secret_value():
        raise ConfigurationError(
            "TRACKER_OIDC_ISSUER needs TRACKER_OIDC_CLIENT_ID and TRACKER_OIDC_CLIENT_SECRET"
        )
    if not settings.oidc_roles:
        raise ConfigurationError(
            "TRACKER_OIDC_ISSUER needs TRACKER_OIDC_ROLES, such as "
            '{"editors": "reviewer", "desk-admins": "admin", "*": "reader"}'
        )


def is_this_machine(host: str) -> bool:
    """Whether an address is reached from this machine only; a Unix socket has none."""
    if host in ("", "localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
