"""What is found out before anything is started: the settings, the data folder and the port."""

import fcntl
import os
import socket
from pathlib import Path
from typing import IO

from tracker.config import Settings, read_settings
from tracker.errors import ConfigurationError

HOST = "127.0.0.1"
"""Where the pages are unless told otherwise: for this machine only."""
EVERYWHERE = ("0.0.0.0", "::")
"""Hosts that stand for all addresses of the machine, this one's own among them."""


def settings_for(data_dir: Path | None, port: int, host: str = HOST) -> Settings:
    """The settings from the environment, with what the flags say instead.

    Raises:
        ConfigurationError: a setting cannot be used.
    """
    settings = read_settings()
    folder = data_dir or settings.data_dir
    public = (
        settings.public_url if "public_url" in settings.model_fields_set else address(port, host)
    )
    return settings.model_copy(update={"data_dir": folder.absolute(), "public_url": public})


def address(port: int, host: str = HOST) -> str:
    """Where the pages answer somebody on this machine."""
    reached = HOST if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{reached}:{port}"


def lock(folder: Path) -> IO[str]:
    """Take a data folder for this process, for as long as the answer is open.

    Raises:
        ConfigurationError: the folder cannot be written, or another instance has it.
    """
    try:
        for name in ("logs", "queue"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        held = (folder / "lock").open("a+")
    except OSError as error:
        raise ConfigurationError(
            f"the data folder {folder} cannot be written ({error.strerror}); "
            "choose another with --data-dir"
        ) from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.seek(0)
        owner = held.read().strip()
        held.close()
        raise ConfigurationError(
            f"it is already running on {folder} (process {owner}); stop that one first, "
            "or choose another folder with --data-dir and another --port"
        ) from None
    held.truncate(0)
    held.write(str(os.getpid()))
    held.flush()
    return held


def check_port(port: int, host: str = HOST) -> None:
    """Find out whether the pages can be put on a port of an address.

    Raises:
        ConfigurationError: they cannot.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise ConfigurationError(
                f"port {port} cannot be used ({reason}); choose another with --port"
                + (f", or another address than {host} with --host" if host != HOST else "")
            ) from None
