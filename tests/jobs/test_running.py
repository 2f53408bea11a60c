from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from qinghe.edges.jobs import ending, models, runners, running, services, worker
from qinghe.edges.jobs.models import State
from qinghe.edges.jobs.runners import Result, Runner
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from tests.cast import NOW

from .conftest import client_of


@pytest.fixture
def offer(monkeypatch):
    """Return a function that adds a runner of a kind."""

    def add(kind, run, **options):
        runner = Runner(kind=kind, label=kind, run=run, **options)
        monkeypatch.setattr(runners, "RUNNERS", [*runners.RUNNERS, runner])

    return add


def start(people, kind="count", **arguments):
    return services.start(kind=kind, title="数三下", arguments=arguments, at=NOW, by=people.lin)


def again(job):
    return models.Job.objects.get(pk=job.pk)


def test_a_job_runs_as_the_person_who_asked_and_says_how_far_it_is(people, offer):
    seen = []
    offer("look", lambda job: seen.append((str(job.by), job.by.holdings, dict(job.arguments))))
    job = start(people, "look", page=3)

    worker.work_off()

    assert seen == [(str(people.lin), people.lin.holdings, {"page": 3})]
    assert again(job).state == State.DONE


def test_progress_is_kept_as_it_goes(people):
    job = start(people)

    worker.work_off()

    assert (again(job).done, again(job).total, again(job).state) == (3, 3, State.DONE)
    assert again(job).reason == "数完了。"


def test_an_unknown_kind_is_refused_before_anything_is_kept(people):
    with pytest.raises(Refused, match="没有名为"):
        start(people, "nothing")

    assert models.Job.objects.count() == 0
    assert DBTaskResult.objects.count() == 0


def test_a_refusal_ends_the_job_with_its_sentence(people, offer):
    def refuse(_job):
        raise Refused("not_allowed", "您没有这项权限，没有任何改动。")

    offer("refuse", refuse)
    job = start(people, "refuse")

    worker.work_off()

    assert (again(job).state, again(job).reason) == (
        State.REFUSED,
        "您没有这项权限，没有任何改动。",
    )


def test_a_fault_ends_the_job_in_chinese_and_goes_to_the_log(people, offer, caplog):
    def break_down(_job):
        raise ZeroDivisionError("a secret of the machine")

    offer("break", break_down)
    job = start(people, "break")

    worker.work_off()

    assert again(job).state == State.FAILED
    assert "secret" not in again(job).reason
    assert "a secret of the machine" in caplog.text


def test_what_settles_a_job_stands_or_falls_with_its_end(people, offer, tmp_path):
    def settle():
        models.Job.objects.update(title="settled")
        raise ZeroDivisionError

    def write(_job):
        path = tmp_path / "out.xlsx"
        path.write_bytes(b"x")
        return Result(file=path, name="a.xlsx", settle=settle)

    offer("write", write)
    job = start(people, "write")

    worker.work_off()

    assert again(job).title == "数三下"
    assert again(job).state == State.FAILED
    assert not list(ending.folder().iterdir())


def test_a_job_that_ended_does_not_run_again(people, offer):
    runs = []
    offer("once", lambda _job: runs.append(1))
    job = start(people, "once")

    running.run(job.pk)
    running.run(job.pk)
    worker.work_off()

    assert runs == [1]


def test_a_job_that_was_broken_off_is_taken_up_again(people):
    job = start(people)
    break_off(job)

    worker.recover()
    worker.work_off()

    assert again(job).state == State.DONE
    assert again(job).attempts == 2


def test_a_job_that_may_not_run_twice_ends_with_a_sentence(people, offer):
    runs = []
    offer("once", lambda _job: runs.append(1), again=False)
    job = start(people, "once")
    break_off(job)

    worker.recover()
    worker.work_off()

    assert runs == []
    assert again(job).state == State.INTERRUPTED
    assert "中断" in again(job).reason


def test_a_job_that_breaks_off_every_time_is_given_up(people):
    job = start(people)
    for _ in range(running.MOST_ATTEMPTS):
        break_off(job)
        worker.recover()

    worker.work_off()

    assert again(job).state == State.INTERRUPTED
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def break_off(job):
    """Leave a job as a process that was killed leaves it."""
    task = DBTaskResult.objects.get()
    task.claim("killed")
    ending.begin(job_id=job.pk)


def test_one_may_cancel_what_waits_and_what_runs(people, offer):
    def run(job):
        services.cancel(job=models.Job.objects.get(pk=job.job_id), at=NOW, by=people.lin)
        job.progress(1, 3)

    offer("long", run)
    waits, runs = start(people), start(people, "long")

    services.cancel(job=waits, at=NOW, by=people.lin)
    worker.work_off()

    assert again(waits).state == State.CANCELLED
    assert again(runs).state == State.CANCELLED
    assert "保留" in again(runs).reason
    with pytest.raises(Refused, match="不能再取消"):
        services.cancel(job=waits, at=NOW, by=people.lin)
    with pytest.raises(Refused, match="自己的任务"):
        services.cancel(job=start(people), at=NOW, by=people.chen)


@pytest.fixture
def others(transactional_db):
    """Return a function that does something on the connection of another thread."""

    def do(what):
        try:
            what()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as thread:
        yield lambda what: thread.submit(do, what).result()


def goes_on(job, number, others):
    job.progress(number, 4)


def breaks(job, number, others):
    if number == 3:
        raise ZeroDivisionError


def is_cancelled(job, number, others):
    others(lambda: models.Job.objects.update(cancel_asked=True))
    job.progress(number, 4)


@pytest.mark.parametrize(
    ("step", "state", "done"),
    [(goes_on, State.DONE, 4), (breaks, State.FAILED, 0), (is_cancelled, State.CANCELLED, 1)],
)
def test_a_job_may_read_a_long_list_while_others_write(
    others, people, offer, monkeypatch, step, state, done
):
    """Bar 7: on SQLite who has read half a list can write nothing once anybody else has."""
    monkeypatch.setattr(running, "SLOWLY", 0)

    def read(job):
        half_read = Person.objects.order_by("pk")[:4].iterator(chunk_size=1)
        for number, _ in enumerate(half_read, start=1):
            others(partial(User.objects.create_user, f"other{number}"))
            step(job, number, others)

    offer("read", read)
    job = start(people, "read")

    worker.work_off()

    assert (again(job).state, again(job).done) == (state, done)
    assert User.objects.filter(username="other1").exists()


def test_starting_cancelling_and_wiping_leave_a_trail(people, offer, tmp_path):
    def write(_job):
        path = tmp_path / "out.xlsx"
        path.write_bytes(b"x")
        return Result(file=path, name="a.xlsx")

    offer("write", write)
    job = start(people, "write")
    worker.work_off()

    services.purge(at=again(job).expires_at, by="night")

    verbs = list(Entry.objects.filter(verb__startswith="jobs.").values_list("verb", flat=True))
    assert sorted(verbs) == ["jobs.start", "jobs.wipe"]
    assert again(job).stored_as == ""


def test_ones_own_jobs_are_found_again_and_nobody_elses(people, lin):
    job = start(people)

    assert "数三下" in lin.get("/jobs/").content.decode()
    assert lin.get(f"/jobs/{job.pk}/").status_code == 200
    other = client_of(people.chen)
    assert "数三下" not in other.get("/jobs/").content.decode()
    for address in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/file/"):
        assert other.get(address).status_code == 404
    assert other.post(f"/jobs/{job.pk}/cancel/").status_code == 404


def test_a_job_is_cancelled_on_its_page(people, lin):
    job = start(people)

    page = lin.post(f"/jobs/{job.pk}/cancel/", follow=True).content.decode()

    assert "已取消" in page
    assert again(job).state == State.CANCELLED


def test_only_one_worker_works_on_a_data_folder(people):
    job = start(people)
    held = worker._lock()

    assert not worker.work_off_alone()

    worker.os.close(held)
    assert worker.work_off_alone()
    assert again(job).state == State.DONE


def test_a_result_without_a_file_has_nothing_to_fetch(people, lin):
    job = start(people)
    worker.work_off()

    assert lin.get(f"/jobs/{job.pk}/file/").status_code == 409
    assert again(job).ended_at <= timezone.now()
