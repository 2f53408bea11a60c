"""Whoever lends the database's file has it alone: what threads of earlier tests left is closed."""

from django.db import connections

from qinghe.config.engines.sqlite import base


def close_others() -> None:
    """Close all connections of this process but the test's own."""
    for other in list(base._known):
        if other is not connections["default"] and other.is_open:
            other.inc_thread_sharing()
            other.close()
