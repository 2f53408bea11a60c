"""Schemes: drawn up, their items entered, published to whom they are for, revised before any began."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse

from qinghe.analytics import catalogue
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import PeriodKind, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import models, queries, rules
from qinghe.systems.assessments.access import Act

Scheme = models.Scheme
Item = models.Item
State = models.Scheme.State
LENGTHS = (PeriodKind.YEAR, PeriodKind.HALF_YEAR)


@dataclass(frozen=True)
class NewScheme:
    """What a scheme says of itself, beside its items. Marks are hundredths, days working days."""

    name: str
    period: str
    audience: str
    self_by: date
    source: str
    full: int = 10_000
    bonus_cap: int = 500
    deduction_cap: int = 1_000
    reviewers: int = 1
    combine: str = rules.MEAN
    object_days: int = 5
    answer_days: int = 5


@dataclass(frozen=True)
class NewItem:
    """One thing to be marked. An item by a figure has a code, and a target or steps."""

    name: str
    full: int
    way: str = Item.Way.SELF
    sort: str = Item.Sort.NORMAL
    standard: str = ""
    code: str = ""
    target: int | None = None
    steps: tuple[rules.Step, ...] = ()
    evidence_needed: bool = False


@transaction.atomic
def draw_up(*, new: NewScheme, at: datetime, by: Actor) -> Scheme:
    """Begin a scheme of a year or half-year.

    Raises Refused: not_allowed, unknown_period, wrong_period, wrong_order, reason_needed,
    already_there.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.MAKE, at=root)
    _check_told(new, at=at)
    living = Scheme.objects.filter(org=root, period=new.period, audience=new.audience)
    if living.exclude(state__in=queries.GONE).exists():
        raise Refused("already_there", "这一考核期对这些单位已有考核方案，没有重复建立。")
    last = living.aggregate(last=Max("version"))["last"] or 0
    made = Scheme.objects.create(org=root, version=last + 1, **asdict(new))
    audit.record(by=by, verb="assessments.draw_up", subject=made, at=at)
    return made


@transaction.atomic
def change(*, scheme: Scheme, new: NewScheme, at: datetime, by: Actor) -> Scheme:
    """Correct a scheme that was not published yet.

    Raises Refused: not_allowed, wrong_state, unknown_period, wrong_period, wrong_order,
    reason_needed, already_there.
    """
    scheme = _draft(scheme, by=by)
    _check_told(new, at=at)
    others = Scheme.objects.filter(org=scheme.org, period=new.period, audience=new.audience)
    if others.exclude(pk=scheme.pk).exclude(state__in=queries.GONE).exists():
        raise Refused("already_there", "这一考核期对这些单位已有考核方案，没有保存。")
    for name, value in asdict(new).items():
        setattr(scheme, name, value)
    scheme.save(update_fields=list(asdict(new)))
    audit.record(by=by, verb="assessments.change", subject=scheme, at=at)
    return scheme


@transaction.atomic
def drop(*, scheme: Scheme, reason: str, at: datetime, by: Actor) -> Scheme:
    """Give a draft up. Raises Refused: not_allowed, wrong_state, reason_needed."""
    rules.check_reason(reason)
    scheme = _draft(scheme, by=by)
    scheme.state = State.DROPPED
    scheme.save(update_fields=["state"])
    audit.record(
        by=by, verb="assessments.drop", subject=scheme, at=at, detail={"reason": reason.strip()}
    )
    return scheme


@transaction.atomic
def add_heading(*, scheme: Scheme, name: str, at: datetime, by: Actor) -> Item:
    """Add a heading under which items stand. Raises Refused: not_allowed, wrong_state."""
    scheme = _draft(scheme, by=by)
    place = _next_place(scheme.items.filter(parent__isnull=True))
    made = Item.objects.create(scheme=scheme, place=place, name=name, way=Item.Way.HEADING)
    audit.record(by=by, verb="assessments.add_item", subject=scheme, at=at, detail={"item": name})
    return made


@transaction.atomic
def add_item(*, heading: Item, new: NewItem, at: datetime, by: Actor) -> Item:
    """Add an item under a heading.

    Raises Refused: not_allowed, wrong_state, wrong_marks, wrong_scale, unknown_figure.
    """
    scheme = _draft(heading.scheme, by=by)
    _check_kind(heading, wanted=True)
    _check_item(new)
    made = Item(scheme=scheme, parent=heading, place=_next_place(heading.items.all()))
    _enter(made, new)
    audit.record(
        by=by, verb="assessments.add_item", subject=scheme, at=at, detail={"item": new.name}
    )
    return made


@transaction.atomic
def change_item(*, item: Item, new: NewItem, at: datetime, by: Actor) -> Item:
    """Correct an item.

    Raises Refused: not_allowed, wrong_state, wrong_marks, wrong_scale, unknown_figure.
    """
    scheme = _draft(item.scheme, by=by)
    _check_kind(item, wanted=False)
    _check_item(new)
    item.steps.all().delete()
    _enter(item, new)
    audit.record(
        by=by, verb="assessments.change_item", subject=scheme, at=at, detail={"item": new.name}
    )
    return item


@transaction.atomic
def drop_item(*, item: Item, at: datetime, by: Actor) -> Scheme:
    """Take an item out of a draft, or a heading under which nothing stands.

    Raises Refused: not_allowed, wrong_state, has_items.
    """
    scheme = _draft(item.scheme, by=by)
    if item.items.exists():
        raise Refused("has_items", "这个分类下面还有项目，没有删除，请先删除项目。")
    item.delete()
    audit.record(
        by=by, verb="assessments.drop_item", subject=scheme, at=at, detail={"item": item.name}
    )
    return scheme


@transaction.atomic
def publish(*, scheme: Scheme, at: datetime, by: Actor) -> Scheme:
    """Publish a scheme: every organisation it is for gets its sheet, and is told.

    Raises Refused: not_allowed, wrong_state, does_not_add_up, wrong_order, nobody_assessed.
    """
    scheme = _locked(scheme, by=by)
    rules.check_move(rules.SCHEME_MOVES, now=scheme.state, to=State.PUBLISHED, what="方案")
    items = queries.items_of(by, scheme)
    rules.check_adds_up(
        normal=[item.full for item in items if item.sort == Item.Sort.NORMAL],
        full=scheme.full,
        empty_headings=scheme.items.filter(parent__isnull=True, items__isnull=True).count(),
    )
    today = local_day(at)
    rules.check_day_to_come(day=scheme.self_by, today=today, what="自评截止日期")
    chosen = list(queries.orgs_for(by, scheme))
    if not chosen:
        raise Refused("nobody_assessed", "没有属于这类考核对象的单位，没有发布。")
    _hand_out(scheme, chosen, items)
    scheme.state, scheme.published_on = State.PUBLISHED, today
    scheme.save(update_fields=["state", "published_on"])
    notices.notify(
        person_ids=queries.keepers_of(by, chosen, today),
        kind=Kind.TODO,
        title=f"考核自评：{scheme.name}",
        text=f"请在{scheme.self_by.isoformat()}前填报本单位自评。",
        url=reverse("assessments:own"),
        at=at,
    )
    audit.record(
        by=by, verb="assessments.publish", subject=scheme, at=at, detail={"units": len(chosen)}
    )
    return scheme


@transaction.atomic
def revise(*, scheme: Scheme, reason: str, at: datetime, by: Actor) -> Scheme:
    """Make a new version of a published scheme, as long as nobody began to score itself.

    Raises Refused: not_allowed, wrong_state, reason_needed, has_begun.
    """
    rules.check_reason(reason)
    scheme = _locked(scheme, by=by)
    rules.check_move(rules.SCHEME_MOVES, now=scheme.state, to=State.REPLACED, what="方案")
    rules.check_nothing_begun(begun=queries.begun(by, scheme))
    scheme.state = State.REPLACED
    scheme.save(update_fields=["state"])
    made = _copied(scheme)
    audit.record(
        by=by, verb="assessments.revise", subject=made, at=at, detail={"reason": reason.strip()}
    )
    return made


def _check_told(new: NewScheme, *, at: datetime) -> None:
    if periods.parse(new.period).kind not in LENGTHS:
        raise Refused("wrong_period", "考核期只能是一年或半年，没有保存，请改正。")
    rules.check_reason(new.source)
    rules.check_full(new.full)
    rules.check_day_to_come(day=new.self_by, today=local_day(at), what="自评截止日期")


def _check_item(new: NewItem) -> None:
    rules.check_full(new.full)
    if new.way != Item.Way.FIGURE:
        return
    if new.code not in catalogue.every():
        raise Refused("unknown_figure", f"没有代码为{new.code}的指标，没有保存，请核对。")
    rules.check_scale(rules.Scale(new.full, new.target, new.steps))


def _check_kind(item: Item, *, wanted: bool) -> None:
    if (item.way == Item.Way.HEADING) is not wanted:
        raise Refused("wrong_state", "项目只能加在分类下面，分类本身没有分数；没有保存。")


def _enter(item: Item, new: NewItem) -> None:
    is_figure = new.way == Item.Way.FIGURE
    item.name, item.standard, item.way, item.sort = new.name, new.standard, new.way, new.sort
    item.full, item.evidence_needed = new.full, new.evidence_needed and not is_figure
    item.code = new.code if is_figure else ""
    item.target = new.target if is_figure else None
    item.save()
    if is_figure:
        models.ItemStep.objects.bulk_create(
            models.ItemStep(item=item, at_least=step.at_least, marks=step.marks)
            for step in new.steps
        )


def _hand_out(scheme: Scheme, chosen: Sequence[Org], items: Sequence[Item]) -> None:
    sheets = models.Assessment.objects.bulk_create(
        models.Assessment(scheme=scheme, org=org, due_on=scheme.self_by) for org in chosen
    )
    models.Mark.objects.bulk_create(
        (models.Mark(assessment=sheet, item=item) for sheet in sheets for item in items),
        batch_size=500,
    )


def _copied(scheme: Scheme) -> Scheme:
    """Return the next version of a scheme, with the same items, as a draft."""
    told = {name: getattr(scheme, name) for name in NewScheme.__dataclass_fields__}
    made = Scheme.objects.create(
        org=scheme.org, version=scheme.version + 1, takes_over=scheme, **told
    )
    headings: dict[int | None, Item] = {}
    for old in scheme.items.filter(parent__isnull=True).order_by("place"):
        headings[old.pk] = Item.objects.create(
            scheme=made, place=old.place, name=old.name, way=old.way
        )
    for old in scheme.items.filter(parent__isnull=False).prefetch_related("steps"):
        copy = Item(scheme=made, parent=headings[old.parent_id], place=old.place)
        _enter(copy, _told_of(old))
    return made


def _told_of(item: Item) -> NewItem:
    return NewItem(
        name=item.name,
        full=item.full,
        way=item.way,
        sort=item.sort,
        standard=item.standard,
        code=item.code,
        target=item.target,
        steps=tuple(rules.Step(step.at_least, step.marks) for step in item.steps.all()),
        evidence_needed=item.evidence_needed,
    )


def _next_place(rows: QuerySet[Item]) -> int:
    last: int | None = rows.aggregate(last=Max("place"))["last"]
    return (last or 0) + 1


def _locked(scheme: Scheme, *, by: Actor) -> Scheme:
    kept = Scheme.objects.select_for_update(of=("self",)).select_related("org")
    found = kept.get(pk=scheme.pk)
    actors.require(by, Act.MAKE, at=found.org)
    return found


def _draft(scheme: Scheme, *, by: Actor) -> Scheme:
    found = _locked(scheme, by=by)
    if found.state != State.DRAFT:
        raise Refused("wrong_state", "方案已经发布，不能再改，没有保存；确需修改请先“修订”。")
    return found
