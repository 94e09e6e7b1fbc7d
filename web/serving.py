"""How gunicorn serves the pages: ``gunicorn --config python:web.serving --bind=ADDRESS:PORT``.

It does not start where others could reach pages that nobody has to sign in to.
"""

import sys
from contextlib import closing
from typing import Any

from tracker.accounts import check_start
from tracker.config import read_settings
from tracker.errors import TrackerError
from tracker.storage import open_storage

wsgi_app = "web.wsgi:application()"
worker_class = "gthread"
threads = 8
"""How many requests a process answers at a time."""
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Refuse to start before anything is bound, in one line."""
    try:
        settings = read_settings()
        with closing(open_storage(settings.sqlalchemy_url)) as storage:
            check_start(settings, storage, map(host_of, server.address))
    except TrackerError as error:
        sys.exit(f"the pages cannot start: {error}")


def host_of(address: Any) -> str:
    """The host of one of gunicorn's addresses: a pair, a path of a Unix socket, or a descriptor."""
    match address:
        case (str(host), *_):
            return host
        case str():
            return ""
        case _:
            return str(address)
