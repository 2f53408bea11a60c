"""One world for all tests here: built once in each process, undone at the end."""

import pytest
from django.db import transaction
from django.test import override_settings

from . import routes as enumeration
from . import world as worlds


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Return the settings of the world; the common conftest gives each single test the others."""
    data = tmp_path_factory.mktemp("world")
    return {
        "QINGHE_DATA": data,
        "MEDIA_ROOT": data / "files",
        "QINGHE_KEYS": data / "keys",
        "QINGHE_SECOND_FACTOR": False,
        "WHITENOISE_AUTOREFRESH": True,
    }


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, given):
    """Build the world in a transaction of the module; each test and each visit nests in it."""
    with django_db_blocker.unblock(), override_settings(**given), transaction.atomic():
        yield worlds.make()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def beside_the_world(data_folder, settings, given):
    """Let every test find the files and keys that the world was built with."""
    for name, value in given.items():
        setattr(settings, name, value)


@pytest.fixture(scope="session")
def routes():
    return enumeration.all_routes()
