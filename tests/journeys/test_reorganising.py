"""Two branches become one by plan: drawn up, foreseen, approved by another, and counted.

The half-year that is over prints what it printed; the running one counts the roll of the one branch.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from qinghe.analytics import rebuild
from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from qinghe.systems.reorganising.models import Plan
from qinghe.systems.reorganising.tests import makers
from tests import cast as casting

from .june import June, fits

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OFFICER, OTHER = "officer", "other"
MEMBERS = "DIR-09"  # 团员总数
PATIENCE = 120_000  # the first figure of a period counts them all


@pytest.fixture
def summer(transactional_db, open_browser, live_server, monkeypatch) -> June:
    """Stand two branches of 横岗 up, and two officers of the district at their desks."""
    ground = makers.make_ground()
    for username, actor in ((OFFICER, ground.cast.lin), (OTHER, ground.second_officer)):
        person = Person.objects.get(pk=actor.person_id)
        access.open_account(person=person, username=username, at=casting.NOW, by=casting.CLERK)
    summer = June(open_browser, live_server.url, month="2022")
    summer.turn_to("07-04 09:00")
    monkeypatch.setattr(timezone, "now", summer.now)
    rebuild.in_this_process(at=summer.now())
    return summer


def figure(page: Page, period: str, code: str) -> int:
    """Return the number of members that the figure's page prints."""
    page.goto(f"/figures/{MEMBERS}/{period}/{code}/")
    return int(page.locator(".r-big").first.inner_text().split()[0])


def test_two_branches_become_one_by_plan(summer):
    officer, other = summer.desk(OFFICER), summer.desk(OTHER)
    for desk in (officer, other):
        desk.set_default_timeout(PATIENCE)
    before = {code: figure(officer, "2022H1", code) for code in ("HG-1", "HG-2", "440307017")}

    officer.goto("/reorganising/")
    officer.get_by_role("link", name="拟定方案").click()
    officer.get_by_label("所属组织").fill("440307")
    officer.get_by_label("方案名称").fill("横岗团支部合并方案")
    officer.get_by_label("文号").fill("龙团〔2022〕18号")
    officer.get_by_label("调整原因").fill("团员人数不足，合并后配齐支委会")
    officer.get_by_label("生效日期").fill("2022-07-04")
    officer.get_by_role("button", name="保存，去添加步骤").click()
    officer.get_by_role("link", name="并入", exact=True).click()
    officer.get_by_label("并入的组织").fill("横岗第二团支部")
    officer.get_by_label("接收组织").fill("HG-1")
    officer.get_by_role("button", name="加入方案").click()
    expect(officer.get_by_role("cell", name="横岗第二团支部并入横岗第一团支部")).to_be_visible()

    officer.get_by_role("link", name="预览").first.click()
    officer.get_by_role("button", name="重新生成").click()
    expect(officer.locator("section[aria-label=调整前]")).to_contain_text("并入横岗第一团支部")
    changed = officer.locator("section[aria-label=数字变化] tr", has_text=f"（{MEMBERS}）")
    expect(changed).to_have_count(2)  # the two branches; the street and the district stay
    expect(officer.locator("main")).to_contain_text("已封存的期次、已印发的报告不变")
    assert fits(officer)
    officer.goto(f"/reorganising/{Plan.objects.get().pk}/")
    officer.get_by_role("button", name="提交审批").click()
    expect(officer.get_by_role("button", name="批准")).to_have_count(0)

    other.goto("/inbox/")
    other.get_by_role("link", name="横岗团支部合并方案").first.click()
    other.once("dialog", lambda dialog: dialog.accept())
    other.get_by_role("button", name="批准").click()
    expect(other.locator(".q-message-success")).to_contain_text("已批准并执行")
    rebuild.in_this_process(at=summer.now())

    after = {code: figure(officer, "2022H1", code) for code in before}
    assert after == before
    assert figure(officer, "2022H2", "HG-1") == before["HG-1"] + before["HG-2"]
    assert figure(officer, "2022H2", "440307017") == before["440307017"]
    officer.goto("/reorganising/")
    officer.get_by_role("link", name="横岗团支部合并方案").click()
    expect(officer.locator("body")).to_contain_text("已执行")
