"""Somebody of fifteen registers on a phone, with a guardian's consent (V-20, S-01, S-06)."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.notices.models import Outgoing
from qinghe.kernel.people.models import Person
from tests import cast, desk

from .demo import carry
from .test_doors import open_entry

PHONE = {"width": 360, "height": 780}
PASSWORD = "seven quiet herons"


@pytest.fixture
def places(transactional_db, settings):
    settings.QINGHE_SMS = "outbox"
    consents.enter_missing(at=cast.NOW, by=cast.CLERK)
    return cast.make_cast()


def last_code() -> str:
    return re.search(r"\d{6}", Outgoing.objects.order_by("-pk").first().text).group()


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def the_auditor_reads_it(page, places, *, base_url):
    carry(desk.sign_in(Client(), places.auditor), page, base_url=base_url)
    page.goto("/oversight/")
    open_entry(page, "同意", by="禾小苗")
    for words in ("由监护人是", "用途志愿服务", "与写入时一致"):
        expect(page.locator("main")).to_contain_text(re.compile(r"\s*".join(words)))


def test_a_fifteen_year_old_registers_with_the_mothers_consent(open_browser, places, live_server):
    page = open_browser()
    page.set_viewport_size(PHONE)
    page.goto("/register/")
    assert not page.locator("input:checked").count()
    assert fits(page)
    no = page.get_by_role("button", name="不同意").bounding_box()
    yes = page.get_by_role("button", name="同意并继续").bounding_box()
    assert (no["width"], no["height"]) == (yes["width"], yes["height"])  # S-04

    page.get_by_role("button", name="同意并继续").click()
    page.get_by_text("没有勾选").wait_for()
    page.get_by_label("注册所必需").check()
    page.get_by_role("button", name="同意并继续").click()

    page.get_by_label("手机号码").fill("13800138000")
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_text("138****8000").wait_for()
    page.get_by_label("验证码").fill(last_code())
    page.get_by_role("button", name="下一步").click()

    page.get_by_label("姓名").fill("禾小苗")
    born = timezone.localdate() - timedelta(days=15 * 366)
    page.get_by_label("出生日期").fill(born.isoformat())
    page.get_by_label("女").check()
    page.get_by_role("searchbox", name="社区或学校").press_sequentially("红棉")
    page.get_by_label("红棉社区").check()
    page.get_by_label("设置密码").fill(PASSWORD)
    page.get_by_label("再输一次密码").fill(PASSWORD)
    assert fits(page)
    page.get_by_role("button", name="下一步").click()

    page.get_by_text("禾小苗未满18周岁").wait_for()
    assert fits(page)
    assert not Person.objects.filter(name="禾小苗").exists()
    page.get_by_label("我是监护人").check()
    page.get_by_label("监护人姓名").fill("禾大田")
    page.get_by_label("与本人的关系").select_option("母亲")
    page.get_by_label("监护人手机号码").fill("13900139000")
    page.get_by_role("button", name="同意，获取验证码").click()
    page.get_by_text("139****9000").wait_for()
    page.get_by_label("验证码").fill(last_code())
    page.get_by_role("button", name="完成注册").click()

    page.get_by_role("heading", name="注册完成").wait_for()
    username = page.locator(".p-big").inner_text()
    person = Person.objects.get(name="禾小苗")
    assert consent.consents_of(person).get().by_guardian
    assert person.volunteer.state == "applied"
    the_auditor_reads_it(open_browser(), places, base_url=live_server.url)

    page.get_by_role("link", name="去登录").click()
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*/login/)"))
    page.goto("/me/")
    page.get_by_role("heading", name="我的信息").wait_for()
    page.get_by_role("button", name="同意用于联系方式").click()
    page.get_by_role("button", name="撤回联系方式的同意").wait_for()
    page.get_by_role("button", name="撤回联系方式的同意").click()
    page.get_by_role("button", name="同意用于联系方式").wait_for()
    assert fits(page)
