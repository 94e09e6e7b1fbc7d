"""How a process learns that it is to stop."""

import signal


class StopRequests:
    """Counts the requests to stop: Ctrl-C, SIGTERM, a terminal that goes away.

    The handler only adds to a number: a lock taken there might be held by the code it interrupts.
    """

    received = 0

    def listen(self) -> None:
        """Count the signals that this process gets from now on, instead of dying of them."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.add())

    def add(self) -> None:
        """Count one request."""
        self.received += 1

    def __bool__(self) -> bool:
        """Whether there was one."""
        return self.received > 0
