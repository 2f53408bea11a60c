from pathlib import Path

import pytest

from qinghe.analytics import access, catalogue
from qinghe.kernel.access import actors
from tests import cast as everyone

from .ledger import INDICATORS, ROLL, SERVICE, Ledger, nothing_declared


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return an empty book and the small tree of 龙岗."""
    return Ledger(tmp_path / "facts")


@pytest.fixture
def served(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Return a book whose facts are those that pages read, and the only ones declared."""
    nothing_declared(monkeypatch)
    catalogue.register(facts=[SERVICE, ROLL], indicators=INDICATORS)
    return Ledger(data_folder / "facts")


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> everyone.Cast:
    """Return the people and places of all tests, with the rights that analytics grants."""
    monkeypatch.setattr(actors, "GRANTS", list(access.GRANTS))
    return everyone.make_cast()
