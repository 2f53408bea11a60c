"""Graduating classes and the ceilings of members among their students (T-15)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs import services as org_services
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import models, rules
from qinghe.systems.joining.access import Act


@dataclass(frozen=True)
class NewCeiling:
    """A ceiling to come: for whom, from which day, how high, and by whose word."""

    stage: str
    starts_on: date
    per_mille: int
    is_hard: bool
    source: str
    reason: str


@transaction.atomic
def set_ceiling(*, new: NewCeiling, at: datetime, by: Actor) -> models.RatioCeiling:
    """Set a ceiling from today or a coming day on; those that held stay as they were.

    Raises Refused: not_allowed, reason_needed, wrong_order, wrong_share, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    source, reason = rules.check_reason(new.source), rules.check_reason(new.reason)
    if new.starts_on < local_day(at):
        raise Refused("wrong_order", "施行日期不能早于今天，没有保存；已经施行的上限不改动。")
    if not 1 <= new.per_mille <= 1000:
        raise Refused("wrong_share", "上限须在0.1%和100%之间，没有保存，请改正。")
    same = models.RatioCeiling.objects.filter(stage=new.stage, starts_on=new.starts_on)
    if same.exists():
        raise Refused("day_taken", "这一天已有上限开始施行，没有保存；请改用另一天。")
    made = models.RatioCeiling.objects.create(
        stage=new.stage,
        starts_on=new.starts_on,
        per_mille=new.per_mille,
        is_hard=new.is_hard,
        source=source,
        reason=reason,
        entered_by_id=by.person_id,
    )
    detail = {"per_mille": new.per_mille, "starts_on": str(new.starts_on), "reason": reason}
    audit.record(by=by, verb="joining.set_ceiling", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def enter_class(
    *, org: Org, year: int, stage: str, students: int, at: datetime, by: Actor
) -> models.GraduatingClass:
    """Write down that a branch graduates in a year, and of how many students it is.

    Raises Refused: not_allowed, not_a_branch, org_closed, wrong_year, class_known.
    """
    actors.require(by, Act.RUN, at=org)
    rules.check_takes_applicants(kind=org.kind)
    org_services.check_takes_new(org=org)
    today = local_day(at)
    if not today.year - 1 <= year <= today.year + 1:
        raise Refused("wrong_year", "毕业年份须是今年前后一年以内，没有保存，请改正。")
    if models.GraduatingClass.objects.filter(org=org, year=year).exists():
        raise Refused(
            "class_known", f"{org.name}已登记为{year}届毕业班，没有重复保存；请更正原登记。"
        )
    starts_on, ends_on = rules.school_year_of(year)
    made = models.GraduatingClass.objects.create(
        org=org,
        year=year,
        stage=stage,
        students=students,
        starts_on=starts_on,
        ends_on=ends_on,
        entered_by_id=by.person_id,
        entered_at=at,
    )
    detail = {"org": org.code, "year": year, "students": students}
    audit.record(by=by, verb="joining.enter_class", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def change_class(
    *, found: models.GraduatingClass, students: int, reason: str, at: datetime, by: Actor
) -> models.GraduatingClass:
    """Correct how many students a class has; before and after stay in the trail.

    Raises Refused: not_allowed, reason_needed.
    """
    why = rules.check_reason(reason)
    rows = models.GraduatingClass.objects.select_for_update(of=("self",)).select_related("org")
    kept = rows.get(pk=found.pk)
    actors.require(by, Act.RUN, at=kept.org)
    detail = {"students": [kept.students, students], "reason": why}
    kept.students = students
    kept.save(update_fields=["students"])
    audit.record(by=by, verb="joining.change_class", subject=kept, at=at, detail=detail)
    return kept
