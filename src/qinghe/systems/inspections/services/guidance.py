"""Guidance of federations, exchanges with others, and what was learned."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import models, rules
from qinghe.systems.inspections.access import Act

Exchange = models.Exchange
Guidance = models.Guidance
Lesson = models.Lesson


@dataclass(frozen=True)
class NewGuidance:
    """A guidance visit that has taken place."""

    org: Org
    day: date
    topics: str
    summary: str = ""


@dataclass(frozen=True)
class NewExchange:
    """An exchange that has taken place."""

    org: Org
    partner: str
    district: str
    day: date
    topics: str
    people: int
    outcome: str = ""


@dataclass(frozen=True)
class NewLesson:
    """Something learned."""

    org: Org
    title: str
    text: str
    source: str
    tags: str = ""
    exchange: Exchange | None = None


@transaction.atomic
def record_guidance(*, new: NewGuidance, at: datetime, by: Actor) -> Guidance:
    """Write a guidance visit down. Raises Refused: not_allowed, org_closed, not_a_federation, in_future."""
    actors.require(by, Act.GUIDE, at=new.org)
    orgs.check_takes_new(org=new.org)
    check_not_future(day=new.day, today=local_day(at), what="联系指导")
    if new.org.kind != OrgKind.VOLUNTEER_FEDERATION:
        raise Refused("not_a_federation", f"{new.org.name}不是义工联，没有登记，请另选。")
    made = Guidance.objects.create(org=new.org, day=new.day, topics=new.topics, summary=new.summary)
    audit.record(by=by, verb="inspections.record_guidance", subject=made, at=at)
    return made


@transaction.atomic
def add_problem(
    *, guidance: Guidance, words: str, due_on: date, at: datetime, by: Actor
) -> models.Finding:
    """Let a problem that a guidance visit heard of be put right by the federation.

    Raises Refused: not_allowed, wrong_order.
    """
    guidance = Guidance.objects.select_related("org").get(pk=guidance.pk)
    actors.require(by, Act.GUIDE, at=guidance.org)
    rules.check_due(due=due_on, day=guidance.day)
    made = models.Finding.objects.create(
        guidance=guidance, org=guidance.org, words=words, found_on=guidance.day, due_on=due_on
    )
    audit.record(by=by, verb="inspections.add_problem", subject=made, at=at)
    return made


@transaction.atomic
def record_exchange(*, new: NewExchange, at: datetime, by: Actor) -> Exchange:
    """Write an exchange down.

    Raises Refused: not_allowed, org_closed, in_future, nobody, entered_already.
    """
    actors.require(by, Act.EXCHANGE, at=new.org)
    orgs.check_takes_new(org=new.org)
    check_not_future(day=new.day, today=local_day(at), what="交流")
    if new.people < 1:
        raise Refused("nobody", "参加人数至少为1，没有登记，请改正。")
    columns = {"org": new.org, "partner": new.partner, "day": new.day, "topics": new.topics}
    if Exchange.objects.filter(**columns).exists():
        raise Refused("entered_already", "同一天与同一组织的这次交流已经登记，没有重复保存。")
    made = Exchange.objects.create(
        **columns, district=new.district, people=new.people, outcome=new.outcome
    )
    audit.record(by=by, verb="inspections.record_exchange", subject=made, at=at)
    return made


@transaction.atomic
def enter_lesson(*, new: NewLesson, at: datetime, by: Actor) -> Lesson:
    """Put something learned where others find it. Raises Refused: not_allowed, org_closed, name_taken."""
    actors.require(by, Act.EXCHANGE, at=new.org)
    orgs.check_takes_new(org=new.org)
    if Lesson.objects.filter(org=new.org, title=new.title).exists():
        raise Refused("name_taken", f"“{new.title}”已经登记，没有重复保存。")
    made = Lesson.objects.create(
        org=new.org,
        exchange=new.exchange,
        title=new.title,
        text=new.text,
        source=new.source,
        tags=rules.tags_of(new.tags),
        entered_on=local_day(at),
    )
    audit.record(by=by, verb="inspections.enter_lesson", subject=made, at=at)
    return made
