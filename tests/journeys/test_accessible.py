"""One page of each kind, on a phone, a desk and a wide screen: axe finds nothing grave (WCAG 2.1 AA).

Each page is opened once and then looked at in each width. What is found is printed with the page,
the width, the rule and the element.
"""

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people.models import Membership
from tests.accounts.conftest import enrol

from . import demo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AXE = Path(sys.prefix) / "front" / "axe.min.js"
PHONE, DESK, WIDE = 360, 1366, 1920
AT_ALL, AT_PHONE = (DESK, PHONE, WIDE), (PHONE, DESK)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
GRAVE = {"serious", "critical"}
FINGER = 44  # pixels: what a thumb needs
PASSWORD = "seven quiet herons"
RUN = """async (tags) => {
  const options = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]};
  const {violations, passes} = await axe.run(document, options);
  const grave = [];
  for (const {id, impact, nodes} of violations)
    for (const node of nodes) grave.push([impact, id, node.html.slice(0, 300)]);
  return {grave, ran: violations.length + passes.length};
}"""
AT_REST = "!document.querySelector('.htmx-request')"  # what is being asked for is shown paler
SMALL = """(finger) => {
  const shown = [...document.querySelectorAll(".btn-primary")].filter((one) => one.offsetParent);
  return shown.filter((one) => one.getBoundingClientRect().height < finger)
    .map((one) => one.outerHTML.slice(0, 300));
}"""


@dataclass(frozen=True)
class Look:
    """One page: seen by whom of the cast (nobody is signed out), where, on which screens."""

    account: str
    path: str
    widths: tuple[int, ...] = AT_PHONE


LOOKS = (
    Look("", "/accounts/login/"),
    Look("", "/register/"),
    Look("", "/join/CODE/"),
    Look("linqing", f"/dashboard/?{demo.HALF}", AT_ALL),
    Look("linqing", f"/dashboard/wall/?{demo.HALF}", AT_ALL),
    Look("linqing", "/directory/members/", AT_ALL),
    Look("linqing", "/directory/orgs/STREET/", AT_ALL),
    Look("linqing", "/directory/members/MEMBER/"),
    Look("linqing", "/directory/people/PERSON/"),
    Look("linqing", "/directory/members/new/"),
    Look("linqing", "/inbox/"),
    Look("linqing", "/notices/"),
    Look("linqing", "/notices/preferences/"),
    Look("linqing", "/jobs/"),
    Look("linqing", "/report/?org=440307&period=2021H2", AT_ALL),
    Look("linqing", "/figures/DIR-01/2022H1/440307/"),
    Look("linqing", "/authority/"),
    Look("linqing", "/authority/new/"),
    Look("linqing", "/help/"),
    Look("linqing", "/help/officer/"),
    Look("linqing", "/no/such/page/"),
    Look("linqing", "/sheets/directory.orgs/"),
    Look("linqing", "/returns/forms/"),
    Look("linqing", "/returns/forms/new/"),
    Look("linqing", "/returns/progress/late/"),
    Look("linqing", "/drafting/"),
    Look("linqing", "/drafting/REPORT/"),
    Look("linqing", "/issuing/REPORT/"),
    Look("linqing", "/frozen/"),
    Look("linqing", "/circulars/CIRCULAR/"),
    Look("chensui", "/returns/review/"),
    Look("zhouyuan", "/returns/filings/FILING/"),
    Look("zhouyuan", "/inbox/"),
    Look("chensui", "/volunteering/sessions/SESSION/"),
    Look("shenzhao", "/oversight/", AT_ALL),
    Look("shenzhao", "/oversight/chain/"),
    Look("zhiyuanzhe", "/dashboard/mine/"),
    Look("zhiyuanzhe", "/me/"),
)


@pytest.fixture
def names(small_demo):
    """Fill the small demo, and say what stands for the capitals in an address."""
    demo.fill(small_demo)
    member = Membership.objects.latest("pk")
    return {
        "CODE": demo.invitation(),
        "SESSION": demo.a_session(),
        "STREET": str(orgs.by_code("440307017").pk),
        "MEMBER": str(member.pk),
        "PERSON": str(member.person_id),
        **demo.what_is_written(),
    }


class Looker:
    """Opens pages, looks at them in each width, and keeps what is wrong."""

    def __init__(self, page):
        self.page = page
        self.axe = AXE.read_text()
        self.found = []

    def at(self, path, *, widths=AT_PHONE):
        """Open a page and look at it."""
        self.page.set_viewport_size({"width": widths[0], "height": 800})
        answer = self.page.goto(path)
        assert answer.status == (404 if "/no/such/" in path else 200), path
        assert self.page.url.endswith(path), (path, self.page.url)
        self.here(path, widths=widths)

    def here(self, name, *, widths=AT_PHONE):
        """Look at the page that is open, in each width."""
        self.page.evaluate(self.axe)
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.wait_for_function(AT_REST)
            self._measure(name, width)
            result = self.page.evaluate(RUN, TAGS)
            assert result["ran"] > 10, f"axe did not run on {name}"
            for impact, rule, html in result["grave"]:
                if impact in GRAVE:
                    self.tell(name, width, rule, html)

    def _measure(self, name, width):
        needed = self.page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            self.tell(name, width, "wider than the screen", str(needed))
        if width == PHONE:
            for html in self.page.evaluate(SMALL, FINGER):
                self.tell(name, width, "smaller than a thumb", html)

    def tell(self, name, width, rule, html):
        """Note one finding, so that a failure shows where to look."""
        self.found.append((name, width, rule))
        print(f"{name} at {width}: {rule}\n    {html}")  # noqa: T201  # the report of a failure


def test_no_page_keeps_anybody_out(browser_page, live_server, names):
    looker, account = Looker(browser_page), None
    for look in LOOKS:
        if look.account != account:
            account = look.account
            demo.enter(browser_page, account, base_url=live_server.url)
        path = look.path
        for word, value in names.items():
            path = path.replace(word, value)
        looker.at(path, widths=look.widths)
    look_at_what_opens(looker, base_url=live_server.url)
    look_at_an_upload(looker, base_url=live_server.url)
    look_at_second_factors(looker, base_url=live_server.url)

    assert looker.found == []


def look_at_what_opens(looker, *, base_url):
    """Look at what lies over a page: whom one is, the places to choose from, the menu of a phone."""
    page = looker.page
    demo.enter(page, "linqing", base_url=base_url)
    page.goto("/directory/members/")
    for summary in page.locator("details.q-pick > summary").all():
        page.set_viewport_size({"width": PHONE, "height": 800})
        summary.click()
        page.locator("details.q-pick[open]", has_text="正在读取").wait_for(state="detached")
        looker.here(f"what {summary.inner_text()} opens")
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.get_by_role("button", name="菜单").click()
    looker.here("the menu", widths=(PHONE,))


def look_at_an_upload(looker, *, base_url):
    """Look at what the wizard says of a workbook with a line that cannot be read."""
    page = looker.page
    demo.enter(page, "linqing", base_url=base_url)
    page.goto("/sheets/directory.orgs/")
    page.set_input_files("input[type=file]", files=[a_refused_workbook()])
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/sheets/uploads/*/")
    looker.here("/sheets/uploads/")


def a_refused_workbook():
    """Return the template with a line that means nothing."""
    client = Client()
    client.force_login(User.objects.get(username="linqing"))
    template = client.get(reverse("sheets:template", args=["directory", "orgs"]))
    book = load_workbook(BytesIO(template.getvalue()))
    book.worksheets[0].append(["没有这样的组织"])
    kept = BytesIO()
    book.save(kept)
    return {"name": "台账.xlsx", "mimeType": template["Content-Type"], "buffer": kept.getvalue()}


def look_at_second_factors(looker, *, base_url):
    """Look at the pages that pair a factor, and at the one that asks for it."""
    come_in(looker.page, "anran", base_url=base_url)
    for path in ("/accounts/security/", "/accounts/totp/add/", "/accounts/keys/add/"):
        looker.at(path)

    enrol(come_in(looker.page, "xuzheng", base_url=base_url))
    come_in(looker.page, "xuzheng", base_url=base_url)
    looker.at("/accounts/2fa/")


def come_in(page, username, *, base_url):
    """Come in with a password, as far as one comes with it; return the client that did."""
    user = User.objects.get(username=username)
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    page.context.clear_cookies()
    demo.carry(client, page, base_url=base_url)
    return client
