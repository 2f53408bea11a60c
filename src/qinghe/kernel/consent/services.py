"""Telling, agreeing, withdrawing. Who may do it is decided by the caller."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.kernel.secrets import services as secrets
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from . import models, queries, rules, texts
from .retention import Retention

GUARDIAN_COLUMNS = ("name", "phone", "relation")


@dataclass(frozen=True)
class NewNotice:
    """A version of a notice to be brought into force."""

    purpose: str
    title: str
    text: str
    starts_on: date
    responsible: str = ""
    renews: bool = False


@dataclass(frozen=True)
class Guardian:
    """Who agrees for a minor."""

    name: str
    phone: str
    relation: str


@transaction.atomic
def publish_notice(*, new: NewNotice, at: datetime, by: object) -> models.Notice:
    """Bring the next version of a notice into force; earlier ones stay as they are.

    Raises Refused: empty_notice, in_the_past.
    """
    if not (new.title.strip() and new.text.strip()):
        raise Refused("empty_notice", "告知书的标题和全文都须填写，没有发布。")
    if new.starts_on < local_day(at):
        raise Refused("in_the_past", "启用日期不能早于今天，没有发布；请改正日期。")
    return _publish(new=new, at=at, by=by)


@transaction.atomic
def enter_missing(*, at: datetime, by: object) -> int:
    """Publish the shipped text of every purpose that has none yet, and return how many."""
    known = set(models.Notice.objects.values_list("purpose", flat=True))
    missing = [new for new in _shipped() if new.purpose not in known]
    for new in missing:
        _publish(new=new, at=at, by=by)
    return len(missing)


@transaction.atomic
def give(
    *, person: Person, notice: models.Notice, guardian: Guardian | None, at: datetime, by: object
) -> models.Consent:
    """Keep that a person, or the guardian of one, agrees to this version. Safe to repeat.

    Raises Refused: notice_not_yet, guardian_needed, guardian_incomplete.
    """
    today = local_day(at)
    rules.check_in_force(starts_on=notice.starts_on, today=today)
    rules.check_guardian(
        purpose=notice.purpose,
        birth_date=person.birth_date,
        on=today,
        by_guardian=guardian is not None,
    )
    if guardian:
        rules.check_guardian_told(
            name=guardian.name, phone=guardian.phone, relation=guardian.relation
        )
    consent, made = models.Consent.objects.get_or_create(
        person=person,
        notice=notice,
        withdrawn_at=None,
        defaults={"given_at": at, "by_guardian": guardian is not None},
    )
    if made:
        _seal_guardian(consent, guardian)
        audit.record(
            by=by,
            verb="consent.give",
            subject=consent,
            at=at,
            detail={
                "person": person.pk,
                "purpose": notice.purpose,
                "version": notice.version,
                "by_guardian": consent.by_guardian,
            },
        )
    return consent


@transaction.atomic
def give_lacking(
    *,
    person: Person,
    purposes: Sequence[str],
    agreed: Collection[int],
    guardian: Guardian | None,
    at: datetime,
    by: object,
) -> None:
    """Keep what was agreed to just now, where nothing stands yet (S-01…S-04, V-20…V-22).

    Raises Refused: no_notice, nobody_in_charge, consent_needed and what `give` raises.
    """
    for notice in queries.lacking(person, purposes, on=local_day(at)):
        if notice.purpose == models.Purpose.CHILD:
            rules.check_child_rules(responsible=notice.responsible)
        rules.check_agreed(notice=notice.pk, agreed=agreed, title=notice.title)
        give(person=person, notice=notice, guardian=guardian, at=at, by=by)


@transaction.atomic
def withdraw(
    *, consent: models.Consent, reason: str, at: datetime, by: object
) -> list[models.Consent]:
    """Take back the consent to a purpose, in whatever versions it was given; rows stay (S-06).

    No reason is asked of a person who withdraws their own. Safe to repeat.
    """
    standing = models.Consent.objects.select_for_update().filter(
        person_id=consent.person_id,
        notice__purpose=consent.notice.purpose,
        withdrawn_at__isnull=True,
    )
    taken = list(standing.select_related("notice"))
    for one in taken:
        one.withdrawn_at = at
        one.save(update_fields=["withdrawn_at"])
        audit.record(
            by=by,
            verb="consent.withdraw",
            subject=one,
            at=at,
            detail={
                "person": one.person_id,
                "purpose": one.notice.purpose,
                "version": one.notice.version,
                "reason": reason,
            },
        )
    return taken


@transaction.atomic
def attach_ward(
    *, ward: Person, guardian: Person, org: Org, relation: str, at: datetime, by: object
) -> models.Guardianship:
    """Put a child on the books beside their guardian (V-21).

    Raises Refused: guardian_too_young.
    """
    rules.check_guardian_of_age(birth_date=guardian.birth_date, on=local_day(at))
    kept, made = models.Guardianship.objects.get_or_create(
        ward=ward,
        defaults={
            "guardian": guardian,
            "org": org,
            "relation": relation,
            "since": local_day(at),
        },
    )
    if made:
        audit.record(
            by=by,
            verb="consent.attach_ward",
            subject=kept,
            at=at,
            detail={"ward": ward.pk, "guardian": guardian.pk},
        )
    return kept


def guardian_of(consent: models.Consent) -> Guardian | None:
    """Return who agreed for the person, opened; the caller has checked who may know."""
    if not consent.by_guardian:
        return None
    name, phone, relation = (
        secrets.unseal(
            getattr(consent, f"guardian_{column}"),
            about=secrets.place(consent, f"guardian_{column}"),
        )
        for column in GUARDIAN_COLUMNS
    )
    return Guardian(name=name, phone=phone, relation=relation)


@transaction.atomic
def set_term(
    *, entry: Retention, days: int, starts_on: date, document: str, at: datetime, by: object
) -> models.RetentionTerm:
    """Keep records of an entity for so many days, from a day on (S-08).

    Raises Refused: too_short, reason_needed, in_the_past.
    """
    rules.check_reason(document)
    rules.check_term(days=days, least=entry.least)
    if starts_on < local_day(at):
        raise Refused("in_the_past", "生效日期不能早于今天，没有改动；请改正日期。")
    term, _ = models.RetentionTerm.objects.update_or_create(
        entity=entry.label, starts_on=starts_on, defaults={"days": days, "document": document}
    )
    audit.record(
        by=by,
        verb="consent.set_term",
        subject=term,
        at=at,
        detail={"entity": entry.label, "days": days, "on": str(starts_on), "reason": document},
    )
    return term


def _publish(*, new: NewNotice, at: datetime, by: object) -> models.Notice:
    last = models.Notice.objects.filter(purpose=new.purpose).aggregate(last=Max("version"))["last"]
    notice = models.Notice.objects.create(
        purpose=new.purpose,
        version=(last or 0) + 1,
        title=new.title.strip(),
        text=new.text.strip(),
        responsible=new.responsible.strip(),
        renews=new.renews,
        starts_on=new.starts_on,
    )
    audit.record(
        by=by,
        verb="consent.publish_notice",
        subject=notice,
        at=at,
        detail={"purpose": notice.purpose, "version": notice.version, "on": str(new.starts_on)},
    )
    return notice


def _shipped() -> list[NewNotice]:
    return [
        NewNotice(purpose=text.purpose, title=text.title, text=text.body, starts_on=texts.SINCE)
        for text in texts.shipped()
    ]


def _seal_guardian(consent: models.Consent, guardian: Guardian | None) -> None:
    if guardian is None:
        return
    for column in GUARDIAN_COLUMNS:
        name = f"guardian_{column}"
        text = getattr(guardian, column).strip()
        setattr(consent, name, secrets.seal(text, about=secrets.place(consent, name)))
    consent.save(update_fields=[f"guardian_{column}" for column in GUARDIAN_COLUMNS])
