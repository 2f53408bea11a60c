"""The catalogue, the rounds and the shares."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import local_day
from qinghe.systems.pioneers import forms, queries, services
from qinghe.systems.pioneers.access import Act

from .tables import BadgeTable, RoundTable, SlateTable

MOST_LISTS = 20  # of a round on its page; the others are in the list of all


def badges(request: Request) -> HttpResponseBase:
    """Show the catalogue."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if _may_keep(request):
        actions = [pages.Action("添加章目", reverse("pioneers:badge_new"), primary=True)]
    return pages.list_page(
        request,
        title="红领巾奖章章目",
        table=BadgeTable,
        rows=queries.badges(request.actor),
        filterset=forms.BadgeFilter,
        actions=[*actions, pages.Action("星级章比例", reverse("pioneers:star_terms"))],
    )


def badge(request: Request, badge_id: int) -> HttpResponse:
    """Show one badge."""
    doors.require_anywhere(request.actor, Act.SEE)
    found = get_object_or_404(queries.badges(request.actor), pk=badge_id)
    actions = []
    if _may_keep(request) and found.closed_on is None:
        actions = [pages.Action("停用", reverse("pioneers:badge_close", args=[found.pk]))]
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        facts=[
            ("类别", found.get_family_display()),
            ("颁发层级", found.get_level_display()),
            ("对象", "集体" if found.is_collective else "个人"),
            ("章系", found.get_branch_display() if found.branch else "—"),
            ("星级", f"{found.star}星" if found.star else "—"),
            ("年级", f"{found.grade}年级" if found.grade else "不分年级"),
            ("启用日期", found.opened_on.isoformat()),
            ("停用日期", found.closed_on.isoformat() if found.closed_on else "—"),
            ("依据", found.source),
        ],
        actions=actions,
        back=pages.Link("章目", reverse("pioneers:badges")),
    )


def badge_new(request: Request) -> HttpResponse:
    """Add a badge."""
    _require_keeper(request)
    form = forms.BadgeForm(request.POST or None)

    def do() -> str:
        made = services.add_badge(new=form.as_new(), at=timezone.now(), by=request.actor)
        return reverse("pioneers:badge", args=[made.pk])

    return pages.act_page(
        request,
        title="添加章目",
        form=form,
        do=do,
        back=pages.Link("章目", reverse("pioneers:badges")),
    )


def badge_close(request: Request, badge_id: int) -> HttpResponse:
    """Give a badge no more."""
    _require_keeper(request)
    found = get_object_or_404(queries.badges(request.actor), pk=badge_id)
    return pages.reason_page(
        request,
        title=f"停用“{found.title}”",
        note="从今天起不再申报；已申报和已颁发的不变。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.close_badge(
            badge=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定停用",
        back=pages.Link(found.title, reverse("pioneers:badge", args=[found.pk])),
    )


def rounds(request: Request) -> HttpResponseBase:
    """Show all rounds; a school goes from here to its list."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if _may_keep(request):
        actions = [pages.Action("开设轮次", reverse("pioneers:round_new"), primary=True)]
    return pages.list_page(
        request,
        title="评选轮次",
        table=RoundTable,
        rows=queries.rounds(request.actor),
        actions=[*actions, pages.Action("申报和评审", reverse("pioneers:slates"))],
    )


def round_(request: Request, badge_round_id: int) -> HttpResponse:
    """Show one round with the lists of the chosen organisation; a school goes on to fill its own in."""
    doors.require_anywhere(request.actor, Act.SEE)
    actor, org = request.actor, request.scope.org
    found = get_object_or_404(queries.rounds(actor), pk=badge_round_id)
    actions = []
    if actors.may(actor, Act.NOMINATE, at=org) and queries.is_school(actor, org):
        url = reverse("pioneers:nominate", args=[found.pk])
        actions = [pages.Action("填写申报表", url, primary=True)]
    lists = queries.slates_seen_by(actor).filter(round=found, org__path__startswith=org.path)
    chosen = queries.badges_of(actor, found.level, on=found.opens_on)
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        facts=[
            ("层级", found.get_level_display()),
            ("学期", found.term),
            ("申报开始", found.opens_on.isoformat()),
            ("申报截止", found.closes_on.isoformat()),
            ("章目", "、".join(str(one) for one in chosen) or "—"),
        ],
        actions=actions,
        related=[
            pages.Related(
                "申报表",
                tables.short(SlateTable, lists[:MOST_LISTS]),
                url=reverse("pioneers:slates"),
            )
        ],
        back=pages.Link("评选轮次", reverse("pioneers:rounds")),
    )


def round_new(request: Request) -> HttpResponse:
    """Open a round."""
    _require_keeper(request)
    form = forms.RoundForm(request.POST or None)

    def do() -> str:
        made = services.open_round(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已开设{made.title}。")
        return reverse("pioneers:rounds")

    return pages.act_page(
        request,
        title="开设轮次",
        form=form,
        do=do,
        back=pages.Link("评选轮次", reverse("pioneers:rounds")),
    )


def star_terms(request: Request) -> HttpResponse:
    """Show all shares, the latest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if _may_keep(request):
        url = reverse("pioneers:star_terms_new")
        actions.append(pages.Action("调整比例", url, primary=True))
    in_force = queries.terms_on(request.actor, local_day(timezone.now()))
    rows = queries.all_terms(request.actor)
    return pages.page(
        request,
        "pioneers/star_terms.html",
        title="星级章比例",
        rows=[(one, one == in_force, queries.numbers_of(request.actor, one)) for one in rows],
        actions=actions,
        back=pages.Link("章目", reverse("pioneers:badges")),
    )


def star_terms_new(request: Request) -> HttpResponse:
    """Set shares from a coming day on."""
    _require_keeper(request)
    in_force = queries.terms_on(request.actor, local_day(timezone.now()))
    initial = dict.fromkeys(queries.STAR_NUMBERS)
    if in_force:
        initial = {name: getattr(in_force, name) for name in queries.STAR_NUMBERS}
    form = forms.StarTermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_star_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("pioneers:star_terms")

    return pages.act_page(
        request,
        title="调整星级章比例",
        note="从施行日期起提交的申报按新比例核对，不足一枚的舍去；已经提交的不变。",
        form=form,
        do=do,
        back=pages.Link("星级章比例", reverse("pioneers:star_terms")),
    )


def _may_keep(request: Request) -> bool:
    return doors.may_for_the_house(request.actor, Act.KEEP_BADGES)


def _require_keeper(request: Request) -> None:
    if not _may_keep(request):
        raise doors.closed()
