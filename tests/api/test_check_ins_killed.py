"""The server is killed with -9 while scans come in: what it acknowledged is there, each once (bar 1)."""

import os

import pytest

from bench import check_in
from tests import migrated


@pytest.mark.slow
@pytest.mark.sqlite
def test_every_scan_that_was_acknowledged_is_on_the_books_once(monkeypatch):
    monkeypatch.delitem(os.environ, "DATABASE_URL", raising=False)

    told = check_in.kill(kills=2, size="tiny", begin=migrated.into)

    assert told["acknowledged"] > 0
    assert told["acknowledged and missing"] == 0


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db
def test_every_scan_that_postgresql_acknowledged_is_on_the_books_once(monkeypatch):
    with migrated.apart() as address:
        monkeypatch.setenv("DATABASE_URL", address)

        told = check_in.kill(kills=2, size="tiny")

    assert told["acknowledged"] > 0
    assert told["acknowledged and missing"] == 0
