"""What is late is told once to those who can act, and to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qinghe.edges import inbox
from qinghe.edges.web import reminders
from qinghe.kernel.notices import queries as notices
from qinghe.kernel.notices.kinds import Kind
from tests.web.test_inbox import opened, queue


@pytest.fixture(autouse=True)
def streets_wait(monkeypatch, people):
    """Let the two streets wait, one late by two days, one not; communities do not."""
    monkeypatch.setattr(inbox, "QUEUES", [queue("street", days=7)])
    opened(people.henggang, days_ago=9)
    opened(people.bantian, days_ago=7)


def told(actor):
    return [notice.title for notice in notices.notices_of(actor.person_id)]


def test_what_is_late_is_told_to_who_can_act(people):
    assert reminders.remind(at=timezone.now()) == 2

    assert told(people.lin) == told(people.chen) == ["街道核对：1项已过时限（横岗街道）"]
    assert told(people.he) == told(people.zhou) == []
    notice = notices.notices_of(people.chen.person_id).get()
    assert notice.kind == Kind.LATE
    assert notice.url == "/orgs/440307017/"


def test_nobody_is_told_twice(people):
    morning = timezone.localtime().replace(hour=9)
    reminders.remind(at=morning)

    assert reminders.remind(at=morning + timedelta(hours=1)) == 0


def test_after_days_without_a_run_all_that_became_late_is_told_once(people):
    reminders.remind(at=timezone.now())

    assert reminders.remind(at=timezone.now() + timedelta(days=30)) == 1
    assert told(people.lin)[0] == "街道核对：1项已过时限（坂田街道）"


def test_a_new_limit_that_passes_is_told_again(people, monkeypatch):
    reminders.remind(at=timezone.now())
    monkeypatch.setattr(inbox, "QUEUES", [queue("street", days=8)])

    assert reminders.remind(at=timezone.now()) == 2


def test_many_of_one_queue_are_one_notice(people, monkeypatch):
    monkeypatch.setattr(inbox, "QUEUES", [queue("street", days=7), queue("community", days=7)])
    monkeypatch.setattr(reminders, "ONE_BY_ONE", 1)

    reminders.remind(at=timezone.now())

    assert "社区核对：3项已过时限" in told(people.lin)
    notice = notices.notices_of(people.lin.person_id).get(title__startswith="社区核对")
    assert notice.url == "/inbox/?queue=web.community"
