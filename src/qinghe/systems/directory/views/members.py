"""Members: list, record, entering, leaving."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import Membership
from qinghe.systems.directory import forms, queries, services
from qinghe.systems.directory.access import Act
from qinghe.systems.directory.queries import RollState

from . import links

TONES: dict[str, pages.Tone] = {RollState.STILL: pages.Tone.GOOD, RollState.ENDED: pages.Tone.PLAIN}


class MemberTable(Table):
    """Members of a roll, their names masked."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("directory:member", {"membership_id": A("pk")}),
    )
    number = Column("人员编号", accessor="person__number")
    org = Column("所在团组织", accessor="org__name", order_by="org__path")
    starts_on = columns.Day(verbose_name="入册日期")
    ends_on = columns.Day(verbose_name="终止日期")
    state = columns.State(verbose_name="状态", labels=dict(RollState.choices), tones=TONES)


def members(request: Request) -> HttpResponseBase:
    """Show the roll of the chosen organisation and of all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="团员名册",
        table=MemberTable,
        rows=queries.members_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.MemberFilter,
        actions=_list_actions(request),
        sheet="directory.members",
        totals=lambda rows: [
            pages.Total("人数", rows.values("person").distinct().count(), "人"),
        ],
    )


def member(request: Request, membership_id: int) -> HttpResponse:
    """Show one membership in full."""
    membership = _found(request, membership_id)
    person = membership.person
    actions = []
    if membership.ends_on is None and actors.may(request.actor, Act.KEEP_ROLL, at=membership.org):
        url = reverse("directory:member_end", args=[membership.pk])
        actions.append(pages.Action("移出名册", url))
    return pages.record_page(
        request,
        title=levels.full_name(request.actor, person, at=membership.org, on=timezone.localdate()),
        record=membership,
        state=pages.Tag(RollState(membership.state).label, TONES[RollState(membership.state)]),
        facts=[
            ("人员编号", links.to_person(membership)),
            ("性别", links.about(membership, "sex", person.get_sex_display())),
            ("出生日期", links.about(membership, "birth_date", links.day(person.birth_date))),
            (
                "所在团组织",
                pages.Link(membership.org.name, reverse("directory:org", args=[membership.org_id])),
            ),
            ("入册日期", membership.starts_on.isoformat()),
            ("终止日期", links.day(membership.ends_on)),
        ],
        actions=actions,
        back=pages.Link("团员名册", reverse("directory:members")),
    )


def member_new(request: Request) -> HttpResponse:
    """Enter a member on a roll."""
    actors.require(request.actor, Act.KEEP_ROLL, at=request.scope.org)
    initial = {"org": request.GET.get("at", "")}
    form = forms.MemberForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            membership = services.admit_member(
                person=form.person(),
                org=form.cleaned_data["org"],
                starts_on=form.cleaned_data["starts_on"],
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("directory:member", membership.pk)
    return pages.form_page(
        request,
        title="登记团员",
        form=form,
        groups=[
            ("人员", ["number", "name", "sex", "birth_date"]),
            ("名册", ["org", "starts_on"]),
        ],
        submit="列入名册",
        back=pages.Link("团员名册", reverse("directory:members")),
        draft="directory.member_new",
    )


def member_end(request: Request, membership_id: int) -> HttpResponse:
    """Take a member off the roll."""
    membership = _found(request, membership_id)
    actors.require(request.actor, Act.KEEP_ROLL, at=membership.org)
    name = levels.full_name(
        request.actor, membership.person, at=membership.org, on=timezone.localdate()
    )
    form = forms.EndForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.end_membership(
                membership=membership,
                on=form.cleaned_data["on"],
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("directory:member", membership.pk)
    return pages.form_page(
        request,
        title=f"把{name}移出名册",
        form=form,
        note=f"{name}将从{membership.org.name}的名册移出，从所填日期起不再计入团员数；"
        "记录保留，可以再列入其他团组织的名册。",
        submit="确定移出",
        back=pages.Link("返回", reverse("directory:member", args=[membership.pk])),
    )


def _found(request: Request, membership_id: int) -> Membership:
    return get_object_or_404(queries.members_seen_by(request.actor), pk=membership_id)


def _list_actions(request: Request) -> list[pages.Action]:
    if not actors.may(request.actor, Act.KEEP_ROLL, at=request.scope.org):
        return []
    return [pages.Action("登记团员", reverse("directory:member_new"), primary=True)]
