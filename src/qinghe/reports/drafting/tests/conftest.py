import pytest

from qinghe.kernel.access import actors
from qinghe.reports.drafting import access
from tests.cast import make_cast

from .makers import Book, begun


@pytest.fixture
def cast(db, monkeypatch):
    monkeypatch.setattr(actors, "GRANTS", [*actors.GRANTS, *access.GRANTS])
    return make_cast()


@pytest.fixture
def book(cast):
    return Book(org=cast.longgang)


@pytest.fixture
def report(cast):
    return begun(cast.longgang, by=cast.lin)
