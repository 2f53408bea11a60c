"""Work that may hang for good, done by a hand that is then left behind.

A call that a disk, a network folder or a look-up does not answer may never end, and nothing can end
it. So it is made in a thread of its own; whoever waited in vain goes on, and the thread comes back by
itself when there is an answer.
"""

import threading
import time
from collections.abc import Callable
from concurrent import futures
from typing import TypeVar

T = TypeVar("T")


class Hand:
    """One thread at work."""

    def __init__(self) -> None:
        self._moved = time.monotonic()
        self.is_left = False
        self.is_back = False

    def moved(self) -> None:
        """Tell that a part of the work is done. Raises TimeoutError where nobody waits any more."""
        if self.is_left:
            raise TimeoutError("nobody waits for it any more")
        self._moved = time.monotonic()

    def rests(self) -> float:
        """Return for how many seconds nothing has moved."""
        return time.monotonic() - self._moved


class Hands:
    """Hands for one kind of work, of which so many may be left behind at once."""

    def __init__(self, *, seconds: float, most: int) -> None:
        self.seconds, self._most = seconds, most
        self._guard = threading.Lock()
        self._left = 0

    def lend(self, work: Callable[[Hand], T], *, undo: Callable[[T], object] = bool) -> T:
        """Do it and return what it returns; `undo` is for what comes when nobody waits any more.

        Raises TimeoutError when nothing moved for the seconds, or at once while too many hang.
        """
        if self._left >= self._most:
            raise TimeoutError("others hang already")
        hand, future = Hand(), futures.Future[T]()
        thread = threading.Thread(
            target=self._work, args=(hand, work, future, undo), name="hand", daemon=True
        )
        thread.start()
        while not futures.wait([future], self.seconds - hand.rests()).done:
            with self._guard:
                if hand.rests() < self.seconds or hand.is_back:
                    continue
                hand.is_left = True
                self._left += 1
                raise TimeoutError("nothing moves")
        return future.result()

    def _work(
        self,
        hand: Hand,
        work: Callable[[Hand], T],
        future: "futures.Future[T]",
        undo: Callable[[T], object],
    ) -> None:
        try:
            done = work(hand)
            with self._guard:
                hand.is_back = True
            if hand.is_left:
                undo(done)
            future.set_result(done)
        except BaseException as error:  # noqa: BLE001  raised where it is waited for
            future.set_exception(error)
        finally:
            with self._guard:
                self._left -= hand.is_left
