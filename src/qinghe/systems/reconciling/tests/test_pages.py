"""In the browser: a source is explained, an export compared, a branch answers its own lines only."""

import openpyxl
import pytest
from django.urls import reverse

from qinghe.edges.jobs import exports, worker
from qinghe.edges.web import asking
from qinghe.systems.reconciling import models
from tests.cast import NOW, make_org
from tests.desk import sign_in

from .makers import COLUMNS, KE_ID, answer, book, compare, line, make_member, one

pytestmark = pytest.mark.django_db
WHERE = "?org=440307017&period=2022H1"


def url(name, *keys):
    return reverse(f"reconciling:{name}", args=keys)


def text(answer):
    return answer.content.decode()


@pytest.fixture
def other_branch(cast):
    return make_org(
        "HGZX-02",
        "高一（2）团支部",
        kind="branch",
        level="unit",
        parent=cast.school,
        sector="school",
    )


@pytest.fixture
def run(cast, source, member, other_branch):
    make_member("K020", "禾小田", org=other_branch)
    told = line("柯晓舟", number="201944000001", joined="2019-06-01", code="HGZX-01")
    missing = line("=cmd()", number="201944000009", code="HGZX-01")
    child = line("童小苗", born="2012-06-01", number="201944000010", code="HGZX-01")
    return compare(source, told, missing, child, org=cast.henggang, by=cast.chen)


def test_a_source_is_named_explained_and_an_export_compared(client, cast, member):
    sign_in(client, cast.lin)
    named = client.post(url("source_new"), {"name": "广东智慧团建", "org": "440307"})
    source = models.RollSource.objects.get()
    assert named.url == url("source_columns", source.pk)
    shown = text(client.post(named.url, {"file": book(line("柯小舟", shown=KE_ID))}))
    assert "所在团支部" in shown
    assert KE_ID not in shown
    token = shown.split('name="example" value="')[1].split('"')[0]
    guessed = {key: f'<option value="{label}" selected>' in shown for key, label in COLUMNS.items()}
    assert all(guessed.values()), guessed
    assert client.post(named.url, {**COLUMNS, "example": token}).url == url("source", source.pk)
    assert client.get(url("source", source.pk)).status_code == 200
    assert client.post(named.url, {"example": token, "name": "姓名"}).status_code == 422
    client.logout()

    sign_in(client, cast.tang)
    refused = client.post(
        url("source_upload", source.pk), {"org": "XHKJ", "file": book(line("柯小舟"))}
    )
    assert refused.status_code == 422
    empty = book()
    assert (
        client.post(url("source_upload", source.pk), {"org": "HGZX", "file": empty}).status_code
        == 422
    )
    sent = client.post(
        url("source_upload", source.pk),
        {"org": "HGZX", "file": book(line("柯小舟", code="HGZX-01"))},
    )
    run = models.Run.objects.get()
    assert sent.url == url("run", run.pk)
    assert "核对中" in text(client.get(sent.url))
    worker.work_off()
    done = text(client.get(sent.url))
    assert "已完成" in done
    assert "高一（1）团支部" in done
    for name in ("board", "runs", "sources", "differences"):
        assert client.get(url(name)).status_code == 200


def test_a_branch_sees_and_answers_its_own_lines_only(client, cast, run, other_branch):
    own, others = one(run, field="joined_on"), one(run, kind="extra", org=other_branch)
    tally, others_tally = (run.tallies.get(org=org) for org in (cast.branch, other_branch))
    sign_in(client, cast.luo)

    shown = text(client.get(url("differences")))
    assert url("difference", own.pk) in shown
    assert url("difference", others.pk) not in shown
    for name, key in (
        ("difference", others.pk), ("difference_answer", others.pk), ("run", run.pk),
        ("branch", others_tally.pk), ("run_rows", run.pk), ("run_differences", run.pk),
    ):  # fmt: skip
        assert client.get(url(name, key)).status_code == 404, name
    assert client.get(url("branch", tally.pk)).status_code == 200
    assert "退回核对的差异" in text(client.get("/inbox/"))
    page = text(client.get(url("difference", own.pk)))
    assert "2019-06-01" in page
    assert "智慧团建.xlsx 第2行" in page
    bad = client.post(url("difference_answer", own.pk), {"answer": "theirs", "reason": "对"})
    assert bad.status_code == 422
    good = {"answer": "theirs", "reason": "入团志愿书为6月1日"}
    assert client.post(url("difference_answer", own.pk), good).url == url("difference", own.pk)
    assert client.post(url("difference_confirm", own.pk)).status_code == 403
    client.logout()

    sign_in(client, cast.tang)
    assert "确认时更正本平台的团员档案" in text(client.get(url("difference", own.pk)))
    client.post(url("difference_confirm", own.pk))
    own.refresh_from_db()
    assert own.is_corrected
    back = answer(one(run, field="name"), "ours", by=cast.luo)
    client.post(url("difference_return", back.pk), {"reason": "请附依据后再答"})
    back.refresh_from_db()
    assert back.state == "open"


def test_several_are_answered_and_confirmed_at_once(client, cast, run):
    rows = [row.pk for row in run.differences.filter(org=cast.branch)]
    sign_in(client, cast.luo)
    client.post(url("differences"), {"action": "ours", "bulk": "ours", "picked": rows})
    assert run.differences.filter(state="answered").count() == len(rows)
    client.logout()
    sign_in(client, cast.chen)
    client.post(url("differences"), {"action": "confirm", "bulk": "confirm", "picked": rows})
    assert run.differences.filter(state="confirmed").count() == len(rows)


def test_names_are_masked_in_lists_and_a_childs_to_who_may_not_know_it(client, cast, run):
    sign_in(client, cast.lin)
    page = text(client.get(url("run_differences", run.pk)))
    rows = text(client.get(url("run_rows", run.pk)))
    for shown in (page, rows):
        assert "童小苗" not in shown
        assert "童同学" in shown
        assert "柯晓舟" not in shown
    child = one(run, kind="missing", name="童小苗")
    assert "童小苗" not in text(client.get(url("difference", child.pk)))
    client.logout()
    sign_in(client, cast.luo)
    assert "童小苗" in text(client.get(url("difference", child.pk)))


def test_a_work_list_leaves_masked_and_holds_no_formula(client, cast, run):
    models.Difference.objects.filter(name="=cmd()").update(theirs="=HYPERLINK(1)", name="等小于")
    address = f"{url('run_differences', run.pk)}{WHERE}"
    user = sign_in(client, cast.chen) and client.get("/").wsgi_request.user
    ledger = asking.ledger_at(address, actor=cast.chen, user=user, at=NOW)
    why = exports.Reasons("work", "退回核对", "团支部")
    export = exports.ask(ledger=ledger, address=address, why=why, at=NOW, by=cast.chen)
    path = exports.make_now(export=export, ledger=ledger, at=NOW, by=cast.chen)

    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    values = {str(cell.value) for cell in cells}
    assert "=HYPERLINK(1)" in values
    assert all(cell.data_type != "f" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))
    assert {"柯*舟", "柯**", "柯晓舟"} & values == {"柯**"}
    path.unlink()


def test_who_has_no_part_in_it_finds_nothing(client, cast, run):
    sign_in(client, cast.liang)
    assert client.get(url("run", run.pk)).status_code == 404
    client.logout()
    sign_in(client, cast.he)
    assert client.get(url("board")).status_code == 403
    client.logout()
    sign_in(client, cast.auditor)
    assert client.get(url("run", run.pk)).status_code == 404
    assert client.get(url("sources")).status_code == 403


def test_an_unsure_line_is_decided_by_hand(client, cast, source, member):
    twin = make_member("K021", "柯小舟", org=cast.branch)
    run = compare(source, line("柯小舟"), org=cast.school, by=cast.tang)
    unsure = one(run, kind="unsure")
    sign_in(client, cast.tang)
    page = text(client.get(url("difference_choose", unsure.pk)))
    assert "K021" in page
    assert client.post(url("difference_choose", unsure.pk), {"chosen": ""}).status_code == 422
    client.post(url("difference_choose", unsure.pk), {"chosen": f"{twin.pk}"})
    assert run.lines.get().person == twin.person
    assert client.get(url("difference_answer", unsure.pk)).status_code == 200


def test_programs_read_runs_and_counts_and_nobodys_data(client, cast, run):
    sign_in(client, cast.chen)
    (told,) = client.get("/api/v1/reconciling/runs").json()["items"]
    assert (told["org"], told["rows"], told["state"]) == ("440307017", 3, "done")
    tallies = client.get(f"/api/v1/reconciling/runs/{run.pk}/tallies").json()["items"]
    assert {one["org"]: one["missing"] for one in tallies}["HGZX-01"] == 2
    assert "柯" not in str(tallies) + str(told)
    client.logout()
    sign_in(client, cast.luo)
    assert client.get(f"/api/v1/reconciling/runs/{run.pk}/tallies").status_code == 404
