"""Run as a program, told of a pool: what is asked through it holds for one transaction; prints what was seen."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from qinghe.edges.api import once  # noqa: E402


def shown(name: str) -> str:
    """Return a setting of whichever connection was lent."""
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


def main() -> None:
    """Ask."""
    told = {"limits": [shown(name) for name in ("lock_timeout", "statement_timeout")]}
    with transaction.atomic():
        once._wait_no_longer_than_patience()
        told["inside"] = shown("lock_timeout")
    told["afterwards"] = shown("lock_timeout")
    asked = ContentType.objects.order_by("pk").iterator(chunk_size=10)
    told["rows by pieces"] = sum(1 for _ in asked)
    told["rows"] = ContentType.objects.count()
    call_command("rebuild-facts", stdout=sys.stderr)  # by ADBC, through the pool
    told["search path"] = shown("search_path")
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
