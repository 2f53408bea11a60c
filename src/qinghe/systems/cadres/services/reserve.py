"""The reserve of cadres: nominated, agreed to by the person, examined by a group, in, out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day, months_after
from qinghe.lib.verdicts import Refused, check_move
from qinghe.systems.cadres import models, queries, rules
from qinghe.systems.cadres.access import Act

from .telling import _tell

Candidate = models.Candidate
Examination = models.Examination
State = models.Candidate.State
OutAs = models.Candidate.OutAs
MONTHS_TO_DECIDE = 3


@dataclass(frozen=True)
class Nomination:
    """Somebody proposed for the reserve, and why."""

    person: Person
    org: Org
    politics: str
    education: str
    reason: str
    strengths: str = ""


@dataclass(frozen=True)
class _Case:
    """One candidate, locked, while somebody acts on them."""

    kept: Candidate
    at: datetime
    by: Actor

    def move(self, to: str) -> None:
        """Go on to a state, if one may from here."""
        check_move(rules.CANDIDATE_MOVES, now=self.kept.state, to=to, what="这位储备人选")
        self.kept.state, self.kept.moved_on = to, local_day(self.at)
        self.kept.save()

    def note(self, verb: str, **detail: object) -> Candidate:
        """Leave the entry in the trail."""
        audit.record(
            by=self.by, verb=f"cadres.{verb}", subject=self.kept, at=self.at, detail=detail
        )
        return self.kept

    def tell(self, title: str, text: str) -> None:
        """Tell the candidate."""
        _tell([self.kept.person_id], title=title, text=text, at=self.at, by=self.by)


@transaction.atomic
def nominate(*, new: Nomination, at: datetime, by: Actor) -> Candidate:
    """Propose somebody; nothing further happens before they agree on their own page.

    Raises Refused: not_allowed, too_young, words_needed, own_candidate, nominated_already.
    """
    actors.require(by, Act.KEEP_RESERVE, at=new.org)
    today = local_day(at)
    if new.person.pk == by.person_id:
        raise Refused("own_candidate", "不能提名自己，没有保存。")
    rules.check_grown_up(birth_date=new.person.birth_date, on=today)
    if Candidate.objects.filter(person=new.person, state__in=models.OPEN_CANDIDATES).exists():
        raise Refused("nominated_already", "此人已在储备库中或正在考察，没有重复提名。")
    made = Candidate.objects.create(
        person=new.person,
        org=new.org,
        politics=new.politics,
        education=new.education,
        strengths=new.strengths.strip(),
        reason=rules.check_text(new.reason, what="推荐理由"),
        nominated_by_id=by.person_id,
        nominated_on=today,
        moved_on=today,
    )
    case = _Case(made, at, by)
    case.tell("储备人选提名", "您被提名为团干部储备人选，请在“团干部”页确认是否同意。")
    return case.note("nominate", org=new.org.code)


@transaction.atomic
def agree(*, candidate: Candidate, at: datetime, by: Actor) -> Candidate:
    """Say yes to being examined, as the person concerned. Raises Refused: not_allowed, wrong_state."""
    case = _own(candidate, at=at, by=by)
    today = local_day(at)
    case.kept.agreed_on = today
    case.kept.due_on = months_after(today, months=MONTHS_TO_DECIDE)
    case.move(State.AGREED)
    return case.note("agree")


@transaction.atomic
def decline(*, candidate: Candidate, at: datetime, by: Actor) -> Candidate:
    """Say no, or no longer, before one is in. Raises Refused: not_allowed, wrong_state."""
    case = _own(candidate, at=at, by=by)
    case.kept.words, case.kept.due_on = "本人不同意", None
    case.move(State.REFUSED)
    return case.note("decline")


@transaction.atomic
def leave_reserve(*, candidate: Candidate, at: datetime, by: Actor) -> Candidate:
    """Leave the reserve, as the person concerned. Raises Refused: not_allowed, wrong_state."""
    case = _own(candidate, at=at, by=by)
    _go_out(case, how=OutAs.WITHDRAWN)
    return case.note("leave_reserve")


@transaction.atomic
def form_group(
    *, candidate: Candidate, examiners: Collection[Person], at: datetime, by: Actor
) -> Candidate:
    """Say who examines a candidate; what somebody has written already stays.

    Raises Refused: not_allowed, wrong_state, own_candidate, too_few_examiners.
    """
    case = _kept(candidate, at=at, by=by)
    if case.kept.state != State.AGREED:
        raise Refused("wrong_state", "只有本人已经同意、尚未审定的人选可以组织考察，没有改动。")
    wanted = {one.pk for one in examiners}
    given = set(
        case.kept.examinations.filter(given_on__isnull=False).values_list("person", flat=True)
    )
    rules.check_group(
        examiners=wanted | given,
        least=queries.terms_on(by, local_day(at)).examiners,
        nominated_by=case.kept.nominated_by_id,
        candidate=case.kept.person_id,
    )
    case.kept.examinations.filter(given_on__isnull=True).exclude(person__in=wanted).delete()
    there = set(case.kept.examinations.values_list("person", flat=True))
    Examination.objects.bulk_create(
        Examination(candidate=case.kept, person_id=key) for key in sorted(wanted - there)
    )
    asked = sorted(wanted - there)
    _tell(asked, title="储备人选考察", text="请在“团干部”页提交考察意见。", at=at, by=by)
    return case.note("form_group", people=len(wanted | given))


@transaction.atomic
def give_opinion(
    *, examination: Examination, verdict: str, opinion: str, at: datetime, by: Actor
) -> Examination:
    """Write what one found, as one of the group; once.

    Raises Refused: not_allowed, wrong_state, words_needed.
    """
    found = Examination.objects.select_for_update(of=("self",)).select_related("candidate")
    kept = found.get(pk=examination.pk)
    if kept.person_id != by.person_id:
        raise Refused("not_allowed", "考察意见由考察人本人提交，没有保存。")
    if kept.candidate.state != State.AGREED or kept.given_on:
        raise Refused("wrong_state", "这份考察意见已经提交，或者人选已经审定，没有保存。")
    kept.verdict, kept.given_on = verdict, local_day(at)
    kept.opinion = rules.check_text(opinion, what="考察意见")
    kept.save()
    audit.record(by=by, verb="cadres.give_opinion", subject=kept.candidate, at=at)
    return kept


@transaction.atomic
def admit(*, candidate: Candidate, words: str, at: datetime, by: Actor) -> Candidate:
    """Take a candidate in, after the whole group has written.

    Raises Refused: not_allowed, wrong_state, own_candidate, not_heard, words_needed.
    """
    case = _kept(candidate, at=at, by=by)
    today = local_day(at)
    terms = queries.terms_on(by, today)
    verdicts = list(case.kept.examinations.values_list("verdict", flat=True))
    rules.check_all_heard(verdicts=verdicts, least=terms.examiners)
    case.kept.words = rules.check_text(words, what="审定意见")
    case.kept.decided_by_id = by.person_id
    case.kept.in_on = today
    case.kept.expires_on = months_after(today, months=12 * terms.reserve_years)
    case.kept.due_on = case.kept.expires_on
    case.move(State.IN)
    case.tell("储备人选审定", f"您已列入团干部储备库，在库至{case.kept.expires_on.isoformat()}。")
    return case.note("admit", until=case.kept.expires_on.isoformat())


@transaction.atomic
def turn_down(*, candidate: Candidate, words: str, at: datetime, by: Actor) -> Candidate:
    """Not take a candidate in. Raises Refused: not_allowed, wrong_state, own_candidate, words_needed."""
    case = _kept(candidate, at=at, by=by)
    case.kept.words = rules.check_text(words, what="审定意见")
    case.kept.decided_by_id, case.kept.due_on = by.person_id, None
    case.move(State.REFUSED)
    case.tell("储备人选审定", "这次没有列入团干部储备库。")
    return case.note("turn_down")


@transaction.atomic
def let_out(*, candidate: Candidate, how: str, words: str, at: datetime, by: Actor) -> Candidate:
    """Let somebody out of the reserve: used, over, or no longer fit; only they withdraw themselves.

    Raises Refused: not_allowed, wrong_state, own_candidate, words_needed, not_expired.
    """
    case = _kept(candidate, at=at, by=by)
    case.kept.words = rules.check_text(words, what="出库说明")
    expires_on = case.kept.expires_on
    if how == OutAs.EXPIRED and expires_on and expires_on > local_day(at):
        raise Refused("not_expired", f"在库期限到{expires_on.isoformat()}，还没有到期，没有改动。")
    if how == OutAs.WITHDRAWN:
        raise Refused("not_allowed", "本人退出由本人在自己的页面办理，没有改动。")
    _go_out(case, how=how)
    case.tell("储备库出库", f"您已不在团干部储备库：{case.kept.get_out_as_display()}。")
    return case.note("let_out", how=how)


def _go_out(case: _Case, *, how: str) -> None:
    case.kept.out_on, case.kept.out_as, case.kept.due_on = local_day(case.at), how, None
    case.move(State.OUT)


def _kept(candidate: Candidate, *, at: datetime, by: Actor) -> _Case:
    kept = _locked(candidate)
    actors.require(by, Act.KEEP_RESERVE, at=kept.org)
    if kept.person_id == by.person_id:
        raise Refused("own_candidate", "不能办理自己的储备事项，没有改动；请另一位同志办理。")
    return _Case(kept, at, by)


def _own(candidate: Candidate, *, at: datetime, by: Actor) -> _Case:
    kept = _locked(candidate)
    if kept.person_id != by.person_id:
        raise Refused("not_allowed", "只有本人可以这样办理，没有改动。")
    return _Case(kept, at, by)


def _locked(candidate: Candidate) -> Candidate:
    held = Candidate.objects.select_for_update(of=("self",)).select_related("org")
    return held.get(pk=candidate.pk)
