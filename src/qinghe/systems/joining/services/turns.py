"""How every step is taken: the case locked, the right and the order asked for, the next step opened."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib.periods import local_day
from qinghe.systems.joining import models, queries, rules
from qinghe.systems.joining.access import Act

from .keeping import release_number

Case = models.Case
BRANCH, COMMITTEE = "branch", "committee"
MINE = "/joining/mine/"


@dataclass(frozen=True)
class Turn:
    """A case whose next step may be taken now: the step, how far it came, the terms it keeps."""

    case: Case
    step: models.Step
    standing: rules.Standing
    terms: models.JoiningTerms

    @classmethod
    def take(
        cls, case: Case, number: int, *, on: date, awaits: str = BRANCH, at: datetime, by: Actor
    ) -> "Turn":
        """Return the turn in which a step is taken.

        Raises Refused: not_allowed, own_hand, wrong_state, not_next, in_future, wrong_order, not_yet.
        """
        kept = cls.locked(case)
        cls.require(by, kept, awaits=awaits)
        terms, standing = queries.terms_of(by, kept), queries.standing_of(by, kept)
        rules.check_turn(
            standing,
            number=number,
            awaits=awaits,
            on=on,
            today=local_day(at),
            terms=queries.rules_of(by, terms),
        )
        return cls(kept, kept.steps.get(number=number), standing, terms)

    def settle(self, *, on: date, **told: object) -> Case:
        """Write the step down as done, and open the next one with whose it is and until when."""
        step, case = self.step, self.case
        for name, value in {"done_on": on, **told}.items():
            setattr(step, name, value)
        step.on = step.on or on
        step.save()
        case.step += 1
        days = {**self.standing.days, step.number: on}
        case.awaits = rules.awaits_of(case.step)
        case.due_on = self.due_of(case.step, days=days, terms=self.terms)
        if case.step <= rules.LAST:
            self.open_step(case, since=on)
        return case

    @staticmethod
    def locked(case: Case) -> Case:
        """Return a case as it is now, its row locked: steps are taken one after the other."""
        found = Case.objects.select_for_update(of=("self",)).select_related("org__parent", "person")
        return found.get(pk=case.pk)

    @staticmethod
    def require(by: Actor, case: Case, *, awaits: str) -> None:
        """Refuse who may not act for the branch, or for the committee above it; or acts on themself.

        Raises Refused: not_allowed, own_hand.
        """
        if awaits == COMMITTEE and case.org.parent is not None:
            actors.require(by, Act.APPROVE, at=case.org.parent)
        else:
            actors.require(by, Act.RUN, at=case.org)
        rules.check_other_hand(by=by.person_id, prepared_by=(), applicant=case.person_id)

    @staticmethod
    def open_step(case: Case, *, since: date) -> models.Step:
        """Let a case's step stand open from a day on."""
        return models.Step.objects.create(
            case=case, number=case.step, since=since, due_on=case.due_on
        )

    @staticmethod
    def due_of(number: int, *, days: dict[int, date], terms: models.JoiningTerms) -> date | None:
        """Return until when a step is to be done by these terms."""
        limits = {2: terms.talk_months, 12: terms.approval_months, 15: terms.archive_days}
        return rules.due_of(number, days=days, limits=limits)

    @staticmethod
    def tell(case: Case, *, title: str, text: str, at: datetime) -> None:
        """Tell the applicant what became of their application."""
        notices.notify(
            person_ids=[case.person_id], kind=Kind.RESULT, title=title, text=text, url=MINE, at=at
        )

    @staticmethod
    def end(case: Case, *, to: str, reason: str, on: date, at: datetime, by: Actor) -> Case:
        """End a locked case without admission; the number that was kept for it is let go (T-27).

        Whoever may end the case, be it the applicant, lets the number go as the branch would.
        """
        if case.number:
            as_branch = replace(
                by, holdings=(*by.holdings, Held(Role.BRANCH_SECRETARY, case.org.path))
            )
            release_number(person=case.person, reason=reason, at=at, by=as_branch)
        case.state, case.reason, case.closed_on = to, reason[:300], on
        case.awaits, case.due_on, case.paused_on, case.number = "", None, None, ""
        case.save()
        return case
