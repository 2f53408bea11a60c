"""What the committee above the branch decides, one applicant at a time (T-14)."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Person
from qinghe.lib.identifiers import age_on
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import models, queries, rules
from qinghe.systems.joining.access import Act

from .keeping import release_number, reserve_number, use_number
from .turns import COMMITTEE, Turn

Case = models.Case
OTHER_YEAR = "支部大会跨年度，换用当年编号"


@transaction.atomic
def confirm_activist(*, case: Case, on: date, words: str = "", at: datetime, by: Actor) -> Case:
    """Approve whom a branch reported as 积极分子 (3); cultivation is counted from this day.

    Raises Refused: own_hand, wrong_order and what Turn.take raises.
    """
    turn = Turn.take(case, 3, on=on, awaits=COMMITTEE, at=at, by=by)
    rules.check_other_hand(
        by=by.person_id, prepared_by=(turn.step.by_id,), applicant=turn.case.person_id
    )
    if turn.step.on and on < turn.step.on:
        raise Refused(
            "wrong_order",
            f"批准日期（{on}）不能早于支委会决定的日期（{turn.step.on}），没有保存；请核对这两个日期。",
        )
    told = "；".join(part for part in (turn.step.words, words.strip()) if part)
    kept = turn.settle(on=on, decided_by_id=by.person_id, words=told)
    kept.save()
    audit.record(
        by=by, verb="joining.confirm_activist", subject=kept, at=at, detail={"on": str(on)}
    )
    Turn.tell(
        kept, title="已批准为入团积极分子", text=f"{kept.org.name}的入团申请有了进展。", at=at
    )
    return kept


@transaction.atomic
def preview(*, case: Case, on: date, words: str, at: datetime, by: Actor) -> Case:
    """Agree in writing to a 发展对象 and issue the 志愿书 with its number (7).

    Raises Refused: own_hand, reason_needed, what reserve_number and Turn.take raise.
    """
    told = rules.check_reason(words)
    turn = Turn.take(case, 7, on=on, awaits=COMMITTEE, at=at, by=by)
    _check_other_hand(turn.case, handed_in=6, by=by)
    turn.case.number = reserve_number(org=turn.case.org, person=turn.case.person, at=at, by=by)
    kept = turn.settle(on=on, decided_by_id=by.person_id, words=told)
    kept.save()
    audit.record(
        by=by,
        verb="joining.preview",
        subject=kept,
        at=at,
        detail={"on": str(on), "number": kept.number},
    )
    Turn.tell(kept, title="入团预审已通过", text=f"{kept.org.name}的入团申请有了进展。", at=at)
    return kept


@transaction.atomic
def approve(*, case: Case, on: date, words: str, over: str = "", at: datetime, by: Actor) -> Case:
    """Approve whom a branch's meeting admitted (12): from the day of the meeting a member (T-10).

    The number, the file and the place on the roll are written in the same transaction. `over` says
    why one more is admitted where a graduating class is above the ceiling (T-15).
    Raises Refused: own_hand, reason_needed, over_ceiling, wrong_order, what Turn.take raises, and the codes of
    use_number, people.open_league_file, people.rejoin_league and people.admit_member.
    """
    told = rules.check_reason(words)
    turn = Turn.take(case, 12, on=on, awaits=COMMITTEE, at=at, by=by)
    _check_other_hand(turn.case, handed_in=11, by=by)
    joined_on = turn.standing.days[11]
    rules.check_days_of_paper(meeting=joined_on, approval=on)
    why = rules.check_ratio(_ratio_locked(turn.case, on=local_day(at), by=by), why=over)
    told = f"{told}；超过团青比上限的理由：{why}" if why else told
    person = turn.case.person
    _fit_number(turn.case, joined_on=joined_on, at=at, by=by)
    use_number(person=person, joined_on=joined_on, at=at, by=by)
    _file(person, joined_on=joined_on, number=turn.case.number, at=at, by=by)
    branch = orgs.now_of(turn.case.org)  # merged meanwhile: on the roll of who took it over
    people.admit_member(person=person, org=branch, starts_on=joined_on, at=at, by=by)
    turn.case.joined_on = joined_on
    turn.case.age = age_on(person.birth_date, joined_on) if person.birth_date else 0
    kept = turn.settle(on=on, decided_by_id=by.person_id, words=told)
    kept.save()
    audit.record(
        by=by,
        verb="joining.approve",
        subject=kept,
        at=at,
        detail={"on": str(on), "joined_on": str(joined_on)},
    )
    return kept


@transaction.atomic
def file_case(*, case: Case, at: datetime, by: Actor) -> Case:
    """Put somebody admitted on the record of the county's committee (12). Safe to repeat.

    Raises Refused: not_allowed, wrong_state.
    """
    kept = Turn.locked(case)
    actors.require(by, Act.FILE, at=kept.org)
    if kept.joined_on is None:
        raise Refused("wrong_state", "还没有批准入团，不能备案，没有改动。")
    if kept.filed_on is None:
        kept.filed_on = local_day(at)
        kept.save(update_fields=["filed_on"])
        audit.record(by=by, verb="joining.file", subject=kept, at=at)
    return kept


def _ratio_locked(case: Case, *, on: date, by: Actor) -> rules.Ratio | None:
    """Return what one more member weighs on; two approvals at one school wait in one line."""
    beside = models.GraduatingClass.objects.filter(org__parent=case.org.parent_id)
    list(beside.select_for_update(of=("self",)).order_by("pk"))
    return queries.ratio_at(by, case.org, on=on)


def _file(person: Person, *, joined_on: date, number: str, at: datetime, by: Actor) -> None:
    """Open the file of a new member, or let that of somebody who had left begin again."""
    new = people.NewFile(joined_on=joined_on, number=number)
    known = LeagueFile.objects.filter(person=person).first()
    if known is None:
        people.open_league_file(person=person, new=new, at=at, by=by)
    else:
        people.rejoin_league(file=known, new=new, at=at, by=by)


def _check_other_hand(case: Case, *, handed_in: int, by: Actor) -> None:
    before = case.steps.get(number=handed_in)
    rules.check_other_hand(by=by.person_id, prepared_by=(before.by_id,), applicant=case.person_id)


def _fit_number(case: Case, *, joined_on: date, at: datetime, by: Actor) -> None:
    """Change a number of the year before for one of the year of the meeting (T-20)."""
    if case.number.startswith(str(joined_on.year)):
        return
    release_number(person=case.person, reason=OTHER_YEAR, at=at, by=by)
    case.number = reserve_number(org=case.org, person=case.person, at=at, by=by)
