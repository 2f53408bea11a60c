import pytest

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.systems.directory.access import Act
from tests import cast as everyone
from tests.kept import kept


@kept
def cast():
    return everyone.make_cast()


@pytest.fixture
def reader(cast, monkeypatch):
    """Somebody who sees the whole district and may do nothing: no post is like that today."""
    seeing = Grant(Role.INSPECTOR, Act.SEE, Reach.BELOW)
    monkeypatch.setattr(actors, "GRANTS", [*actors.GRANTS, seeing])
    return everyone.with_role("P090", "览青", role=Role.INSPECTOR, org=cast.longgang)
