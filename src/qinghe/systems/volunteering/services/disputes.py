"""A volunteer says what is wrong with their record; the host answers within its days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

State = models.HoursDispute.State
MINE = "/volunteering/mine/service/"


@dataclass(frozen=True)
class NewDispute:
    """What a volunteer holds against their record; without an attendance or carried hours one is
    missing.
    """

    volunteer: models.Volunteer
    org: Org
    day: date
    words: str
    attendance: models.Attendance | None = None
    carried: models.CarriedHours | None = None

    @property
    def kind(self) -> models.HoursDispute.Kind:
        """Return what it is about."""
        if self.attendance:
            return models.HoursDispute.Kind.WRONG
        kinds = models.HoursDispute.Kind
        return kinds.CARRIED if self.carried else kinds.MISSING


@transaction.atomic
def dispute_hours(
    *, new: NewDispute, evidence: Upload | None = None, at: datetime, by: Actor
) -> models.HoursDispute:
    """Say in one's own name that a record is wrong or missing.

    Raises Refused: not_yours, reason_needed, in_future, disputed_already.
    """
    rules.check_reason(new.words)
    if new.volunteer.person_id != by.person_id:
        raise Refused("not_yours", "只能对本人的服务记录提出异议，没有提交。")
    if new.day > local_day(at):
        raise Refused("in_future", "服务日期还没有到，没有提交，请核对日期。")
    same = models.HoursDispute.objects.filter(
        volunteer=new.volunteer,
        attendance=new.attendance,
        carried=new.carried,
        served_on=new.day,
        state=State.OPEN,
    )
    if same.exists():
        raise Refused("disputed_already", "这一条已有异议在等待答复，没有重复提交。")
    terms = queries.terms_on(by, local_day(at))
    made = models.HoursDispute.objects.create(
        kind=new.kind,
        volunteer=new.volunteer,
        org=new.org,
        attendance=new.attendance,
        carried=new.carried,
        served_on=new.day,
        words=new.words.strip(),
        asked_at=at,
        due_on=queries.due_on(by, at, days=terms.answer_days),
    )
    if evidence is not None:
        files.attach(subject=made, upload=evidence, label="本人提供", at=at, by=by)
    audit.record(by=by, verb="volunteering.dispute_hours", subject=made, at=at)
    return made


@transaction.atomic
def withdraw_dispute(
    *, dispute: models.HoursDispute, at: datetime, by: Actor
) -> models.HoursDispute:
    """Take one's own dispute back. Raises Refused: not_yours, wrong_state."""
    kept = _locked(dispute)
    if kept.volunteer.person_id != by.person_id:
        raise Refused("not_yours", "只能撤回本人的异议，没有改动。")
    _move(kept, to=State.WITHDRAWN)
    kept.save(update_fields=["state"])
    audit.record(by=by, verb="volunteering.withdraw_dispute", subject=kept, at=at)
    return kept


@transaction.atomic
def answer_dispute(
    *, dispute: models.HoursDispute, verdict: str, answer: str, at: datetime, by: Actor
) -> models.HoursDispute:
    """Answer a volunteer: what was put right, or why it stands.

    Raises Refused: not_allowed, own_dispute, reason_needed, wrong_state, not_corrected.
    """
    rules.check_reason(answer)
    kept = _locked(dispute)
    actors.require(by, Act.ANSWER_DISPUTE, at=kept.org)
    rules.check_not_own_dispute(answerer_id=by.person_id, person_id=kept.volunteer.person_id)
    _move(kept, to=State(verdict))
    rules.check_answer(verdict=verdict, changed=queries.changed_since(by, kept))
    kept.answer, kept.answered_by_id, kept.answered_at = answer.strip(), by.person_id, at
    kept.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    audit.record(
        by=by,
        verb="volunteering.answer_dispute",
        subject=kept,
        at=at,
        detail={"verdict": verdict, "answer": kept.answer},
    )
    notices.notify(
        person_ids=[kept.volunteer.person_id],
        kind=Kind.RESULT,
        title="时长异议答复",
        text=f"{kept.served_on.isoformat()}：{kept.get_state_display()}。{kept.answer}",
        url=MINE,
        at=at,
    )
    return kept


def _locked(dispute: models.HoursDispute) -> models.HoursDispute:
    found = models.HoursDispute.objects.select_for_update(of=("self",))
    return found.select_related("org", "volunteer").get(pk=dispute.pk)


def _move(dispute: models.HoursDispute, *, to: State) -> None:
    rules.check_move(rules.DISPUTE_MOVES, now=dispute.state, to=to, what="异议")
    dispute.state = to
