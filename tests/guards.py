"""Lifts the database's guard over the audit entries: for emptying tables, and for tampering."""

from contextlib import contextmanager
from importlib import import_module

from django.db import connection, transaction
from django.test import TransactionTestCase

from qinghe.kernel.audit import chain
from qinghe.kernel.audit.models import Head

GUARD = import_module("qinghe.kernel.audit.migrations.0004_append_only")


@contextmanager
def lifted():
    """Let entries be changed and deleted meanwhile, as somebody with the database in hand could."""
    _run(GUARD.OFF)
    try:
        yield
    finally:
        _run(GUARD.ON)


def let_tables_be_emptied() -> None:
    """Lift the guard whenever the test runner empties all tables, and begin the chain anew."""
    emptying = TransactionTestCase._fixture_teardown

    def teardown(case) -> None:
        with lifted():
            emptying(case)
        Head.objects.get_or_create(pk=1, defaults={"seq": 0, "hash": chain.GENESIS})

    TransactionTestCase._fixture_teardown = teardown


def _run(statements: dict[str, list[str]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
