"""Where the time of a process goes, by name: what is timed within something counts for itself."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any


class Stopwatch:
    """Processor seconds under each name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._names = [""]
        self._since = time.process_time()

    @contextmanager
    def under(self, name: str) -> Iterator[None]:
        """Count what is done within under this name."""
        self._turn()
        self._names.append(name)
        try:
            yield
        finally:
            self._turn()
            self._names.pop()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._names[-1]] += now - self._since
        self._since = now


class Timed:
    """Stands for an object; the methods and parts named are timed."""

    def __init__(self, watch: Stopwatch, of: Any, names: Mapping[str, str], **parts: Any) -> None:
        """``names`` says under what each method counts; ``parts`` stand in for attributes."""
        self._watch, self._of, self._names, self._parts = watch, of, names, parts

    def __getattr__(self, name: str) -> Any:
        if name in self._parts:
            return self._parts[name]
        found = getattr(self._of, name)
        return self._timed(found, self._names[name]) if name in self._names else found

    def _timed(self, method: Callable[..., Any], under: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            with self._watch.under(under):
                return method(*arguments, **named)

        return call


class TimedStorage:
    """A store of which the methods named are timed, noun by noun."""

    def __init__(self, watch: Stopwatch, of: Any, names: Mapping[str, Mapping[str, str]]) -> None:
        """``names`` has, for each noun of a transaction, what its methods count under."""
        self._watch, self._of, self._names = watch, of, names

    def transaction(self) -> AbstractContextManager[Any]:
        """As ``Storage.transaction``."""
        return self._timed(self._of.transaction())

    def snapshot(self) -> AbstractContextManager[Any]:
        """As ``Storage.snapshot``."""
        return self._timed(self._of.snapshot())

    @contextmanager
    def _timed(self, session: AbstractContextManager[Any]) -> Iterator[Any]:
        with session as tx:
            parts = {
                noun: Timed(self._watch, getattr(tx, noun), names)
                for noun, names in self._names.items()
            }
            yield Timed(self._watch, tx, {}, **parts)
