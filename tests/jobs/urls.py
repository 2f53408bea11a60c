"""Two lists over the kernel's own tables, one of them of people."""

from django.http import HttpResponse
from django.urls import include, path
from django_filters import CharFilter, FilterSet
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person


class OrgTable(Table):
    name = Column("名称")
    code = Column("代码")
    opened_on = columns.Day(verbose_name="成立日期")


class OrgFilter(FilterSet):
    name = CharFilter(label="名称", lookup_expr="icontains")

    class Meta:
        model = Org
        fields = ("name",)


class PersonTable(Table):
    personal = True
    number = Column("编号")
    birth_date = columns.Day(verbose_name="出生日期")


def orgs(request: Request) -> HttpResponse:
    rows = actors.orgs_where(request.actor, "see").filter(path__startswith=request.scope.org.path)
    return pages.list_page(request, title="组织", table=OrgTable, rows=rows, filterset=OrgFilter)


def persons(request: Request) -> HttpResponse:
    actors.require(request.actor, "see", at=request.scope.org)
    return pages.list_page(request, title="人员", table=PersonTable, rows=Person.objects.all())


def plain(request: Request) -> HttpResponse:
    return HttpResponse("no list")


urlpatterns = [
    path("", include("qinghe.edges.web.urls")),
    path("accounts/", include("qinghe.edges.accounts.urls")),
    path("jobs/", include("qinghe.edges.jobs.urls")),
    path("orgs/", orgs, name="orgs"),
    path("persons/", persons, name="persons"),
    path("plain/", plain, name="plain"),
]
handler404 = "qinghe.edges.web.errors.not_found"
