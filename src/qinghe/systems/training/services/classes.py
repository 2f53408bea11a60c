"""Classes: planned, called off, called, examined, certified."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.training import models, rules
from qinghe.systems.training.access import Act

Class = models.Class
Completion = models.Completion
Enrolment = models.Enrolment
State = models.Enrolment.State
Result = models.Enrolment.Result
MINE = "/training/mine/"
CODE_SIGNS, CODE_LENGTH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 8


@dataclass(frozen=True)
class NewClass:
    """A class to be published."""

    course: models.Course
    title: str
    org: Org
    starts_at: datetime
    ends_at: datetime
    capacity: int
    place: str = ""
    link: str = ""
    lecturer: models.Lecturer | None = None
    youngest: int | None = None
    oldest: int | None = None


@transaction.atomic
def plan_class(*, new: NewClass, at: datetime, by: Actor) -> Class:
    """Publish a class that is still to come.

    Raises Refused: not_allowed, org_closed, not_of_the_programme, programme_ended, in_the_past,
    wrong_order, where_needed, wrong_ages, no_places, not_in_the_team.
    """
    actors.require(by, Act.RUN, at=new.org)
    orgs.check_takes_new(org=new.org)
    _check_new(new, at=at)
    made = Class.objects.create(
        course=new.course,
        title=new.title,
        org=new.org,
        lecturer=new.lecturer,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        day=local_day(new.starts_at),
        place=new.place.strip(),
        link=new.link.strip(),
        capacity=new.capacity,
        youngest=new.youngest,
        oldest=new.oldest,
    )
    audit.record(by=by, verb="training.plan_class", subject=made, at=at)
    return made


@transaction.atomic
def cancel_class(*, training_class: Class, reason: str, at: datetime, by: Actor) -> Class:
    """Call a class off, and tell those who signed up.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    kept = _locked(training_class, act=Act.RUN, by=by)
    rules.check_move(rules.CLASS_MOVES, now=kept.state, to="cancelled", what="班次")
    signed = list(
        kept.enrolments.exclude(state=State.CANCELLED).values_list("person_id", flat=True)
    )
    kept.enrolments.exclude(state=State.CANCELLED).update(state=State.CANCELLED, reason="班次取消")
    kept.state, kept.reason, kept.taken = Class.State.CANCELLED, reason.strip(), 0
    kept.save(update_fields=["state", "reason", "taken"])
    audit.record(
        by=by, verb="training.cancel_class", subject=kept, at=at, detail={"reason": reason}
    )
    text = f"“{kept.title}”已取消：{reason.strip()}"
    notices.notify(
        person_ids=signed, kind=Kind.RESULT, title="培训班次已取消", text=text, url=MINE, at=at
    )
    return kept


@transaction.atomic
def call_roll(*, training_class: Class, came: Collection[int], at: datetime, by: Actor) -> Class:
    """Write down which of those signed up came; the class is held. May be called again.

    Raises Refused: not_allowed, too_early, wrong_state, results_entered.
    """
    kept = _locked(training_class, act=Act.ENROL, by=by)
    rules.check_roll_call(starts_at=kept.starts_at, at=at)
    if kept.state != Class.State.HELD:
        rules.check_move(rules.CLASS_MOVES, now=kept.state, to="held", what="班次")
    standing = kept.enrolments.exclude(state=State.CANCELLED)
    rests = kept.enrolments.exclude(result=Result.NONE).exists() or _certified(kept)
    rules.check_roll_may_change(has_results=rests)
    standing.filter(pk__in=came).update(state=State.ATTENDED)
    standing.exclude(pk__in=came).update(state=State.ABSENT)
    kept.state, kept.called_at = Class.State.HELD, at
    kept.save(update_fields=["state", "called_at"])
    there = kept.enrolments.filter(state=State.ATTENDED).count()
    audit.record(by=by, verb="training.call_roll", subject=kept, at=at, detail={"attended": there})
    return kept


@transaction.atomic
def set_results(
    *, training_class: Class, passed: Collection[int], at: datetime, by: Actor
) -> Class:
    """Write down who of those present passed; the others did not. May be set again.

    Raises Refused: not_allowed, not_examined, wrong_state, certified_already.
    """
    kept = _locked(training_class, act=Act.ENROL, by=by)
    rules.check_results(
        is_examined=kept.course.is_examined, state=kept.state, has_certificates=_certified(kept)
    )
    there = kept.enrolments.filter(state=State.ATTENDED)
    there.filter(pk__in=passed).update(result=Result.PASSED)
    there.exclude(pk__in=passed).update(result=Result.FAILED)
    good = there.filter(result=Result.PASSED).count()
    audit.record(by=by, verb="training.set_results", subject=kept, at=at, detail={"passed": good})
    return kept


@transaction.atomic
def issue_completions(*, training_class: Class, at: datetime, by: Actor) -> int:
    """Give a certificate to everybody who completed the class and has none; return how many.

    Raises Refused: not_allowed, nobody_to_certify.
    """
    kept = _locked(training_class, act=Act.ENROL, by=by)
    done = kept.enrolments.filter(state=State.ATTENDED, completion__isnull=True)
    if kept.course.is_examined:
        done = done.filter(result=Result.PASSED)
    rows = list(done)
    if not rows:
        raise Refused(
            "nobody_to_certify", "没有可以发证的学员：须到课，设考核的还须合格，且尚未发证。"
        )
    made = Completion.objects.bulk_create(
        Completion(
            enrolment=one,
            number=f"PX{kept.day:%Y%m%d}{one.pk:06d}",
            check_code="".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH)),
            issued_on=local_day(at),
        )
        for one in rows
    )
    audit.record(
        by=by, verb="training.issue_completions", subject=kept, at=at, detail={"issued": len(made)}
    )
    notices.notify(
        person_ids=[one.person_id for one in rows],
        kind=Kind.RESULT,
        title="结业证书已发放",
        text=f"“{kept.title}”的结业证书可以下载了。",
        url=MINE,
        at=at,
    )
    return len(made)


@transaction.atomic
def revoke_completion(
    *, completion: Completion, reason: str, at: datetime, by: Actor
) -> Completion:
    """Take a certificate back; its number stays, and the public page says so.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    found = Completion.objects.select_for_update(of=("self",))
    kept = found.select_related("enrolment__training_class__org").get(pk=completion.pk)
    actors.require(by, Act.ENROL, at=kept.enrolment.training_class.org)
    if kept.revoked_at:
        raise Refused("wrong_state", "这份证书已经撤销，没有改动。")
    kept.revoked_at, kept.reason = at, reason.strip()
    kept.save(update_fields=["revoked_at", "reason"])
    audit.record(
        by=by, verb="training.revoke_completion", subject=kept, at=at, detail={"reason": reason}
    )
    return kept


def _locked(training_class: Class, *, act: Act, by: Actor) -> Class:
    """Return the class as it is now, its row locked, for whoever may do this there."""
    found = Class.objects.select_for_update(of=("self",)).select_related("org", "course")
    kept = found.get(pk=training_class.pk)
    actors.require(by, act, at=kept.org)
    return kept


def _certified(training_class: Class) -> bool:
    """Test if certificates are out for a class."""
    return Completion.objects.filter(enrolment__training_class=training_class).exists()


def _check_new(new: NewClass, *, at: datetime) -> None:
    programme = new.course.programme
    rules.check_still_open(ended_on=programme.ended_on, day=local_day(at), title=programme.title)
    if not new.org.path.startswith(programme.org.path):
        raise Refused("not_of_the_programme", "主办单位不在这个项目的范围内，没有保存。")
    rules.check_ahead(starts_at=new.starts_at, at=at)
    rules.check_order(first=new.starts_at, then=new.ends_at, what="结束时间")
    rules.check_where(place=new.place, link=new.link)
    rules.check_ages(youngest=new.youngest, oldest=new.oldest)
    if new.capacity < 1:
        raise Refused("no_places", "名额至少为1，请改正。")
    if new.lecturer:
        day = local_day(new.starts_at)
        rules.check_in_the_team(
            joined_on=new.lecturer.joined_on, left_on=new.lecturer.left_on, day=day
        )
