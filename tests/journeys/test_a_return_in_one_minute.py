"""A secretary with one minute: from what is due to what is sent, typed without a mouse."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Account
from qinghe.lib import periods
from qinghe.systems.returns import services
from qinghe.systems.returns.models import Filing, Round, Value
from tests import cast

FIGURES = (("已评议团员", "人"), ("已注册团员", "人"), ("驻点服务活动", "场"))
PHONE = {"width": 360, "height": 740}


def design(by):
    """Ask every community for three numbers of the half-year that is over."""
    now, today = timezone.now(), timezone.localdate()
    for label, unit in FIGURES:
        new = services.NewDefinition(label=label, unit=unit, meaning=f"期内{label}数。")
        services.define(new=new, at=now, by=by)
    form = services.make_form(
        new=services.NewForm(
            slug="basics",
            title="社区团的工作",
            period_kind="half_year",
            levels=("community",),
            cells=[services.NewCell(f"LOC-0{number}") for number in (1, 2, 3)],
            rules=[services.NewRule("LOC-02", "<=", "LOC-01", "注册人数应不多于评议人数")],
        ),
        at=now,
        by=by,
    )
    form = services.publish_form(form=form, at=now, by=by)
    over = periods.half_year(today.year, 1 if today.month <= 6 else 2).previous()
    return services.open_round(
        form=form,
        period=over,
        opens_on=today - timedelta(days=3),
        closes_on=today + timedelta(days=3),
        at=now,
        by=by,
    )


@pytest.fixture
def people(settings):
    settings.QINGHE_SECOND_FACTOR = False
    return cast.make_cast()


@pytest.fixture
def page(browser_page, sign_in, people):
    """Open a phone in the hands of the secretary of 红棉."""
    design(people.lin)
    secretary = cast.with_role("P050", "洪棉", role=Role.COMMUNITY_SECRETARY, org=people.hongmian)
    user = User.objects.create_user("hong")
    Account.objects.create(user=user, person_id=secretary.person_id)
    sign_in(user)
    browser_page.set_viewport_size(PHONE)
    browser_page.goto("/returns/")
    return browser_page


def open_what_is_due(page):
    page.get_by_role("link", name="填报社区团的工作").click()
    page.wait_for_url("**/returns/filings/*/")  # and its scripts, before anything is typed


def amounts():
    rows = Value.objects.select_related("cell").order_by("cell__place")
    return [row.worth.amount for row in rows]


@pytest.mark.django_db(transaction=True)
def test_what_is_due_is_filled_kept_as_it_is_typed_and_sent(page):
    expect(page.get_by_text("还剩 3 天")).to_be_visible()
    open_what_is_due(page)

    page.get_by_label("已评议团员", exact=True).fill("40")
    page.keyboard.press("Enter")
    page.keyboard.type("41")
    page.keyboard.press("Enter")
    question = page.get_by_label("注册人数应不多于评议人数")
    expect(question).to_be_visible()
    question.fill("一名团员月底转入，下期评议")
    page.locator("#v-LOC-03").fill("0")
    page.keyboard.press("Tab")
    expect(page.locator("#tally")).to_contain_text("已填 3 / 3")
    expect(page.locator("#kept")).to_contain_text("已保存")

    assert amounts() == [Decimal(40), Decimal(41), Decimal(0)]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="报送").click()
    page.get_by_role("button", name="确认报送").click()
    expect(page.locator("h1 + .q-tag")).to_contain_text("待审核")
    expect(page.get_by_text("说明：一名团员月底转入，下期评议")).to_be_visible()
    assert Filing.objects.filter(state="submitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_without_a_line_is_kept_when_it_is_back(page):
    open_what_is_due(page)
    page.context.set_offline(True)
    page.get_by_label("已评议团员", exact=True).fill("40")
    page.keyboard.press("Tab")
    expect(page.locator("#kept")).to_contain_text("网络断开")

    page.context.set_offline(False)
    expect(page.locator("#kept")).to_contain_text("已保存")

    assert amounts() == [Decimal(40)]


@pytest.mark.django_db(transaction=True)
def test_not_applicable_is_said_with_its_reason(page):
    page.get_by_role("link", name="填报社区团的工作").click()
    cell = page.locator("#cell-LOC-03")
    cell.get_by_label("不适用", exact=True).check()
    expect(cell.get_by_text("请在说明里写明原因")).to_be_visible()
    cell.get_by_label("驻点服务活动的说明").fill("本社区没有驻点")
    page.keyboard.press("Tab")
    expect(page.locator("#tally")).to_contain_text("已填 1 / 3")

    assert Value.objects.get().not_applicable


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_after_the_close_is_kept_once_its_reason_is_given(page):
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    open_what_is_due(page)
    page.get_by_label("已评议团员", exact=True).fill("40")
    page.keyboard.press("Tab")
    expect(page.locator("#cell-LOC-01 .r-wrong")).to_contain_text("请写明逾期原因")
    assert amounts() == []

    page.locator("#late-reason").fill("停电两天")
    page.keyboard.press("Tab")
    expect(page.locator("#kept")).to_contain_text("已保存")

    assert amounts() == [Decimal(40)]
