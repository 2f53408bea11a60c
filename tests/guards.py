"""Lifts the database's guards over rows kept for good: for tampering."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection, transaction

from qinghe.lib import triggers

GUARD = import_module("qinghe.kernel.audit.migrations.0004_append_only")
FROZEN = import_module("qinghe.analytics.migrations.0003_frozen_for_good")
GATHERED = import_module("qinghe.analytics.migrations.0004_gatherings")
ISSUED = import_module("qinghe.reports.issuing.migrations.0001_signing_and_issuing")
RETURNED = import_module("qinghe.systems.returns.migrations.0004_history_for_good")
SENT = import_module("qinghe.reports.circulars.migrations.0003_what_was_issued_stays")
RANKED = import_module("qinghe.systems.assessments.migrations.0003_rankings_for_good")
KEPT = (*FROZEN.TABLES, *ISSUED.TABLES, *RETURNED.TABLES, *SENT.TABLES, *RANKED.TABLES)


@contextmanager
def lifted() -> Iterator[None]:
    """Let entries be changed and deleted meanwhile, as somebody with the database in hand could."""
    _run(GUARD.OFF[connection.vendor])
    try:
        yield
    finally:
        _run(GUARD.ON[connection.vendor])


@contextmanager
def frozen_lifted() -> Iterator[None]:
    """Let what is frozen and issued be changed meanwhile, in the same way."""
    _run([*triggers.allowing(connection.vendor, tables=KEPT), *SENT.OFF[connection.vendor]])
    try:
        yield
    finally:
        _run(SENT.ON[connection.vendor])
        alike = [table for table in KEPT if table != GATHERED.FIGURE]
        _run(triggers.refusing(connection.vendor, tables=alike, said=FROZEN.SAID))
        _run(GATHERED.guards(connection.vendor))


def _run(statements: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
