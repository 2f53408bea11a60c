"""The collector of cyclic garbage, which holds up every thread for as long as it walks (bar 7)."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


def pass_over() -> None:
    """Have the collector walk nothing of what is there now; it goes when nobody names it any more."""
    gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from walking what is made meanwhile, now and later: none of it is garbage."""
    gc.disable()
    try:
        yield
    finally:
        pass_over()
        gc.enable()


atexit.register(gc.unfreeze)  # libraries call what is passed over at the end a leak
