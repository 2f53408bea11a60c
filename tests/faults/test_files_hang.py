"""The folder of files hangs for half a minute: uploads say so in time, all else goes on (bar 44)."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from qinghe.edges.web.outages import FILES

from .clients import Clients
from .conftest import assert_kept
from .house import until
from .test_files_away import PAGE, upload

pytestmark = [pytest.mark.whole, pytest.mark.slow, pytest.mark.sqlite]
HANGS, LONGEST, SOON = 30, 5.0, 10  # seconds, bar 44


def timed(work):
    """Do something; return what it returned, and after how long."""
    began = time.monotonic()
    return work(), time.monotonic() - began


def test_while_files_hang_uploads_are_refused_in_time_and_devices_go_on(
    house, books, numbers, disk
):
    (disk.path / "files").mkdir()
    (house.folder / "files").symlink_to(disk.path / "files")
    house.serve()
    key, uploads, pages = house.script("uploading.py", "as", "leader59"), [], []
    assert upload(house, key, number=0)[0] == 302

    with (
        Clients(house, books, numbers, devices=2) as clients,
        ThreadPoolExecutor(8) as crowd,
    ):
        clients.until_acknowledged(20)
        with disk.frozen():
            hangs = time.monotonic()
            while time.monotonic() < hangs + HANGS:
                asked = [
                    crowd.submit(timed, lambda n=number: upload(house, key, number=n))
                    for number in range(10, 14)
                ]
                pages += [
                    timed(lambda p=path: house.get(p, key=key)) for path in (PAGE, "/sheets/")
                ]
                uploads += [each.result() for each in asked]
                time.sleep(0.5)
            clients.until_acknowledged(20)
        until(lambda: upload(house, key, number=10)[0] == 302, seconds=SOON)
        clients.until_acknowledged(20)

    scans = [*clients.history.scans, *clients.history.reads]
    worst = [
        max(seconds for _, seconds in uploads),
        max(seconds for _, seconds in pages),
        max(each.seconds for each in scans),
    ]
    sys.stdout.write(
        "longest waits, seconds: uploads {:.2f}, pages {:.2f}, devices {:.2f}\n".format(*worst)
    )
    assert max(worst) < LONGEST
    assert {status for (status, _), _ in uploads} == {503}
    assert all(FILES.reason in text for (_, text), _ in uploads)
    assert {status for (status, _), _ in pages} == {200}
    assert {each.status for each in scans} == {200}
    assert json.loads(house.script("uploading.py", "look")) == {"broken": [], "stray": []}
    assert_kept(house, clients.history)
