"""The folder of files is away, empty or read-only for a while: uploads say so, all else goes on (bar 44)."""

import json
import subprocess
from contextlib import contextmanager
from http.client import HTTPConnection
from uuid import uuid4

import pytest

from qinghe.edges.sheets.writing import export
from qinghe.edges.web.outages import FILES

from .disk import may_mount

pytestmark = [pytest.mark.whole, pytest.mark.slow, pytest.mark.sqlite]
HEADING = ("志愿者编号", "人员编号", "姓名", "性别", "出生日期", "主组织代码", "注册日期")
PAGE = "/sheets/volunteering.volunteers/"


@pytest.fixture(scope="module")
def key(house):
    """The session of somebody who uploads lists; one was uploaded before."""
    made = house.script("uploading.py", "begin")
    house.start()
    assert upload(house, made, number=0)[0] == 302
    return made


def upload(house, key, *, number) -> tuple[int, str]:
    """Send a list of one volunteer; return status and text."""
    row = (f"ZY{number}", f"P9{number}", "新小苗", "女", "1998-04-05", "440307017901", "2022-03-05")
    csrf, edge = uuid4().hex, uuid4().hex
    parts = {
        'name="csrfmiddlewaretoken"': csrf.encode(),
        'name="file"; filename="志愿者.xlsx"': export(HEADING, [row]),
    }
    body = b"".join(
        f"--{edge}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + part + b"\r\n"
        for name, part in parts.items()
    )
    headers = {
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Cookie": f"sessionid={key}; csrftoken={csrf}",
    }
    connection = HTTPConnection("127.0.0.1", house.port, timeout=30)
    connection.request("POST", PAGE, body + f"--{edge}--\r\n".encode(), headers)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


@contextmanager
def gone(folder):
    """Take it away whole."""
    away = folder.with_name("away")
    folder.rename(away)
    yield
    assert not folder.exists()
    away.rename(folder)


@contextmanager
def unmounted(folder):
    """Leave the empty folder on which a disk was mounted."""
    away = folder.with_name("away")
    folder.rename(away)
    folder.mkdir()
    yield
    folder.rmdir()  # fails where anything was written into it
    away.rename(folder)


@contextmanager
def read_only(folder):
    """Let nobody write, as a disk does that found itself broken."""
    if not may_mount(folder.parent):
        pytest.skip("nothing can be mounted here (root, mount, mkfs.ext4)")
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
    yield
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize(("fault", "number"), [(gone, 1), (unmounted, 2), (read_only, 3)])
def test_while_files_are_away_an_upload_is_refused_and_pages_go_on(house, key, fault, number):
    with fault(house.folder / "files"):
        refused = upload(house, key, number=number)
        pages = [house.get(path, key=key)[0] for path in (PAGE, "/sheets/", "/directory/orgs/")]
        ready = house.get("/health/ready")

    assert (refused[0], FILES.reason in refused[1]) == (503, True)
    assert pages == [200] * 3
    assert ready[0] == 200
    assert upload(house, key, number=number)[0] == 302
    assert json.loads(house.script("uploading.py", "look")) == {"broken": [], "stray": []}
