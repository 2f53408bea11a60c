"""Milestones: set, reached, taken back."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.projects import rules
from qinghe.systems.projects.models import JointProject, Milestone, Part

from .common import RUNNING, _locked_project, _whose


@transaction.atomic
def set_milestone(
    *,
    project: JointProject,
    part: Part | None,
    title: str,
    due_on: date,
    at: datetime,
    by: Actor,
) -> Milestone:
    """Say what must be reached by which day.

    Raises Refused: not_allowed, over, outside, there_already.
    """
    kept = _locked_project(project)
    rules.check_ended(is_ended=kept.is_over)
    org = _whose(kept, part, by=by)
    rules.check_within(
        starts_on=due_on, due_on=due_on, first=kept.starts_on, last=kept.ends_on, whose="项目"
    )
    same = kept.milestones.filter(part=part, title=title.strip())
    rules.check_fresh(is_there=same.exists(), what="节点")
    made = Milestone.objects.create(
        project=kept, part=part, org=org, title=title.strip(), due_on=due_on
    )
    detail = {"milestone": f"{made.title}（{due_on.isoformat()}）"}
    audit.record(by=by, verb="projects.set_milestone", subject=kept, at=at, detail=detail)
    return made


@transaction.atomic
def reach_milestone(*, milestone: Milestone, at: datetime, by: Actor) -> Milestone:
    """Say that it is reached. Raises Refused: not_allowed, not_running, reached_already."""
    kept = _locked(milestone, by=by)
    rules.check_running(is_running=kept.project.state == RUNNING)
    kept.done_on, kept.done_by_id = local_day(at), by.person_id
    kept.save(update_fields=["done_on", "done_by"])
    detail = {"milestone": kept.title}
    audit.record(by=by, verb="projects.reach_milestone", subject=kept.project, at=at, detail=detail)
    return kept


@transaction.atomic
def drop_milestone(*, milestone: Milestone, at: datetime, by: Actor) -> None:
    """Take back what is not reached. Raises Refused: not_allowed, over, reached_already."""
    kept = _locked(milestone, by=by)
    rules.check_ended(is_ended=kept.project.is_over)
    project = kept.project
    detail = {"milestone": f"{kept.title}（{kept.due_on.isoformat()}）"}
    kept.delete()
    audit.record(by=by, verb="projects.drop_milestone", subject=project, at=at, detail=detail)


def _locked(milestone: Milestone, *, by: Actor) -> Milestone:
    project = _locked_project(milestone.project)
    rows = Milestone.objects.select_for_update(of=("self",))
    kept = rows.select_related("project__org", "part__org", "part__above").get(pk=milestone.pk)
    _whose(project, kept.part, by=by)
    if kept.done_on is not None:
        raise Refused("reached_already", "这个节点已经记为达到，没有改动。")
    return kept
