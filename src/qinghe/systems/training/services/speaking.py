"""Lectures that schools and communities ask for; online sessions in their series."""

from dataclasses import dataclass
from datetime import date, datetime

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

Lecture = models.Lecture
Webcast = models.Webcast
State = models.Lecture.State


@dataclass(frozen=True)
class NewLecture:
    """A lecture that an organisation asks for."""

    team: models.Programme
    host: Org
    topic: str
    audience: str
    expected: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Arrangement:
    """Who comes, when and where."""

    lecturer: models.Lecturer
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class NewWebcast:
    """An online session to be drawn up."""

    programme: models.Programme
    number: int
    title: str
    org: Org
    day: date
    platform: str
    lecturer: models.Lecturer | None = None


@transaction.atomic
def book_lecture(*, new: NewLecture, at: datetime, by: Actor) -> Lecture:
    """Ask a team for a lecture at one's school or community.

    Raises Refused: not_allowed, org_closed, not_a_team, programme_ended, not_of_the_programme,
    in_the_past, wrong_order.
    """
    actors.require(by, Act.BOOK, at=new.host)
    orgs.check_takes_new(org=new.host)
    today = local_day(at)
    rules.check_a_team(kind=new.team.kind)
    rules.check_still_open(ended_on=new.team.ended_on, day=today, title=new.team.title)
    if not new.host.path.startswith(new.team.org.path):
        raise Refused("not_of_the_programme", "预约单位不在这支队伍的服务范围内，没有提交。")
    rules.check_days(first=new.first_day, last=new.last_day, today=today)
    made = Lecture.objects.create(
        team=new.team,
        host=new.host,
        topic=new.topic,
        audience=new.audience,
        expected=new.expected,
        first_day=new.first_day,
        last_day=new.last_day,
        asked_by_id=by.person_id,
        asked_on=today,
    )
    audit.record(by=by, verb="training.book_lecture", subject=made, at=at)
    return made


@transaction.atomic
def accept_lecture(
    *, lecture: Lecture, arrangement: Arrangement, at: datetime, by: Actor
) -> Lecture:
    """Send a lecturer on a day, and tell who asked.

    Raises Refused: not_allowed, own_request, wrong_state, in_the_past, not_of_the_team,
    not_in_the_team, lecturer_busy.
    """
    kept = _answered(lecture, to=State.ACCEPTED, by=by)
    rules.check_not_own(decider_id=by.person_id, asker_id=kept.asked_by_id)
    found = models.Lecturer.objects.select_for_update().get(pk=arrangement.lecturer.pk)
    if found.team_id != kept.team_id:
        raise Refused("not_of_the_team", "这位讲师不在这支队伍，没有派课；请另选讲师。")
    rules.check_starts(starts_at=arrangement.starts_at, at=at)
    rules.check_in_the_team(
        joined_on=found.joined_on, left_on=found.left_on, day=local_day(arrangement.starts_at)
    )
    near = found.lectures.filter(
        state=State.ACCEPTED,
        starts_at__gt=arrangement.starts_at - rules.APART,
        starts_at__lt=arrangement.starts_at + rules.APART,
    )
    rules.check_free(others=near.count())
    kept.lecturer, kept.starts_at = found, arrangement.starts_at
    kept.place = arrangement.place
    kept.save(update_fields=["state", "lecturer", "starts_at", "place"])
    audit.record(by=by, verb="training.accept_lecture", subject=kept, at=at)
    _tell(kept, title="宣讲预约已接受", at=at)
    return kept


@transaction.atomic
def refuse_lecture(*, lecture: Lecture, reason: str, at: datetime, by: Actor) -> Lecture:
    """Turn a booking down, and tell who asked. Raises: not_allowed, wrong_state, reason_needed."""
    check_reason(reason)
    kept = _answered(lecture, to=State.REFUSED, by=by)
    kept.reason = reason.strip()
    kept.save(update_fields=["state", "reason"])
    audit.record(
        by=by, verb="training.refuse_lecture", subject=kept, at=at, detail={"reason": reason}
    )
    _tell(kept, title="宣讲预约未能接受", at=at)
    return kept


@transaction.atomic
def cancel_lecture(*, lecture: Lecture, reason: str, at: datetime, by: Actor) -> Lecture:
    """Take a booking back, by the host's side. Raises: not_allowed, wrong_state, reason_needed."""
    check_reason(reason)
    kept = _lecture(lecture)
    actors.require(by, Act.BOOK, at=kept.host)
    _move(kept, to=State.CANCELLED)
    kept.reason = reason.strip()
    kept.save(update_fields=["state", "reason"])
    audit.record(
        by=by, verb="training.cancel_lecture", subject=kept, at=at, detail={"reason": reason}
    )
    return kept


@transaction.atomic
def hold_lecture(*, lecture: Lecture, people: int, at: datetime, by: Actor) -> Lecture:
    """Write down once how many listened; the day is that of the lecture.

    Raises Refused: not_allowed, wrong_state, too_early, nobody_came.
    """
    kept = _answered(lecture, to=State.HELD, by=by)
    rules.check_over(starts_at=kept.starts_at, at=at)
    if people < 1:
        raise Refused("nobody_came", "人次至少为1；没有举办的，请由预约单位取消。")
    kept.people = people
    kept.held_on = local_day(kept.starts_at) if kept.starts_at else None
    kept.save(update_fields=["state", "people", "held_on"])
    audit.record(
        by=by, verb="training.hold_lecture", subject=kept, at=at, detail={"people": people}
    )
    return kept


@transaction.atomic
def rate_lecture(*, lecture: Lecture, stars: int, words: str, at: datetime, by: Actor) -> Lecture:
    """Say, as the host, how it was; it stands on the lecturer's record.

    Raises Refused: not_allowed, wrong_state, rated_already, wrong_stars.
    """
    kept = _lecture(lecture)
    actors.require(by, Act.BOOK, at=kept.host)
    rules.check_rating(state=kept.state, is_rated=kept.stars is not None, stars=stars)
    kept.stars, kept.words = stars, words.strip()
    kept.save(update_fields=["stars", "words"])
    audit.record(by=by, verb="training.rate_lecture", subject=kept, at=at, detail={"stars": stars})
    return kept


@transaction.atomic
def draw_up_webcast(*, new: NewWebcast, at: datetime, by: Actor) -> Webcast:
    """Draw up the next online session of a series.

    Raises Refused: not_allowed, org_closed, not_a_school, programme_ended, not_of_the_programme,
    number_taken.
    """
    actors.require(by, Act.RUN, at=new.org)
    orgs.check_takes_new(org=new.org)
    programme = new.programme
    if programme.kind != models.Programme.Kind.SCHOOL:
        raise Refused("not_a_school", "只有线上学堂可以登记线上期次，没有保存。")
    rules.check_still_open(ended_on=programme.ended_on, day=local_day(at), title=programme.title)
    if not new.org.path.startswith(programme.org.path):
        raise Refused("not_of_the_programme", "开展单位不在这个项目的范围内，没有保存。")
    if programme.webcasts.filter(number=new.number).exists():
        raise Refused("number_taken", f"第{new.number}期已经登记，没有重复保存；请核对期数。")
    made = Webcast.objects.create(
        programme=programme,
        number=new.number,
        title=new.title,
        org=new.org,
        day=new.day,
        platform=new.platform,
        lecturer=new.lecturer,
    )
    audit.record(by=by, verb="training.draw_up_webcast", subject=made, at=at)
    return made


@transaction.atomic
def publish_webcast(*, webcast: Webcast, at: datetime, by: Actor) -> Webcast:
    """Announce an online session still to come.

    Raises Refused: not_allowed, wrong_state, lecturer_needed, in_the_past.
    """
    kept = _webcast(webcast, to=Webcast.State.PUBLISHED, by=by)
    if kept.lecturer_id is None:
        raise Refused("lecturer_needed", "还没有登记主讲，没有发布；请先补上主讲。")
    rules.check_day_ahead(day=kept.day, today=local_day(at))
    kept.save(update_fields=["state"])
    audit.record(by=by, verb="training.publish_webcast", subject=kept, at=at)
    return kept


@transaction.atomic
def take_back_webcast(*, webcast: Webcast, at: datetime, by: Actor) -> Webcast:
    """Make an announced session a draft again. Raises Refused: not_allowed, wrong_state."""
    kept = _webcast(webcast, to=Webcast.State.DRAFT, by=by)
    kept.save(update_fields=["state"])
    audit.record(by=by, verb="training.take_back_webcast", subject=kept, at=at)
    return kept


@transaction.atomic
def change_webcast(
    *, webcast: Webcast, day: date, lecturer: models.Lecturer | None, at: datetime, by: Actor
) -> Webcast:
    """Give a draft another day or lecturer. Raises Refused: not_allowed, wrong_state."""
    kept = _locked_webcast(webcast, by=by)
    if kept.state != Webcast.State.DRAFT:
        raise Refused("wrong_state", "已经发布的期次要先撤回再修改，没有改动。")
    kept.day, kept.lecturer = day, lecturer
    kept.save(update_fields=["day", "lecturer"])
    audit.record(by=by, verb="training.change_webcast", subject=kept, at=at)
    return kept


@transaction.atomic
def hold_webcast(
    *, webcast: Webcast, views: int, replay: str = "", at: datetime, by: Actor
) -> Webcast:
    """Write down that a session took place and how many watched.

    Raises Refused: not_allowed, wrong_state, too_early.
    """
    kept = _webcast(webcast, to=Webcast.State.HELD, by=by)
    rules.check_day_has_come(day=kept.day, today=local_day(at))
    kept.views, kept.replay = views, replay
    kept.save(update_fields=["state", "views", "replay"])
    audit.record(by=by, verb="training.hold_webcast", subject=kept, at=at, detail={"views": views})
    return kept


@transaction.atomic
def set_replay(*, webcast: Webcast, replay: str, at: datetime, by: Actor) -> Webcast:
    """Say where a held session can be watched again. Raises Refused: not_allowed, wrong_state."""
    kept = _locked_webcast(webcast, by=by)
    if kept.state != Webcast.State.HELD:
        raise Refused("wrong_state", "开展之后才能登记回放网址，没有保存。")
    kept.replay = replay
    kept.save(update_fields=["replay"])
    audit.record(by=by, verb="training.set_replay", subject=kept, at=at)
    return kept


def _answered(lecture: Lecture, *, to: State, by: Actor) -> Lecture:
    kept = _lecture(lecture)
    actors.require(by, Act.SEND, at=kept.team.org)
    _move(kept, to=to)
    return kept


def _lecture(lecture: Lecture) -> Lecture:
    found = Lecture.objects.select_for_update(of=("self",)).select_related("team__org", "host")
    return found.get(pk=lecture.pk)


def _move(lecture: Lecture, *, to: State) -> None:
    rules.check_move(rules.LECTURE_MOVES, now=lecture.state, to=to, what="宣讲预约")
    lecture.state = to


def _webcast(webcast: Webcast, *, to: str, by: Actor) -> Webcast:
    kept = _locked_webcast(webcast, by=by)
    rules.check_move(rules.WEBCAST_MOVES, now=kept.state, to=to, what="线上期次")
    kept.state = to
    return kept


def _locked_webcast(webcast: Webcast, *, by: Actor) -> Webcast:
    found = Webcast.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=webcast.pk)
    actors.require(by, Act.RUN, at=kept.org)
    return kept


def _tell(lecture: Lecture, *, title: str, at: datetime) -> None:
    text = f"“{lecture.topic}”：{lecture.reason or lecture.get_state_display()}"
    notices.notify(
        person_ids=[lecture.asked_by_id],
        kind=Kind.RESULT,
        title=title,
        text=text,
        url=f"/training/lectures/{lecture.pk}/",
        at=at,
    )
