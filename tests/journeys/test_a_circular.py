"""A circular from its first figure to a street's answer, by two officers and a secretary."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from qinghe.analytics import rebuild
from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Account
from tests import cast

from . import demo

NOW = datetime.now(tz=UTC)


def enter(page, who, *, live_server):
    user = User.objects.create_user(f"user{who.person_id}")
    Account.objects.create(user=user, person_id=who.person_id)
    client = demo.Client()
    client.force_login(user)
    demo.carry(client, page, base_url=live_server.url)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.mark.django_db(transaction=True)
def test_from_the_choice_of_figures_to_the_answer_of_a_street(open_browser, live_server, settings):
    settings.QINGHE_SECOND_FACTOR = False
    people = cast.make_cast()
    for number, day in enumerate((date(2022, 2, 3), date(2022, 5, 6))):
        cast.make_org(
            f"LX-{number}",
            f"样例{number}团支部",
            kind="branch",
            level="unit",
            parent=people.henggang,
            opened_on=day,
            sector="society",
            new_org_kind="nonpublic_enterprise",
        )
    meng = cast.with_role("P050", "孟夏", role=Role.DISTRICT_OFFICER, org=people.longgang)
    rebuild.in_this_process(at=NOW)
    lin, reviewer, chen = (
        enter(open_browser(), who, live_server=live_server)
        for who in (people.lin, meng, people.chen)
    )

    lin.goto("/circulars/begin/")
    lin.select_option("[name=period]", "2022H1")
    lin.get_by_role("button", name="开始起草").click()
    lin.check("#code-DIR-01")
    lin.get_by_role("button", name="保存").click()
    expect(lin.locator("table").first).to_contain_text("横岗街道")
    expect(lin.locator("canvas")).to_be_visible()

    lin.get_by_role("link", name="写正文").click()
    lin.fill("[name=opening]", "全区新增两新团组织2家。")
    lin.fill("[name=answer_by]", "2099-07-20")
    lin.get_by_role("button", name="保存").click()
    lin.get_by_role("button", name="送核稿").click()
    expect(lin.locator("main")).to_contain_text("未溯源")

    lin.get_by_role("link", name="写正文").click()
    lin.fill("[name=opening]", "全区新增两新团组织{DIR-01}家。")
    lin.get_by_role("button", name="保存").click()
    lin.get_by_role("button", name="送核稿").click()
    expect(lin.locator("main")).to_contain_text("待核稿")

    reviewer.goto("/inbox/")
    reviewer.locator("[data-row]").get_by_text("核稿", exact=True).click()
    reviewer.get_by_role("button", name="同意").click()
    reviewer.get_by_role("link", name="印发", exact=True).click()
    reviewer.fill("[name=word]", "龙团通报")
    reviewer.get_by_role("button", name="印发").click()
    expect(reviewer.locator("main")).to_contain_text("龙团通报〔")

    chen.goto("/inbox/")
    chen.locator("[data-row]").get_by_text("反馈", exact=True).click()
    chen.fill("[name=text]", "情况")
    chen.fill("[name=measures]", "措施")
    chen.get_by_role("button", name="提交反馈").click()
    expect(chen.locator("main")).to_contain_text("第 1 次反馈")

    lin.goto("/inbox/")
    lin.locator("[data-row]").get_by_text("审阅", exact=True).click()
    lin.get_by_role("button", name="接受").click()
    expect(lin.locator("main")).to_contain_text("已接受")
