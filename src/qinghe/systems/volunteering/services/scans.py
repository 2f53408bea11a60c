"""Scans at the door: of a card by who keeps it, of the rotating code by the volunteer, or a queue.

All come to the same place, one scan or five hundred: each is recorded exactly once by its nonce, in
any order, and what they come to is decided by `rules.scans` from their times alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from qinghe.kernel import bulk
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.compiled import Compiled
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Finding, Mark, Spot

from .pairing import Pairing

Scan = models.Scan
How = Scan.How
Verdict = Scan.Verdict
VERBS = {"in": "volunteering.check_in", "out": "volunteering.check_out"}


@dataclass(frozen=True)
class NewScan:
    """A scan as it comes in. `volunteer` is a number, or the text of a card's QR.

    A device that kept it for a while says by its own clock when it scanned and when it sends.
    """

    nonce: str
    volunteer: str
    kind: str = "in"
    device: str = ""
    device_at: datetime | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Tap:
    """How a code at the door was told: where, typed or scanned, by which phone, with which children."""

    there: Spot | None = None
    by_digits: bool = False
    device: str = ""
    wards: Sequence[models.Volunteer] = ()


@dataclass(frozen=True)
class Answer:
    """What became of one scan."""

    nonce: str
    finding: Finding
    at: datetime | None = None
    attendance: models.Attendance | None = None


@dataclass(frozen=True)
class _Ready:
    """A scan whose volunteer is known, with when it counts and what stands against it already."""

    new: NewScan
    volunteer: models.Volunteer
    how: str
    at: datetime
    finding: Finding | None = None
    there: Spot | None = None


@transaction.atomic
def scan_card(*, session: models.Session, new: NewScan, at: datetime, by: Actor) -> Answer:
    """Check one volunteer in or out by their card. The same nonce again gets the same answer.

    Raises Refused: not_allowed, session_cancelled, unknown_volunteer, bad_card, not_registered,
    too_early, session_over, overlapping, too_many_pairs, too_long_inside, wrong_state, other_scan.
    """
    actors.require(by, Act.CHECK_IN, at=session.org)
    return _told(_record(session=session, new=[new], at=at, by=by)[0])


@transaction.atomic
def record_scans(
    *, session: models.Session, new: Sequence[NewScan], at: datetime, by: Actor
) -> list[Answer]:
    """Record what devices scanned, perhaps long ago and in any order; each is answered for itself.

    Raises Refused: not_allowed, too_many_scans.
    """
    actors.require(by, Act.CHECK_IN, at=session.org)
    if len(new) > rules.MOST_AT_ONCE:
        raise Refused(
            "too_many_scans", f"一次最多上传{rules.MOST_AT_ONCE}条扫码，没有登记；请分批上传。"
        )
    return _record(session=session, new=new, at=at, by=by)


@transaction.atomic
def scan_code(
    *,
    session: models.Session,
    code: rules.Code,
    volunteer: models.Volunteer,
    tap: Tap,
    at: datetime,
    by: Actor,
) -> Answer:
    """Check oneself in or out by the code at the door, which has been read and is fresh.

    A code that one has used gives the same answer again. The device tells phones apart, so that
    the checks see one that checks in many. Children come in with oneself as far as they are named;
    those who are inside leave when one leaves (V-21).
    Raises Refused: not_own_card, guardian_signs, place_unknown, too_far and what `scan_card` raises.
    """
    if volunteer.person_id != by.person_id:
        raise Refused("not_own_card", "动态码只能由本人扫码签到，没有登记。")
    if volunteer.is_child_on(session.day):
        raise rules.ALONE
    there, beside = tap.there, _beside(session, code, tap.wards, by=by)
    if session.place_check_metres is not None:
        place = Spot(session.latitude, session.longitude)  # type: ignore[arg-type]  # a constraint
        rules.check_near(place=place, metres=session.place_check_metres, there=there)
    else:
        there = None
    new = [
        NewScan(
            nonce=f"code {session.pk} {code.kind} {code.step} {one.pk}",
            volunteer=one.number,
            kind=code.kind,
            device=tap.device,
        )
        for one in (volunteer, *beside)
    ]
    how = How.DIGITS if tap.by_digits else How.CODE
    own, *others = _record(session=session, new=new, at=at, by=by, how=how, there=there)
    if code.kind == rules.IN:
        for answer in others:
            _told(answer)
    return _told(own)


def _beside(
    session: models.Session, code: rules.Code, wards: Sequence[models.Volunteer], *, by: Actor
) -> list[models.Volunteer]:
    """Return the children whom a guardian's scan takes along: those named in, those inside out."""
    if code.kind != rules.IN:
        return list(queries.wards_inside(by, session))
    named = {one.pk for one in wards}
    return [one for one in queries.wards_signed(by, session) if one.pk in named]


def _told(answer: Answer) -> Answer:
    """Return the answer to a single scan, or refuse it as a whole."""
    if answer.finding.verdict == Verdict.REFUSED:
        raise Refused(answer.finding.code, answer.finding.reason)
    return answer


def _record(
    *,
    session: models.Session,
    new: Sequence[NewScan],
    at: datetime,
    by: Actor,
    how: str = "",
    there: Spot | None = None,
) -> list[Answer]:
    numbers, answers = _numbers(new, by=by)
    volunteers = _locked(numbers.values())
    before = _before(session, new, volunteers)
    ready: dict[str, _Ready] = {}
    for one in new:
        if one.nonce in answers or one.nonce in ready:
            continue
        volunteer = volunteers.get(numbers[one.nonce])
        if volunteer is None:
            answers[one.nonce] = _refused(one, "unknown_volunteer")
        elif (known := before.get(one.nonce)) is None:
            ready[one.nonce] = _made_ready(one, volunteer, how, there, session=session, at=at)
        elif _what(known) != (session.pk, volunteer.pk, one.kind):
            answers[one.nonce] = _refused(one, "other_scan")
    answers |= _written(session, list(ready.values()), before=before, at=at, by=by)
    again = [one for one in new if one.nonce not in answers]
    answers |= _as_before(session, [before[one.nonce] for one in again])
    return [answers[one.nonce] for one in new]


def _numbers(new: Sequence[NewScan], *, by: Actor) -> tuple[dict[str, str], dict[str, Answer]]:
    """Return whom each scan names; a forged card names nobody."""
    numbers: dict[str, str] = {}
    answers: dict[str, Answer] = {}
    for one in new:
        if one.nonce in numbers:
            continue  # twice in one batch: the first one is answered
        try:
            numbers[one.nonce] = (
                queries.number_on_card(by, one.volunteer) if "." in one.volunteer else one.volunteer
            )
        except Refused as refusal:
            finding = Finding(Verdict.REFUSED, refusal.code, refusal.reason)
            answers[one.nonce] = Answer(one.nonce, finding)
    return numbers, answers


def _locked(numbers: Iterable[str]) -> dict[str, models.Volunteer]:
    """Read these volunteers alone, always in one order: one person's times change one by one."""
    wanted = set(numbers)
    if len(wanted) == 1:
        found = _one_locked(number=wanted.pop())
    else:
        locked = models.Volunteer.objects.select_for_update()
        found = list(locked.filter(number__in=wanted).order_by("pk"))
    return {volunteer.number: volunteer for volunteer in found}


@Compiled
def _one_locked(number: str) -> QuerySet[models.Volunteer]:
    """Return a volunteer alone."""
    return models.Volunteer.objects.select_for_update().filter(number=number).order_by()


def _before(
    session: models.Session, new: Sequence[NewScan], volunteers: Mapping[str, models.Volunteer]
) -> dict[str, Scan]:
    """Return the scans that stand against these: with their nonces, and of these volunteers here."""
    whose = [volunteer.pk for volunteer in volunteers.values()]
    if len(new) == len(whose) == 1:
        found = _before_one(nonce=new[0].nonce, session=session.pk, volunteer=whose[0])
    else:
        asked = Q(nonce__in=[one.nonce for one in new]) | Q(session=session, volunteer__in=whose)
        found = list(Scan.objects.filter(asked).order_by("pk"))
    return {scan.nonce: scan for scan in found}


@Compiled
def _before_one(nonce: str, session: int, volunteer: int) -> QuerySet[Scan]:
    """Return what stands against a scan."""
    asked = Q(nonce=nonce) | Q(session=session, volunteer=volunteer)
    return Scan.objects.filter(asked).order_by("pk")


def _made_ready(
    new: NewScan,
    volunteer: models.Volunteer,
    how: str,
    there: Spot | None,
    *,
    session: models.Session,
    at: datetime,
) -> _Ready:
    how = how or (How.CARD if "." in new.volunteer else How.NUMBER)
    counts, finding = at, None
    if new.device_at and new.sent_at:
        counts = rules.moment_of(device_at=new.device_at, sent_at=new.sent_at, at=at)
        doubt = rules.doubt_about(device_at=new.device_at, sent_at=new.sent_at, at=at)
        finding = Finding(Verdict.HELD, doubt, rules.WORDS[doubt]) if doubt else None
    if session.state == models.Session.State.CANCELLED:
        finding = Finding(Verdict.REFUSED, "cancelled", rules.WORDS["cancelled"])
    elif volunteer.is_child_on(session.day) and how not in (How.CODE, How.DIGITS):
        finding = Finding(Verdict.REFUSED, "guardian_signs", rules.WORDS["guardian_signs"])
    elif volunteer.state != models.Volunteer.State.REGISTERED:
        finding = Finding(Verdict.REFUSED, "not_registered", rules.WORDS["not_registered"])
    return _Ready(new, volunteer, how, counts, finding, there)


def _written(
    session: models.Session,
    ready: Sequence[_Ready],
    *,
    before: Mapping[str, Scan],
    at: datetime,
    by: Actor,
) -> dict[str, Answer]:
    """Write the scans and what they come to, and leave one entry in the trail."""
    if not ready:
        return {}
    marks = [
        (one.volunteer.pk, Mark(one.new.nonce, one.new.kind, one.at))
        for one in ready
        if one.finding is None
    ]
    paired = Pairing.of(session, new=marks, before=before.values(), by=by)
    paired.write(at=at, by=by)
    found, attendances = paired.findings, paired.attendances
    findings = [one.finding or found[one.new.nonce] for one in ready]
    keys = _insert_scans(session, ready, findings, at=at, by=by)
    _trail(session, ready, paired.changed, keys, at=at, by=by)
    return {
        one.new.nonce: Answer(one.new.nonce, finding, one.at, attendances.get(one.volunteer.pk))
        for one, finding in zip(ready, findings, strict=True)
    }


def _insert_scans(
    session: models.Session,
    ready: Sequence[_Ready],
    findings: Sequence[Finding],
    *,
    at: datetime,
    by: Actor,
) -> list[int]:
    rows = []
    for one, finding in zip(ready, findings, strict=True):
        there = rules.kept_place(one.there)
        new = one.new
        rows.append(
            (
                new.nonce, one.volunteer.pk, new.kind, one.how, new.device, new.device_at,
                new.sent_at, one.at, str(finding.verdict), finding.code,
                there.latitude if there else None, there.longitude if there else None,
                at if rules.is_to_look_at(how=one.how, verdict=finding.verdict) else None,
            )
        )  # fmt: skip
    try:
        return bulk.insert_many(
            Scan,
            fields=(
                "nonce", "volunteer_id", "kind", "how", "device", "device_at", "sent_at", "at",
                "verdict", "code", "latitude", "longitude", "look_due",
            ),
            rows=rows,
            same={
                "session_id": session.pk, "received_at": at,
                "by": str(by), "by_person_id": by.person_id, "looked_by": "",
            },
        )  # fmt: skip
    except IntegrityError as error:  # somebody used a nonce for somebody else just now
        raise Refused(
            "scanned_meanwhile", "同一批扫码正由另一台设备上传，这一批没有登记，请稍后重发。"
        ) from error


def _trail(
    session: models.Session,
    ready: Sequence[_Ready],
    changed: Sequence[models.Attendance],
    keys: Sequence[int],
    *,
    at: datetime,
    by: Actor,
) -> None:
    """Leave one entry: on the attendance of a single scan, else on all that changed."""
    if len(ready) == 1 and changed:
        detail = {"scan": keys[0], "how": ready[0].how, "state": changed[0].state}
        verb = VERBS[ready[0].new.kind]
        audit.record(by=by, verb=verb, subject=changed[0], at=at, detail=detail)
        return
    detail = {"session": session.pk, "rows": len(ready)}
    model, ids = (models.Attendance, [one.pk for one in changed]) if changed else (Scan, keys)
    audit.record_many(
        by=by, verb="volunteering.record_scans", model=model, ids=ids, at=at, detail=detail
    )


def _as_before(session: models.Session, scans: Sequence[Scan]) -> dict[str, Answer]:
    """Answer what was answered before as it was then."""
    if not scans:
        return {}
    whose = [scan.volunteer_id for scan in scans]
    there = models.Attendance.objects.filter(session=session, volunteer__in=whose)
    attendances = {one.volunteer_id: one for one in there.order_by()}
    return {
        scan.nonce: Answer(
            scan.nonce,
            Finding(scan.verdict, scan.code, rules.WORDS.get(scan.code or scan.verdict, "")),
            scan.at,
            attendances.get(scan.volunteer_id),
        )
        for scan in scans
    }


def _refused(one: NewScan, code: str) -> Answer:
    return Answer(one.nonce, Finding(Verdict.REFUSED, code, rules.WORDS[code]))


def _what(scan: Scan) -> tuple[int, int, str]:
    return scan.session_id, scan.volunteer_id, scan.kind
