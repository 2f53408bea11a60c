"""A lock that serves in the order of asking.

SQLite lets one writer in at a time and makes the others try again at random: under load one of
them can starve for seconds. Waiting in line in front of it cut the longest wait a hundredfold.
"""

import threading
import weakref
from collections import deque
from dataclasses import dataclass, field

GLANCE = 0.5  # seconds between looks at whether the holder is still there


@dataclass(eq=False)
class _Place:
    holder: weakref.ref[object]
    thread: threading.Thread
    turn: threading.Event = field(default_factory=threading.Event)

    def is_lost(self) -> bool:
        """Tell whether whoever stood here can no longer let go."""
        return self.holder() is None or not self.thread.is_alive()


class Queue:
    """A fair lock; its holder is an object, and asking twice is the same as asking once."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._inside: _Place | None = None
        self._waiting: deque[_Place] = deque()

    def enter(self, holder: object, *, timeout: float) -> bool:
        """Wait for the turn of this holder; False when it did not come in time."""
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
                self._call_next()

    def holds(self, holder: object) -> bool:
        """Tell whether this holder is inside."""
        with self._guard:
            return self._inside is not None and self._inside.holder() is holder

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
