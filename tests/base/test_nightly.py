"""`manage nightly`: the schedule is kept, in its order, and a refusal is not hidden."""

from datetime import time

import pytest
from django.core.management import CommandError, call_command, get_commands

from qinghe.config import schedule
from qinghe.config.management.commands import nightly
from qinghe.config.schedule import Job

FIRST, SECOND = Job(time(1), "first", "一"), Job(time(2), "second", "二")


@pytest.fixture
def called(monkeypatch):
    """Return the commands that are called instead of being run; `first` is refused."""
    names = []

    def call(name, **_):
        names.append(name)
        if name == "first":
            raise CommandError("不行")

    monkeypatch.setattr(nightly, "call_command", call)
    return names


def test_the_schedule_is_sorted_and_names_commands_that_exist():
    assert list(schedule.NIGHTLY) == sorted(schedule.NIGHTLY)
    assert {job.command.split()[0] for job in schedule.NIGHTLY} <= set(get_commands())


def test_a_refused_job_is_told_and_does_not_keep_the_next_from_running(called, monkeypatch):
    monkeypatch.setattr(schedule, "NIGHTLY", (FIRST, SECOND))

    with pytest.raises(CommandError, match="first：不行"):
        call_command("nightly")

    assert called == ["first", "second"]


def test_listing_runs_nothing(called, capsys):
    call_command("nightly", list=True)

    assert called == []
    assert "02:30 rebuild-facts" in capsys.readouterr().out
