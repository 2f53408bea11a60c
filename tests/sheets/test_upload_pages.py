import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qinghe.edges import system
from qinghe.edges.jobs import worker
from qinghe.edges.jobs.models import Job
from qinghe.edges.sheets import models, views
from qinghe.edges.system import System
from qinghe.kernel.access.models import Account, Holding
from qinghe.kernel.people.models import Person
from tests.cast import NOW

from . import makers

SHEET = reverse("sheets:sheet", args=["testing", "people"], urlconf="tests.sheets.urls")


def client_of(actor) -> Client:
    user = User.objects.create_user(f"user{actor.person_id}")
    Account.objects.create(user=user, person_id=actor.person_id)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lin(people):
    return client_of(people.lin)


def upload(client, content, name="台账.xlsx"):
    return client.post(SHEET, {"file": SimpleUploadedFile(name, content)})


def test_the_list_names_only_what_one_may_upload(people, lin):
    assert "人员台账" in lin.get("/sheets/").content.decode()
    assert "人员台账" not in client_of(people.zhou).get("/sheets/").content.decode()


def test_a_stranger_to_the_sheet_is_turned_away(people):
    answer = client_of(people.zhou).get(SHEET)

    assert answer.status_code == 403
    assert "没有导入" in answer.content.decode()


def test_the_template_is_sent(lin):
    answer = lin.get(f"{SHEET}template/")

    assert answer["Content-Type"] == views.MEDIA_TYPE
    assert answer.content.startswith(b"PK")


def test_upload_check_confirm_and_result(lin):
    checked = upload(lin, makers.book(makers.people_rows(3)))
    page = lin.get(checked.url).content.decode()
    assert "全部3行都可以导入" in page
    assert "人2" in page
    assert not Person.objects.filter(number="N000001").exists()

    done = lin.post(f"{checked.url}load/", follow=True)

    assert "已导入3行" in done.content.decode()
    assert Person.objects.filter(number__startswith="N").count() == 3


@pytest.mark.parametrize(("rows", "page"), [(1, "/people/N000001/"), (2, "/inbox/")])
def test_what_was_loaded_leads_to_where_it_stands(lin, monkeypatch, rows, page):
    sheet = replace(makers.PEOPLE, page="web:inbox", stands=lambda new: f"/people/{new.number}/")
    monkeypatch.setattr(
        system, "INSTALLED", [System(slug="testing", label="", urls="", sheets=(sheet,))]
    )
    checked = upload(lin, makers.book(makers.people_rows(rows)))
    assert "查看导入的内容" not in lin.get(checked.url).content.decode()

    done = lin.post(f"{checked.url}load/", follow=True).content.decode()

    assert re.search(r'href="([^"]*)">查看导入的内容', done)[1] == page


@pytest.mark.parametrize("kind", ["empty", "csv renamed", "bomb", "two far cells"])
def test_a_hostile_file_is_answered_in_the_form(kind, lin):
    answer = upload(lin, makers.HOSTILE[kind][1])

    assert answer.status_code == 422
    assert "没有读取" in answer.content.decode()
    assert models.Upload.objects.count() == 0


def test_no_file_is_answered_in_the_form(lin):
    answer = lin.post(SHEET, {})

    assert answer.status_code == 422


def test_bad_rows_are_shown_and_can_be_taken_home(lin):
    checked = upload(lin, makers.book([["N1", "甲", "", ""], ["N2", "", "", "2022-02-30"]]))

    page = lin.get(checked.url).content.decode()
    workbook = lin.get(f"{checked.url}refused/")

    assert "1行有问题" in page
    assert "必填" in page
    assert "2022-02-30" in page
    assert "确认导入" not in page
    assert workbook.content.startswith(b"PK")


def test_the_same_file_again_is_answered_in_the_form(lin):
    content = makers.book(makers.people_rows(3))
    lin.post(f"{upload(lin, content).url}load/")

    answer = upload(lin, content)

    assert answer.status_code == 422
    assert "没有重复写入" in answer.content.decode()


def test_nobody_sees_the_uploads_of_another(people, lin):
    checked = upload(lin, makers.book(makers.people_rows(3)))

    assert client_of(people.chen).get(checked.url).status_code == 404


def test_a_long_file_is_loaded_by_a_job_and_followed(lin, monkeypatch):
    checked = upload(lin, makers.book(makers.people_rows(3))).url
    monkeypatch.setattr(views, "IN_REQUEST", 2)

    answer = lin.post(f"{checked}load/")
    twice = lin.post(f"{checked}load/")
    part = lin.get(checked, headers={"HX-Request": "true"}).content.decode()
    worker.work_off()
    job = Job.objects.get()

    assert answer.url == f"/jobs/{job.pk}/"
    assert twice.url == checked
    assert "正在导入：0 / 3 行" in part
    assert "<html" not in part
    assert (job.state, job.done, job.total, job.url) == ("done", 3, 3, checked)
    assert "已导入3行" in lin.get(answer.url).content.decode()
    assert Person.objects.filter(number__startswith="N").count() == 3


def test_a_job_that_loads_checks_again_what_its_person_may_do(people, lin, monkeypatch):
    checked = upload(lin, makers.book(makers.people_rows(3))).url
    monkeypatch.setattr(views, "IN_REQUEST", 2)
    lin.post(f"{checked}load/")
    Holding.objects.filter(person_id=people.lin.person_id).delete()

    worker.work_off()

    assert Job.objects.get().state == "refused"
    assert "没有导入" in Job.objects.get().reason
    assert not Person.objects.filter(number__startswith="N").exists()


def test_a_load_that_stands_still_may_be_continued(lin):
    checked = upload(lin, makers.book(makers.people_rows(3))).url
    models.Upload.objects.update(state=models.State.LOADING, moved_at=NOW)

    page = lin.get(checked).content.decode()
    done = lin.post(f"{checked}load/", follow=True).content.decode()

    assert "确认导入" in page
    assert "已导入3行" in done
