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
