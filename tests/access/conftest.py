"""One world for all tests here, built once for those that follow one another (tests/kept.py)."""

import pytest

from tests.kept import kept

from . import routes as enumeration
from . import world as worlds


@kept
def world():
    return worlds.make()


@pytest.fixture(scope="session")
def routes():
    return enumeration.all_routes()
