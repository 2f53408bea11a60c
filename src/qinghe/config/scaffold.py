"""The beginning of a system's folder: the fixed names, each with what is true of it already."""

import keyword
import re
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from string import Template
from types import MappingProxyType

from qinghe.lib.verdicts import Refused

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LABEL = re.compile(r"[\w、·]{2,12}")
LONGEST_SLUG = 20  # so that no generated line outgrows the formatter


def check(*, slug: str, label: str, taken: Collection[str]) -> None:
    """Refuse a name that cannot be a system's. Raises Refused: bad_slug, bad_label, slug_taken."""
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or keyword.iskeyword(slug):
        raise Refused(
            "bad_slug",
            f"“{slug}”不能作系统代号，没有新建任何文件：请用小写英文字母开头的词，"
            f"可含数字和下划线，不超过{LONGEST_SLUG}位，如 cases。",
        )
    if not _LABEL.fullmatch(label):
        raise Refused(
            "bad_label",
            f"“{label}”不能作系统名称，没有新建任何文件：请用2至12个汉字、字母或数字，如 热线与个案。",
        )
    if slug in taken:
        raise Refused("slug_taken", f"“{slug}”已有他用，没有新建任何文件：请换一个代号。")


def begin(*, systems: Path, slug: str, label: str) -> Path:
    """Write the folder of a new system, whole or not at all, and return it."""
    folder, unfinished = systems / slug, systems / f".{slug}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        for name, text in files(slug=slug, label=label).items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def files(*, slug: str, label: str) -> dict[str, str]:
    """Return every file of a new system by its path in the folder."""
    filled = {"slug": slug, "label": label}
    return {
        Template(name).substitute(filled): Template(text.lstrip("\n")).substitute(filled)
        for name, text in _FILES.items()
    }


_README = """
# $slug ($label)

Begun: there is one page and the right to see it. No record is kept here yet.

- **Nouns**: none yet. Write them here and in docs/glossary.md before they appear in code.
- **Verbs**: none yet.
- **States**: none yet.

Who may: `$slug.see` for district officers, at their organisation and all under it.

Open questions: which noun comes first, and which states it goes through.
"""

_SYSTEM = """
from qinghe.edges.system import MenuItem, System

from . import access, facts, indicators
from .access import Act

SYSTEM = System(
    slug="$slug",
    label="$label",
    urls="qinghe.systems.$slug.urls",
    menu=(MenuItem("$label", "$slug:home", Act.SEE),),
    grants=tuple(access.GRANTS),
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
)
"""

_APPS = """
from django.apps import AppConfig


class App(AppConfig):
    name = "qinghe.systems.$slug"
    label = "$slug"
    verbose_name = "$label"
"""

_ACCESS = '''
"""What may be done in $slug, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "$slug.see"


GRANTS = [
    Grant(Role.DISTRICT_OFFICER, Act.SEE, Reach.BELOW),
]
'''

_QUERIES = '''
"""What people look at in $slug. Reads only; every function starts from an actor."""

from django.db.models import QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org

from .access import Act


def orgs_seen_by(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations in which this actor may see records, in the tree's order."""
    return actors.orgs_where(actor, Act.SEE).filter(closed_on__isnull=True).order_by("path")
'''

_FACTS = '''
"""What $slug tells analytics."""

from qinghe.analytics.facts import Fact

FACTS: list[Fact] = []
'''

_INDICATORS = '''
"""The figures $slug answers for."""

from qinghe.analytics.indicators import Indicator, Ratio

INDICATORS: list[Indicator | Ratio] = []
'''

_VIEWS = '''
from django.http import Http404, HttpResponse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request

from . import queries

LABEL = "$label"


def home(request: Request) -> HttpResponse:
    """Show the first page of the system."""
    orgs = queries.orgs_seen_by(request.actor).count()
    if not orgs:
        raise Http404
    return pages.page(request, "$slug/home.html", title=LABEL, orgs=orgs)
'''

_URLS = """
from django.urls import path

from . import views

app_name = "$slug"
urlpatterns = [
    path("", views.home, name="home"),
]
"""

_HOME = """
{% extends "web/base.html" %}
{% block title %}{{ title }}{% endblock title %}
{% block content %}
  <div class="q-head">
    <h1>{{ title }}</h1>
  </div>
  <div class="q-card">
    <p>您可以查看 {{ orgs }} 个组织的$label，目前还没有记录。</p>
  </div>
{% endblock content %}
"""

_TEST_ACCESS = '''
"""Who may do what in $slug."""

import pytest

from qinghe.kernel.access import actors
from qinghe.systems.$slug.access import Act
from tests import cast


@pytest.mark.django_db
def test_only_the_district_sees_it():
    everyone = cast.make_cast()

    seeing = [
        name
        for name in ("lin", "chen", "he", "zhou", "auditor")
        if actors.may_anywhere(getattr(everyone, name), Act.SEE)
    ]

    assert seeing == ["lin"]
'''

_TEST_PAGES = '''
"""The pages of $slug."""

import pytest
from django.urls import reverse

from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from tests import cast, kept

pytestmark = pytest.mark.django_db
everyone = kept.kept(cast.make_cast)


def sign_in(client, actor):
    person = Person.objects.get(pk=actor.person_id)
    user = access.open_account(person=person, username=person.number, at=cast.NOW, by=cast.CLERK)
    client.force_login(user)


def test_the_district_officer_opens_the_page(client, everyone):
    sign_in(client, everyone.lin)

    response = client.get(reverse("$slug:home"))

    assert response.status_code == 200
    assert "$label" in response.content.decode()


def test_who_may_not_see_it_finds_no_page(client, everyone):
    sign_in(client, everyone.he)

    response = client.get(reverse("$slug:home"))

    assert response.status_code == 404
'''

_FILES: Mapping[str, str] = MappingProxyType(
    {
        "__init__.py": "",
        "README.md": _README,
        "access.py": _ACCESS,
        "apps.py": _APPS,
        "facts.py": _FACTS,
        "forms.py": '"""Forms and filters of $slug: what is well-formed."""\n',
        "indicators.py": _INDICATORS,
        "migrations/__init__.py": "",
        "models.py": '"""The nouns of $slug: tables, constraints, states."""\n',
        "queries.py": _QUERIES,
        "rules.py": '"""What $slug allows. Values in, verdicts out; no database, no clock."""\n',
        "services.py": '"""What people do in $slug. One function is one use case and one transaction."""\n',
        "system.py": _SYSTEM,
        "templates/$slug/home.html": _HOME,
        "tests/__init__.py": "",
        "tests/test_access.py": _TEST_ACCESS,
        "tests/test_pages.py": _TEST_PAGES,
        "urls.py": _URLS,
        "views.py": _VIEWS,
    }
)
