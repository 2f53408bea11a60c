"""Stars on notice: objections, the giving, and the falling back when hours are cancelled."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib import sentences
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

State = models.StarCase.State
Verdict = models.StarDecision.Verdict
Objection = models.StarObjection.State
MINE = "/volunteering/mine/stars/"
MOST_NAMED = 6


@transaction.atomic
def object_to_star(
    *, case: models.StarCase, words: str, at: datetime, by: Actor
) -> models.StarObjection:
    """Hold something against a star while it is on notice, in one's own name.

    Raises Refused: reason_needed, wrong_state, objected.
    """
    rules.check_reason(words)
    kept = models.StarCase.objects.select_for_update().get(pk=case.pk)
    today = local_day(at)
    if kept.state != State.NOTICED or kept.notice_until is None or today > kept.notice_until:
        raise Refused("wrong_state", "这件申报不在公示期内，没有提交；请向主组织反映。")
    if kept.objections.filter(person=by.person_id, state=Objection.OPEN).exists():
        raise Refused("objected", "您对这件申报的异议正在核实，没有重复提交。")
    made = models.StarObjection.objects.create(
        case=kept, person_id=by.person_id, words=words.strip(), at=at
    )
    audit.record(by=by, verb="volunteering.object_to_star", subject=kept, at=at)
    return made


@transaction.atomic
def answer_objection(
    *,
    objection: models.StarObjection,
    verdict: models.StarObjection.State,
    answer: str,
    at: datetime,
    by: Actor,
) -> models.StarObjection:
    """Say whether an objection holds; one that does ends the case.

    Raises Refused: not_allowed, reason_needed, wrong_state, own_star.
    """
    if verdict not in (Objection.UPHELD, Objection.DISMISSED):
        raise ValueError("an objection is upheld or dismissed")
    rules.check_reason(answer)
    found = models.StarObjection.objects.select_for_update(of=("self",))
    kept = found.select_related("case__org", "case__volunteer").get(pk=objection.pk)
    actors.require(by, Act.REVIEW_STAR, at=kept.case.org)
    if by.person_id in (kept.case.volunteer.person_id, kept.person_id):
        raise Refused("own_star", "异议不能由当事人核实，没有改动，请由他人核实。")
    if kept.state != Objection.OPEN:
        raise Refused("wrong_state", "这条异议已经核实过，没有改动。")
    kept.state, kept.answer = verdict, answer.strip()
    kept.answered_by_id, kept.answered_at = by.person_id, at
    kept.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if verdict == Objection.UPHELD:
        _end(kept.case, words=f"公示异议成立：{answer.strip()}", at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.answer_objection",
        subject=kept.case,
        at=at,
        detail={"state": verdict.value},
    )
    notices.notify(
        person_ids=[kept.person_id],
        kind=Kind.RESULT,
        title="星级公示异议已核实",
        text=f"{verdict.label}。{answer.strip()}",
        url=MINE,
        at=at,
    )
    return kept


@transaction.atomic
def issue_stars(*, found: models.StarRound, at: datetime, by: Actor) -> list[models.StarCase]:
    """Give the stars of a round whose notice is over and against which nothing is open.

    Raises Refused: not_allowed, on_notice.
    """
    actors.require(by, Act.RUN_STARS, at=found.org)
    today = local_day(at)
    ready = list(
        found.cases.select_for_update(of=("self",))
        .filter(state=State.NOTICED, notice_until__lt=today)
        .exclude(pk__in=models.StarObjection.objects.filter(state=Objection.OPEN).values("case"))
        .exclude(volunteer__person=by.person_id)
        .select_related("volunteer", "org")
        .order_by("pk")
    )
    if not ready:
        raise Refused("on_notice", "没有公示期满且没有待核实异议的申报，没有认定任何人。")
    for case in ready:
        case.state, case.issued_on = State.ISSUED, today
    models.StarCase.objects.bulk_update(ready, ["state", "issued_on"], batch_size=500)
    models.StarDecision.objects.bulk_create(
        models.StarDecision(
            case=case, org=found.org, person_id=by.person_id, verdict=Verdict.ISSUED, at=at
        )
        for case in ready
    )
    audit.record_many(
        by=by,
        verb="volunteering.issue_stars",
        model=models.StarCase,
        ids=[case.pk for case in ready],
        at=at,
        detail={"round": found.pk},
    )
    notices.notify(
        person_ids=[case.volunteer.person_id for case in ready],
        kind=Kind.RESULT,
        title="星级志愿者认定结果",
        text=f"{found.title}已认定，可在“我的星级”查看。",
        url=MINE,
        at=at,
    )
    return ready


@transaction.atomic
def fall_back(*, case: models.StarCase, at: datetime, by: Actor) -> models.StarCase | None:
    """End a star that the hours left no longer bear; return the lower one that they do bear.

    Which records were cancelled or cut since is written into the decision.
    Raises Refused: not_allowed, own_star, wrong_state, still_borne, hours_held.
    """
    locked = models.StarCase.objects.select_for_update(of=("self",))
    kept = locked.select_related("org", "volunteer", "round__scheme").get(pk=case.pk)
    actors.require(by, Act.RUN_STARS, at=kept.org)
    if kept.volunteer.person_id == by.person_id:
        raise Refused("own_star", "不能核减本人的星级，没有改动，请由他人办理。")
    rules.check_move(rules.STAR_MOVES, now=kept.state, to=State.LOWERED, what="星级")
    short = queries.short_of_hours(by).filter(pk=kept.pk).first()
    if short is None:
        raise Refused("still_borne", "现有服务时长仍符合这一星级，没有核减。")
    left = queries.minutes_left(by, short)
    rules.check_nothing_held(
        lacking=queries.minutes_lacking(by, short, left=left), held=queries.minutes_held(by, short)
    )
    star = rules.star_borne_by(
        left, levels=queries.levels_of(by, kept.round.scheme), at_most=kept.star
    )
    kept.state, kept.ended_on = State.LOWERED, local_day(at)
    kept.save(update_fields=["state", "ended_on"])
    words = _why(kept, left=left, star=star, by=by)
    models.StarDecision.objects.create(
        case=kept, org=kept.org, person_id=by.person_id, verdict=Verdict.LOWERED, words=words, at=at
    )
    audit.record(
        by=by,
        verb="volunteering.lower_star",
        subject=kept,
        at=at,
        detail={"minutes": left, "star": star},
    )
    _tell_lowered(kept, words=words, at=at)
    return _lower(kept, star=star, left=left, at=at, by=by) if star else None


def _lower(
    kept: models.StarCase, *, star: int, left: int, at: datetime, by: Actor
) -> models.StarCase:
    today = local_day(at)
    alone = [kept.volunteer_id]
    return models.StarCase.objects.create(
        round=kept.round,
        volunteer=kept.volunteer,
        org=kept.org,
        star=star,
        minutes=left,
        carried=kept.carried,
        served=queries.served_by_record(by, alone, kept.round.counted_until).get(alone[0], {}),
        proposed_by_id=by.person_id,
        proposed_on=today,
        state=State.ISSUED,
        issued_on=today,
        lowered_from=kept,
    )


def _why(kept: models.StarCase, *, left: int, star: int, by: Actor) -> str:
    lost = queries.lost_of(by, kept)
    named = "、".join(
        f"{one.session.day.isoformat()}{one.session.title[:12]}（原{then}分钟）"
        for one, then in lost[:MOST_NAMED]
    )
    more = f"等{len(lost)}条" if len(lost) > MOST_NAMED else ""
    now = f"改为{star}星" if star else "不再符合任何星级"
    return (
        f"认定时计{rules.tenths_of_hours(kept.minutes)}小时，"
        f"现计{rules.tenths_of_hours(left)}小时，{now}。"
        f"已取消或更正的服务：{named}{more}"
    )[:400]


def _end(case: models.StarCase, *, words: str, at: datetime, by: Actor) -> None:
    rules.check_move(rules.STAR_MOVES, now=case.state, to=State.REFUSED, what="申报")
    case.state = State.REFUSED
    case.save(update_fields=["state"])
    models.StarDecision.objects.create(
        case=case, org=case.org, person_id=by.person_id, verdict=Verdict.REFUSED, words=words[:400],
        at=at,
    )  # fmt: skip


def _tell_lowered(kept: models.StarCase, *, words: str, at: datetime) -> None:
    notices.notify(
        person_ids=[kept.volunteer.person_id],
        kind=Kind.RESULT,
        title="星级核减通知",
        text=f"{sentences.inside(words)}。如有异议，请联系主组织核实服务记录。",
        url=MINE,
        at=at,
    )
