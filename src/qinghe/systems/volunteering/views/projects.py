"""Projects and templates: what activities are held under, and made from."""

from typing import cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Template

from .activities import FIRST, ActivityTable


class ProjectTable(Table):
    """Projects with how many activities they have."""

    title = Column("项目名称", linkify=("volunteering:project", [A("pk")]))
    org = Column("主办组织", accessor="org__name", order_by="org__path")
    held = columns.Number(verbose_name="活动")
    opened_on = columns.Day(verbose_name="设立日期")


class TemplateTable(Table):
    """Templates; the name leads to the form that they fill."""

    name = Column("模板名称", linkify=("volunteering:activity_from_template", [A("pk")]))
    org = Column("组织", accessor="org__name", order_by="org__path")
    kept_at = columns.Moment(verbose_name="保存时间")


def projects(request: Request) -> HttpResponseBase:
    """Show the projects of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.PUBLISH, at=request.scope.org):
        actions = [pages.Action("设立项目", reverse("volunteering:project_new"), primary=True)]
    rows = queries.projects_seen_by(request.actor)
    return pages.list_page(
        request,
        title="志愿服务项目",
        table=ProjectTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        actions=actions,
    )


def project(request: Request, project_id: int) -> HttpResponse:
    """Show one project and its activities."""
    found = get_object_or_404(queries.projects_seen_by(request.actor), pk=project_id)
    held = queries.activities_of(request.actor, found.org).filter(project=found)
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        facts=[
            ("主办组织", found.org.name),
            ("设立日期", found.opened_on.isoformat()),
            ("项目简介", found.about or "—"),
        ],
        related=[
            pages.Related(
                "活动",
                tables.short(ActivityTable, held[:FIRST]),
                empty="还没有活动，发布活动时选这个项目",
            )
        ],
        back=pages.Link("志愿服务项目", reverse("volunteering:projects")),
    )


def project_new(request: Request) -> HttpResponse:
    """Open a project."""
    actors.require(request.actor, Act.PUBLISH, at=request.scope.org)
    form = forms.ProjectForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="设立项目",
        form=form,
        do=lambda: reverse(
            "volunteering:project",
            args=[
                services.open_project(**form.cleaned_data, at=timezone.now(), by=request.actor).pk
            ],
        ),
        back=pages.Link("志愿服务项目", reverse("volunteering:projects")),
    )


def activity_templates(request: Request) -> HttpResponseBase:
    """Show the templates from which activities can be made."""
    actors.require(request.actor, Act.PUBLISH, at=request.scope.org)
    now = timezone.now()
    drop = pages.Bulk(
        "drop",
        "删除所选",
        lambda row: services.drop_template(template=cast(Template, row), at=now, by=request.actor),
    )
    return pages.list_page(
        request,
        title="活动模板",
        table=TemplateTable,
        rows=queries.templates_for(request.actor),
        actions=[drop],
    )
