"""A workbook is loaded whole, or not at all, and once (bar 41)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError

from qinghe.edges.sheets import models, services
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.files.models import File
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from tests.cast import NOW

from . import makers

pytestmark = pytest.mark.django_db


def load(path, *, by, **more):
    return services.load_file(sheet=makers.PEOPLE, path=path, by=by, at=NOW, **more)


def preview(content, *, by, name="台账.xlsx"):
    file = ContentFile(content, name=name)
    return services.preview(sheet=makers.PEOPLE, file=file, by=by, at=NOW)


def state():
    return [
        Person.objects.count(), Entry.objects.count(), File.objects.count(),
        models.Upload.objects.count(),
    ]  # fmt: skip


def test_a_file_is_written_in_chunks_with_progress(people, saved):
    seen = []

    outcome = load(
        saved(makers.book(makers.people_rows(1_234))),
        by=people.lin,
        progress=lambda done, total: seen.append((done, total)),
    )

    assert (outcome.rows, outcome.written, outcome.problems) == (1_234, 1_234, [])
    assert seen == [(500, 1_234), (1_000, 1_234), (1_234, 1_234)]
    assert Person.objects.filter(number__startswith="N").count() == 1_234
    assert models.Upload.objects.get(pk=outcome.upload_id).state == models.State.LOADED


def test_each_record_leads_to_the_file_and_lines_it_came_from(people, saved):
    outcome = load(saved(makers.book(makers.people_rows(700))), by=people.lin)

    person = Person.objects.get(number="N000600")
    entry = audit.entries_about("people.Person", person.pk)[0]

    upload = models.Upload.objects.select_related("file").get(pk=outcome.upload_id)
    assert entry.detail["file"] == upload.file.sha256
    assert entry.detail["sheet"] == "testing.people"
    assert entry.detail["lines"] == [502, 701]


def test_one_bad_row_keeps_all_rows_out(people, saved):
    rows = makers.people_rows(600)
    rows[599] = ["N000001", "重复", "", ""]
    before = state()

    outcome = load(saved(makers.book(rows)), by=people.lin)

    assert [(problem.line, problem.column) for problem in outcome.problems] == [
        (2, "人员编号"),
        (601, "人员编号"),
    ]
    assert outcome.written == 0
    assert state() == before


def test_a_day_outside_is_told_and_nothing_changes(people, saved):
    before = state()

    outcome = load(saved(makers.book([["N1", "甲", "", "2022-07-05"]])), by=people.lin)

    assert [problem.column for problem in outcome.problems] == ["出生日期"]
    assert state() == before


def test_the_same_file_again_says_when_and_by_whom(people, saved):
    path = saved(makers.book(makers.people_rows(3)))
    load(path, by=people.lin)
    before = state()

    with pytest.raises(Refused) as refusal:
        load(path, by=people.lin)

    assert refusal.value.code == "already_loaded"
    assert "林青" in refusal.value.reason
    assert "2022-07-03 22:00" in refusal.value.reason
    assert state() == before


@pytest.mark.parametrize("kind", makers.HOSTILE)
def test_a_hostile_file_changes_nothing(kind, people):
    before = state()

    with pytest.raises(Refused):
        preview(makers.HOSTILE[kind][1], by=people.lin)

    assert state() == before


def test_who_may_upload_nowhere_is_refused_before_the_file_is_looked_at(people):
    with pytest.raises(Refused) as refusal:
        preview(b"", by=people.zhou)

    assert refusal.value.code == "not_allowed"


def test_what_breaks_off_goes_on_where_it_stopped(people, saved):
    path = saved(makers.book(makers.people_rows(1_300)))
    calls = []

    def breaks(**given):
        calls.append(len(given["ready"]))
        makers.write(**given)
        if len(calls) == 2:
            raise IntegrityError

    broken = replace(makers.PEOPLE, write=breaks)
    with pytest.raises(Refused) as refusal:
        services.load_file(sheet=broken, path=path, by=people.lin, at=NOW)
    assert refusal.value.code == "stopped_midway"
    assert "500行" in refusal.value.reason
    assert Person.objects.filter(number__startswith="N").count() == 500

    outcome = load(path, by=people.lin)

    assert (outcome.rows, outcome.written) == (1_300, 1_300)
    assert Person.objects.filter(number__startswith="N").count() == 1_300


def test_two_at_once_do_not_write_a_row_twice(people, saved):
    path = saved(makers.book(makers.people_rows(600)))
    upload = preview(path.read_bytes(), by=people.lin)
    stale = models.Upload.objects.get(pk=upload.pk)
    services.load(sheet=makers.PEOPLE, upload=upload, by=people.lin, at=NOW)

    with pytest.raises(Refused) as refusal:
        services._write_chunk(
            sheet=makers.PEOPLE, upload_id=stale.pk, ready=[], span=(0, 600), source={},
            by=people.lin, at=NOW,
        )  # fmt: skip

    assert refusal.value.code == "already_running"


def test_a_preview_keeps_the_file_and_writes_no_row(people):
    upload = preview(makers.book(makers.people_rows(30)), by=people.lin)

    assert upload.state == models.State.CHECKED
    assert (upload.rows, upload.written) == (30, 0)
    assert upload.findings["sample"][0] == ["N000001", "人1", "女", "1990-01-02"]
    assert not Person.objects.filter(number__startswith="N").exists()


def test_a_refused_file_may_come_again_once_the_world_has_changed(people):
    content = makers.book([["P004", "明小麦", "", ""], ["N2", "乙", "", ""]])
    refused = preview(content, by=people.lin)
    assert refused.state == models.State.REFUSED
    Person.objects.filter(number="P004").update(number="P004-旧")

    again = preview(content, by=people.lin)

    assert again.pk == refused.pk
    assert again.state == models.State.CHECKED


def test_a_sheet_that_loses_rows_on_the_way_is_a_fault(people, saved):
    quiet = replace(makers.PEOPLE, resolve=lambda *_: makers.Resolved())

    with pytest.raises(ValueError, match="gave 0"):
        services.load_file(
            sheet=quiet, path=saved(makers.book(makers.people_rows(2))), by=people.lin,
            at=NOW + timedelta(days=1),
        )  # fmt: skip
