"""Activities at the desk: list, record, publishing, sittings, posts, calling off."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Activity, ActivityState, SessionState

FIRST = 60
TONES: dict[str, pages.Tone] = {
    ActivityState.PUBLISHED: pages.Tone.GOOD,
    ActivityState.CANCELLED: pages.Tone.PLAIN,
}
SITTING_TONES: dict[str, pages.Tone] = {
    SessionState.PUBLISHED: pages.Tone.GOOD,
    SessionState.CANCELLED: pages.Tone.PLAIN,
}
GROUPS = [
    ("活动", ["title", "kind", "about", "risks", "contact", "dangerous", "policy"]),
    ("主办", ["org", "team", "partners", "project"]),
    ("地点", ["place", "latitude", "longitude"]),
    ("时间", ["starts_at", "ends_at", "weekdays", "until", "without_holidays"]),
    (
        "岗位",
        ["name", "capacity", "skills", "training", "min_age", "max_age", "minors", "children"],
    ),
    ("报名", ["cancel_hours", "offer_minutes", "template"]),
]


class ActivityTable(Table):
    """Activities with their sittings and how far their posts are filled."""

    title = Column("活动名称", linkify=("volunteering:activity", [A("pk")]))
    org = Column("主办组织", accessor="org__name", order_by="org__path")
    kind = Column("服务类别", accessor="get_kind_display", order_by="kind")
    first_at = columns.Moment(verbose_name="首场时间", orderable=False)
    sittings = columns.Number(verbose_name="场次", orderable=False)
    wanted = columns.Number(verbose_name="招募", orderable=False)
    taken = columns.Number(verbose_name="报名", orderable=False)
    published_at = columns.Moment(verbose_name="发布时间")
    state = columns.State(verbose_name="状态", labels=dict(ActivityState.choices), tones=TONES)


class SittingTable(Table):
    """The sessions of one activity."""

    starts_at = columns.Moment(verbose_name="开始时间", linkify=("volunteering:session", [A("pk")]))
    ends_at = columns.Moment(verbose_name="结束时间")
    place = Column("地点")
    wanted = columns.Number(verbose_name="招募")
    taken = columns.Number(verbose_name="报名")
    state = columns.State(
        verbose_name="状态", labels=dict(SessionState.choices), tones=SITTING_TONES
    )


def activities(request: Request) -> HttpResponseBase:
    """Show what the chosen organisation and all below it host or join."""
    org = request.scope.org
    actors.require(request.actor, Act.SEE, at=org)
    actions = []
    if actors.may(request.actor, Act.PUBLISH, at=org):
        new = reverse("volunteering:activity_new")
        actions = [
            pages.Action("发布活动", new, primary=True),
            pages.Action("由模板发布", reverse("volunteering:activity_templates")),
            pages.Action("项目", reverse("volunteering:projects")),
        ]
    return pages.list_page(
        request,
        title="志愿服务活动",
        table=ActivityTable,
        rows=queries.activities_of(request.actor, org),
        filterset=forms.ActivityFilter,
        actions=actions,
        sheet="volunteering.activities",
    )


def activity(request: Request, activity_id: int) -> HttpResponse:
    """Show one activity with its sittings."""
    found = _found(request, activity_id)
    state = ActivityState(found.state)
    sittings = queries.sittings_of(request.actor, found)
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=_facts(request, found),
        actions=_actions(request, found),
        related=[
            pages.Related(
                "场次", tables.short(SittingTable, sittings[:FIRST]), note="点时间看岗位和报名"
            )
        ],
        back=pages.Link("志愿服务活动", reverse("volunteering:activities")),
    )


def activity_new(request: Request) -> HttpResponse:
    """Publish an activity with its sessions and first post."""
    return _publish(request, initial={"team": queries.code_led(request.actor)})


def activity_from_template(request: Request, activity_template_id: int) -> HttpResponse:
    """Publish an activity with what a template says already filled in."""
    template = get_object_or_404(queries.templates_for(request.actor), pk=activity_template_id)
    said = {**template.said, "org": template.org.code}
    return _publish(request, initial=said)


def activity_amend(request: Request, activity_id: int) -> HttpResponse:
    """Say anew what an activity is and at what risk."""
    found = _found(request, activity_id)
    actors.require(request.actor, Act.PUBLISH, at=found.org)
    fields = ("about", "risks", "contact")
    form = forms.ToldForm(
        request.POST or None, initial={name: getattr(found, name) for name in fields}
    )

    def do() -> str:
        services.amend_activity(
            activity=found, told=form.as_told(), at=timezone.now(), by=request.actor
        )
        return _back(found).url

    return pages.act_page(
        request, title=f"改活动说明：{found.title}", form=form, do=do, back=_back(found)
    )


def activity_sitting(request: Request, activity_id: int) -> HttpResponse:
    """Add one more session."""
    found = _found(request, activity_id)
    actors.require(request.actor, Act.PUBLISH, at=found.org)
    form = forms.SittingForm(request.POST or None, initial=_last_spot(request, found))
    return pages.act_page(
        request,
        title=f"{found.title}：增加一场",
        form=form,
        do=lambda: reverse(
            "volunteering:session",
            args=[
                services.add_sitting(
                    activity=found,
                    spot=form.as_spot(),
                    times=form.as_times(),
                    at=timezone.now(),
                    by=request.actor,
                ).pk
            ],
        ),
        submit="增加",
        note="岗位与最后一场相同，可在场次页改人数。",
        back=_back(found),
    )


def activity_post(request: Request, activity_id: int) -> HttpResponse:
    """Add a post to all sessions to come."""
    found = _found(request, activity_id)
    actors.require(request.actor, Act.PUBLISH, at=found.org)
    form = forms.PostForm(request.POST or None)

    def do() -> str:
        services.add_post(activity=found, new=form.as_post(), at=timezone.now(), by=request.actor)
        return _back(found).url

    return pages.act_page(
        request,
        title=f"{found.title}：增加岗位",
        form=form,
        do=do,
        submit="增加",
        note="加到所有尚未开始的场次。",
        back=_back(found),
    )


def activity_cancel(request: Request, activity_id: int) -> HttpResponse:
    """Call an activity off."""
    found = _found(request, activity_id)
    actors.require(request.actor, Act.PUBLISH, at=found.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"取消{found.title}",
        note="尚未开始的场次一并取消，已报名的人会收到通知；已办的场次不变。",
        submit="确定取消",
        back=_back(found),
        then=lambda reason: services.cancel_activity(
            activity=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _publish(request: Request, *, initial: dict[str, object]) -> HttpResponse:
    actors.require(request.actor, Act.PUBLISH, at=request.scope.org)
    initial = {"org": request.scope.org.code, **initial}
    form = forms.ActivityForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            now = timezone.now()
            made = services.publish_activity(new=form.as_new(), at=now, by=request.actor)
            name = form.cleaned_data["template"]
            if name:
                services.keep_template(
                    name=name,
                    org=form.cleaned_data["org"],
                    said=form.as_said(),
                    at=now,
                    by=request.actor,
                )
            messages.success(request, f"已发布{len(form.cleaned_data['times'])}场，可以报名。")
            return redirect("volunteering:activity", made.pk)
    return pages.form_page(
        request,
        title="发布活动",
        form=form,
        groups=GROUPS,
        submit="发布",
        note="只能发布尚未开始的活动。其他岗位可在发布后增加。",
        back=pages.Link("志愿服务活动", reverse("volunteering:activities")),
        draft="volunteering.activity_new",
    )


def _found(request: Request, activity_id: int) -> Activity:
    return get_object_or_404(queries.activities_seen_by(request.actor), pk=activity_id)


def _back(found: Activity) -> pages.Link:
    return pages.Link(found.title, reverse("volunteering:activity", args=[found.pk]))


def _last_spot(request: Request, found: Activity) -> dict[str, object]:
    last = queries.sittings_of(request.actor, found).last()
    if last is None:
        return {}
    return {"place": last.place, "latitude": last.latitude, "longitude": last.longitude}


def _facts(request: Request, found: Activity) -> list[tuple[str, pages.Cell]]:
    partners = "、".join(org.name for org in queries.partners_of(request.actor, found))
    return [
        ("主办组织", found.org.name),
        ("协办组织", partners or "—"),
        ("所属项目", found.project.title if found.project else "—"),
        ("服务类别", found.get_kind_display()),
        ("活动内容", found.about),
        ("风险提示", found.risks),
        ("人身危险", "有，不接受未成年人" if found.dangerous else "没有"),
        ("咨询", found.contact),
        ("取消期限", f"开始前{found.cancel_hours}小时"),
        ("候补确认", f"{found.offer_minutes}分钟，临近开始时缩短"),
    ]


def _actions(request: Request, found: Activity) -> list[pages.Action]:
    may = actors.may(request.actor, Act.PUBLISH, at=found.org)
    if not may or found.state != ActivityState.PUBLISHED:
        return []
    return [
        pages.Action("改说明", reverse("volunteering:activity_amend", args=[found.pk])),
        pages.Action("增加一场", reverse("volunteering:activity_sitting", args=[found.pk])),
        pages.Action("增加岗位", reverse("volunteering:activity_post", args=[found.pk])),
        pages.Action("取消活动", reverse("volunteering:activity_cancel", args=[found.pk])),
    ]
