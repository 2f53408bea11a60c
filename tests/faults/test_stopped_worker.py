"""The worker is stopped for a day and killed when it is back: all is done, once (bars 1 and 44)."""

import json
import re
from datetime import datetime, timedelta

import pytest

from qinghe.lib.periods import TZ
from tests import migrated

from .clocks import HOUR, MINUTE, Clock
from .gateway import Gateway
from .house import House, until

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
QUEUES = {
    "jobs": "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running')",
    "notices": "SELECT count(*) FROM notices_delivery WHERE state = 'queued'",
    "hooks": "SELECT count(*) FROM hooks_dispatch WHERE state = 'waiting'",
    "happened": "SELECT count(*) FROM hooks_happening WHERE NOT spread",
    "transfers": "SELECT count(*) FROM transfers_transfer WHERE state = 'submitted'",
    "steps": "SELECT count(*) FROM targets_ladderstep WHERE told IS NULL",
    "offers": (
        "SELECT count(*) - 1 FROM volunteering_signup WHERE state IN ('offered', 'waiting')"
    ),
    "roll": "SELECT 1 - count(*) FROM volunteering_signup WHERE state = 'absent'",
    "reminders": "SELECT 1 - count(*) FROM volunteering_signup WHERE told_soon",
    "lights": "SELECT 2 - count(*) FROM targets_lightspan WHERE ended_on IS NULL"
    " AND light IN ('yellow', 'red')",
}
ROWS = 2_000
HALF_WAY = "SELECT written FROM sheets_upload"


def nine_o_clock() -> float:
    now = datetime.now(TZ)
    nine = now.replace(hour=9, minute=0) + timedelta(days=1)
    return (nine - now).total_seconds()


NINE = nine_o_clock()


WHOLE = {
    "jobs": [["exports.export", "done", 1, 12], ["sheets.load", "done", 2, ROWS]],
    "files": [True],
    "loaded": ROWS,
    "notices": [
        ["M001", "组织关系转接超期作废"],
        ["P002", "昨天的邮件"],
        ["P022", "任务亮红灯：明天亮红灯"],
        ["P022", "任务亮黄灯：明天亮黄灯"],
        ["Q002", "候补名额逾期未确认，已顺延"],
        ["Q003", "候补到名额，请确认"],
        ["Q004", "活动提醒"],  # and nobody is reminded of what began in the night
    ],
    "deliveries": {"sent": 3},
    "dispatches": {"sent": 1},
    "sign_ups": {
        "ZQ001": "cancelled",
        "ZQ002": "expired",
        "ZQ003": "offered",
        "ZQ004": "signed",
        "ZQ005": "absent",
    },
    "transfers": {"expired": 1},
    "lights": [["明天亮红灯", "red"], ["明天亮黄灯", "yellow"]],
    "steps": [["red", 1], ["yellow", 1], ["yellow", 1]],
    "trail": {
        "exports.export": 1,
        "sheets.load": 1,
        "targets.tell_waiting": 2,  # the first before the stop
        "transfers.expire": 1,
        "volunteering.expire_offers": 1,
        "volunteering.mark_absent": 1,
    },
    "chain": "",
}


@pytest.fixture
def gateway():
    made = Gateway()
    yield made
    made.refuse()


@pytest.fixture
def clock(tmp_path):
    """A clock at nine in the morning of tomorrow."""
    made = Clock(tmp_path / "off")
    made.move(NINE)
    return made


@pytest.fixture
def house(clock, gateway, tmp_path):
    """A house whose work is done by a process of its own; served, and nobody works."""
    folder = tmp_path / "house"
    folder.mkdir()
    own = clock.environment | gateway.environment | {"QINGHE_WORKER": "separate"}
    made = House(migrated.served_before(folder), log=tmp_path / "log", **own)
    yield made
    made.kill()


def left(house) -> dict[str, int]:
    """Say what still waits."""
    return {name: count for name, words in QUEUES.items() if (count := house.ask(words))}


def ready(house) -> dict[str, object]:
    status, told = house.get("/health/ready")
    assert status == 200
    return json.loads(told)


def test_after_a_day_without_a_worker_and_a_kill_all_is_done_once(house, gateway, clock):
    waits = json.loads(house.script("day.py", "fill", gateway.hook, str(ROWS)))
    house.start()

    clock.move(NINE + 26 * HOUR)
    look_at_pages(house, waits)
    gateway.hang()
    house.begin_work()
    until(lambda: 0 < house.ask(HALF_WAY) < ROWS and gateway.came, seconds=120)
    house.kill_work()
    assert gateway.taken == []

    gateway.answer()
    clock.move(NINE + 26 * HOUR + 10 * MINUTE)  # what was claimed is let go of
    house.begin_work()
    until(lambda: not left(house), seconds=120, pause=0.2)
    assert ready(house)["checks"]["worker"] == "ok"
    house.kill_work()

    found = json.loads(house.script("day.py", "look"))
    assert found == WHOLE
    assert [len(gateway.bodies(way)) for way in ("mail", "hook")] == [1, 1]
    assert told_by_sms(gateway) == 2


def look_at_pages(house, waits) -> None:
    """Ask what waits, as those who wait for it and as whoever keeps the house."""
    told = ready(house)
    assert (told["checks"]["worker"], told["checks"]["queue"]) == ("warn", "warn")
    assert "26小时没有动静" in told["told"]["worker"]["words"]
    lin, xu = waits["keys"]
    status = house.get("/health/", key=xu)
    jobs = house.get("/jobs/", key=lin)
    upload = house.get(f"/sheets/uploads/{waits['upload']}/", key=lin)
    assert [page[0] for page in (status, jobs, upload)] == [200] * 3
    assert "请重新启动任务进程" in status[1]
    assert jobs[1].count("排队中") >= 2
    assert f"{ROWS:,}" in upload[1]


def told_by_sms(gateway) -> int:
    """Add up of how many notices the messages told: one message may tell of some."""
    texts = [json.loads(body)["message"] for body in gateway.bodies("sms")]
    return sum(int(count) for text in texts for count in re.findall(r"(\d+)条", text))
