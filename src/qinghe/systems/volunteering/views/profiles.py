"""Profiles: one's own on the phone; for teams, who could come; for the district, the words."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_tables2 import Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs import queries as orgs
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Profile


class FindableTable(Table):
    """Who agreed to be found: a masked name, and nothing to reach them by."""

    personal = True

    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="volunteer__org"
    )
    org = Column("主组织", accessor="volunteer__org__name", order_by="volunteer__org__path")
    skills = Column("技能", empty_values=(), orderable=False)
    free_times = Column("空闲时间", orderable=False)
    languages = Column("语言", orderable=False)
    places = Column("意向社区", empty_values=(), orderable=False)

    def render_skills(self, record: Profile) -> str:
        """Write the words of the list, then their own."""
        words = [one.skill.word for one in record.skills.all()]
        return "、".join([*words, *([record.words] if record.words else [])])

    def render_free_times(self, value: int) -> str:
        """Write free times."""
        return rules.week_written(value)

    def render_languages(self, value: str) -> str:
        """Write languages."""
        return rules.languages_written(value)

    def render_places(self, record: Profile) -> str:
        """Write where they like to serve."""
        return "、".join(one.org.name for one in record.places.all())


@never_cache
def own_profile(request: Request) -> HttpResponse:
    """Show and change what one says of oneself."""
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
    kept = queries.own_profile(request.actor)
    initial = forms.ProfileForm.initial_of(kept)
    form = forms.ProfileForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            services.keep_profile(new=form.as_new(), at=timezone.now(), by=request.actor)
            messages.success(request, "已保存。")
            return redirect("volunteering:own_profile")
    return pages.page(
        request,
        "volunteering/own_profile.html",
        status=422 if form.errors else 200,
        title="我的志愿档案",
        form=form,
        places=[form[name] for name in forms.PLACES],
        since=kept.findable_on if kept else None,
    )


def findable(request: Request) -> HttpResponseBase:
    """Show who agreed to be found, to those who publish sessions."""
    doors.require_at(request.actor, Act.PUBLISH, org=request.scope.org)
    actions = []
    root = orgs.root()
    if root and actors.may(request.actor, Act.KEEP_SKILLS, at=root):
        actions.append(pages.Action("技能列表", reverse("volunteering:skill_words")))
    return pages.list_page(
        request,
        title="找志愿者",
        table=FindableTable,
        rows=queries.findable_by(request.actor),
        filterset=forms.FindableFilter,
        actions=actions,
    )


def could_come(request: Request, session_id: int) -> HttpResponseBase:
    """Show who could come to a session, and ask those who are ticked, by a notice."""
    found = get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)
    actors.require(request.actor, Act.PUBLISH, at=found.org)
    back = reverse("volunteering:session", args=[found.pk])
    return pages.list_page(
        request,
        title=f"邀请志愿者：{found.title}（已邀请{queries.calls_of(request.actor, found)}人）",
        table=FindableTable,
        rows=queries.could_come(request.actor, found),
        filterset=forms.FindableFilter,
        actions=[
            pages.Action("返回活动", back),
            pages.Bulk(
                "call",
                "邀请所选",
                lambda row: services.call_to_session(
                    session=found, profile=cast(Profile, row), at=timezone.now(), by=request.actor
                ),
                ask="给所选志愿者发出邀请通知？",
                primary=True,
            ),
        ],
    )


def skill_words(request: Request) -> HttpResponse:
    """Keep the list of words for skills."""
    _require_at_the_root(request)
    form = forms.SkillWordForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.add_skill_word(at=timezone.now(), by=request.actor, **form.cleaned_data)
            messages.success(request, f"已添加“{made.word}”。")
            return redirect("volunteering:skill_words")
    return pages.page(
        request,
        "volunteering/skill_words.html",
        status=422 if form.errors else 200,
        title="技能列表",
        form=form,
        rows=queries.all_skill_words(request.actor),
        back=pages.Link("找志愿者", reverse("volunteering:findable")),
    )


@require_POST
def skill_word_retire(request: Request, skill_word_id: int) -> HttpResponse:
    """Take a word off the list."""
    _require_at_the_root(request)
    found = get_object_or_404(queries.all_skill_words(request.actor), pk=skill_word_id)
    services.retire_skill_word(word=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已停用“{found.word}”，已选的人保留。")
    return redirect("volunteering:skill_words")


def _require_at_the_root(request: Request) -> None:
    root = orgs.root()
    if root is None:
        raise doors.closed()
    doors.require_at(request.actor, Act.KEEP_SKILLS, org=root)
