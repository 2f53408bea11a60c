"""Pages over the kernel's own tables, so that the helpers are tried without any system."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages, scope, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.orgs import services
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused


class OrgTable(Table):
    name = Column("名称", linkify=lambda record: reverse("org", args=[record.code]))
    code = Column("代码")
    kind = Column("类型")
    parent = Column("上级", accessor="parent__name")
    opened_on = columns.Day(verbose_name="成立日期")
    number = columns.Number(verbose_name="序号", accessor="pk")
    state = columns.State(
        verbose_name="状态",
        accessor="level",
        orderable=False,
        labels={"street": "正常", "community": "待核", "district": "正常"},
        tones={
            "street": pages.Tone.GOOD,
            "community": pages.Tone.WAIT,
            "district": pages.Tone.GOOD,
        },
    )


class OrgFilter(FilterSet):
    name = CharFilter(label="名称", lookup_expr="icontains")
    kind = ChoiceFilter(label="类型", choices=OrgKind.choices, empty_label="全部")

    class Meta:
        model = Org
        fields = ("name", "kind")


class OrgForm(forms.Form):
    name = forms.CharField(label="名称", max_length=80, help_text="按批复文件的全称填写。")
    closed_on = forms.DateField(label="撤销日期", widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label="事由", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    phone = forms.CharField(label="电话", required=False)
    password = forms.CharField(label="口令", required=False, widget=forms.PasswordInput)


def orgs(request: Request) -> HttpResponse:
    return pages.list_page(
        request,
        title="组织",
        table=OrgTable,
        filterset=OrgFilter,
        rows=scope.orgs_in_sight(request.actor).select_related("parent"),
        actions=[
            pages.Action("新建组织", reverse("form"), primary=True),
            pages.Bulk("close", "撤销所选", lambda org: close_one(request, org)),
        ],
        totals=lambda rows: [pages.Total("街道", rows.filter(kind="street").count(), "个")],
    )


def close_one(request: Request, org: Org) -> None:
    services.close_org(org=org, on=local_day(timezone.now()), at=timezone.now(), by=request.actor)


def org(request: Request, code: str) -> HttpResponse:
    one = get_object_or_404(scope.orgs_in_sight(request.actor).select_related("parent"), code=code)
    below = one.children.select_related("parent")[:10]
    return pages.record_page(
        request,
        title=one.name,
        record=one,
        state=pages.Tag("正常", pages.Tone.GOOD),
        facts=[
            ("代码", one.code),
            ("类型", one.get_kind_display()),
            ("上级", pages.Link(str(one.parent), reverse("orgs")) if one.parent else None),
            ("成立日期", one.opened_on.isoformat()),
        ],
        related=[pages.Related("下级组织", tables.short(OrgTable, below), url=reverse("orgs"))],
        actions=[
            pages.Action("修改", reverse("form")),
            pages.Action("撤销", reverse("form"), post=True, ask="确定撤销吗？"),
        ],
        back=pages.Link("组织", reverse("orgs")),
    )


def close(request: Request) -> HttpResponse:
    form = OrgForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.close_org(
                org=request.scope.org,
                on=form.cleaned_data["closed_on"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "已撤销。")
            return redirect("orgs")
    return pages.form_page(
        request,
        title="撤销组织",
        form=form,
        groups=[("基本信息", ["name", "closed_on"])],
        back=pages.Link("组织", reverse("orgs")),
        draft="web.close",
    )


def board(request: Request) -> HttpResponse:
    return pages.board_page(request, title="组织概况", codes=["WEB-01", "WEB-02", "WEB-03"])


def wizard(request: Request) -> HttpResponse:
    return pages.wizard_page(
        request,
        title="导入组织",
        steps=("上传", "核对", "结果"),
        at=2,
        counts=[pages.Total("将新增", 1472, "行"), pages.Total("不能导入", 3, "行")],
        table=tables.short(OrgTable, Org.objects.select_related("parent")[:3]),
    )


def refuse(request: HttpRequest, code: str) -> HttpResponse:
    raise Refused(code, "这个场次已结束，没有签到；请联系负责人补录。")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("a secret of the machine")


urlpatterns = [
    path("", include("qinghe.edges.web.urls")),
    path("jobs/", include("qinghe.edges.jobs.urls")),
    path("accounts/", include("qinghe.edges.accounts.urls")),
    path("orgs/", orgs, name="orgs"),
    path("orgs/<str:code>/", org, name="org"),
    path("close/", close, name="form"),
    path("board/", board, name="board"),
    path("wizard/", wizard, name="wizard"),
    path("refuse/<str:code>/", refuse, name="refuse"),
    path("broken/", broken, name="broken"),
]
handler400 = "qinghe.edges.web.errors.bad_request"
handler403 = "qinghe.edges.web.errors.forbidden"
handler404 = "qinghe.edges.web.errors.not_found"
handler500 = "qinghe.edges.web.errors.broken"
