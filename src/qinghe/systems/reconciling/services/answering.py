"""Differences are answered by the branch, confirmed or sent back by whoever decides, and put right."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.people import queries as people_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Membership
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_move
from qinghe.systems.reconciling import models, queries, rules
from qinghe.systems.reconciling.access import Act
from qinghe.systems.reconciling.rules import Field, State

from .tallies import Counting
from .work import Lines

Difference = models.Difference
WHAT = "这条差异"


@dataclass(frozen=True)
class Said:
    """What a branch answers, and why."""

    answer: str
    reason: str


@transaction.atomic
def answer_difference(
    *, difference: models.Difference, said: Said, at: datetime, by: Actor
) -> models.Difference:
    """Say which side is right, that it is put right already, or that nobody knows the person.

    Raises Refused: not_allowed, to_be_chosen, reason_needed, wrong_state.
    """
    found = _locked(difference)
    if not queries.may_answer(by, found):
        actors.require(by, Act.ANSWER, at=found.org)
    rules.check_answerable(found.kind)
    reason = rules.check_reason(said.reason)
    _move(found, State.ANSWERED)
    found.answer, found.reason, found.returned = said.answer, reason, ""
    found.answered_by_id, found.answered_at = by.person_id, at
    return _done(found, "answer_difference", at=at, by=by)


@transaction.atomic
def confirm_answer(*, difference: models.Difference, at: datetime, by: Actor) -> models.Difference:
    """Agree to an answer; where it says so, and only in what may be corrected, the file here changes.

    Raises Refused: not_allowed, own_answer, wrong_state, changed_since, no_file and the codes of
    people.change_league_file.
    """
    found = _locked(difference)
    actors.require(by, Act.DECIDE, at=found.org)
    rules.check_answerable(found.kind)
    rules.check_other_hand(answered_by=found.answered_by_id, decider=by.person_id)
    if found.state == State.OPEN:
        raise Refused("wrong_state", "这一条还没有答复，没有改动，请等支部答复。")
    _move(found, State.CONFIRMED)
    found.is_corrected = _correct(found, at=at, by=by)
    found.decided_by_id, found.decided_at, found.closed_on = by.person_id, at, local_day(at)
    return _done(found, "confirm_answer", at=at, by=by)


@transaction.atomic
def return_answer(
    *, difference: models.Difference, reason: str, at: datetime, by: Actor
) -> models.Difference:
    """Send an answer back to its branch, and say why.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    found = _locked(difference)
    actors.require(by, Act.DECIDE, at=found.org)
    why = rules.check_reason(reason)
    if found.state != State.ANSWERED:
        raise Refused("wrong_state", "这一条现在没有待确认的答复，没有改动，请刷新后再看。")
    _move(found, State.OPEN)
    found.returned = why
    return _done(found, "return_answer", at=at, by=by)


@transaction.atomic
def choose_member(
    *, difference: models.Difference, member: Membership | None, at: datetime, by: Actor
) -> models.Difference:
    """Say whose an unsure line is; nobody means that the person is missing here.

    What the line says otherwise of the member becomes differences of their own, and the next run
    remembers the choice. Raises Refused: not_allowed, not_unsure, wrong_state, claimed, rows_erased.
    """
    found = _locked(difference)
    actors.require(by, Act.DECIDE, at=found.org)
    rules.check_to_choose(found.kind)
    row = queries.row_of(by, found)
    if row is None:
        raise Refused("rows_erased", "这次对账的原始行已到期清除，没有改动，请用新的导出重新对账。")
    if member is None:
        return _missing(found, row, at=at, by=by)
    _check_takes(found, member)
    _move(found, State.CONFIRMED)
    found.person, found.closed_on = member.person, local_day(at)
    found.decided_by_id, found.decided_at = by.person_id, at
    done = _done(found, "choose_member", at=at, by=by)
    _take(row, member, at=at, by=by)
    return done


def _missing(
    found: models.Difference, row: models.RunRow, *, at: datetime, by: Actor
) -> models.Difference:
    """Turn an unsure line into one that is missing here; its branch is asked."""
    key = found.key.replace(f"{rules.Kind.UNSURE}:", f"{rules.Kind.MISSING}:", 1)
    if Difference.objects.filter(run=found.run_id, key=key).exists():
        raise Refused("claimed", "同样的一行已列入缺少，没有改动。")
    if found.state != State.OPEN:
        raise Refused("wrong_state", "这一行已经选定，没有改动，请刷新后再看。")
    found.kind, found.key = rules.Kind.MISSING, key
    found.ours, found.theirs = rules.NOT_HERE, row.branch or rules.HERE
    row.outcome = models.RunRow.Outcome.MISSING
    row.save(update_fields=["outcome"])
    Counting(found.run_id, row.org_id).rows()
    return _done(found, "choose_nobody", at=at, by=by)


def _take(row: models.RunRow, member: Membership, *, at: datetime, by: Actor) -> None:
    """Give a line to a member, with what it says otherwise; they are no longer extra here."""
    told, run, today = queries.row_as_told(by, row), row.run, local_day(at)
    shown = {member.person_id: {told.shown}} if told.shown else {}
    ground = rules.Ground(
        roll=rules.Roll(queries.on_roll(by, member.org, on=today)),
        agrees=people_queries.agreeing_with_shown(shown),
        names=queries.names_below(by, run.org),
        org=run.org_id,
    )
    match = rules.Match(member.person_id, rules.How.HAND)
    judged = rules.judge(told, match, ground=ground, repeat=0)
    row.person, row.how, row.outcome = member.person, judged.how, judged.outcome
    row.save(update_fields=["person", "how", "outcome"])
    Counting(run.pk, row.org_id).rows()
    new = Lines(run).differences([judged])
    for one in new:
        one.found_on = today
    Difference.objects.bulk_create(new)
    run.differences.filter(
        person=member.person, kind=rules.Kind.EXTRA, state__in=rules.LIVE
    ).update(state=State.SETTLED, closed_on=today)
    Counting(run.pk, member.org_id).waiting(on=today)


def _check_takes(found: models.Difference, member: Membership) -> None:
    if not member.org.path.startswith(found.run.org.path):
        raise Refused("not_below", "所选团员不在这次对账的组织范围内，没有改动。")
    if models.RunRow.objects.filter(run=found.run_id, person=member.person_id).exists():
        raise Refused("claimed", "所选团员已由文件中的另一行对应，没有改动；请核对两行。")


def _correct(found: models.Difference, *, at: datetime, by: Actor) -> bool:
    """Correct the file here as the answer says; tell whether it changed."""
    field = rules.correction(
        kind=found.kind, field=found.field, answer=found.answer, ours=found.ours
    )
    if not field or found.person is None:
        return False
    file = LeagueFile.objects.select_for_update().filter(person=found.person).first()
    if file is None:
        return _open(found, field, at=at, by=by)
    now = file.number if field == Field.NUMBER else file.joined_on.isoformat()
    if now == found.theirs:
        return False
    if (now or rules.NOTHING) != found.ours:
        raise Refused(
            "changed_since", "本平台的登记在对账后已有变动，没有改动；请退回重新核对，或重新对账。"
        )
    new = people.NewFile(file.joined_on, file.number, file.party_on)
    if field == Field.NUMBER:
        new = replace(new, number=found.theirs)
    else:
        new = replace(new, joined_on=date.fromisoformat(found.theirs))
    people.change_league_file(file=file, new=new, at=at, by=by)
    return True


def _open(found: models.Difference, field: str, *, at: datetime, by: Actor) -> bool:
    if field == Field.NUMBER or found.person is None:
        raise Refused("no_file", "此人还没有团员档案，没有改动；请先建立档案，写明入团日期。")
    new = people.NewFile(date.fromisoformat(found.theirs))
    people.open_league_file(person=found.person, new=new, at=at, by=by)
    return True


def _locked(difference: models.Difference) -> models.Difference:
    """Return a difference anew, its run's row locked before it. Raises Refused: not_finished."""
    models.Run.objects.select_for_update().get(pk=difference.run_id)
    rows = Difference.objects.select_for_update(of=("self",))
    found = rows.select_related("run__org", "org", "person").get(pk=difference.pk)
    if found.run.state != models.Run.State.DONE:
        raise Refused("not_finished", "这次对账还没有完成，没有改动。")
    return found


def _move(found: models.Difference, to: State) -> None:
    check_move(rules.DIFFERENCE_MOVES, now=found.state, to=to, what=WHAT)
    found.state = to


def _done(found: models.Difference, verb: str, *, at: datetime, by: Actor) -> models.Difference:
    found.save()
    Counting(found.run_id, found.org_id).waiting(on=local_day(at))
    detail = {"kind": found.get_kind_display(), "field": found.get_field_display()}
    if found.answer:
        detail |= {"answer": found.get_answer_display(), "reason": found.returned or found.reason}
    audit.record(by=by, verb=f"reconciling.{verb}", subject=found, at=at, detail=detail)
    return found
