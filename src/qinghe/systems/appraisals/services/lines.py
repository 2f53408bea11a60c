"""What happens to one member's line: who is under review, on which roll, and a corrected grade."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import models, rules
from qinghe.systems.appraisals.access import Act

from .held import Held

Line = models.Line
Roll = models.Roll
Standing = models.Standing
NO_PEERS = {f"peers_{grade}": 0 for grade in models.Grade.values}
NO_VOTES = {f"votes_{grade}": 0 for grade in models.Grade.values}


@transaction.atomic
def place(*, line: Line, standing: str, reason: str, at: datetime, by: Actor) -> Line:
    """Say whether a member is under review, and why not; a grade thought of before is dropped.

    Raises Refused: not_allowed, already_proposed, reason_needed, not_in_the_party.
    """
    roll = Held.kept(line.roll_id, act=Act.KEEP, by=by)
    rules.check_still_open(roll.state)
    kept = _line(roll, line.pk)
    kept.standing = Standing(standing).value
    if kept.standing == Standing.PARTY:
        _check_in_the_party(kept)
    stays_away = kept.standing in rules.STAYING_AWAY
    kept.reason = rules.check_reason(reason) if stays_away else ""
    if kept.standing != Standing.IN:
        kept.grade = ""
    kept.save(update_fields=["standing", "reason", "grade"])
    Held.recount(roll)
    detail = {"standing": kept.get_standing_display(), "reason": kept.reason}
    audit.record(by=by, verb="appraisals.place", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def add_member(*, roll: Roll, person: Person, at: datetime, by: Actor) -> Line:
    """Put a member of the branch who has no line in this campaign on its roll.

    Raises Refused: not_allowed, already_proposed, not_a_member, has_a_line.
    """
    kept = Held.kept(roll.pk, act=Act.KEEP, by=by)
    rules.check_still_open(kept.state)
    _check_member(person, kept)
    there = Line.objects.filter(campaign=kept.campaign, person=person)
    if found := there.select_related("roll__org").first():
        raise Refused(
            "has_a_line",
            f"{person.name}本年度已在{found.roll.org}的评议名单上，一人一年只评一次，没有增加；"
            "已转入本支部的，请由原支部办理转出。",
        )
    made = Line.objects.create(campaign=kept.campaign, roll=kept, person=person)
    Held.recount(kept)
    audit.record(by=by, verb="appraisals.add_member", subject=made, at=at)
    return made


@transaction.atomic
def move_line(*, line: Line, into: Roll, at: datetime, by: Actor) -> Line:
    """Move the line of somebody who moved to the roll of the branch that they belong to now.

    What they said of themself goes along; what others said of them stays behind.

    Raises Refused: not_allowed, same_roll, another_year, already_proposed, not_a_member.
    """
    if line.roll_id == into.pk:
        raise Refused("same_roll", "已经在这个支部的名单上，没有移动。")
    rolls = Held.pair(line.roll_id, into.pk)
    old, new = rolls[line.roll_id], rolls[into.pk]
    actors.require(by, Act.KEEP, at=old.org)
    if old.campaign_id != new.campaign_id:
        raise Refused("another_year", "两个支部的名单不是同一年度的，没有移动。")
    kept = _line(old, line.pk)
    for roll in (old, new):
        rules.check_still_open(roll.state)
    _check_member(kept.person, new)
    fresh = {"grade": "", "has_rated": False, **NO_PEERS, **NO_VOTES}
    Line.objects.filter(pk=kept.pk).update(roll=new, **fresh)
    kept.roll = new
    Held.recount(old)
    Held.recount(new)
    detail = {"from": old.org.code, "to": new.org.code}
    audit.record(by=by, verb="appraisals.move_line", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def correct_grade(
    *, line: Line, grade: str, reason: str, at: datetime, by: Actor
) -> models.GradeChange:
    """Correct a final grade by the word of the committee above; the old one stays on record.

    Whoever is 不合格 by it is registered no longer (T-43).

    Raises Refused: not_allowed, not_final, same_grade, reason_needed, over_the_cap.
    """
    roll = Held.of(line.roll_id)
    actors.require(by, Act.APPROVE, at=roll.org.parent or roll.org)
    kept = _line(roll, line.pk)
    if not kept.final_on:
        raise Refused("not_final", "等次还没有批准，请由支部修改，没有更正。")
    after = models.Grade(grade).value
    rules.check_correction(before=kept.grade, after=after)
    why = rules.check_reason(reason)
    made = models.GradeChange.objects.create(
        line=kept,
        before=kept.grade,
        after=after,
        reason=why,
        approved_by_id=by.person_id,
        approved_on=local_day(at),
    )
    kept.grade = after
    if after not in rules.PASSING:
        kept.registered_on = None
    kept.save(update_fields=["grade", "registered_on"])
    Held.recount(roll)
    detail = {"from": made.get_before_display(), "to": made.get_after_display(), "reason": why}
    audit.record(by=by, verb="appraisals.correct_grade", subject=kept, at=at, detail=detail)
    return made


def _line(roll: Roll, line_id: int) -> Line:
    """Return a line of a locked roll, or say that it is there no longer."""
    found = Held.lines_of(roll, [line_id]).get(line_id)
    if found is None:
        raise Refused("roll_changed", "这名团员已移到别的支部，没有改动；请刷新页面。")
    return found


def _check_member(person: Person, roll: Roll) -> None:
    stands = Membership.objects.filter(person=person, org=roll.org, ends_on__isnull=True)
    if not stands.exists():
        raise Refused(
            "not_a_member",
            f"{person.name}现在不在{roll.org}的团员名册上，没有改动；请先办理组织关系转接。",
        )


def _check_in_the_party(line: Line) -> None:
    if not LeagueFile.objects.filter(person=line.person_id, party_on__isnull=False).exists():
        raise Refused(
            "not_in_the_party",
            "团员档案里没有入党日期，不能列为保留团籍的党员，没有改动；请先更正档案。",
        )
