"""What a test that commits leaves is taken away after it: Django's own way asks every table, and slowly.

On SQLite the file becomes again what migrations made. On PostgreSQL the tables that have rows are
emptied, past the guards over what is kept for good; what migrations entered is then missing.
"""

from functools import cache

from django.db import connection, transaction
from django.test import TransactionTestCase

from qinghe.kernel.audit import chain
from qinghe.kernel.audit.models import Head
from tests import migrated

STAY = {"django_content_type", "auth_permission"}  # they follow from the code


def take_away() -> None:
    """Do so after each test that commits, whoever runs it."""
    TransactionTestCase._fixture_teardown = lambda case: _begin_anew()


def _begin_anew() -> None:
    if connection.vendor == "sqlite":
        migrated.lay_back()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no key and no guard asks
        cursor.execute(_which_have_rows())
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")
        Head.objects.create(pk=1, seq=0, hash=chain.GENESIS)


@cache
def _which_have_rows() -> str:
    tables = set(connection.introspection.django_table_names(include_views=False)) - STAY
    return " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in sorted(tables)
    )
