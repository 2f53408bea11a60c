"""A project: proposed, begun, extended, closed with a summary or broken off."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.projects import rules
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.models import OPEN, JointProject

from .common import _led_project

State = JointProject.State
WHAT = "项目"


@dataclass(frozen=True)
class NewProject:
    """What a project says about itself."""

    title: str
    org: Org
    aim: str
    starts_on: date
    ends_on: date


@transaction.atomic
def propose_project(*, new: NewProject, at: datetime, by: Actor) -> JointProject:
    """Begin a project as a draft of the organisation that leads it.

    Raises Refused: not_allowed, org_closed, wrong_order, there_already.
    """
    actors.require(by, Act.LEAD, at=new.org)
    orgs.check_takes_new(org=new.org)
    _check(new, besides=0)
    made = JointProject.objects.create(
        title=new.title.strip(),
        org=new.org,
        aim=new.aim.strip(),
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )
    audit.record(by=by, verb="projects.propose_project", subject=made, at=at)
    return made


@transaction.atomic
def change_project(
    *, project: JointProject, new: NewProject, at: datetime, by: Actor
) -> JointProject:
    """Correct a draft. Raises Refused: not_allowed, wrong_state, other_org, and those of proposing."""
    kept = _led_project(project, by=by)
    if kept.state != State.DRAFT:
        raise Refused(
            "wrong_state", "项目已经立项，名称、目标和日期不再改动；需要延期的请用“延期”。"
        )
    if new.org.pk != kept.org_id:
        raise Refused("other_org", "项目建立后不能换牵头单位，没有保存；建错的请终止后另建。")
    _check(new, besides=kept.pk)
    for part in kept.parts.filter(state__in=OPEN):
        rules.check_within(
            starts_on=part.starts_on, due_on=part.due_on, first=new.starts_on, last=new.ends_on
        )
    kept.title, kept.aim = new.title.strip(), new.aim.strip()
    kept.starts_on, kept.ends_on = new.starts_on, new.ends_on
    kept.save(update_fields=["title", "aim", "starts_on", "ends_on"])
    audit.record(by=by, verb="projects.change_project", subject=kept, at=at)
    return kept


@transaction.atomic
def start_project(*, project: JointProject, at: datetime, by: Actor) -> JointProject:
    """Found it: from now on those who were given parts see them. Raises: not_allowed, no_parts."""
    kept = _led_project(project, by=by)
    rules.check_move(rules.PROJECT_MOVES, now=kept.state, to=State.RUNNING, what=WHAT)
    offered = kept.parts.filter(state__in=OPEN)
    rules.check_to_start(parts=offered.count())
    kept.state, kept.founded_on = State.RUNNING, local_day(at)
    kept.save(update_fields=["state", "founded_on"])
    offered.update(offered_on=kept.founded_on)
    audit.record(by=by, verb="projects.start_project", subject=kept, at=at)
    return kept


@transaction.atomic
def extend_project(
    *, project: JointProject, ends_on: date, reason: str, at: datetime, by: Actor
) -> JointProject:
    """Let a project last longer, with a reason.

    Raises Refused: not_allowed, over, not_running, wrong_order, reason_needed.
    """
    kept = _led_project(project, by=by)
    check_reason(reason)
    rules.check_running(is_running=kept.state == State.RUNNING)
    rules.check_extended(ends_on=ends_on, before=kept.ends_on)
    detail = {
        "before": kept.ends_on.isoformat(),
        "after": ends_on.isoformat(),
        "reason": reason.strip(),
    }
    kept.ends_on = ends_on
    kept.save(update_fields=["ends_on"])
    audit.record(by=by, verb="projects.extend_project", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def close_project(*, project: JointProject, summary: str, at: datetime, by: Actor) -> JointProject:
    """Close what is done, with a summary. Raises Refused: not_allowed, open_parts, summary_needed."""
    kept = _led_project(project, by=by)
    rules.check_move(rules.PROJECT_MOVES, now=kept.state, to=State.CLOSED, what=WHAT)
    rules.check_summary(summary=summary, open_parts=kept.parts.filter(state__in=OPEN).count())
    kept.state, kept.summary, kept.ended_on = State.CLOSED, summary.strip(), local_day(at)
    kept.save(update_fields=["state", "summary", "ended_on"])
    audit.record(by=by, verb="projects.close_project", subject=kept, at=at)
    return kept


@transaction.atomic
def cancel_project(*, project: JointProject, reason: str, at: datetime, by: Actor) -> JointProject:
    """Break a project off, with a reason. Raises Refused: not_allowed, over, reason_needed."""
    kept = _led_project(project, by=by)
    check_reason(reason)
    rules.check_move(rules.PROJECT_MOVES, now=kept.state, to=State.CANCELLED, what=WHAT)
    kept.state, kept.reason, kept.ended_on = State.CANCELLED, reason.strip(), local_day(at)
    kept.save(update_fields=["state", "reason", "ended_on"])
    detail = {"reason": kept.reason}
    audit.record(by=by, verb="projects.cancel_project", subject=kept, at=at, detail=detail)
    return kept


def _check(new: NewProject, *, besides: int) -> None:
    rules.check_days(starts_on=new.starts_on, ends_on=new.ends_on)
    there = JointProject.objects.filter(org=new.org, title=new.title.strip())
    rules.check_fresh(is_there=there.exclude(pk=besides).exists(), what="项目")
