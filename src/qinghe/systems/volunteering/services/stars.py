"""Stars: a round is opened, cases come in, hands decide level by level (rules.md 2.5)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.lib.workdays import workday_after
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

State = models.StarCase.State
Verdict = models.StarDecision.Verdict
MINE = "/volunteering/mine/stars/"


@dataclass(frozen=True)
class NewRound:
    """A season to be opened."""

    title: str
    org: Org
    counted_until: date
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class Carried:
    """Minutes that one volunteer brings from before the platform."""

    volunteer_id: int
    minutes: int
    served_until: date


@transaction.atomic
def open_star_round(*, new: NewRound, at: datetime, by: Actor) -> models.StarRound:
    """Open a season under the scheme of its last counted day.

    Raises Refused: not_allowed, wrong_order, no_scheme, round_open.
    """
    actors.require(by, Act.RUN_STARS, at=new.org)
    if new.closes_on < new.opens_on or new.counted_until > new.closes_on:
        raise Refused("wrong_order", "请核对日期：申报开始不晚于截止，时长计至不晚于申报截止。")
    scheme = queries.scheme_on(by, new.counted_until)
    if scheme is None:
        raise Refused("no_scheme", "时长计至当日还没有施行的评定办法，没有建立，请改正日期。")
    if models.StarRound.objects.filter(org=new.org, state="open").exists():
        raise Refused("round_open", "上一批次还没有归档，没有建立；请先办结并归档。")
    made = models.StarRound.objects.create(
        title=new.title,
        scheme=scheme,
        org=new.org,
        counted_until=new.counted_until,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
        opened_at=at,
    )
    audit.record(by=by, verb="volunteering.open_star_round", subject=made, at=at)
    return made


@transaction.atomic
def close_star_round(*, found: models.StarRound, at: datetime, by: Actor) -> models.StarRound:
    """Put a season to the archive once nothing of it is under way.

    Raises Refused: not_allowed, wrong_state.
    """
    actors.require(by, Act.RUN_STARS, at=found.org)
    kept = models.StarRound.objects.select_for_update().get(pk=found.pk)
    under_way = kept.cases.filter(state__in=[State.REVIEWING, State.NOTICED]).count()
    if kept.state != "open" or under_way:
        raise Refused("wrong_state", f"还有{under_way}件没有办结，没有归档，请办结后再归档。")
    kept.state = models.StarRound.State.CLOSED
    kept.save(update_fields=["state"])
    audit.record(by=by, verb="volunteering.close_star_round", subject=kept, at=at)
    return kept


@transaction.atomic
def carry_hours(*, carried: Sequence[Carried], source: str, at: datetime, by: Actor) -> int:
    """Take over hours from before the platform, by a list that is named. Safe to repeat.

    Raises Refused: not_allowed, reason_needed.
    """
    rules.check_reason(source)
    homes = Org.objects.filter(
        pk__in=models.Volunteer.objects.filter(pk__in=[one.volunteer_id for one in carried]).values(
            "org"
        )
    )
    for home in homes:
        actors.require(by, Act.RUN_STARS, at=home)
    made = models.CarriedHours.objects.bulk_create(
        [
            models.CarriedHours(
                volunteer_id=one.volunteer_id,
                minutes=one.minutes,
                served_until=one.served_until,
                source=source.strip(),
                entered_at=at,
                entered_by_id=by.person_id,
            )
            for one in carried
        ],
        ignore_conflicts=True,
    )
    detail = {"source": source, "rows": len(made)}
    audit.record_event(by=by, verb="volunteering.carry_hours", at=at, detail=detail)
    return len(made)


@transaction.atomic
def propose_stars(
    *,
    found: models.StarRound,
    org: Org,
    at: datetime,
    by: Actor,
    volunteers: Collection[int] | None = None,
) -> list[models.StarCase]:
    """Propose all candidates of an organisation, or some of them, each for their highest star.

    Raises Refused: not_allowed, out_of_season, nobody_fits.
    """
    actors.require(by, Act.PROPOSE_STAR, at=org)
    _check_open(found, today=local_day(at))
    fit = queries.candidates(by, found, org=org)
    chosen = [one for one in fit if volunteers is None or one.volunteer_id in volunteers]
    if not chosen:
        raise Refused("nobody_fits", "没有符合条件、尚未申报的志愿者，没有提交。")
    return _entered(found, chosen, by_self=False, at=at, by=by)


@transaction.atomic
def apply_for_star(*, found: models.StarRound, at: datetime, by: Actor) -> models.StarCase:
    """Let volunteers ask for the star that their own hours bear.

    Raises Refused: not_own, out_of_season, nobody_fits, not_by_oneself, wrong_state.
    """
    volunteer = queries.own_volunteer(by)
    if volunteer is None or volunteer.state != models.Volunteer.State.REGISTERED:
        raise Refused("not_own", "您还不是注册志愿者，没有提交；请先完成志愿者注册。")
    _check_open(found, today=local_day(at))
    living = [State.REVIEWING, State.NOTICED, State.ISSUED]
    if found.cases.filter(volunteer=volunteer, state__in=living).exists():
        raise Refused("wrong_state", "本批次已有您的申报，没有重复提交。")
    standing = queries.standing_of(by, volunteer, found.counted_until)
    level = rules.star_for(
        standing, levels=queries.levels_of(by, found.scheme), on=found.counted_until
    )
    if level is None:
        raise Refused("nobody_fits", "服务时长或注册时间还不够下一星级，没有提交，请继续参加服务。")
    if not level.own_application:
        raise Refused("not_by_oneself", f"{level.star}星由组织推荐，没有提交，请联系主组织。")
    alone = models.Volunteer.objects.filter(pk=volunteer.pk)
    carried = queries.carried_until(by, alone, found.counted_until).get(volunteer.pk, 0)
    one = queries.Candidate(volunteer.pk, standing.minutes, carried, level)
    return _entered(found, [one], by_self=True, at=at, by=by)[0]


@transaction.atomic
def decide_stars(
    *,
    cases: Collection[models.StarCase],
    verdict: models.StarDecision.Verdict,
    words: str,
    at: datetime,
    by: Actor,
) -> list[models.StarCase]:
    """Say yes or no to cases that wait for this hand: on to the next, to the notice, or to the end.

    Raises Refused: not_allowed, own_star, own_proposal, wrong_state, reason_needed.
    """
    if verdict not in (Verdict.AGREED, Verdict.REFUSED):
        raise ValueError("a review agrees or refuses")
    if verdict == Verdict.REFUSED:
        rules.check_reason(words)
    kept = _locked(cases)
    above = _above([case.org for case in kept])
    routes = {case.pk: _route(case, above=above) for case in kept}
    decisions = []
    for case in kept:
        _check_may_decide(case, by=by)
        decisions.append(
            _decision(case, case.awaits_id or case.org_id, verdict, words=words, at=at, by=by)
        )
        _step_on(case, verdict, route=routes[case.pk], today=local_day(at))
    models.StarDecision.objects.bulk_create(decisions)
    models.StarCase.objects.bulk_update(
        kept, ["state", "step", "awaits", "notice_from", "notice_until"], batch_size=500
    )
    verb = "volunteering.agree_star" if verdict == Verdict.AGREED else "volunteering.refuse_star"
    _note(kept, verb=verb, at=at, by=by, detail={"words": words} if words else {})
    if verdict == Verdict.REFUSED:
        _tell(kept, title="星级申报未通过", text=words, at=at)
    return kept


@transaction.atomic
def withdraw_star(*, case: models.StarCase, at: datetime, by: Actor) -> models.StarCase:
    """Take back one's own case while nothing is given. Raises Refused: not_own, wrong_state."""
    (kept,) = _locked([case])
    if by.person_id not in (kept.volunteer.person_id, kept.proposed_by_id):
        raise Refused("not_own", "只有本人或申报人可以撤回，没有改动。")
    rules.check_move(rules.STAR_MOVES, now=kept.state, to=State.WITHDRAWN, what="申报")
    org = kept.awaits_id or kept.org_id
    kept.state, kept.awaits = State.WITHDRAWN, None
    kept.save(update_fields=["state", "awaits"])
    _decision(kept, org, Verdict.WITHDRAWN, words="", at=at, by=by).save()
    audit.record(by=by, verb="volunteering.withdraw_star", subject=kept, at=at)
    return kept


def _check_open(found: models.StarRound, *, today: date) -> None:
    if found.state != models.StarRound.State.OPEN:
        raise Refused("wrong_state", "本批次已归档，没有提交。")
    rules.check_in_season(opens_on=found.opens_on, closes_on=found.closes_on, today=today)


def _entered(
    found: models.StarRound,
    chosen: Sequence[queries.Candidate],
    *,
    by_self: bool,
    at: datetime,
    by: Actor,
) -> list[models.StarCase]:
    volunteers = models.Volunteer.objects.select_related("org").in_bulk(
        [one.volunteer_id for one in chosen]
    )
    above = _above([one.org for one in volunteers.values()])
    served = queries.served_by_record(by, volunteers, found.counted_until)
    cases = [
        models.StarCase(
            round=found,
            volunteer=volunteers[one.volunteer_id],
            org=volunteers[one.volunteer_id].org,
            star=one.level.star,
            minutes=one.minutes,
            carried=one.carried,
            served=served.get(one.volunteer_id, {}),
            by_self=by_self,
            proposed_by_id=by.person_id,
            proposed_on=local_day(at),
            awaits_id=rules.deciders(
                one.level.route, tiers=above[volunteers[one.volunteer_id].org_id]
            )[0],
        )
        for one in chosen
    ]
    made = models.StarCase.objects.bulk_create(cases, batch_size=500)
    verb = "volunteering.apply_for_star" if by_self else "volunteering.propose_star"
    _note(made, verb=verb, at=at, by=by, detail={})
    return made


def _above(orgs: Collection[Org]) -> dict[int, list[tuple[int, str]]]:
    """Return for each organisation those from itself upwards, with their levels: one read."""
    codes = {code for org in orgs for code in codes_in(org.path)}
    known = {org.code: org for org in Org.objects.filter(code__in=codes)}
    return {
        org.pk: [
            (known[code].pk, known[code].level)
            for code in reversed(codes_in(org.path))
            if code in known
        ]
        for org in orgs
    }


def _route(case: models.StarCase, *, above: dict[int, list[tuple[int, str]]]) -> tuple[int, ...]:
    levels = {level.star: level for level in case.round.scheme.levels.all()}
    return rules.deciders(levels[case.star].route.split(","), tiers=above[case.org_id])


def _locked(cases: Collection[models.StarCase]) -> list[models.StarCase]:
    found = models.StarCase.objects.select_for_update(of=("self",)).filter(
        pk__in=[case.pk for case in cases]
    )
    related = found.select_related("volunteer", "org", "awaits", "round__scheme")
    return list(related.prefetch_related("round__scheme__levels").order_by("pk"))


def _check_may_decide(case: models.StarCase, *, by: Actor) -> None:
    if case.state != State.REVIEWING or case.awaits is None:
        raise Refused("wrong_state", "这件申报现在不在审核中，没有改动，请刷新后再看。")
    actors.require(by, Act.REVIEW_STAR, at=case.awaits)
    rules.check_not_own_star(
        decider_id=by.person_id,
        person_id=case.volunteer.person_id,
        proposer_id=case.proposed_by_id,
    )


def _step_on(case: models.StarCase, verdict: Verdict, *, route: Sequence[int], today: date) -> None:
    if verdict == Verdict.REFUSED:
        case.state, case.awaits = State.REFUSED, None
    elif case.step + 1 < len(route):
        case.step += 1
        case.awaits_id = route[case.step]
    else:
        case.state, case.awaits = State.NOTICED, None
        case.notice_from = today
        case.notice_until = workday_after(today, count=case.round.scheme.notice_days)


def _decision(
    case: models.StarCase,
    org_id: int,
    verdict: Verdict,
    *,
    words: str,
    at: datetime,
    by: Actor,
) -> models.StarDecision:
    return models.StarDecision(
        case=case,
        org_id=org_id,
        person_id=by.person_id,
        verdict=verdict,
        words=words.strip(),
        at=at,
    )


def _note(
    cases: Sequence[models.StarCase],
    *,
    verb: str,
    at: datetime,
    by: Actor,
    detail: dict[str, object],
) -> None:
    if len(cases) == 1:
        audit.record(by=by, verb=verb, subject=cases[0], at=at, detail=detail)
    else:
        audit.record_many(
            by=by,
            verb=verb,
            model=models.StarCase,
            ids=[case.pk for case in cases],
            at=at,
            detail=detail,
        )


def _tell(cases: Sequence[models.StarCase], *, title: str, text: str, at: datetime) -> None:
    notices.notify(
        person_ids=[case.volunteer.person_id for case in cases],
        kind=Kind.RESULT,
        title=title,
        text=text,
        url=MINE,
        at=at,
    )
