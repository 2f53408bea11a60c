"""Drawing a plan up: its words, its steps and their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.reorganising import models, queries, rules
from qinghe.systems.reorganising.access import Act
from qinghe.systems.reorganising.models import Plan, Step, StepMember

KEPT = (
    "place", "kind", "code", "to_code", "name", "org_kind", "level", "sector", "new_org_kind",
    "industry", "unmarks", "posts", "whom", "entered_from", "entered_to",
)  # fmt: skip


@dataclass(frozen=True)
class NewPlan:
    """What a plan says of itself."""

    title: str
    reason: str
    on: date
    document: str = ""


@dataclass(frozen=True)
class NewStep:
    """A step to be added; whom it moves is named by the keys of persons."""

    kind: str
    code: str
    to_code: str = ""
    name: str = ""
    org_kind: str = ""
    level: str = ""
    sector: str = ""
    new_org_kind: str = ""
    industry: str = ""
    unmarks: bool = False
    posts: str = Step.Posts.END
    whom: str = ""
    entered_from: date | None = None
    entered_to: date | None = None
    persons: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReadyStep:
    """A line of a workbook: the plan that it belongs to, and its step."""

    plan_id: int
    step: NewStep


@transaction.atomic
def draw_up(*, org: Org, new: NewPlan, at: datetime, by: Actor) -> Plan:
    """Begin a plan for what stands below an organisation. Raises Refused: not_allowed, day_passed."""
    actors.require(by, Act.PLAN, at=org)
    rules.check_day(on=new.on, today=local_day(at))
    plan = Plan.objects.create(org=org, **vars(new), made_by_id=by.person_id, made_on=local_day(at))
    audit.record(by=by, verb="reorganising.draw_up", subject=plan, at=at)
    return plan


@transaction.atomic
def change_plan(*, plan: Plan, new: NewPlan, at: datetime, by: Actor) -> Plan:
    """Change what a draft says of itself. Raises Refused: not_allowed, wrong_state, day_passed."""
    kept = _draft(plan, by=by)
    rules.check_day(on=new.on, today=local_day(at))
    told = {name: str(value) for name, value in vars(new).items() if getattr(kept, name) != value}
    for name, value in vars(new).items():
        setattr(kept, name, value)
    kept.save()
    _outdate(kept)
    audit.record(by=by, verb="reorganising.change_plan", subject=kept, at=at, detail=told)
    return kept


@transaction.atomic
def copy_plan(*, plan: Plan, on: date, at: datetime, by: Actor) -> Plan:
    """Begin a draft with the steps of another plan. Raises Refused: not_allowed, day_passed."""
    new = NewPlan(title=plan.title, reason=plan.reason, on=on, document=plan.document)
    made = draw_up(org=plan.org, new=new, at=at, by=by)
    steps = [
        NewStep(
            **{name: getattr(step, name) for name in KEPT if name != "place"},
            persons=tuple(step.members.values_list("person_id", flat=True)),
        )
        for step in plan.steps.prefetch_related("members")
    ]
    if steps:
        add_steps(plan=made, new=steps, at=at, by=by)
    return made


@transaction.atomic
def add_steps(*, plan: Plan, new: Sequence[NewStep], at: datetime, by: Actor) -> list[Step]:
    """Add steps at the end of a draft.

    If they can be done shows in the preview. Raises Refused: not_allowed, wrong_state, too_many,
    bad_span, unknown_org, outside_plan.
    """
    kept = _draft(plan, by=by)
    there = list(kept.steps.all())
    rules.check_steps(count=len(there) + len(new))
    _check_named(kept, there=there, new=new, by=by)
    last = max((step.place for step in there), default=0)
    made = [_add(kept, one, place=last + n) for n, one in enumerate(new, start=1)]
    _outdate(kept)
    audit.record(
        by=by,
        verb="reorganising.add_steps",
        subject=kept,
        at=at,
        detail={"steps": "；".join(str(step) for step in made)[:400]},
    )
    return made


@transaction.atomic
def add_many(
    *, ready: Sequence[ReadyStep], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Add a chunk of steps from a workbook, checked before, each to the end of its draft.

    Lines that move listed members between the same two organisations are one step. Raises Refused:
    not_allowed, wrong_state, too_many.
    """
    for plan in Plan.objects.filter(pk__in={one.plan_id for one in ready}).order_by("pk"):
        steps = [one.step for one in ready if one.plan_id == plan.pk]
        made = add_steps(plan=plan, new=_gathered(steps), at=at, by=by)
        audit.record_many(
            by=by,
            verb="reorganising.add_many",
            model=Step,
            ids=[step.pk for step in made],
            at=at,
            detail=source,
        )
    return len(ready)


@transaction.atomic
def remove_step(*, step: Step, at: datetime, by: Actor) -> Plan:
    """Take a step out of a draft. Raises Refused: not_allowed, wrong_state."""
    kept = _draft(step.plan, by=by)
    told = {"steps": str(step)}
    step.delete()
    _outdate(kept)
    audit.record(by=by, verb="reorganising.remove_step", subject=kept, at=at, detail=told)
    return kept


@transaction.atomic
def place_step(*, step: Step, place: int, at: datetime, by: Actor) -> Plan:
    """Put a step of a draft at another place, counted from 1; the others close up.

    Raises Refused: not_allowed, wrong_state.
    """
    kept = _draft(step.plan, by=by)
    others = [one for one in kept.steps.all() if one.pk != step.pk]
    at_place = max(0, min(place - 1, len(others)))
    in_order = [*others[:at_place], step, *others[at_place:]]
    for number, one in enumerate(in_order, start=1):
        one.place = number
    Step.objects.bulk_update(in_order, ["place"])
    _outdate(kept)
    told = {"steps": str(step), "place": at_place + 1}
    audit.record(by=by, verb="reorganising.place_step", subject=kept, at=at, detail=told)
    return kept


def _draft(plan: Plan, *, by: Actor) -> Plan:
    kept = queries.held_plan(by, plan)
    actors.require(by, Act.PLAN, at=kept.org)
    rules.check_draft(state=kept.state)
    return kept


def _outdate(plan: Plan) -> None:
    models.Preview.objects.filter(plan=plan).delete()


def _check_named(plan: Plan, *, there: Sequence[Step], new: Sequence[NewStep], by: Actor) -> None:
    """Refuse steps about organisations that are not there and that no earlier step opens."""
    opened = {step.code for step in there if step.kind == Step.Kind.OPEN}
    codes = {code for one in new for code in (one.code, one.to_code) if code}
    known = queries.orgs_coded(by, codes)
    for one in new:
        rules.check_span(first=one.entered_from, last=one.entered_to, whom=one.whom)
        if one.kind == Step.Kind.OPEN:
            rules.check_free(code=one.code, taken=one.code in known or one.code in opened)
            opened.add(one.code)
        elif one.code not in opened:
            org = rules.check_known(known.get(one.code), code=one.code)
            rules.check_within(path=org.path, scope=plan.org.path, name=org.name)
        if one.to_code and one.to_code not in opened:
            target = rules.check_known(known.get(one.to_code), code=one.to_code)
            rules.check_target(path=target.path, scope=plan.org.path, name=target.name)


def _add(plan: Plan, new: NewStep, *, place: int) -> Step:
    told = {name: value for name, value in vars(new).items() if name != "persons"}
    step = Step.objects.create(plan=plan, place=place, **told)
    StepMember.objects.bulk_create(
        StepMember(step=step, person_id=person_id) for person_id in dict.fromkeys(new.persons)
    )
    return step


def _gathered(steps: Sequence[NewStep]) -> list[NewStep]:
    """Make one step of all lines that move listed members along the same way, where the first is."""
    found: list[NewStep] = []
    place: dict[tuple[str, str], int] = {}
    for one in steps:
        way = (one.code, one.to_code)
        if one.whom != Step.Whom.LISTED:
            found.append(one)
        elif way in place:
            first = found[place[way]]
            told = {**vars(first), "persons": (*first.persons, *one.persons)}
            found[place[way]] = NewStep(**told)
        else:
            place[way] = len(found)
            found.append(one)
    return found
