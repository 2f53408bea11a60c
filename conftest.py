"""What all tests share: a data folder of their own, and an honest word on what was left out."""

import gc
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import override_settings
from hypothesis import settings as hypothesis
from playwright._impl._driver import compute_driver_executable
from pytest_django.plugin import blocking_manager_key

from qinghe.config.proof import checks
from qinghe.edges.api import limits as api_limits
from tests import emptied, entered, kept, migrated
from tests.demo import commands

# On a busy machine any example may take long, and nothing is wrong with it.
hypothesis.register_profile("unhurried", hypothesis(), deadline=None)
hypothesis.load_profile("unhurried")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = {
    "whole": "another stands for it (./qinghe test --all)",
    "pages": "a page: asked on SQLite, and here by all (./qinghe test --postgres --all)",
    "postgres": "holds only on PostgreSQL (./qinghe test --postgres)",
    "sqlite": "holds only on SQLite (./qinghe test)",
    "once": "asks either database alike, or none: run on SQLite (./qinghe test)",
}
# What tests do to the database, in the order in which they are run; those apart use their own.
TURNS = ("apart", "undoes", "none", "empties")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let SQLite's database of tests stand that was copied into place."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator:
    """Begin with a copy of a migrated database, and leave nothing of it."""
    migrated.begin_from_a_copy()
    yield
    migrated.remove()


@pytest.fixture(scope="session")
def worlds(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Undo the last world before the database goes."""
    yield
    with django_db_blocker.unblock():
        kept.leave()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Undo a world that a test does not stand on before the fixtures of its module are made."""
    with item.config.stash[blocking_manager_key].unblock():
        kept.make_way(item, alone=_unit(item)[0] == "empties")


@pytest.fixture
def standing(
    request: pytest.FixtureRequest,
    worlds: None,
    django_db_blocker: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Have the world of a test below it before its own transaction begins."""
    alone = _unit(request.node)[0] == "empties"
    with django_db_blocker.unblock():
        kept.stand(request.node, folder=lambda: tmp_path_factory.mktemp("world"), alone=alone)


@pytest.fixture
def _django_db_helper(standing: None, _django_db_helper: None) -> None:
    """Begin what pytest-django begins for each test, on its world."""


@pytest.fixture(autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder that holds everything this test writes beside the database."""
    # A name that no test before had: what is remembered of a folder is remembered by its name.
    folder = Path(tempfile.mkdtemp(prefix="data-", dir=tmp_path_factory.getbasetemp()))
    api_limits.forget()
    caches["near"].clear()
    with override_settings(
        QINGHE_DATA=folder,
        MEDIA_ROOT=folder / "files",
        QINGHE_KEYS=folder / "keys",
        QINGHE_SECOND_FACTOR=False,  # tests/accounts switches it on
        WHITENOISE_AUTOREFRESH=True,  # look a file up when asked, not all of them per test
    ):
        yield folder
    shutil.rmtree(folder, ignore_errors=True)  # thousands of them fill a small disk


@pytest.fixture(autouse=True)
def rows_of_migrations(request: pytest.FixtureRequest) -> None:
    """Have what migrations entered in place, also after a test that emptied every table."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if marker is None and not asked:
        return
    emptying = (marker and marker.kwargs.get("transaction")) or asked - {"db"}
    request.getfixturevalue("transactional_db" if emptying else "db")
    entered.enter_missing()


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the small demo, told once for all workers; it is for reading."""
    own = tmp_path_factory.getbasetemp()
    return commands.told_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the machine's own Chromium."""
    return next(path for name in CHROMIUM if (path := shutil.which(name)))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the run that leaves nothing to others, and the one that checks a bar."""
    parser.addoption("--all", action="store_true", help="also run what others stand for")
    parser.addoption("--bar", type=int, help="run the tests that name this bar (docs/assurance.md)")


def pytest_xdist_auto_num_workers() -> int:
    """Have one worker more than cores: about a third of the time a test waits for a process."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """Look only where the tests of the bar are, when one is asked for."""
    bar = config.getoption("--bar")
    if bar is None:
        return
    found = [check for check in checks.find(config.rootpath) if bar in check.bars]
    nodes = [check.node for check in found if not check.is_bench]
    if not nodes:
        raise pytest.UsageError(f"no test names bar {bar}: see docs/assurance.md")
    config.args[:] = nodes


def pytest_sessionstart() -> None:
    """Have the database as it began after each test that commits."""
    emptied.take_away()
    gc.disable()  # nothing of what is read in and collected is garbage


def pytest_collection_finish() -> None:
    """Let no collection of garbage look again through what stays for good: a million objects."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    """Let all of it be garbage at the end, or libraries in C complain of what was leaked."""
    gc.unfreeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Leave out what this machine or this database cannot run, and share out the rest.

    Groups are named before xdist reads them, the order is made after pytest-django made its own.
    """
    no_browser = _no_browser() if any(map(_drives_a_browser, items)) else ""
    for item in items:
        if _drives_a_browser(item):
            item.add_marker(pytest.mark.browser)
        for reason in reversed([*_reasons_to_leave_out(item, no_browser=no_browser)]):
            # Before what the test itself lacks on this machine: nobody asked it to run here.
            item.add_marker(pytest.mark.skipif(True, reason=reason), append=False)  # noqa: FBT003
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(" ".join(_unit(item))))
    yield
    _put_in_order(items)


def _reasons_to_leave_out(item: pytest.Item, *, no_browser: str) -> Iterator[str]:
    if _drives_a_browser(item) and no_browser:
        yield no_browser
    if item.get_closest_marker("whole") and not item.config.getoption("--all"):
        yield ELSEWHERE["whole"]
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        yield ELSEWHERE["postgres"]
    if connection.vendor != "postgresql":
        return
    if item.get_closest_marker("sqlite"):
        yield ELSEWHERE["sqlite"]
    if _is_of_pages(item):
        yield ELSEWHERE["pages"]
    alike = item.get_closest_marker("once") or _unit(item)[0] in ("apart", "none")
    if _drives_a_browser(item) or alike:
        yield ELSEWHERE["once"]


def _put_in_order(items: list[pytest.Item]) -> None:
    """Begin with the dear modules, or the last of them would keep one worker while others rest.

    A module keeps to one worker and sets up once what its tests share; those of its tests that stand
    on one world stay beside each other.
    """
    dear = {_unit(item) for item in items if item.get_closest_marker("slow")}
    first = {}
    for item in items:
        first.setdefault(_unit(item), len(first))

    def place(item: pytest.Item) -> tuple[bool, int, int, str]:
        unit = _unit(item)
        world = getattr(kept.asked(item), "__qualname__", "")
        return unit not in dear, TURNS.index(unit[0]), first[unit], world

    items.sort(key=place)


def _unit(item: pytest.Item) -> tuple[str, str]:
    """Return what a test does to the database, and its module."""
    marker = item.get_closest_marker("django_db")
    if {"live_server", "transactional_db"} & set(item.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    ):
        return "empties", item.location[0]
    if marker or {"db", "django_db_setup"} & set(item.fixturenames):
        return "undoes", item.location[0]
    slow = item.get_closest_marker("slow")
    return ("apart" if slow else "none"), item.location[0]


def _is_of_pages(item: pytest.Item) -> bool:
    """Test if a module asks pages, whose services and queries have tests of their own."""
    return "pages" in item.path.stem.split("_") and not item.config.getoption("--all")


def _drives_a_browser(item: pytest.Item) -> bool:
    return "chromium" in item.fixturenames


def _no_browser() -> str:
    """Say what is missing for a browser to be driven, if anything is."""
    if not any(shutil.which(name) for name in CHROMIUM):
        return "no Chromium (apt-get install chromium)"
    node, script = compute_driver_executable()
    asked = subprocess.run(  # noqa: S603  # the driver that pip installed
        [node, script, "--version"], capture_output=True, check=False
    )
    return (
        "Playwright's driver does not run (apt-get install libatomic1)" if asked.returncode else ""
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Keep the reason of each skip where xdist's workers can hand it over."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and isinstance(report.longrepr, tuple):
        report.user_properties.append(("left out", report.longrepr[2].removeprefix("Skipped: ")))
    return report


def pytest_terminal_summary(terminalreporter: object) -> None:
    """Name what was left out and why."""
    reasons = _reasons(terminalreporter)
    if connection.vendor == "sqlite" and not shutil.which("initdb") and not _postgres():
        reasons["no PostgreSQL: --postgres cannot run (apt-get install postgresql)"] = []
    if not reasons:
        return
    terminalreporter.section("left out")
    for reason, names in sorted(reasons.items()):
        terminalreporter.line(f"{len(names)} left out: {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail when all had to run and something did not."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("QINGHE_REQUIRE_ALL") != "1" or reporter is None:
        return
    if set(_reasons(reporter)) - set(ELSEWHERE.values()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _reasons(reporter: object) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for report in reporter.stats.get("skipped", []):
        for name, reason in report.user_properties:
            if name == "left out":
                reasons.setdefault(reason, []).append(report.nodeid)
    return reasons


def _postgres() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
