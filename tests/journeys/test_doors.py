"""From an empty district to the auditor's desk: everybody comes in by a link, and leaves a trace.

Each person has a browser of their own. Whatever has a page is done on the page.
"""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from qinghe.edges.jobs import worker
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.people import services as people
from qinghe.systems.volunteering.tests import makers
from tests import cast, guards

from .menu import from_menu
from .test_coming_in import code_of

PASSWORD = "竹林里三盏旧灯照着井台"
YEAR = timedelta(days=365.25)
BORN = date(1990, 5, 4)
ENROL = "您的岗位要求第二重验证，请先添加一种"
MASKED, NUMBERS = ["林**", "欧阳*", "郑**"], ["P101", "P102", "P103"]
PURPOSE, RECEIVER = "7月名册核对", "横岗街道团工委"


@pytest.fixture
def places(transactional_db, settings):
    """Return a district without a soul in it, whose house asks for a second factor."""
    settings.QINGHE_SECOND_FACTOR = True
    return cast.make_places()


# ── Coming in ────────────────────────────────────────────────────────────────────────────────────


def first_admin(page, capsys, *, role, name, username):
    """Make an administrator on the machine, who sets a password at the printed address."""
    call_command("first-admin", role=role, name=name, username=username)
    page.goto(capsys.readouterr().out.strip().splitlines()[-1])
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="保存密码").click()
    sign_in(page, username)
    enrol(page)


def sign_in(page, username):
    page.get_by_label("账号或手机号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def enrol(page):
    """Pair an authenticator app: until then no page of work opens."""
    expect(page.get_by_text(ENROL)).to_be_visible()
    page.goto("/search/?q=横岗")
    expect(page.get_by_text(ENROL)).to_be_visible()
    page.get_by_role("link", name="添加").first.click()
    page.get_by_label("验证码").fill(code_of(page.locator("code.q-code").inner_text()))
    page.get_by_role("button", name="启用").click()
    page.get_by_role("link", name="已抄下，继续").click()
    expect(page.locator("#menu")).to_be_visible()


def invite(page, *, name, role, org, until=None):
    """Offer a role to somebody new, and return the address that is handed over on paper."""
    page.goto("/")
    from_menu(page, "任职与授权")
    page.get_by_role("link", name="授予角色").click()
    page.get_by_label("姓名").fill(name)
    page.get_by_label("出生日期").fill(BORN.isoformat())
    page.get_by_label("角色").select_option(role)
    page.get_by_label("任职组织").fill(org)
    if until:
        page.get_by_label("到期日").fill(until.isoformat())
    page.get_by_role("button", name="授予").click()
    expect(page.get_by_role("heading", name=f"{name} · {org}的{role}")).to_be_visible()
    return page.get_by_role("link", name="/join/").get_attribute("href")


def join(page, address, *, username):
    """Open an account with an invitation."""
    page.goto(address)
    page.get_by_label("账号").fill(username)
    page.get_by_label(re.compile(r"^\s*密码")).fill(PASSWORD)
    page.get_by_label("再输一次密码").fill(PASSWORD)
    page.get_by_role("button", name="开通账号并登录").click()


# ── What is one's own, and what is the neighbour's ───────────────────────────────────────────────


@pytest.fixture
def chen(places):
    """Return 陈穗, secretary of the street above both communities."""
    return cast.with_role("P002", "陈穗", role=Role.STREET_SECRETARY, org=places.henggang)


@pytest.fixture
def roll(places):
    """Enter three members of 红棉, one of them seventeen and one with a phone, and one of 华乐."""
    mine = [
        admit("P101", "林小满", org=places.hongmian),
        admit("P102", "欧阳晓", org=places.hongmian),
        admit("P103", "郑小禾", org=places.hongmian, born=timezone.localdate() - 17 * YEAR),
    ]
    contact = people.NewContact(phone="13800138000")
    people.keep_contact(person=mine[0].person, new=contact, at=cast.NOW, by=cast.CLERK)
    return mine, admit("P201", "吴邻舍", org=places.huale)


def admit(number, name, *, org, born=BORN):
    person = cast.make_person(number, name, birth_date=born)
    return people.admit_member(
        person=person, org=org, starts_on=timezone.localdate(), at=timezone.now(), by=cast.CLERK
    )


def come_as_secretary(page, *, org, by):
    """Let 周远 come in as the secretary of a community."""
    zhou = cast.make_person("P006", "周远")
    _, code = access.invite(
        person=zhou, role=Role.COMMUNITY_SECRETARY, org=org, at=timezone.now(), by=by
    )
    join(page, f"/join/{code}/", username="zhouyuan")


def take_out(page):
    """Take the list on the page out as a workbook."""
    page.get_by_role("link", name="导出 .xlsx").click()
    page.get_by_label("用途").first.select_option("日常工作核对")
    page.get_by_label("用途说明").fill(PURPOSE)
    page.get_by_label("接收方").fill(RECEIVER)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出", exact=True).click()
    return openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))


def people_in(book):
    """Return names and numbers as the workbook says them."""
    return [(row[0], row[1]) for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]


def text_of(book):
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return " ".join(str(value) for row in rows for value in row)


def status_of_check_in(page, *, session, volunteer):
    """Ask the API, as a program in this session could, to check somebody in."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    answer = page.request.post(
        f"/api/v1/volunteering/sessions/{session.pk}/check-ins",
        data={"volunteer": volunteer.number},
        headers={"X-CSRFToken": token},
    )
    return answer.status, answer.headers["content-type"].partition(";")[0]


def test_a_secretary_sees_and_takes_out_her_own_community_only(
    places, chen, roll, open_browser, capsys
):
    """S-04, S-10: names are masked, on the page as in the file, and the file says who took it."""
    page, (mine, _) = open_browser(), roll
    come_as_secretary(page, org=places.hongmian, by=chen)
    expect(page.locator("#menu")).to_be_visible()  # no second factor below the street

    from_menu(page, "团员名册")
    assert page.locator("#list tbody td:first-child").all_inner_texts() == MASKED
    book = take_out(page)
    assert people_in(book) == list(zip(MASKED, NUMBERS, strict=True))
    assert "周远" in book.worksheets[0].oddHeader.left.text
    about = dict(book["导出说明"].iter_rows(min_row=2, values_only=True))
    assert about["导出人"].startswith("周远")
    assert (about["用途"], about["接收方"]) == (f"日常工作核对：{PURPOSE}", RECEIVER)
    for hidden in ("林小满", "欧阳晓", "郑小禾", "13800138000", "吴", "P201", "华乐"):
        assert hidden not in text_of(book)

    page.goto(f"/directory/people/{mine[0].person_id}/")
    expect(page.get_by_text("138****8000")).to_be_visible()
    assert "13800138000" not in page.content()

    auditor = open_browser()
    first_admin(auditor, capsys, role="auditor", name="沈照", username="shenzhao")
    from_menu(auditor, "导出记录")
    open_entry(auditor, "导出台账", by="周远")
    for words in (PURPOSE, RECEIVER, "团员名册"):
        expect(auditor.locator("main")).to_contain_text(words)


def test_the_neighbour_has_no_door(places, chen, roll, open_browser):
    """Neither by the address bar, nor by a filter, nor by the API."""
    page, (mine, theirs) = open_browser(), roll
    volunteer = makers.make_volunteer("V101", person=mine[1].person, org=places.hongmian)
    now = timezone.now()
    own = makers.make_session("S1", org=places.hongmian, starts_at=now)
    other = makers.make_session("S2", org=places.huale, starts_at=now)
    come_as_secretary(page, org=places.hongmian, by=chen)
    expect(page.locator("#menu")).to_be_visible()

    for path in (
        f"/directory/members/{theirs.pk}/",
        f"/directory/people/{theirs.person_id}/",
        f"/directory/members/?org={places.huale.code}&export=xlsx",
    ):
        assert page.goto(path).status == 404
        expect(page.get_by_role("heading", name="没有找到")).to_be_visible()
    page.goto(f"/directory/members/?q={theirs.person.number}")
    assert people_in(take_out(page)) == []

    shown = page.request.get("/api/v1/volunteering/sessions").json()["items"]
    assert [session["code"] for session in shown] == ["S1"]
    there = status_of_check_in(page, session=other, volunteer=volunteer)
    here = status_of_check_in(page, session=own, volunteer=volunteer)
    assert there == (404, "application/problem+json")
    assert here == (200, "application/json")


# ── What the auditor reads ───────────────────────────────────────────────────────────────────────


def open_entry(page, verb, *, by, org=""):
    """Open the newest entry of a list that says who did what, and where."""
    row = page.locator("#list tbody tr").filter(has=page.get_by_role("cell", name=verb, exact=True))
    row.filter(has_text=by).filter(has_text=org).first.get_by_role("link").click()


def check_chain(page):
    """Have the whole chain checked by a job, and come back to what it found."""
    from_menu(page, "链校验")
    page.get_by_role("button", name="校验整条链").click()
    expect(page.get_by_text("排队中")).to_be_visible()
    job = page.url
    page.goto("about:blank")  # nobody asks while the job has the database
    worker.work_off()
    page.goto(job)
    page.get_by_role("link", name="查看结果").click()
    return page.get_by_label("最近一次校验")


def tamper(seq):
    """Change an entry as somebody with the database in hand could."""
    with guards.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET \"by\" = '别人' WHERE seq = %s", [seq])
        assert cursor.rowcount == 1


def first_steps(page):
    """Return what an empty house asks of whoever looks."""
    return page.get_by_role("region", name="开始使用")


def open_group_by_key(page):
    """Open a group of the menu by the keyboard alone: the next page comes with it open."""
    line = page.locator("#menu").get_by_role("link", name="活动场次")
    expect(line).to_be_hidden()
    page.locator("#menu summary", has_text="志愿服务").press("Enter")
    expect(line).to_be_visible()
    page.reload()
    expect(line).to_be_visible()


def come_one_by_one(open_browser, capsys, *, until):
    """Let each come in by the one above; return the browser of the officer."""
    secadmin, officer, street, community = (open_browser() for _ in range(4))
    first_admin(secadmin, capsys, role="secadmin", name="安然", username="anran")
    expect(first_steps(secadmin)).to_contain_text("请来团区委干部 现在做")
    link = invite(secadmin, name="林青", role="团区委干部", org="龙岗区")
    join(officer, link, username="linqing")
    enrol(officer)
    expect(officer.get_by_role("heading", name="工作台")).to_be_visible()
    expect(first_steps(officer)).to_contain_text("成立第一个团组织 现在做")
    expect(first_steps(officer)).to_contain_text("请来下级组织的书记 待做")
    open_group_by_key(officer)

    link = invite(officer, name="陈穗", role="街道团工委书记", org="横岗街道", until=until)
    join(street, link, username="chensui")
    enrol(street)

    link = invite(street, name="周远", role="社区团组织书记", org="红棉社区")
    join(community, link, username="zhouyuan")
    expect(community.locator("#menu")).to_be_visible()
    assert community.goto(link).status == 409  # signed in: the code is not for them
    assert open_browser().goto(link).status == 404  # and it opens once
    return officer


def test_everybody_comes_in_by_the_one_above_and_the_auditor_reads_it(places, open_browser, capsys):
    """S-33, S-34, S-49: no account stands at the beginning."""
    until = timezone.localdate() + timedelta(days=92)
    officer = come_one_by_one(open_browser, capsys, until=until)

    from_menu(officer, "任职与授权")
    officer.get_by_role("row", name="街道团工委书记").get_by_role("link").click()
    expect(officer.get_by_role("heading", name="陈穗 · 街道团工委书记")).to_be_visible()
    expect(officer.locator("main")).to_contain_text(until.isoformat())
    officer.goto("/")
    expect(first_steps(officer)).to_contain_text("请来下级组织的书记 已完成")

    auditor = open_browser()
    first_admin(auditor, capsys, role="auditor", name="沈照", username="shenzhao")
    from_menu(auditor, "操作记录")
    expect(auditor.locator("#list")).not_to_contain_text(re.compile(r"[a-z]+\.[a-z]+_"))
    for verb, by, org in [
        ("发出邀请", "安然", "龙岗区"),
        ("发出邀请", "林青", "横岗街道"),
        ("发出邀请", "陈穗", "红棉社区"),
        ("登录", "陈穗", ""),
        ("添加第二重验证", "陈穗", ""),
        ("授予角色", "陈穗", "横岗街道"),
    ]:
        row = auditor.get_by_role("row").filter(has_text=verb).filter(has_text=by)
        expect(row.filter(has_text=org).first).to_be_visible()
    open_entry(auditor, "授予角色", by="陈穗", org="横岗街道")
    for words in ("街道团工委书记", f"至{until}", "林青", "与写入时一致"):
        expect(auditor.locator("main")).to_contain_text(words)
    found = check_chain(auditor)
    expect(found).to_contain_text("通过")
    expect(found).not_to_contain_text("未通过")


def test_a_tampered_entry_is_named_on_the_page_and_on_the_machine(places, open_browser, capsys):
    """Whoever changes a row behind the house's back is found out, and at which row."""
    auditor = open_browser()
    first_admin(auditor, capsys, role="auditor", name="沈照", username="shenzhao")
    from_menu(auditor, "操作记录")
    open_entry(auditor, "授予角色", by="first-admin")
    seq = int(re.search(r"/(\d+)/$", auditor.url).group(1))

    tamper(seq)

    expect(check_chain(auditor)).to_contain_text(f"第 {seq} 条，内容被改动")
    auditor.goto(f"/oversight/entries/{seq}/")
    expect(auditor.get_by_text("与写入时不一致")).to_be_visible()
    with pytest.raises(CommandError, match=f"第{seq}条，内容被改动") as refused:
        call_command("audit", "verify")
    assert refused.value.returncode == 1
