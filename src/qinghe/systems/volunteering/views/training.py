"""Training: what was held, who was credited; the heads that lack 学时."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Credit, Training, TrainingState

from .cells import CreditHours

TONES: dict[str, pages.Tone] = {
    TrainingState.HELD: pages.Tone.GOOD,
    TrainingState.CANCELLED: pages.Tone.PLAIN,
}
FIRST = 50


class TrainingTable(Table):
    """Trainings."""

    title = Column("培训名称", linkify=("volunteering:training", [A("pk")]))
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    org = Column("举办单位", accessor="org__name", order_by="org__path")
    day = columns.Day(verbose_name="结业日期")
    quarters = CreditHours("学时")
    attended = columns.Number(verbose_name="已登记人数")
    state = columns.State(verbose_name="状态", labels=dict(TrainingState.choices), tones=TONES)


class CreditTable(Table):
    """Who was credited at one training."""

    number = Column("志愿者编号", accessor="volunteer__number")
    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="training__org"
    )
    home = Column("主组织", accessor="volunteer__org__name")
    quarters = CreditHours("学时")
    state = Column(
        "状态", accessor="reason", empty_values=(), linkify=lambda record: _strike(record)
    )

    def render_state(self, record: Credit) -> str:
        """Say whether it counts, or why not."""
        return f"已取消：{record.reason}" if record.struck_at else "有效"


class LackingTable(Table):
    """Heads that lack 学时."""

    team = Column("队伍", accessor="team__name", linkify=("volunteering:team", [A("team_id")]))
    org = Column("主组织", accessor="team__org__name", order_by="team__org__path")
    number = Column("负责人编号", accessor="volunteer__number")
    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="team__org"
    )
    starts_on = columns.Day(verbose_name="任职日期")
    earned = CreditHours("已有头雁学时")


def trainings(request: Request) -> HttpResponseBase:
    """Show the trainings of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.TRAIN, at=request.scope.org):
        url = reverse("volunteering:training_new")
        actions.append(pages.Action("登记培训", url, primary=True))
        actions.append(pages.Action("学时不足的负责人", reverse("volunteering:heads_lacking")))
    return pages.list_page(
        request,
        title="培训和学时",
        table=TrainingTable,
        rows=queries.trainings_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.TrainingFilter,
        actions=actions,
        sheet="volunteering.credits",
    )


def training(request: Request, training_id: int) -> HttpResponse:
    """Show one training and who was credited."""
    found = _found(request, training_id)
    state = TrainingState(found.state)
    credited = queries.credits_seen_by(request.actor).filter(training=found)
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("类别", found.get_kind_display()),
            ("举办单位", found.org.name),
            ("结业日期", found.day.isoformat()),
            ("学时", rules.credit_hours(found.quarters)),
            ("已登记人数", found.attended),  # type: ignore[attr-defined]
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "学员",
                tables.short(CreditTable, credited[:FIRST]),
                url=reverse("volunteering:training_roster", args=[found.pk]),
                empty="还没有登记学员",
            )
        ],
        back=pages.Link("培训和学时", reverse("volunteering:trainings")),
    )


def training_roster(request: Request, training_id: int) -> HttpResponseBase:
    """Show everybody who was credited at a training."""
    found = _found(request, training_id)
    return pages.list_page(
        request,
        title=f"{found.title}学员",
        table=CreditTable,
        rows=queries.credits_seen_by(request.actor).filter(training=found),
    )


def training_new(request: Request) -> HttpResponse:
    """Enter a training."""
    actors.require(request.actor, Act.TRAIN, at=request.scope.org)
    form = forms.TrainingForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记培训",
        form=form,
        do=lambda: reverse(
            "volunteering:training",
            args=[
                services.enter_training(new=form.as_new(), at=timezone.now(), by=request.actor).pk
            ],
        ),
        back=pages.Link("培训和学时", reverse("volunteering:trainings")),
    )


def training_credit(request: Request, training_id: int) -> HttpResponse:
    """Credit who attended, one or a roster."""
    found = _found(request, training_id)
    actors.require(request.actor, Act.TRAIN, at=found.org)
    form = forms.RosterForm(request.POST or None, actor=request.actor)

    def do() -> str:
        made = services.credit(
            training=found,
            volunteers=form.cleaned_data["volunteers"],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(request, f"已登记{made}人，名单中原已登记的没有重复登记。")
        return _back(found).url

    return pages.act_page(
        request,
        title=f"登记学时：{found.title}",
        form=form,
        do=do,
        submit="登记学时",
        note=f"每人登记{rules.credit_hours(found.quarters)}学时。",
        back=_back(found),
    )


def training_cancel(request: Request, training_id: int) -> HttpResponse:
    """Call a training off."""
    found = _found(request, training_id)
    actors.require(request.actor, Act.TRAIN, at=found.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"取消{found.title}",
        note="取消后，已登记的学时不再计入，记录保留。",
        submit="确定取消",
        back=_back(found),
        then=lambda reason: services.cancel_training(
            training=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def credit_strike(request: Request, credit_id: int) -> HttpResponse:
    """Strike out one credit."""
    found: Credit = get_object_or_404(queries.credits_seen_by(request.actor), pk=credit_id)
    actors.require(request.actor, Act.TRAIN, at=found.training.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"取消{found.volunteer.number}的学时",
        submit="确定取消",
        back=_back(found.training),
        then=lambda reason: services.strike_credit(
            found=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def heads_lacking(request: Request) -> HttpResponseBase:
    """Show who leads a team and lacks 头雁 学时."""
    doors.require_anywhere(request.actor, Act.TRAIN)
    today = local_day(timezone.now())
    scheme = queries.team_scheme_on(request.actor, today)
    wanted = rules.credit_hours(scheme.head_quarters)
    return pages.list_page(
        request,
        title=f"头雁学时不足的负责人（近{scheme.head_months}个月须满{wanted}学时）",
        table=LackingTable,
        rows=queries.heads_lacking(request.actor, today).filter(
            team__org__path__startswith=request.scope.org.path
        ),
        actions=[pages.Action("培训和学时", reverse("volunteering:trainings"))],
    )


def _found(request: Request, training_id: int) -> Training:
    return get_object_or_404(queries.trainings_seen_by(request.actor), pk=training_id)


def _back(found: Training) -> pages.Link:
    return pages.Link(found.title, reverse("volunteering:training", args=[found.pk]))


def _strike(record: Credit) -> str | None:
    return None if record.struck_at else reverse("volunteering:credit_strike", args=[record.pk])


def _actions(request: Request, found: Training) -> list[pages.Action]:
    may = actors.may(request.actor, Act.TRAIN, at=found.org)
    if not may or found.state != TrainingState.HELD:
        return []
    key = [found.pk]
    return [
        pages.Action("登记学时", reverse("volunteering:training_credit", args=key), primary=True),
        pages.Action("取消培训", reverse("volunteering:training_cancel", args=key)),
    ]
