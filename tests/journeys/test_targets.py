"""The chain of work: a list is imported, a number split, a task claimed, pressed, done, struck off.

In the small demo: the district's two officers and the secretary of 横岗, each at a desk; the watch of
supervision runs when it is told to.
"""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from qinghe.analytics import rebuild
from qinghe.edges.jobs import worker
from qinghe.systems.targets import tasks
from qinghe.systems.targets.models import Charge, Claim, Item, Share, TaskList

from . import demo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KEEPER, APPROVER, STREET = "linqing", "luoheng", "chensui"
FIELDS, MEASURES, WHOLE = 4, 35, 375
PHOTO = {"name": "现场.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(64)}
LONG = 30_000


@pytest.fixture
def desks(open_browser, live_server, small_demo) -> dict[str, Page]:
    demo.fill(small_demo)
    pages = {account: open_browser() for account in (KEEPER, APPROVER, STREET)}
    for account, page in pages.items():
        demo.enter(page, account, base_url=live_server.url)
    return pages


def submit(page: Page) -> None:
    page.locator("main form").last.locator('button[type="submit"]').last.click()
    page.wait_for_load_state()


def press(page: Page, name: str) -> None:
    """Press a button of the page's head, and say yes where it asks."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_from_an_imported_list_to_a_task_struck_off(desks):
    lin, luo, chen = desks.values()
    task_list = make_list(lin)
    import_measures(lin, task_list)
    lin.goto(f"/targets/lists/{task_list.pk}/publish/")
    lin.locator("[name=day]").fill(task_list.starts_on.isoformat())
    submit(lin)

    number = Item.objects.get(task_list=task_list, target=WHOLE)
    split_by_base(lin, number)
    adjust_once(chen, luo, number)

    charge = claim(chen, lin, Item.objects.get(task_list=task_list, is_open=True))
    tasks.supervise(at=timezone.now())
    chen.goto("/notices/")
    expect(chen.locator("main")).to_contain_text("任务亮红灯")
    chen.goto(f"/targets/charges/?light=red&q={charge.item.title}")
    expect(chen.locator("main")).to_contain_text(charge.item.title)
    lin.goto(f"/targets/charges/?light=red&q={charge.item.title}")
    expect(lin.locator("main")).to_contain_text(charge.item.title)

    carry_out(chen, lin, charge)
    lin.goto(f"/targets/charges/{charge.pk}/")
    expect(lin.locator("main")).to_contain_text("销号")
    assert Charge.objects.get(pk=charge.pk).struck_on == timezone.localdate()

    rebuild.in_this_process(at=timezone.now())
    half = f"{timezone.localdate().year}H{1 + (timezone.localdate().month > 6)}"
    for code, number in (("TGT-03", FIELDS), ("TGT-04", MEASURES)):
        lin.goto(f"/figures/{code}/{half}/440307/")
        expect(lin.locator("main")).to_contain_text(str(number))
    read_the_report(lin, half, task_list)


def read_the_report(page: Page, half: str, task_list: TaskList) -> None:
    """Begin the report of the half-year: it says how many fields and measures, and proposes the red."""
    page.goto(f"/report/?org=440307&period={half}")
    press(page, "开始起草")
    page.wait_for_url("**/drafting/*/")
    expect(page.locator("main")).to_contain_text(f"明确{FIELDS}个方面{MEASURES}项举措")
    page.goto(f"{page.url.split('?')[0]}?tab=problems")
    expect(page.locator("main")).to_contain_text("重点任务推进滞后")
    expect(page.locator("main")).to_contain_text(task_list.title)


def make_list(page: Page) -> TaskList:
    today = timezone.localdate()
    page.goto("/targets/lists/new/")
    for name, value in {
        "title": "深化基层改革举措清单", "number": "龙团〔2026〕9号", "org": "440307",
        "year": str(today.year), "starts_on": (today - timedelta(days=40)).isoformat(),
        "ends_on": (today + timedelta(days=50)).isoformat(),
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=kind]").select_option("reform")
    submit(page)
    return TaskList.objects.get(title="深化基层改革举措清单")


def import_measures(page: Page, task_list: TaskList) -> None:
    page.goto("/sheets/targets.items/")
    page.set_input_files("input[type=file]", files=[workbook(task_list)])
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/sheets/uploads/*/")
    page.locator("main form button.btn-primary").first.click()
    worker.work_off()
    page.wait_for_load_state()
    assert Item.objects.filter(task_list=task_list, level=2).count() == MEASURES


def workbook(task_list: TaskList) -> dict[str, object]:
    """Fill the template: four fields; the first measure is open, the second is a number."""
    client = Client()
    client.force_login(User.objects.get(username=KEEPER))
    template = client.get(reverse("sheets:template", args=["targets", "items"]))
    book = load_workbook(BytesIO(template.getvalue()))
    page = book.worksheets[0]
    for row in rows(task_list):
        page.append(row)
    kept = BytesIO()
    book.save(kept)
    return {"name": "清单.xlsx", "mimeType": template["Content-Type"], "buffer": kept.getvalue()}


def rows(task_list: TaskList) -> list[list[object]]:
    made: list[list[object]] = []
    for field in range(1, FIELDS + 1):
        made.append([task_list.pk, f"{field}", f"方面{field}"])
        for place in range(1, (MEASURES + FIELDS - field) // FIELDS + 1):
            named = [task_list.pk, f"{field}.{place}", f"举措{field}之{place}"]
            if (field, place) == (1, 1):
                made.append([*named, None, None, "是"])
            elif (field, place) == (1, 2):
                blank = [None] * 6
                made.append([*named, "440307", *blank[:6], WHOLE, "家"])
            else:
                made.append([*named, "440307017"])
    return made


def split_by_base(page: Page, item: Item) -> None:
    """Split 375 over eleven streets by how many League organisations each has."""
    page.goto(f"/targets/items/{item.pk}/?period=2022H1")
    press(page, "分解目标值")
    whole = Share.objects.get(item=item)
    page.goto(f"/targets/shares/{whole.pk}/split/?period=2022H1&way=base&code=DIR-02")
    expect(page.locator("tfoot")).to_contain_text(str(WHOLE))
    page.locator("[name=reason]").fill("按两新团组织数分解")
    submit(page)
    streets = Share.objects.filter(parent=whole)
    assert (streets.count(), sum(one.number for one in streets)) == (11, WHOLE)


def adjust_once(street: Page, approver: Page, item: Item) -> None:
    share = Share.objects.get(item=item, org__code="440307017")
    before = share.number
    street.goto(f"/targets/shares/{share.pk}/adjust/")
    street.locator("[name=number]").fill(str(before + 3))
    street.locator("[name=reason]").fill("新增一处产业园区")
    submit(street)
    approver.goto("/inbox/")
    expect(approver.locator("main")).to_contain_text("横岗街道")
    approver.goto(f"/targets/adjustments/{share.adjustments.get().pk}/")
    press(approver, "批准")
    share.refresh_from_db()
    assert share.number == before + 3


def claim(street: Page, keeper: Page, item: Item) -> Charge:
    street.goto(f"/targets/items/{item.pk}/")
    follow(street, "认领")
    street.locator("[name=org]").fill("440307017")
    street.locator("[name=words]").fill("有场地，有骨干")
    submit(street)
    keeper.goto(f"/targets/items/{item.pk}/")
    press(keeper, f"确认{Claim.objects.get(item=item).org.name}")
    return Charge.objects.select_related("item").get(item=item)


def carry_out(street: Page, keeper: Page, charge: Charge) -> None:
    """Tell of half, be sent back, tell again, be accepted; tell of all with evidence, be accepted."""
    here = f"/targets/charges/{charge.pk}/"
    street.goto(here)
    follow(street, "填报进度")
    tell(street, number="50", words="已开三场")
    decide(keeper, charge, reason="请写明参加人数")
    street.goto(f"/targets/progress/{charge.progress.latest('pk').pk}/")
    follow(street, "修改")
    tell(street, number="50", words="已开三场，参加120人")
    decide(keeper, charge)
    street.goto(here)
    follow(street, "申请销号")
    tell(street, number="100", words="全部完成", evidence=True)
    decide(keeper, charge)


def tell(page: Page, *, number: str, words: str, evidence: bool = False) -> None:
    page.locator("[name=number]").fill(number)
    page.locator("[name=words]").fill(words)
    if evidence:
        page.set_input_files("[name=evidence]", files=[PHOTO])
    submit(page)


def decide(page: Page, charge: Charge, *, reason: str = "") -> None:
    page.goto(f"/targets/progress/{charge.progress.latest('pk').pk}/")
    if not reason:
        press(page, "通过")
        return
    follow(page, "退回")
    page.locator("[name=reason]").fill(reason)
    submit(page)
