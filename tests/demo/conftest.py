import os

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def own_environment() -> dict[str, str]:
    """Return the environment for commands run on a folder of their own, always on SQLite.

    The suite's PostgreSQL run has its own database; what these tests hold is the command line.
    """
    assert settings.configured
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
