"""Plans in an actor's sight, their steps, and what a form offers."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership
from qinghe.systems.reorganising import models
from qinghe.systems.reorganising.access import Act

# Named here for the edges, which do not import models.
Plan = models.Plan
Step = models.Step
Preview = models.Preview
State = Plan.State
SHOWN = ("org", "made_by", "submitted_by", "decided_by")
NO_SUCH = "（没有这个组织）"


def plans_seen_by(actor: Actor) -> QuerySet[Plan]:
    """Return the plans of organisations that this actor may see, the latest day first."""
    mine = Plan.objects.filter(actors.within_reach(actor, Act.SEE))
    return mine.select_related(*SHOWN).annotate(step_count=Count("steps"))


def steps_seen_by(actor: Actor) -> QuerySet[Step]:
    """Return the steps of the plans that this actor may see."""
    mine = actors.within_reach(actor, Act.SEE, path="plan__org__path")
    return Step.objects.filter(mine).select_related("plan__org", "org")


def drafts_of(actor: Actor, ids: Collection[int]) -> dict[int, Plan]:
    """Return the drafts with these numbers that this actor may add steps to."""
    mine = Plan.objects.filter(actors.within_reach(actor, Act.PLAN), pk__in=ids, state=State.DRAFT)
    return {plan.pk: plan for plan in mine.select_related("org").prefetch_related("steps")}


def held_plan(actor: Actor | str, plan: Plan) -> Plan:
    """Return a plan read anew once nobody else holds it."""
    rows = Plan.objects.select_for_update(of=("self",)).select_related("org")
    return rows.get(pk=plan.pk)


def plans_due(actor: Actor | str, on: date) -> QuerySet[Plan]:
    """Return the approved plans whose day has come, the earliest first."""
    return Plan.objects.filter(state=State.APPROVED, on__lte=on).order_by("on", "pk")


def preview_of(actor: Actor, plan: Plan) -> Preview | None:
    """Return what was foreseen of a plan, if it has not changed since."""
    return Preview.objects.filter(plan=plan).first()


def lines_of(actor: Actor, plan: Plan) -> list[tuple[Step, str]]:
    """Return the steps of a plan in their order, each in words."""
    steps = list(plan.steps.annotate(listed=Count("members")))
    codes = {code for step in steps for code in (step.code, step.to_code) if code}
    names = {org.code: org.name for org in Org.objects.filter(code__in=codes)}
    for step in steps:
        if step.kind == Step.Kind.OPEN:
            names.setdefault(step.code, f"{step.name}（新设）")
    return [(step, _words(step, names=names, listed=step.listed)) for step in steps]


def orgs_where_may_plan(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations for which this actor may draw up a plan."""
    return actors.orgs_where(actor, Act.PLAN).filter(closed_on__isnull=True)


def orgs_where_may_see(actor: Actor) -> QuerySet[Org]:
    """Return the organisations whose changes this actor may see, closed ones too."""
    return actors.orgs_where(actor, Act.SEE)


def orgs_coded(actor: Actor, codes: Collection[str]) -> dict[str, Org]:
    """Return the organisations with these codes, for steps that name them."""
    return {org.code: org for org in Org.objects.filter(code__in=list(codes))}


def orgs_listed(actor: Actor, plan: Plan, words: Sequence[str]) -> dict[str, str]:
    """Return the codes of what was typed as codes or full names: below the plan's, or opened by it.

    What is meant by nothing, or by two, is left out.
    """
    found: dict[str, set[str]] = {}
    below = Org.objects.filter(path__startswith=plan.org.path, closed_on__isnull=True)
    asked = below.filter(code__in=[word.upper() for word in words]) | below.filter(name__in=words)
    known = [*asked.values_list("code", "name")]
    known += list(plan.steps.filter(kind=Step.Kind.OPEN).values_list("code", "name"))
    for code, name in known:
        for word in words:
            if word.upper() == code or word == name:
                found.setdefault(word, set()).add(code)
    return {word: next(iter(codes)) for word, codes in found.items() if len(codes) == 1}


def members_at(actor: Actor, org: Org) -> list[Membership]:
    """Return the members on the roll of an organisation, for a form to tick."""
    held = Membership.objects.filter(org=org, ends_on__isnull=True)
    return list(held.select_related("person").order_by("person__number"))


def members_numbered(actor: Actor, numbers: Collection[str]) -> dict[str, tuple[int, str]]:
    """Return by number the person and the code of the organisation on whose roll they stand."""
    held = Membership.objects.filter(
        actors.within_reach(actor, Act.PLAN), ends_on__isnull=True, person__number__in=numbers
    )
    told = held.values_list("person__number", "person_id", "org__code")
    return {number: (person_id, code) for number, person_id, code in told}


def plans_waiting_for(actor: Actor) -> QuerySet[Plan]:
    """Return the plans that this actor can decide on: sent, and by others."""
    mine = Plan.objects.filter(actors.within_reach(actor, Act.APPROVE), state=State.SUBMITTED)
    return mine.exclude(made_by=actor.person_id).exclude(submitted_by=actor.person_id)


def plan_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show plans that wait as lines of the inbox."""
    return [
        Item(
            pk=plan.pk,
            title=f"{plan.title}，{plan.on.isoformat()}生效",
            url=reverse("reorganising:preview", args=[plan.pk]),
            org=plan.org.name,
        )
        for plan in plans_waiting_for(actor).filter(pk__in=ids).select_related("org")
    ]


def plan_lines(actor: Actor, ids: list[int]) -> list[Line]:
    """Return plans behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=plan.pk,
            title=plan.title,
            cells=(("组织", plan.org.name), ("生效日期", plan.on.isoformat())),
            url=reverse("reorganising:plan", args=[plan.pk]),
        )
        for plan in plans_seen_by(actor).filter(pk__in=ids)
    ]


def step_lines(actor: Actor, ids: list[int]) -> list[Line]:
    """Return steps behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=step.pk,
            title=f"{step.get_kind_display()}：{step.org.name if step.org else step.code}",
            cells=(("方案", step.plan.title), ("生效日期", step.plan.on.isoformat())),
            url=reverse("reorganising:plan", args=[step.plan_id]),
        )
        for step in steps_seen_by(actor).filter(pk__in=ids)
    ]


def _words(step: Step, *, names: dict[str, str], listed: int) -> str:
    one, other = names.get(step.code, NO_SUCH), names.get(step.to_code, NO_SUCH)
    kind = Step.Kind(step.kind)
    told = {
        Step.Kind.OPEN: f"在{other}下新设{step.name}（{step.get_org_kind_display()}）",
        Step.Kind.MOVE: f"{one}改属{other}",
        Step.Kind.MERGE: f"{one}并入{other}，团干部{step.get_posts_display()}",
        Step.Kind.MEMBERS: f"{one}的{_whom(step, listed=listed)}划转到{other}",
        Step.Kind.CLOSE: f"撤销{one}",
        Step.Kind.CHANGE: f"{one}：{_changed(step)}",
    }
    return told[kind]


def _whom(step: Step, *, listed: int) -> str:
    if step.whom == Step.Whom.LISTED:
        return f"{listed}名团员"
    if step.whom == Step.Whom.ENTERED:
        return f"{step.entered_from}至{step.entered_to}入册的团员"
    return "全部团员"


def _changed(step: Step) -> str:
    told = [
        ("更名为", step.name),
        ("领域改为", step.get_sector_display()),
        ("两新组织类别改为", step.get_new_org_kind_display()),
        ("行业团工委改为", step.get_industry_display()),
        ("取消", "两新标记" if step.unmarks else ""),
    ]
    return "，".join(f"{label}{value}" for label, value in told if value) or "没有变动"
