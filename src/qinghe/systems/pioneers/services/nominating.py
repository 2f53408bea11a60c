"""What a school puts up: kept as a draft, handed in within the shares, decided above."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
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
from qinghe.lib.verdicts import Refused
from qinghe.systems.pioneers import models, queries, rules
from qinghe.systems.pioneers.access import Act, judging

Slate = models.Slate
State = models.Slate.State
MENDABLE = (State.DRAFT, State.SENT_BACK)


@dataclass(frozen=True)
class NewLine:
    """How many of a badge a 中队 is put up for."""

    troop: str
    grade: int
    badge: models.Badge
    count: int
    consented_on: date | None


@dataclass(frozen=True)
class NewChild:
    """One child put up for two stars or more: a code of the school and an initial."""

    troop: str
    grade: int
    badge: models.Badge
    code: str
    initial: str
    consented_on: date


@dataclass(frozen=True)
class NewEligible:
    """How many of a grade hold all basic badges."""

    grade: int
    people: int
    troops: int


@dataclass(frozen=True)
class Listed:
    """All that a school's list says."""

    lines: Sequence[NewLine] = ()
    children: Sequence[NewChild] = ()
    eligible: Sequence[NewEligible] = ()


@transaction.atomic
def keep_slate(*, round: models.Round, org: Org, listed: Listed, at: datetime, by: Actor) -> Slate:
    """Keep a school's list of a round as a draft, whole: what it said before is replaced.

    Raises Refused: not_allowed, org_closed, not_a_school, round_closed, wrong_state, wrong_badge,
    badge_twice, code_unclear, initial_unclear.
    """
    actors.require(by, Act.NOMINATE, at=org)
    orgs.check_takes_new(org=org)
    rules.check_nominating(is_school=queries.is_school(by, org), name=org.name)
    rules.check_round_open(opens_on=round.opens_on, closes_on=round.closes_on, day=local_day(at))
    _check_listed(listed, level=round.level)
    slate, _ = Slate.objects.select_for_update(of=("self",)).get_or_create(round=round, org=org)
    if slate.state not in MENDABLE:
        raise Refused("wrong_state", "申报表已经提交，没有改动；评审退回后可以修改。")
    _replace(slate, listed)
    audit.record(
        by=by,
        verb="pioneers.keep_slate",
        subject=slate,
        at=at,
        detail={"lines": len(listed.lines) + len(listed.children)},
    )
    return slate


@transaction.atomic
def submit_slate(*, slate: Slate, at: datetime, by: Actor) -> Slate:
    """Hand a list in: each star within the share of those who hold the one before.

    The school's row is locked first: two lists of one school are counted one after the other.
    Raises Refused: not_allowed, round_closed, wrong_state, nothing_put_up, consent_needed,
    over_share, not_a_holder, no_terms.
    """
    Org.objects.select_for_update().get(pk=slate.org_id)
    kept, today = _locked(slate), local_day(at)
    actors.require(by, Act.NOMINATE, at=kept.org)
    rules.check_round_open(opens_on=kept.round.opens_on, closes_on=kept.round.closes_on, day=today)
    rules.check_move(rules.SLATE_MOVES, now=kept.state, to=State.SUBMITTED, what="申报表")
    lines = queries.nominations_of(by, kept)
    rules.check_something(len(lines))
    _check_consents(kept, lines, today=today)
    _check_shares(kept, lines, today=today, by=by)
    kept.state = State.SUBMITTED
    kept.submitted_by_id, kept.submitted_on = by.person_id, today
    kept.decided_by, kept.decided_on, kept.reason = None, None, ""
    kept.save()
    audit.record(
        by=by,
        verb="pioneers.submit_slate",
        subject=kept,
        at=at,
        detail={"count": sum(one.count for one in lines)},
    )
    return kept


@transaction.atomic
def send_back_slate(*, slate: Slate, reason: str, at: datetime, by: Actor) -> Slate:
    """Send a list back to be mended; it counts no more, and who handed it in is told.

    Raises Refused: reason_needed, not_allowed, wrong_state, own_record.
    """
    rules.check_reason(reason)
    kept = _judged(slate, to=State.SENT_BACK, at=at, by=by)
    kept.reason = reason.strip()
    kept.save()
    audit.record(
        by=by, verb="pioneers.send_back_slate", subject=kept, at=at, detail={"reason": reason}
    )
    _tell(kept, title="红领巾奖章申报被退回", text=kept.reason, at=at)
    return kept


@transaction.atomic
def decide_slate(
    *,
    slate: Slate,
    given: Mapping[int, int],
    children: Collection[int],
    awarded_on: date,
    at: datetime,
    by: Actor,
) -> Slate:
    """Say how many of each line are given, which children among them, and on which day.

    Raises Refused: not_allowed, wrong_state, own_record, wrong_order, more_than_put_up.
    """
    kept = _judged(slate, to=State.DECIDED, at=at, by=by)
    rules.check_award_day(day=awarded_on, submitted_on=kept.submitted_on, today=local_day(at))
    nominees = models.Nominee.objects.filter(nomination__slate=kept)
    nominees.filter(pk__in=children).update(is_awarded=True)
    named = Counter(nominees.filter(is_awarded=True).values_list("nomination", flat=True))
    with_children = set(nominees.values_list("nomination", flat=True))
    lines = queries.nominations_of(by, kept)
    for one in lines:
        one.awarded = named[one.pk] if one.pk in with_children else given.get(one.pk, 0)
        rules.check_given(given=one.awarded, count=one.count, what=str(one))
    models.Nomination.objects.bulk_update(lines, ["awarded"])
    kept.awarded_on = awarded_on
    kept.save()
    total = sum(one.awarded for one in lines)
    audit.record(by=by, verb="pioneers.decide_slate", subject=kept, at=at, detail={"given": total})
    _tell(kept, title="红领巾奖章已评审", text=f"颁发{total}枚", at=at)
    return kept


def _check_listed(listed: Listed, *, level: str) -> None:
    """Refuse badges of another round, a child as a mere count, and what stands there twice."""
    for badge in [*(one.badge for one in listed.lines), *(one.badge for one in listed.children)]:
        if badge.level != level:
            raise Refused("wrong_badge", f"“{badge}”不是这一层级的章，没有保存。")
    for line in listed.lines:
        if _is_named(line.badge):
            raise Refused("wrong_badge", f"“{line.badge}”要逐个队员申报，没有保存。")
    for child in listed.children:
        if not _is_named(child.badge):
            raise Refused("wrong_badge", f"“{child.badge}”只申报枚数，没有保存。")
        rules.check_child(code=child.code, initial=child.initial)
    lines = Counter((one.troop, one.badge.pk) for one in listed.lines)
    named = Counter((one.code, one.badge.pk) for one in listed.children)
    if any(number > 1 for number in (*lines.values(), *named.values())):
        raise Refused(
            "badge_twice", "同一中队或同一编号的同一种章填了两次，没有保存；请合并成一行。"
        )


def _is_named(badge: models.Badge) -> bool:
    return badge.star >= rules.NAMED_FROM and not badge.is_collective


def _replace(slate: Slate, listed: Listed) -> None:
    slate.nominations.all().delete()
    slate.eligible.all().delete()
    models.Eligible.objects.bulk_create(
        models.Eligible(slate=slate, grade=one.grade, people=one.people, troops=one.troops)
        for one in listed.eligible
    )
    models.Nomination.objects.bulk_create(
        models.Nomination(
            slate=slate,
            troop=one.troop,
            grade=one.grade,
            badge=one.badge,
            count=one.count,
            consented_on=one.consented_on,
        )
        for one in listed.lines
    )
    together: dict[tuple[str, int, int], list[NewChild]] = {}
    for child in listed.children:
        together.setdefault((child.troop, child.grade, child.badge.pk), []).append(child)
    for (troop, grade, badge_id), children in together.items():
        line = models.Nomination.objects.create(
            slate=slate, troop=troop, grade=grade, badge_id=badge_id, count=len(children)
        )
        models.Nominee.objects.bulk_create(
            models.Nominee(
                nomination=line,
                code=one.code,
                initial=one.initial,
                consented_on=one.consented_on,
            )
            for one in children
        )


def _check_consents(slate: Slate, lines: Sequence[models.Nomination], *, today: date) -> None:
    for line in lines:
        if not line.badge.is_collective and not _is_named(line.badge):
            rules.check_consent(consented_on=line.consented_on, day=today, whose=line.troop)
    children = models.Nominee.objects.filter(nomination__slate=slate)
    for child in children.select_related("nomination"):
        whose = f"{child.nomination.troop}（{child.code}）"
        rules.check_consent(consented_on=child.consented_on, day=today, whose=whose)


def _check_shares(
    slate: Slate, lines: Sequence[models.Nomination], *, today: date, by: Actor
) -> None:
    stars = [line for line in lines if line.badge.star]
    terms = queries.terms_on(by, today)
    if not stars:
        return
    if terms is None:
        raise Refused("no_terms", "还没有施行星级章比例，没有提交；请联系区级设置。")
    first = [line for line in stars if line.badge.star == 1]
    _check_first(slate, first, percent=terms.star1)
    later = {(line.badge.star, line.badge.is_collective) for line in stars} - {
        (1, True),
        (1, False),
    }
    for star, collective in sorted(later):
        chosen = [
            line
            for line in stars
            if (line.badge.star, line.badge.is_collective) == (star, collective)
        ]
        _check_later(slate, chosen, terms=terms, today=today, by=by)


def _check_first(slate: Slate, lines: Sequence[models.Nomination], *, percent: int) -> None:
    """Hold one star, grade by grade, within its share of those with all basic badges."""
    base = {one.grade: one for one in slate.eligible.all()}
    asked: Counter[tuple[int, bool]] = Counter()
    for line in lines:
        asked[line.grade, line.badge.is_collective] += line.count
    for (grade, collective), number in sorted(asked.items()):
        found = base.get(grade)
        holders = (found.troops if collective else found.people) if found else 0
        rules.check_share(
            what=f"{grade}年级{'集体' if collective else '个人'}一星章",
            asked=number,
            used=0,
            percent=percent,
            base=holders,
        )


def _check_later(
    slate: Slate,
    lines: Sequence[models.Nomination],
    *,
    terms: models.StarTerms,
    today: date,
    by: Actor,
) -> None:
    """Hold a later star within its share of those who were given the one before within the year."""
    star, collective = lines[0].badge.star, lines[0].badge.is_collective
    within = terms.within_days
    rules.check_share(
        what=f"{'集体' if collective else '个人'}{rules.STARS[star]}章",
        asked=sum(line.count for line in lines),
        used=queries.asked_elsewhere(
            by, slate, star=star, collective=collective, day=today, within=within
        ),
        percent=getattr(terms, f"star{star}"),
        base=queries.held_at(
            by, slate.org, star=star - 1, collective=collective, day=today, within=within
        ),
    )
    if star > rules.NAMED_FROM and not collective:
        children = models.Nominee.objects.filter(nomination__in=[line.pk for line in lines])
        rules.check_holders(
            codes=children.values_list("code", flat=True),
            holding=queries.codes_holding(by, slate.org, star=star - 1, day=today, within=within),
            star=star,
        )


def _judged(slate: Slate, *, to: State, at: datetime, by: Actor) -> Slate:
    kept = _locked(slate)
    actors.require(by, judging(kept.round.level), at=kept.org)
    rules.check_move(rules.SLATE_MOVES, now=kept.state, to=to, what="申报表")
    rules.check_the_other_pair_of_eyes(submitted_by=kept.submitted_by_id, reviewer=by.person_id)
    kept.state, kept.decided_by_id, kept.decided_on = to, by.person_id, local_day(at)
    return kept


def _locked(slate: Slate) -> Slate:
    found = Slate.objects.select_for_update(of=("self",)).select_related("org", "round")
    return found.get(pk=slate.pk)


def _tell(slate: Slate, *, title: str, text: str, at: datetime) -> None:
    notices.notify(
        person_ids=[slate.submitted_by_id] if slate.submitted_by_id else [],
        kind=Kind.RESULT,
        title=title,
        text=f"{slate}：{text}",
        url=f"/pioneers/slates/{slate.pk}/",
        at=at,
    )
