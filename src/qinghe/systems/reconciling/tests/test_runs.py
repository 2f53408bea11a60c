"""An export is compared by a job, in chunks, whatever breaks it off; the next run says what is settled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qinghe.edges.jobs import runners, worker
from qinghe.edges.jobs.models import Job
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs import services as orgs
from qinghe.lib.verdicts import Refused
from qinghe.systems.reconciling import forms, models, queries, services, tasks
from tests.cast import CLERK, NOW, TODAY

from .makers import (
    KE_ID,
    SHOWN,
    answer,
    book,
    compare,
    confirm,
    found,
    line,
    make_member,
    one,
    upload,
)

pytestmark = pytest.mark.django_db


def test_each_line_comes_to_something_and_who_is_not_told_is_extra(cast, source, member):
    make_member("K002", "禾小田", org=cast.branch)
    same = line("柯小舟", shown=KE_ID, number="201944000001", joined="2019-05-04", code="HGZX-01")
    missing = line("无此人", number="201944000009", branch="横岗中学团委高一（1）团支部")
    unsure = line("禾小田", born="2001-01-01", branch="高一（1）团支部")

    run = compare(source, same, missing, unsure, org=cast.henggang, by=cast.chen)

    assert run.state == "done"
    assert sorted(found(run)) == [
        ("extra", "", "在册", "不在册"),
        ("missing", "", "不在册", "横岗中学团委高一（1）团支部"),
        ("missing", "", "不在册", "高一（1）团支部"),  # of that name and another birth: nobody here
    ]
    tally = run.tallies.get(org=cast.branch)
    assert (tally.members, tally.rows, tally.agreed, tally.missing, tally.extra) == (2, 3, 1, 2, 1)
    assert (tally.sent, tally.to_answer, tally.answered_on) == (3, 3, None)
    row = run.lines.get(line=2)
    assert (row.person, row.how, row.shown) == (member.person, "number", SHOWN)
    assert KE_ID not in str(list(run.lines.values()))


def test_a_whole_identity_number_finds_its_holder_and_is_kept_nowhere(
    cast, source, member, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run = compare(source, line("柯晓舟", shown=KE_ID), org=cast.school, by=cast.tang)

    assert run.lines.get().how == "id_number"
    assert found(run) == [("changed", "name", "柯小舟", "柯晓舟")]
    assert not files.path_of(run.file).exists()


def test_part_of_an_identity_number_tells_namesakes_apart(cast, source, member):
    make_member("K003", "柯小舟", org=cast.branch, id_number="440307200405041257")

    run = compare(source, line("柯小舟", shown=SHOWN), org=cast.school, by=cast.tang)

    assert run.lines.get().person == member.person


def test_one_run_waits_at_a_time_and_is_given_up_by_a_colleague(cast, source, member):
    run = upload(source, line("柯小舟"), org=cast.school, by=cast.tang)
    with pytest.raises(Refused) as refused:
        upload(source, line("柯小舟"), org=cast.school, by=cast.lin)
    assert refused.value.code == "run_waits"
    with pytest.raises(Refused) as refused:
        services.discard_run(run=run, at=NOW, by=cast.liang)
    assert refused.value.code == "not_allowed"

    services.discard_run(run=run, at=NOW, by=cast.lin)

    assert upload(source, line("柯小舟"), org=cast.school, by=cast.lin).state == "waiting"


def test_who_may_not_upload_and_a_closed_organisation_are_refused(cast, source):
    for by, org in (
        (cast.liang, cast.school),
        (cast.luo, cast.school),
        (cast.auditor, cast.school),
    ):
        with pytest.raises(Refused) as refused:
            upload(source, line("柯小舟"), org=org, by=by)
        assert refused.value.code == "not_allowed"
    orgs.close_org(org=cast.branch, on=TODAY, at=NOW, by=CLERK)
    cast.branch.refresh_from_db()
    with pytest.raises(Refused) as refused:
        upload(source, line("柯小舟"), org=cast.branch, by=cast.luo)
    assert refused.value.code == "org_closed"
    assert not models.Run.objects.exists()


def test_a_file_without_the_columns_is_refused_before_a_job_begins(cast, source):
    with pytest.raises(Refused) as refused:
        forms.rows_of(book(("x",), headings=("别的",)), columns=source.versions.first().columns)
    assert refused.value.code == "missing_column"


def test_what_breaks_off_goes_on_where_it_stopped_and_writes_nothing_twice(
    cast, source, member, monkeypatch
):
    monkeypatch.setattr(services, "CHUNK", 2)
    lines = [line(f"人{n}", branch="高一（1）团支部") for n in range(4)]
    run = upload(
        source, *lines, line("柯小舟", number="201944000001"), org=cast.school, by=cast.tang
    )

    class Broken(Exception):
        pass

    class Half:
        job_id, arguments, by, at = run.job_id, {"run": run.pk}, cast.tang, NOW
        told = 0

        def progress(self, done, total):
            self.told += 1
            if self.told == 2:
                raise Broken

    with pytest.raises(Broken):
        tasks.compare(Half())
    run.refresh_from_db()
    assert (run.written, run.lines.count(), run.differences.count()) == (4, 4, 4)

    whole = Half()
    whole.told = 10
    result = tasks.compare(whole)
    result.settle()

    run.refresh_from_db()
    assert (run.state, run.written, run.lines.count()) == ("done", 5, 5)
    assert [kind for kind, *_ in found(run)] == ["missing"] * 4
    assert run.tallies.get(org=cast.branch).rows == 5
    with pytest.raises(Refused) as refused:
        result.settle()
    assert refused.value.code == "run_over"


def test_a_file_that_cannot_be_read_ends_its_run_with_the_reason(cast, source, monkeypatch):
    run = upload(source, line("柯小舟"), org=cast.school, by=cast.tang)
    files.path_of(run.file).write_bytes(b"broken")

    worker.work_off()

    run.refresh_from_db()
    assert run.state == "failed"
    assert run.words
    assert Job.objects.get(pk=run.job_id).state == "refused"


def test_the_next_run_settles_what_is_gone_carries_answers_and_marks_what_came_back(
    cast, source, member
):
    lines = [
        line("柯小舟", number="201944000001", joined="2019-06-01", sex="女"),
        line("无此人", branch="高一（1）团支部"),
    ]
    first = compare(source, *lines, org=cast.school, by=cast.tang)
    answer(one(first, field="joined_on"), "ours", by=cast.luo)
    confirm(difference=one(first, field="joined_on"), by=cast.tang)
    answer(one(first, field="sex"), "mended", by=cast.luo)

    later = NOW + timedelta(days=30)
    second = compare(source, lines[0], org=cast.henggang, by=cast.chen, at=later)

    assert one(first, kind="missing").state == "settled"
    assert one(first, field="joined_on").state == "carried"
    joined, sex = one(second, field="joined_on"), one(second, field="sex")
    assert (joined.state, joined.answer, joined.recurs) == ("confirmed", "ours", "again")
    assert (sex.state, sex.answer, sex.recurs) == ("open", "", "back")
    assert not first.tallies.filter(superseded_on__isnull=True).exists()
    third = compare(source, *lines, org=cast.school, by=cast.tang, at=later)
    assert one(third, kind="missing").recurs == "back"


def test_rows_are_erased_in_time_and_differences_stay(cast, source, member):
    run = compare(source, line("无此人", code="HGZX-01"), org=cast.school, by=cast.tang)
    rows, unfinished = services.RETENTION[:2]
    waiting = upload(source, line("柯小舟"), org=cast.school, by=cast.tang)

    now = timezone.now()
    assert rows.run(now - timedelta(days=1), now) == 0
    assert rows.run(now + timedelta(days=1), now) == 1
    assert unfinished.run(NOW + timedelta(days=1), NOW) == 1

    run.refresh_from_db()
    waiting.refresh_from_db()
    assert run.erased_at
    assert not run.lines.exists()
    assert run.differences.count() == 2
    assert waiting.state == "failed"


def test_the_questions_to_the_database_do_not_grow_with_the_lines(
    cast, source, django_assert_max_num_queries
):
    for n in range(40):
        make_member(f"K{n:03d}", f"团员{n}", org=cast.branch, league=f"2019440{n:05d}")
    lines = [line(f"团员{n}", number=f"2019440{n:05d}", shown=SHOWN) for n in range(40)]
    run = upload(source, *lines, org=cast.school, by=cast.tang)
    with files.laid_open(run.file) as path:
        export = forms.read_export(path, columns=run.columns.columns)

    with django_assert_max_num_queries(12):
        judged = queries.judged(cast.tang, run, export.told, whole=export.whole, on=TODAY)

    assert {one.outcome for one in judged} == {"agreed"}


def test_the_job_is_known_to_the_house():
    assert services.KIND in {runner.kind for runner in runners.RUNNERS}
