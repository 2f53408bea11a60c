"""Every list of the house, every template, taken out: no formula in any of them (bar 42)."""

import zipfile
from io import BytesIO

import pytest
from allauth.core.exceptions import ReauthenticationRequired
from django.http import Http404
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from qinghe.edges import system
from qinghe.edges.books import Watermark
from qinghe.edges.sheets import writing
from qinghe.edges.web import asking, export
from qinghe.kernel.access import services as access
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from tests import cast

HOSTILE = '=HYPERLINK("http://x.cn","点")'
MARK = Watermark("=1+1", HOSTILE, cast.NOW, "@用途", "+接收方", "-筛选")


@pytest.fixture(autouse=True)
def house(settings):
    """The whole house, and not the small one of the other tests here."""
    settings.ROOT_URLCONF = "qinghe.config.urls"


def names(patterns, prefix=""):
    """Return the names of all pages that take no argument."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and not pattern.pattern.converters:
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern) and pattern.name and not pattern.pattern.converters:
            yield f"{prefix}{pattern.name}"


def lists(actor):
    """Return every list that an actor can take out, found by asking every page for one."""
    user = access.open_account(
        person=Person.objects.get(pk=actor.person_id), username="lin", at=cast.NOW, by="test"
    )
    spaces = {"jobs", "sheets", *(installed.slug for installed in system.INSTALLED)}
    for name in sorted(set(names(get_resolver().url_patterns))):
        if name.partition(":")[0] not in spaces:
            continue
        try:
            address = f"{reverse(name)}?org=440307&period=2022H1"
            yield asking.ledger_at(address, actor=actor, user=user, at=timezone.now())
        except (Http404, NoReverseMatch, ReauthenticationRequired, Refused):
            continue


def formulas_in(content: bytes) -> int:
    parts = zipfile.ZipFile(BytesIO(content))
    pages = [parts.read(part) for part in parts.namelist() if "worksheets/sheet" in part]
    assert pages
    return sum(
        page.count(b"<f>") + page.count(b"<f ") + page.count(b"<hyperlink") for page in pages
    )


def test_no_list_of_the_house_lets_a_formula_out(db):
    people = cast.make_cast()
    Org.objects.update(name=HOSTILE)
    Person.objects.update(name=HOSTILE)

    titles = []
    for ledger in lists(people.lin):
        target = BytesIO()
        export.write(target, ledger=ledger, watermark=MARK)
        titles.append(ledger.title)
        assert formulas_in(target.getvalue()) == 0, ledger.title

    assert {
        "组织名册",
        "团员名册",
        "团干部",
        "志愿者",
        "志愿服务场次",
        "后台任务",
        "导出登记",
    } <= set(titles)


def test_no_template_of_the_house_holds_a_formula(db):
    sheets = [sheet for installed in system.INSTALLED for sheet in installed.sheets]

    assert len(sheets) >= 5
    for sheet in sheets:
        assert formulas_in(writing.template(sheet)) == 0, sheet.slug
