"""What people do in pioneers: one function each."""

from .ceremonies import (
    Held,
    accept_ceremony,
    cancel_ceremony,
    change_ceremony,
    register_ceremony,
    send_back_ceremony,
    submit_ceremony,
)
from .outlines import NewOutline, NewStep, set_outline
from .sheets import ReadyCeremony, enter_many

__all__ = [
    "Held",
    "NewOutline",
    "NewStep",
    "ReadyCeremony",
    "accept_ceremony",
    "cancel_ceremony",
    "change_ceremony",
    "enter_many",
    "register_ceremony",
    "send_back_ceremony",
    "set_outline",
    "submit_ceremony",
]
