import pytest

from qinghe.analytics import catalogue
from qinghe.kernel.access.actors import Role
from qinghe.kernel.orgs import queries as orgs
from tests.analytics.ledger import INDICATORS, ROLL, SERVICE, Ledger
from tests.cast import make_cast, with_role
from tests.kept import kept

from .makers import House, written


@kept
def cast():
    return make_cast()


@pytest.fixture
def house(cast, data_folder, monkeypatch):
    """A district with a second officer, three services, and a short report on them, frozen."""
    for name in ("FACTS", "INDICATORS", "OLDER"):
        monkeypatch.setattr(catalogue, name, {})
    monkeypatch.setattr(catalogue, "SOURCES", [])
    catalogue.register(facts=[SERVICE, ROLL], indicators=INDICATORS)
    ledger = Ledger(data_folder / "facts", lineage=orgs.lineage())
    ledger.serve(101, at=cast.hongmian.pk, minutes=50)
    ledger.serve(102, at=cast.hongmian.pk, kind="门岗")
    ledger.serve(101, at=cast.xiangjiaotang.pk)
    ledger.store().close()
    luo = with_role("P099", "罗衡", role=Role.DISTRICT_OFFICER, org=cast.longgang)
    report = written(cast.longgang, by=cast.lin)
    return House(cast=cast, luo=luo, ledger=ledger, report=report)
