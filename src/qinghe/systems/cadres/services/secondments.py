"""Secondments between organisations (互兼互挂): asked, agreed by both, begun, extended, appraised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.services import NewPost
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_move
from qinghe.systems.cadres import models, queries, rules
from qinghe.systems.cadres.access import Act

from .telling import _tell

Secondment = models.Secondment
Extension = models.Extension
State = models.Secondment.State


@dataclass(frozen=True)
class NewSecondment:
    """Who serves where, as what, for what and until when."""

    person: Person
    home: Org
    host: Org
    service: str
    title: str
    task: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Appraisal:
    """What is said of somebody at the end (鉴定)."""

    on: date
    grade: str
    words: str


@transaction.atomic
def ask_secondment(*, new: NewSecondment, at: datetime, by: Actor) -> Secondment:
    """Ask for a secondment from either side; who asks agrees for the sides they answer for.

    Raises Refused: not_allowed, same_org, wrong_order, too_long, not_of_home, no_league, org_closed,
    words_needed, under_way.
    """
    home, host = queries.is_side(by, new.home), queries.is_side(by, new.host)
    if not home and not host:
        actors.require(by, Act.SECOND, at=new.home)
    made = _ask(new, at=at, by=by)
    today = local_day(at)
    if home:
        made.home_on, made.home_by_id = today, by.person_id
    elif host:
        made.host_on, made.host_by_id = today, by.person_id
    made.save()
    audit.record(by=by, verb="cadres.ask_secondment", subject=made, at=at)
    return made


@transaction.atomic
def agree_to(*, secondment: Secondment, at: datetime, by: Actor) -> Secondment:
    """Agree for a side that has not; when both have, it begins, or waits for its first day.

    Raises Refused: not_allowed, own_secondment, wrong_state.
    """
    kept = _locked(secondment)
    if kept.person_id == by.person_id:
        raise Refused("own_secondment", "不能同意本人的互兼互挂，没有改动；请另一位同志办理。")
    if kept.state != State.ASKED:
        raise Refused("wrong_state", "这件互兼互挂已经办过，没有改动，请刷新后再看。")
    today = local_day(at)
    if kept.host_on is None and queries.is_side(by, kept.host):
        kept.host_on, kept.host_by_id = today, by.person_id
    elif kept.home_on is None and queries.is_side(by, kept.home):
        kept.home_on, kept.home_by_id = today, by.person_id
    else:
        raise Refused("not_allowed", "等待同意的是另一个单位，没有改动。")
    if kept.home_on and kept.host_on:
        _move(kept, to=State.AGREED, today=today)
    kept.save()
    audit.record(by=by, verb="cadres.agree_to", subject=kept, at=at)
    if kept.state == State.AGREED and kept.starts_on <= today:
        return _begin(kept, at=at, by=by)
    return kept


@transaction.atomic
def refuse_secondment(
    *, secondment: Secondment, reason: str, at: datetime, by: Actor
) -> Secondment:
    """Say no for the side that was asked. Raises Refused: not_allowed, wrong_state, words_needed."""
    kept = _locked(secondment)
    asked = kept.host if kept.host_on is None else kept.home
    actors.require(by, Act.SECOND, at=asked)
    return _close(kept, to=State.REFUSED, reason=reason, at=at, by=by)


@transaction.atomic
def withdraw_secondment(
    *, secondment: Secondment, reason: str, at: datetime, by: Actor
) -> Secondment:
    """Take back what has not begun. Raises Refused: not_allowed, wrong_state, words_needed."""
    kept = _locked(secondment)
    _require_either(kept, by=by)
    return _close(kept, to=State.WITHDRAWN, reason=reason, at=at, by=by)


@transaction.atomic
def begin(*, secondment: Secondment, at: datetime, by: Actor) -> Secondment:
    """Let the cadre begin at the host: their post there begins. Raises Refused: not_allowed,
    wrong_state, too_early, too_late and those of the kernel's appoint.
    """
    kept = _locked(secondment)
    actors.require(by, Act.SECOND, at=kept.host)
    return _begin(kept, at=at, by=by)


@transaction.atomic
def extend(
    *, secondment: Secondment, until: date, reason: str, at: datetime, by: Actor
) -> Secondment:
    """Let a cadre stay longer; it is for the home organisation to lend them.

    Raises Refused: not_allowed, wrong_state, wrong_order, too_long, words_needed.
    """
    kept = _locked(secondment)
    actors.require(by, Act.SECOND, at=kept.home)
    _require_running(kept)
    rules.check_extension(was=kept.ends_on, until=until)
    today = local_day(at)
    made = Extension.objects.create(
        secondment=kept,
        was=kept.ends_on,
        until=until,
        reason=rules.check_text(reason, what="延期原因"),
        extended_by_id=by.person_id,
        extended_on=today,
    )
    _set_last_day(kept, until, by=by, today=today)
    kept.save()
    _tell_both(kept, title="互兼互挂延期", text=f"期限延至{until.isoformat()}。", at=at, by=by)
    detail = {"until": until.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="cadres.extend", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def end_secondment(
    *, secondment: Secondment, appraisal: Appraisal, at: datetime, by: Actor
) -> Secondment:
    """End a secondment with its appraisal by the host: the post ends on the same day.

    Raises Refused: not_allowed, wrong_state, words_needed and those of the kernel's end_post.
    """
    kept = _locked(secondment)
    actors.require(by, Act.SECOND, at=kept.host)
    _require_running(kept)
    if kept.person_id == by.person_id:
        raise Refused("own_appraisal", "不能给自己写鉴定，没有改动；请另一位同志办理。")
    kept.words = rules.check_text(appraisal.words, what="鉴定意见")
    kept.grade, kept.ended_on = appraisal.grade, appraisal.on
    _end_post(kept, on=appraisal.on, at=at, by=by)
    _move(kept, to=State.ENDED, today=local_day(at))
    kept.save()
    text = f"{kept.host}的{kept.get_service_display()}已结束，鉴定：{kept.get_grade_display()}。"
    _tell_both(kept, title="互兼互挂结束", text=text, at=at, by=by)
    detail = {"on": appraisal.on.isoformat(), "grade": appraisal.grade}
    audit.record(by=by, verb="cadres.end_secondment", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def begin_due(*, at: datetime, by: Actor | str) -> int:
    """Let those begin whose first day has come, both sides having agreed; return how many.

    One that cannot begin (its host was closed, the post is held) stays in the host's inbox.
    """
    today = local_day(at)
    ready = Secondment.objects.filter(
        state=State.AGREED, starts_on__lte=today, ends_on__gt=today
    ).order_by("pk")
    begun = 0
    for one in list(ready):
        try:
            with transaction.atomic():
                _begin(_locked(one), at=at, by=by)
        except Refused:
            continue
        begun += 1
    return begun


@transaction.atomic
def record_running(
    *, ready: Sequence[NewSecondment], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Take over a chunk of secondments that both sides agreed on paper, and let them begin.

    Raises Refused: not_allowed.
    """
    today = local_day(at)
    made = []
    for new in ready:
        actors.require(by, Act.SECOND, at=new.home)
        actors.require(by, Act.SECOND, at=new.host)
        kept = _ask(new, at=at, by=by)
        kept.home_on = kept.host_on = today
        kept.home_by_id = kept.host_by_id = by.person_id
        _move(kept, to=State.AGREED, today=today)
        kept.save()
        if kept.starts_on <= today:
            _begin(kept, at=at, by=by)
        made.append(kept.pk)
    audit.record_many(
        by=by, verb="cadres.record_running", model=Secondment, ids=made, at=at, detail=source
    )
    return len(made)


def _ask(new: NewSecondment, *, at: datetime, by: Actor) -> Secondment:
    rules.check_span(starts_on=new.starts_on, ends_on=new.ends_on)
    queries.check_can_send(by, new.person, home=new.home, host=new.host)
    kept = Secondment(
        person=new.person,
        home=new.home,
        host=new.host,
        service=new.service,
        title=rules.check_text(new.title, what="职务"),
        task=rules.check_text(new.task, what="任务"),
        starts_on=new.starts_on,
        asked_by_id=by.person_id,
    )
    _set_last_day(kept, new.ends_on, by=by, today=local_day(at))
    kept.due_on = new.starts_on
    kept.save()
    return kept


def _begin(kept: Secondment, *, at: datetime, by: Actor | str) -> Secondment:
    today = local_day(at)
    rules.check_may_begin(starts_on=kept.starts_on, ends_on=kept.ends_on, today=today)
    _move(kept, to=State.RUNNING, today=today)
    kept.post = people.appoint(
        person=kept.person,
        org=kept.host,
        new=NewPost(kept.title, kept.service, kept.starts_on),
        at=at,
        by=by,
    )
    kept.due_on = kept.ends_on
    kept.save()
    text = f"{kept.host}{kept.title}，{kept.ends_on.isoformat()}期满。"
    _tell_both(kept, title=f"{kept.get_service_display()}到岗", text=text, at=at, by=by)
    audit.record(by=by, verb="cadres.begin", subject=kept, at=at)
    return kept


def _end_post(kept: Secondment, *, on: date, at: datetime, by: Actor) -> None:
    """End the post; where somebody ended it in the directory already, it stays ended."""
    if kept.post is not None and kept.post.ends_on is None:
        people.end_post(post=kept.post, on=on, at=at, by=by)


def _close(kept: Secondment, *, to: str, reason: str, at: datetime, by: Actor) -> Secondment:
    kept.reason = rules.check_text(reason, what="原因")
    _move(kept, to=to, today=local_day(at))
    kept.save()
    verb = "cadres.refuse_secondment" if to == State.REFUSED else "cadres.withdraw_secondment"
    audit.record(by=by, verb=verb, subject=kept, at=at, detail={"reason": kept.reason})
    return kept


def _set_last_day(kept: Secondment, last: date, *, by: Actor, today: date) -> None:
    days = queries.terms_on(by, today).remind_days
    kept.ends_on = kept.due_on = last
    kept.remind_on = rules.remind_day(ends_on=last, days=days)
    kept.moved_on = today


def _move(kept: Secondment, *, to: str, today: date) -> None:
    check_move(rules.SECONDMENT_MOVES, now=kept.state, to=to, what="这件互兼互挂")
    kept.state, kept.moved_on = to, today


def _require_running(kept: Secondment) -> None:
    if kept.state != State.RUNNING:
        raise Refused("wrong_state", "只有在岗的可以这样办理，没有改动，请刷新后再看。")


def _require_either(kept: Secondment, *, by: Actor) -> None:
    if not queries.is_side(by, kept.home):
        actors.require(by, Act.SECOND, at=kept.host)


def _locked(secondment: Secondment) -> Secondment:
    held = Secondment.objects.select_for_update(of=("self",))
    return held.select_related("person", "home", "host", "post").get(pk=secondment.pk)


def _tell_both(kept: Secondment, *, title: str, text: str, at: datetime, by: Actor | str) -> None:
    _tell([kept.person_id, kept.asked_by_id], title=title, text=text, at=at, by=by)
