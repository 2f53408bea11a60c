import hashlib
import zipfile
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone

from qinghe.edges.jobs import ending, exports, models, queries, rules, services, worker
from qinghe.edges.jobs.models import ExportState, State
from qinghe.kernel.access.models import Holding
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from tests.cast import NOW

from .conftest import client_of, make_people

WHY = {"purpose": "work", "note": "7月时长公示核对", "receiver": "横岗街道团工委"}


def take(client, address="/orgs/", **why):
    """Ask for a list as a workbook, through its own button."""
    form = client.get(f"{address}{'&' if '?' in address else '?'}export=xlsx")
    return client.post(form.url, {**WHY, **why})


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def book_of(answer):
    return openpyxl.load_workbook(BytesIO(content_of(answer)))


def test_a_small_list_is_given_at_once_and_registered(lin):
    answer = take(lin, "/orgs/?name=街道&sort=-code&page=1")
    content = content_of(answer)
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    export = models.Export.objects.get()
    entry = Entry.objects.get(verb="exports.export")

    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["440307017", "440307013"]
    assert export.state == ExportState.MADE
    assert export.sha256 == hashlib.sha256(content).hexdigest()
    assert entry.detail == {
        "title": "组织",
        "rows": 2,
        "purpose": "日常工作核对：7月时长公示核对",
        "receiver": "横岗街道团工委",
        "filter": "名称：街道",
        "sha256": export.sha256,
    }


def test_the_workbook_carries_who_when_what_for_for_whom_and_its_number(lin):
    """Bar 27."""
    book = book_of(take(lin))
    about = {row[0].value: row[1].value for row in book["导出说明"].iter_rows(min_row=2)}
    header = book.worksheets[0].oddHeader.left.text

    assert about["导出编号"] == models.Export.objects.get().number
    assert about["导出人"].startswith("林青")
    assert about["用途"] == "日常工作核对：7月时长公示核对"
    assert about["接收方"] == "横岗街道团工委"
    for words in ("林青", "横岗街道团工委", about["导出编号"], about["导出时间"]):
        assert words in header


@pytest.mark.parametrize("lacking", [{"purpose": ""}, {"note": "核"}, {"receiver": " "}])
def test_no_list_leaves_without_a_purpose_and_a_receiver(lin, lacking):
    answer = take(lin, **lacking)

    assert answer.status_code == 422
    assert models.Export.objects.count() == 0


@pytest.mark.parametrize("address", ["/plain/", "/nowhere/", "//orgs/", "https://x.cn/", "", "/"])
def test_what_is_no_list_cannot_be_exported(lin, address):
    answer = lin.get("/jobs/exports/new/", {"list": address})

    assert answer.status_code == 404


def test_the_list_of_another_organisation_cannot_be_exported(chen, people):
    address = f"/orgs/?org={people.bantian.code}&period=2022H1"

    answer = chen.post(f"/jobs/exports/new/?list={address.replace('&', '%26')}", WHY)

    assert answer.status_code == 404
    assert models.Export.objects.count() == 0


def test_a_long_list_is_written_by_a_job_and_fetched_later(lin, monkeypatch):
    monkeypatch.setattr(rules, "AT_ONCE", 3)

    page = take(lin)
    waiting = lin.get(page.url).content.decode()
    worker.work_off()
    done = lin.get(page.url).content.decode()
    book = book_of(lin.get(f"{page.url}file/"))

    assert "排队中" in waiting
    assert "every 1s" in waiting
    assert "已完成" in done
    assert "every 1s" not in done
    assert book.worksheets[0].max_row == 1 + Org.objects.count()
    assert models.Export.objects.get().state == ExportState.MADE


def test_who_lost_the_role_meanwhile_gets_nothing(lin, people, monkeypatch):
    """Bar 23."""
    monkeypatch.setattr(rules, "AT_ONCE", 3)
    page = take(lin)
    Holding.objects.filter(person_id=people.lin.person_id).delete()

    worker.work_off()
    job = models.Job.objects.get()

    assert job.state == State.REFUSED
    assert job.stored_as == ""
    assert not Entry.objects.filter(verb="exports.export").exists()
    assert page.url == f"/jobs/{job.pk}/"


def test_whose_account_was_closed_meanwhile_gets_nothing(lin, monkeypatch):
    """Bar 23."""
    monkeypatch.setattr(rules, "AT_ONCE", 3)
    take(lin)
    User.objects.update(is_active=False)

    worker.work_off()

    assert models.Job.objects.get().state == State.REFUSED
    assert "停用" in models.Job.objects.get().reason


def test_a_file_is_not_handed_out_once_the_list_is_closed_to_its_person(lin, people, monkeypatch):
    """Bar 23."""
    monkeypatch.setattr(rules, "AT_ONCE", 3)
    page = take(lin, "/persons/")
    worker.work_off()
    Holding.objects.filter(person_id=people.lin.person_id).update(org=people.henggang)

    answer = lin.get(f"{page.url}file/")

    assert answer.status_code == 403
    assert "不能下载" in answer.content.decode()


def test_more_than_two_hundred_people_need_a_second_word(lin, people, second_officer):
    """Bar 27."""
    make_people(200)

    page = take(lin, "/persons/", follow=True)
    export = models.Export.objects.get()
    worker.work_off()

    assert export.state == ExportState.WAITING
    assert page.url == f"/jobs/exports/{export.pk}/"
    assert models.Job.objects.count() == 0
    assert list(queries.exports_waiting_for(second_officer)) == [export]
    assert not queries.exports_waiting_for(people.lin).exists()
    assert not queries.exports_waiting_for(people.chen).exists()


def test_the_second_word_lets_the_file_be_written_for_the_first(lin, second_officer):
    """Bar 27."""
    make_people(200)
    take(lin, "/persons/")
    export = models.Export.objects.get()
    other = client_of(second_officer)

    other.post(f"/jobs/exports/{export.pk}/approve/")
    worker.work_off()
    job = models.Job.objects.get()

    assert job.state == State.DONE, job.reason
    assert job.expires_at - job.ended_at <= timedelta(hours=24)
    assert content_of(lin.get(f"/jobs/{job.pk}/file/")).startswith(b"PK")
    assert other.get(f"/jobs/{job.pk}/").status_code == 404
    pages = [client.get(f"/jobs/exports/{export.pk}/").content for client in (lin, other)]
    assert ["去下载" in page.decode() for page in pages] == [True, False]


def test_nobody_agrees_to_their_own_export(lin, people):
    """Bar 17."""
    make_people(200)
    take(lin, "/persons/")
    export = models.Export.objects.get()

    answer = lin.post(f"/jobs/exports/{export.pk}/approve/")
    with pytest.raises(Refused, match="另一人"):
        exports.approve(export=export, at=NOW, by=people.lin)
    with pytest.raises(IntegrityError):
        models.Export.objects.filter(pk=export.pk).update(decided_person_id=people.lin.person_id)

    assert answer.status_code == 409


def test_who_stands_below_cannot_agree(lin, people):
    make_people(200)
    take(lin, "/persons/")
    export = models.Export.objects.get()

    assert client_of(people.chen).get(f"/jobs/exports/{export.pk}/").status_code == 404
    with pytest.raises(Refused, match="权限"):
        exports.approve(export=export, at=NOW, by=people.chen)


def test_a_refusal_says_why_and_no_file_is_written(lin, second_officer):
    make_people(200)
    take(lin, "/persons/")
    export = models.Export.objects.get()
    other = client_of(second_officer)

    empty = other.post(f"/jobs/exports/{export.pk}/refuse/", {"reason": ""})
    other.post(f"/jobs/exports/{export.pk}/refuse/", {"reason": "请只导出本街道的人员"})
    worker.work_off()

    assert empty.status_code == 422
    assert "请只导出本街道的人员" in lin.get(f"/jobs/exports/{export.pk}/").content.decode()
    assert models.Job.objects.count() == 0


def test_files_are_wiped_when_their_time_is_over(lin, monkeypatch):
    """Bar 27."""
    monkeypatch.setattr(rules, "AT_ONCE", 3)
    page = take(lin, "/persons/")
    worker.work_off()
    job = models.Job.objects.get()
    path = ending.path_of(job)
    assert path.exists()

    models.Job.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    early = lin.get(f"{page.url}file/")
    wiped = services.purge(at=timezone.now(), by="night")

    assert early.status_code == 409
    assert wiped == 1
    assert not path.exists()
    assert "已过保存期" in lin.get(page.url).content.decode()


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x.cn","点")', "+1", "@SUM(A1)", "-2", "＝1+1", "\t=1"]
)
def test_nothing_in_an_export_is_a_formula(lin, people, name):
    Org.objects.filter(pk=people.huale.pk).update(name=name)

    content = content_of(take(lin))
    parts = zipfile.ZipFile(BytesIO(content))
    pages = [parts.read(part).decode() for part in parts.namelist() if "worksheets/" in part]

    assert pages
    assert not any("<f>" in page or "<f " in page or "<hyperlink" in page for page in pages)
    assert name.strip() in "".join(pages).replace("&quot;", '"')
