import pytest

from qinghe.edges import system
from qinghe.edges.jobs import runners
from qinghe.edges.sheets import loading
from qinghe.edges.system import System
from qinghe.kernel.access import actors
from tests import cast
from tests.kept import kept

from . import makers


@pytest.fixture(autouse=True)
def house(settings, monkeypatch):
    """Stand the upload alone: two sheets, one act, the frame's own pages."""
    settings.ROOT_URLCONF = "tests.sheets.urls"
    sheets = (makers.PEOPLE, makers.PLACES)
    installed = [System(slug="testing", label="", urls="", sheets=sheets)]
    monkeypatch.setattr(system, "INSTALLED", installed)
    monkeypatch.setattr(actors, "GRANTS", [makers.GRANT])
    monkeypatch.setattr(runners, "RUNNERS", [loading.RUNNER])


@kept
def people():
    return cast.make_cast()


@pytest.fixture
def saved(tmp_path):
    """Return a function that puts a workbook on the disk."""

    def save(content: bytes, name: str = "台账.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save
