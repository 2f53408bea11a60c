"""Certificates: free and at once as a record, sealed after seven days in the unit (V-10…V-15)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

State = models.Certificate.State
MINE = "/volunteering/mine/certificates/"


@dataclass(frozen=True)
class NewCertificate:
    """What is to be certified: whose service, with which organisation, of which days."""

    volunteer: models.Volunteer
    issuer: Org
    served_from: date
    served_to: date


@dataclass(frozen=True)
class Seal:
    """Who answers for a certificate: the third group of V-11."""

    head: str
    handler: str
    contact: str


@transaction.atomic
def certify_oneself(*, new: NewCertificate, at: datetime, by: Actor) -> models.Certificate:
    """Give volunteers the record of their own service, at once and free.

    Raises Refused: not_own, wrong_order, future_service, nothing_served.
    """
    if new.volunteer.person_id != by.person_id:
        raise Refused("not_own", "只能为本人开具服务记录，没有开具。")
    return _made(new, by_self=True, at=at, by=by)


@transaction.atomic
def certify(*, new: NewCertificate, at: datetime, by: Actor) -> models.Certificate:
    """Write down what somebody served with an organisation, and tell them.

    Raises Refused: not_allowed, wrong_order, future_service, nothing_served.
    """
    actors.require(by, Act.CERTIFY, at=new.issuer)
    made = _made(new, by_self=False, at=at, by=by)
    _tell(made, title="志愿服务记录已开具", at=at)
    return made


@transaction.atomic
def announce_certificate(
    *, certificate: models.Certificate, at: datetime, by: Actor
) -> models.Certificate:
    """Show a certificate within the unit for seven days, before it may be sealed (V-11).

    Raises Refused: not_allowed, own_certificate, wrong_state, hours_changed.
    """
    kept = _locked(certificate, by=by)
    _check_as_it_was(kept, by=by)
    _move(kept, to=State.NOTICED)
    kept.notice_from = local_day(at)
    kept.notice_until = kept.notice_from + timedelta(days=rules.SHOWN_IN_THE_UNIT)
    kept.save(update_fields=["state", "notice_from", "notice_until"])
    audit.record(by=by, verb="volunteering.announce_certificate", subject=kept, at=at)
    return kept


@transaction.atomic
def seal_certificate(
    *, certificate: models.Certificate, seal: Seal, at: datetime, by: Actor
) -> models.Certificate:
    """Make a record a certificate: its head, handler and contact answer for it (V-11, V-15).

    Raises Refused: not_allowed, own_certificate, wrong_state, on_notice, hours_changed.
    """
    kept = _locked(certificate, by=by)
    _check_as_it_was(kept, by=by)
    _move(kept, to=State.SEALED)
    rules.check_shown(until=kept.notice_until, today=local_day(at))
    kept.head, kept.handler, kept.contact = seal.head, seal.handler, seal.contact
    kept.sealed_at = at
    kept.save(update_fields=["state", "head", "handler", "contact", "sealed_at"])
    audit.record(by=by, verb="volunteering.seal_certificate", subject=kept, at=at)
    _tell(kept, title="志愿服务证明已出具", at=at)
    return kept


@transaction.atomic
def revoke_certificate(
    *, certificate: models.Certificate, reason: str, at: datetime, by: Actor
) -> models.Certificate:
    """Take a certificate back; its row and number stay, and the public page says so (V-14).

    Raises Refused: not_allowed, own_certificate, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    kept = _locked(certificate, by=by)
    _move(kept, to=State.REVOKED)
    kept.revoked_at, kept.reason = at, reason.strip()
    kept.save(update_fields=["state", "revoked_at", "reason"])
    audit.record(
        by=by,
        verb="volunteering.revoke_certificate",
        subject=kept,
        at=at,
        detail={"reason": reason},
    )
    _tell(kept, title="志愿服务证明已撤销", at=at)
    return kept


def _made(new: NewCertificate, *, by_self: bool, at: datetime, by: Actor) -> models.Certificate:
    today = local_day(at)
    rules.check_certified(first=new.served_from, last=new.served_to, today=today)
    issuer = _answering_for(new.issuer)
    rows = queries.served_with(
        by, new.volunteer, issuer=issuer, first=new.served_from, last=new.served_to
    )
    served = queries.sum_of(by, rows)
    rules.check_served(served.minutes)
    made = models.Certificate.objects.create(
        number=_free_number(today),
        check_code="".join(secrets.choice(rules.CODE_SIGNS) for _ in range(rules.CODE_LENGTH)),
        volunteer=new.volunteer,
        served_from=new.served_from,
        served_to=new.served_to,
        minutes=served.minutes,
        sessions=served.sessions,
        issuer=issuer,
        issued_at=at,
        by_self=by_self,
    )
    audit.record(
        by=by,
        verb="volunteering.certify",
        subject=made,
        at=at,
        detail={"minutes": made.minutes, "sessions": made.sessions},
    )
    return made


def _answering_for(org: Org) -> Org:
    """Return who speaks for an organisation: for a closed one its successor or superior (V-12)."""
    while org.closed_on is not None and (above := org.successor or org.parent) is not None:
        org = above
    return org


def _free_number(today: date) -> str:
    while True:
        serial = f"{secrets.randbelow(10**8):08d}"
        number = rules.certificate_number(day=today, serial=serial)
        if not models.Certificate.objects.filter(number=number).exists():
            return number


def _locked(certificate: models.Certificate, *, by: Actor) -> models.Certificate:
    found = models.Certificate.objects.select_for_update(of=("self",))
    kept = found.select_related("issuer", "volunteer__person").get(pk=certificate.pk)
    actors.require(by, Act.CERTIFY, at=kept.issuer)
    if kept.volunteer.person_id == by.person_id:
        raise Refused("own_certificate", "不能办理本人的证明，没有改动，请由同单位的他人办理。")
    return kept


def _check_as_it_was(certificate: models.Certificate, *, by: Actor) -> None:
    now = queries.sum_of(by, queries.rows_of(by, certificate))
    if now.minutes != certificate.minutes or now.sessions != certificate.sessions:
        raise Refused(
            "hours_changed",
            f"服务记录在开具后有变动，现为{rules.tenths_of_hours(now.minutes)}小时，"
            "没有办理；请撤销后重新开具。",
        )


def _move(certificate: models.Certificate, *, to: State) -> None:
    rules.check_move(rules.CERTIFICATE_MOVES, now=certificate.state, to=to, what="证明")
    certificate.state = to


def _tell(certificate: models.Certificate, *, title: str, at: datetime) -> None:
    notices.notify(
        person_ids=[certificate.volunteer.person_id],
        kind=Kind.RESULT,
        title=title,
        text=f"编号{certificate.number}，出具单位{certificate.issuer.name}。{certificate.reason}",
        url=MINE,
        at=at,
    )
