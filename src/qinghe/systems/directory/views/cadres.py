"""Cadres: list, record, appointing, leaving."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import Post
from qinghe.systems.directory import forms, queries, services
from qinghe.systems.directory.access import Act
from qinghe.systems.directory.queries import PostState

from . import links

TONES: dict[str, pages.Tone] = {PostState.STILL: pages.Tone.GOOD, PostState.ENDED: pages.Tone.PLAIN}


class CadreTable(Table):
    """Posts, with the names of those who hold them masked."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("directory:cadre", {"post_id": A("pk")}),
    )
    number = Column("人员编号", accessor="person__number")
    org = Column("组织", accessor="org__name", order_by="org__path")
    title = Column("职务")
    service = Column("任职性质", accessor="get_service_display", order_by="service")
    starts_on = columns.Day(verbose_name="任职日期")
    ends_on = columns.Day(verbose_name="离任日期")
    state = columns.State(verbose_name="状态", labels=dict(PostState.choices), tones=TONES)


def cadres(request: Request) -> HttpResponseBase:
    """Show the posts of the chosen organisation and of all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="团干部",
        table=CadreTable,
        rows=queries.cadres_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.CadreFilter,
        actions=_list_actions(request),
        sheet="directory.cadres",
        totals=lambda rows: [
            pages.Total("人数", rows.values("person").distinct().count(), "人"),
        ],
    )


def cadre(request: Request, post_id: int) -> HttpResponse:
    """Show one post in full."""
    post = _found(request, post_id)
    person = post.person
    actions = []
    if post.ends_on is None and actors.may(request.actor, Act.APPOINT, at=post.org):
        actions.append(pages.Action("离任", reverse("directory:cadre_end", args=[post.pk])))
    return pages.record_page(
        request,
        title=levels.full_name(request.actor, person, at=post.org, on=timezone.localdate()),
        record=post,
        state=pages.Tag(PostState(post.state).label, TONES[PostState(post.state)]),
        facts=[
            ("人员编号", links.to_person(post)),
            ("性别", links.about(post, "sex", person.get_sex_display())),
            ("组织", pages.Link(post.org.name, reverse("directory:org", args=[post.org_id]))),
            ("职务", post.title),
            ("任职性质", post.get_service_display()),
            ("任职日期", post.starts_on.isoformat()),
            ("离任日期", links.day(post.ends_on)),
        ],
        actions=actions,
        back=pages.Link("团干部", reverse("directory:cadres")),
    )


def cadre_new(request: Request) -> HttpResponse:
    """Give a cadre a post."""
    actors.require(request.actor, Act.APPOINT, at=request.scope.org)
    initial = {"org": request.GET.get("at", "")}
    form = forms.CadreForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            post = services.appoint_cadre(
                person=form.person(),
                org=form.cleaned_data["org"],
                post=form.post(),
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("directory:cadre", post.pk)
    return pages.form_page(
        request,
        title="任命团干部",
        form=form,
        groups=[
            ("人员", ["number", "name", "sex", "birth_date"]),
            ("职务", ["org", "title", "service", "starts_on"]),
        ],
        submit="任命",
        back=pages.Link("团干部", reverse("directory:cadres")),
    )


def cadre_end(request: Request, post_id: int) -> HttpResponse:
    """End a cadre's post."""
    post = _found(request, post_id)
    actors.require(request.actor, Act.APPOINT, at=post.org)
    name = levels.full_name(request.actor, post.person, at=post.org, on=timezone.localdate())
    form = forms.EndForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.end_post(
                post=post, on=form.cleaned_data["on"], at=timezone.now(), by=request.actor
            )
            return redirect("directory:cadre", post.pk)
    return pages.form_page(
        request,
        title=f"{name}离任",
        form=form,
        note=f"{name}将不再担任{post.org.name}{post.title}，从所填日期起不再计入团干部数；"
        "记录保留，其他职务不受影响。",
        submit="确定离任",
        back=pages.Link("返回", reverse("directory:cadre", args=[post.pk])),
    )


def _found(request: Request, post_id: int) -> Post:
    return get_object_or_404(queries.cadres_seen_by(request.actor), pk=post_id)


def _list_actions(request: Request) -> list[pages.Action]:
    if not actors.may(request.actor, Act.APPOINT, at=request.scope.org):
        return []
    return [pages.Action("任命团干部", reverse("directory:cadre_new"), primary=True)]
