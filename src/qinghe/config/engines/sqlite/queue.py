"""A lock that serves in the order of asking.

SQLite lets one writer in at a time and makes the others try again at random: under load one of
them can starve for seconds. Waiting in line in front of it cut the longest wait a hundredfold.
"""

import threading
import time
import weakref
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

GLANCE = 0.5  # seconds between looks at whether the holder is still there


@dataclass(eq=False)
class _Place:
    holder: weakref.ref[object]
    thread: threading.Thread
    turn: threading.Event = field(default_factory=threading.Event)

    def is_lost(self) -> bool:
        """Tell whether whoever stood here can no longer let go."""
        return self.holder() is None or not self.thread.is_alive()


class Door(Protocol):
    """What whoever is first in this line has to pass as well (gate.py)."""

    def enter(self, *, timeout: float) -> bool: ...

    def leave(self) -> None: ...

    def is_awaited(self) -> bool: ...

    def is_long_inside(self) -> bool: ...


class Queue:
    """A fair lock; its holder is an object, and asking twice is the same as asking once."""

    def __init__(self, door: Door | None = None) -> None:
        self.door = door
        self._guard = threading.Lock()
        self._inside: _Place | None = None
        self._waiting: deque[_Place] = deque()
        self.waited = 0.0  # seconds that all together have stood here

    def enter(self, holder: object, *, timeout: float) -> bool:
        """Wait for the turn of this holder; False when it did not come in time."""
        began = time.monotonic()
        try:
            return self._enter(holder, timeout=timeout)
        finally:
            with self._guard:
                self.waited += time.monotonic() - began

    def _enter(self, holder: object, *, timeout: float) -> bool:
        ends = time.monotonic() + timeout
        if not self._wait(holder, timeout=timeout):
            return False
        if self.door is None or self.door.enter(timeout=max(0.0, ends - time.monotonic())):
            return True
        self.leave(holder)
        return False

    def _wait(self, holder: object, *, timeout: float) -> bool:
        place = _Place(weakref.ref(holder), threading.current_thread())
        with self._guard:
            if self._inside is not None and self._inside.holder() is holder:
                return True
            self._waiting.append(place)
            self._call_next()
        left = timeout
        while not place.turn.wait(min(GLANCE, max(left, 0))):
            left -= GLANCE
            with self._guard:
                self._call_next()
                if left <= 0 and not place.turn.is_set():
                    self._waiting.remove(place)
                    return False
        return True

    def leave(self, holder: object) -> None:
        """Let the next one in; nothing happens when this holder is not inside."""
        with self._guard:
            if self._inside is not None and self._inside.holder() is holder:
                self._inside = None
                if self.door and (not self._waiting or self.door.is_long_inside()):
                    self.door.leave()  # before the next one here is called: they pass it again
                self._call_next()
                if self.door and self._inside is None:
                    self.door.leave()  # those who waited were lost

    def holds(self, holder: object) -> bool:
        """Tell whether this holder is inside."""
        with self._guard:
            return self._inside is not None and self._inside.holder() is holder

    def is_awaited(self) -> bool:
        """Tell whether anybody waits, here or in another process; asked by one that is inside."""
        with self._guard:
            return bool(self._waiting) or (self.door is not None and self.door.is_awaited())

    def _call_next(self) -> None:
        if self._inside is not None and not self._inside.is_lost():
            return
        self._inside = None
        while self._waiting:
            place = self._waiting.popleft()
            if not place.is_lost():
                self._inside = place
                place.turn.set()
                return
