"""Meetings by workbook."""

from datetime import date

import pytest

from qinghe.systems.branches import sheets
from qinghe.systems.branches.models import Meeting
from tests.cast import NOW

from .makers import record

pytestmark = pytest.mark.django_db


def row(line, **told):
    defaults = {
        "org": "HGZX-01", "kind": "general", "day": date(2022, 5, 10), "topic": "大会",
        "present": 3, "entitled": None, "place": None, "quarters": None, "speaker": None,
        "notes": None,
    }  # fmt: skip
    return sheets.Row(line, **(defaults | told))


def test_a_ledger_is_written_whole(cast, branch):
    rows = [
        row(2),
        row(3, day=date(2022, 6, 1), present=1),
        row(4, kind="lesson", topic="团课", quarters=6, speaker="林老师", entitled=30, present=25),
    ]

    resolved = sheets.resolve(cast.luo, rows, NOW)
    written = sheets.MEETINGS.write(ready=resolved.ready, at=NOW, by=cast.luo, source={})

    assert not resolved.problems
    assert written == 3
    found = Meeting.objects.order_by("pk").values_list("entitled", "counts", "slot")
    assert list(found) == [(4, True, "2022Q2"), (4, False, "2022Q2"), (30, True, "2022")]


def test_each_wrong_line_says_what_is_wrong(cast, branch):
    record(cast.luo, branch, topic="登过的会")
    rows = [
        row(2, org="XHKJ-01"),
        row(3, topic="登过的会"),
        row(4, topic="两次"),
        row(5, topic="两次"),
        row(6, present=9),
        row(7, day=date(2022, 7, 9)),
    ]

    resolved = sheets.resolve(cast.luo, rows, NOW)

    assert not resolved.ready
    assert [one.line for one in resolved.problems] == [2, 3, 4, 5, 6, 7]
    assert "不是您管理的支部" in resolved.problems[0].reason
