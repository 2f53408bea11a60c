"""Problems taken into the text, and what is promised for the next period."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from qinghe.analytics import catalogue
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import models, queries

from . import writing


@dataclass(frozen=True)
class Promise:
    """What is to be done, by whom and when, and the figure that shows it."""

    text: str
    org: Org
    due_on: date | None = None
    code: str = ""
    target: Decimal | None = None
    passage: models.Passage | None = None


@dataclass(frozen=True)
class Wording:
    """A proposal as its taker wants it said."""

    key: str
    heading: str
    text: str


@transaction.atomic
def take_proposal(
    *,
    report: models.Report,
    wording: Wording,
    after: models.Passage | None,
    at: datetime,
    by: Actor,
) -> models.Passage:
    """Put a proposed problem into the text as a passage of its own, behind another.

    Raises Refused: not_allowed, not_in_writing, already_taken, heading_needed.
    """
    report = queries.to_write(by, report)
    if models.Taken.objects.filter(
        report=report, key=wording.key, passage__removed_at__isnull=True
    ).exists():
        raise Refused("already_taken", "这条建议已经写进正文，没有重复添加。")
    models.Taken.objects.filter(report=report, key=wording.key).delete()  # its passage was removed
    made = writing.add_passage(
        report=report,
        kind=models.Passage.Kind.RUN_IN,
        heading=wording.heading,
        text=wording.text,
        after=after,
        at=at,
        by=by,
    )
    models.Taken.objects.create(
        report=report, key=wording.key, passage=made, at=at, by_id=by.person_id
    )
    audit.record(
        by=by,
        verb="drafting.take_proposal",
        subject=report,
        at=at,
        detail={"key": wording.key, "passage": made.pk},
    )
    return made


@transaction.atomic
def plan(*, report: models.Report, promise: Promise, at: datetime, by: Actor) -> models.PlanItem:
    """Promise something for the next period.

    Raises Refused: not_allowed, not_in_writing, nothing_said, target_needed, unknown_indicator,
    not_below, already_past.
    """
    report = queries.to_write(by, report)
    _check(report, promise)
    made = models.PlanItem.objects.create(report=report, **_columns(promise))
    _told(made, verb="drafting.plan", at=at, by=by)
    return made


@transaction.atomic
def change_plan(
    *, item: models.PlanItem, promise: Promise, at: datetime, by: Actor
) -> models.PlanItem:
    """Promise it otherwise. Raises Refused: as `plan`, and dropped."""
    report = queries.to_write(by, item.report)
    _check(report, promise)
    found = _standing(item)
    for name, value in _columns(promise).items():
        setattr(found, name, value)
    found.save()
    _told(found, verb="drafting.change_plan", at=at, by=by)
    return found


@transaction.atomic
def drop_plan(*, item: models.PlanItem, at: datetime, by: Actor) -> models.PlanItem:
    """Promise it no longer. Raises Refused: not_allowed, not_in_writing, dropped."""
    queries.to_write(by, item.report)
    found = _standing(item)
    found.dropped_at = at
    found.save(update_fields=["dropped_at"])
    _told(found, verb="drafting.drop_plan", at=at, by=by)
    return found


def _standing(item: models.PlanItem) -> models.PlanItem:
    found = models.PlanItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if found.dropped_at is not None:
        raise Refused("dropped", "这条计划已经取消，没有任何改动。")
    return found


def _columns(promise: Promise) -> dict[str, object]:
    return {
        "text": promise.text.strip()[:300],
        "org": promise.org,
        "due_on": promise.due_on,
        "code": promise.code,
        "target": promise.target,
        "passage": promise.passage,
    }


def _check(report: models.Report, promise: Promise) -> None:
    if not promise.text.strip():
        raise Refused("nothing_said", "请写明计划事项；没有保存。")
    if bool(promise.code) is not (promise.target is not None):
        raise Refused("target_needed", "指标和目标值要一起填写；没有保存。")
    if promise.code:
        catalogue.indicator(promise.code)
    if not promise.org.path.startswith(report.org.path):
        raise Refused("not_below", f"{promise.org.name}不在{report.org.name}之下；没有保存。")
    if promise.due_on and promise.due_on <= report.span.end:
        raise Refused("already_past", "完成期限要在报告期之后，请改正日期；没有保存。")
    if promise.passage is not None and promise.passage.report_id != report.pk:
        raise Refused("not_here", "这一段不在这份工作总结里；没有保存。")


def _told(item: models.PlanItem, *, verb: str, at: datetime, by: Actor) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject=item.report,
        at=at,
        detail={"item": item.pk, "text": item.text, "code": item.code, "target": str(item.target)},
    )
