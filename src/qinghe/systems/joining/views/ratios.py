"""团青比: graduating classes with their students, and the ceilings (T-15)."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.joining import forms, queries, services
from qinghe.systems.joining.access import Act
from qinghe.systems.joining.queries import GraduatingClass

from .tables import CeilingTable, ClassTable

CLASSES, CEILINGS = "毕业班学生数", "团青比上限"


def graduating_classes(request: Request) -> HttpResponseBase:
    """Show the graduating classes below the chosen organisation."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    actions = []
    if actors.may_anywhere(request.actor, Act.RUN):
        actions.append(pages.Action("登记毕业班", reverse("joining:class_new"), primary=True))
    actions.append(pages.Action(CEILINGS, reverse("joining:ceilings")))
    return pages.list_page(
        request,
        title=CLASSES,
        table=ClassTable,
        rows=queries.classes_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.ClassFilter,
        actions=actions,
    )


def graduating_class(request: Request, graduating_class_id: int) -> HttpResponse:
    """Show one graduating class with the ratio it weighs on."""
    found = _found(request, graduating_class_id)
    ratio = queries.ratio_at(request.actor, found.org, on=timezone.localdate())
    actions = []
    if actors.may(request.actor, Act.RUN, at=found.org):
        url = reverse("joining:class_change", args=[found.pk])
        actions.append(pages.Action("更正学生数", url))
    return pages.record_page(
        request,
        title=f"{found.org.name}：{found}",
        record=found,
        facts=[
            ("上级组织", found.org.parent.name if found.org.parent else "—"),
            ("学生数", found.students),
            ("今天在册团员", found.members),
            ("同校同学段毕业班团青比", ratio.words if ratio else "不在这个学年，不计"),
        ],
        actions=actions,
        back=pages.Link(CLASSES, reverse("joining:classes")),
    )


def graduating_class_new(request: Request) -> HttpResponse:
    """Write down a graduating class."""
    doors.require_anywhere(request.actor, Act.RUN)
    form = forms.ClassForm(request.POST or None, actor=request.actor)

    def do() -> str:
        made = services.enter_class(**form.cleaned_data, at=timezone.now(), by=request.actor)
        messages.success(request, "已登记毕业班。")
        return reverse("joining:class", args=[made.pk])

    return pages.act_page(
        request,
        title="登记毕业班",
        note="团青比是毕业班在册团员与学生数之比，同一学校同一学段的毕业班合在一起算，每学年登记一次。",
        form=form,
        do=do,
        submit="登记",
        back=pages.Link(CLASSES, reverse("joining:classes")),
    )


def graduating_class_change(request: Request, graduating_class_id: int) -> HttpResponse:
    """Correct how many students a class has."""
    found = _found(request, graduating_class_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    form = forms.ClassChangeForm(request.POST or None, initial={"students": found.students})
    url = reverse("joining:class", args=[found.pk])

    def do() -> str:
        services.change_class(found=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return url

    return pages.act_page(
        request,
        title=f"更正学生数：{found.org.name}",
        form=form,
        do=do,
        note="更正前后的数都会留在操作记录里。",
        back=pages.Link(found.org.name, url),
    )


def ceilings(request: Request) -> HttpResponseBase:
    """Show all ceilings, the newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET_TERMS):
        actions.append(pages.Action("设定上限", reverse("joining:ceiling_new"), primary=True))
    actions.append(pages.Action(CLASSES, reverse("joining:classes")))
    return pages.list_page(
        request,
        title=CEILINGS,
        table=CeilingTable,
        rows=queries.all_ceilings(request.actor),
        actions=actions,
    )


def ceiling_new(request: Request) -> HttpResponse:
    """Set a ceiling."""
    if not doors.may_for_the_house(request.actor, Act.SET_TERMS):
        raise doors.closed()
    form = forms.CeilingForm(request.POST or None)

    def do() -> str:
        services.set_ceiling(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, "已设定团青比上限。")
        return reverse("joining:ceilings")

    return pages.act_page(
        request,
        title="设定团青比上限",
        note="各年上限以当年文件为准，系统不预设。施行日期起，下发编号和审批接收新团员时按此提示或拦住。",
        form=form,
        do=do,
        back=pages.Link(CEILINGS, reverse("joining:ceilings")),
    )


def _found(request: Request, graduating_class_id: int) -> GraduatingClass:
    rows = queries.classes_seen_by(request.actor)
    return get_object_or_404(rows, pk=graduating_class_id)
