"""Classes at the desk: publishing, signing somebody up, roll, results, certificates."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.verdicts import Refused
from qinghe.systems.training import forms, queries, rules, services
from qinghe.systems.training.access import Act
from qinghe.systems.training.queries import Class, ClassState, Enrolment, EnrolmentState, Result

from .tables import TONES, ClassTable, EnrolmentTable

FIRST = 60


def classes(request: Request) -> HttpResponseBase:
    """Show the classes of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.RUN, at=request.scope.org):
        actions.append(pages.Action("发布班次", reverse("training:class_new"), primary=True))
    actions.append(pages.Action("培训项目", reverse("training:programmes")))
    rows = queries.classes_seen_by(request.actor)
    return pages.list_page(
        request,
        title="班次",
        table=ClassTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.ClassFilter,
        actions=actions,
    )


def class_(request: Request, training_class_id: int) -> HttpResponse:
    """Show one class and who signed up."""
    found = _found(request, training_class_id)
    state = ClassState(found.state)
    signed = queries.enrolments_of(request.actor, found)
    lecturer = queries.name_of(request.actor, found.lecturer, on=timezone.localdate())
    passed = f"{found.passed}人" if found.course.is_examined else "不设考核"  # type: ignore[attr-defined]
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("培训项目", found.course.programme.title),
            ("课程", f"{found.course.title}（{found.course.quarters / 4:g}学时）"),
            ("主办单位", found.org.name),
            ("时间", queries.times_of(request.actor, found)),
            ("地点", found.place or "—"),
            ("线上网址", pages.Link(found.link, found.link) if found.link else "—"),
            ("讲师", lecturer or "待定"),
            ("招收", rules.ages(found.youngest, found.oldest)),
            ("名额", f"{found.capacity}人，已报名{found.taken}人"),
            ("到课", f"{found.attended}人"),  # type: ignore[attr-defined]
            ("考核合格", passed),
            ("取消原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "学员",
                tables.short(EnrolmentTable, signed[:FIRST]),
                url=reverse("training:class_roster", args=[found.pk]),
                empty="还没有人报名",
            )
        ],
        back=pages.Link("班次", reverse("training:classes")),
    )


def class_roster(request: Request, training_class_id: int) -> HttpResponseBase:
    """Show everybody who signed up for a class."""
    found = _found(request, training_class_id)
    return pages.list_page(
        request,
        title=f"{found.title}学员",
        table=EnrolmentTable,
        rows=queries.enrolments_of(request.actor, found),
        actions=[pages.Action("返回班次", _url(found))],
    )


def class_new(request: Request) -> HttpResponse:
    """Publish a class."""
    actors.require(request.actor, Act.RUN, at=request.scope.org)
    form = forms.ClassForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="发布班次",
        note="发布后，青年和志愿者可以在手机上报名；未成年人须监护人同意。",
        form=form,
        do=lambda: _url(
            services.plan_class(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        submit="发布",
        back=pages.Link("班次", reverse("training:classes")),
    )


def class_cancel(request: Request, training_class_id: int) -> HttpResponse:
    """Call a class off."""
    found = _found(request, training_class_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    return pages.reason_page(
        request,
        title=f"取消{found.title}",
        note="已报名的人会收到通知。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.cancel_class(
            training_class=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定取消班次",
        back=_back(found),
    )


def class_enrol(request: Request, training_class_id: int) -> HttpResponse:
    """Sign somebody up at the desk."""
    found = _found(request, training_class_id)
    actors.require(request.actor, Act.ENROL, at=found.org)
    form = forms.DeskForm(request.POST or None, actor=request.actor)

    def do() -> str:
        services.sign_up_other(
            training_class=found,
            new=form.as_new(),
            agreed=form.as_agreed(),
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(request, "已报名。")
        return _url(found)

    return pages.act_page(
        request,
        title=f"代报名：{found.title}",
        note=f"招收{rules.ages(found.youngest, found.oldest)}，还有{found.left}个名额。",
        form=form,
        do=do,
        submit="报名",
        back=_back(found),
    )


def take_off(request: Request, enrolment_id: int) -> HttpResponse:
    """Take somebody off the list."""
    rows = queries.enrolments_seen_by(request.actor)
    found: Enrolment = get_object_or_404(rows, pk=enrolment_id)
    actors.require(request.actor, Act.ENROL, at=found.training_class.org)
    return pages.reason_page(
        request,
        title=f"移出{found.person.number}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.take_off(
            enrolment=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定移出",
        back=_back(found.training_class),
    )


def class_roll(request: Request, training_class_id: int) -> HttpResponse:
    """Call the roll."""
    return _ticked(
        request,
        training_class_id,
        do=services.call_roll,
        name="came",
        title="点名",
        note="勾选到课的人；没有勾选的记为缺课。完成点名后，这个班次记为已开班。",
        on=EnrolmentState.ATTENDED,
        attribute="state",
    )


def class_results(request: Request, training_class_id: int) -> HttpResponse:
    """Write down who passed."""
    return _ticked(
        request,
        training_class_id,
        do=services.set_results,
        name="passed",
        title="登记考核结果",
        note="勾选合格的人；其余到课的记为不合格。",
        on=Result.PASSED,
        attribute="result",
    )


@require_POST
def class_certify(request: Request, training_class_id: int) -> HttpResponse:
    """Give certificates to whoever completed the class."""
    found = _found(request, training_class_id)
    made = services.issue_completions(training_class=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已发放{made}份结业证书，并通知本人。")
    return redirect(_url(found))


def _ticked(
    request: Request,
    training_class_id: int,
    *,
    do: Callable[..., Class],
    name: str,
    title: str,
    note: str,
    on: str,
    attribute: str,
) -> HttpResponse:
    found = _found(request, training_class_id)
    actors.require(request.actor, Act.ENROL, at=found.org)
    refused = ""
    if request.method == "POST":
        ticked = {int(key) for key in request.POST.getlist(name) if key.isdecimal()}
        try:
            do(training_class=found, **{name: ticked}, at=timezone.now(), by=request.actor)
            return redirect(_url(found))
        except Refused as refusal:
            refused = refusal.reason
    rows = queries.roll_of(request.actor, found)
    if attribute == "result":
        rows = [one for one in rows if one.state == EnrolmentState.ATTENDED]
    return pages.page(
        request,
        "training/ticked.html",
        status=409 if refused else 200,
        title=f"{title}：{found.title}",
        back=_back(found),
        name=name,
        note=note,
        submit=f"完成{title}",
        refused=refused,
        rows=[(one, _name(request, one), getattr(one, attribute) == on) for one in rows],
    )


def _name(request: Request, one: Enrolment) -> str:
    return levels.full_name(
        request.actor, one.person, at=one.training_class.org, on=timezone.localdate()
    )


def _found(request: Request, training_class_id: int) -> Class:
    return get_object_or_404(queries.classes_seen_by(request.actor), pk=training_class_id)


def _url(found: Class) -> str:
    return reverse("training:class", args=[found.pk])


def _back(found: Class) -> pages.Link:
    return pages.Link(found.title, _url(found))


def _actions(request: Request, found: Class) -> list[pages.Action]:
    key = [found.pk]
    has_begun = queries.is_over(request.actor, found, at=timezone.now())
    actions = []
    if actors.may(request.actor, Act.ENROL, at=found.org):
        if found.state == ClassState.PLANNED and not has_begun:
            url = reverse("training:class_enrol", args=key)
            actions.append(pages.Action("代报名", url, primary=True))
        if found.state == ClassState.PLANNED and has_begun:
            url = reverse("training:class_roll", args=key)
            actions.append(pages.Action("点名", url, primary=True))
        if found.state == ClassState.HELD:
            actions.append(pages.Action("更正点名", reverse("training:class_roll", args=key)))
            if found.course.is_examined:
                actions.append(
                    pages.Action("登记考核结果", reverse("training:class_results", args=key))
                )
            url = reverse("training:class_certify", args=key)
            actions.append(pages.Action("发放结业证书", url, post=True))
    if found.state == ClassState.PLANNED and actors.may(request.actor, Act.RUN, at=found.org):
        actions.append(pages.Action("取消班次", reverse("training:class_cancel", args=key)))
    return actions
