"""Keeping, erasing and showing what is sealed about a person."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.utils import IntegrityError

from qinghe.kernel.audit import services as audit
from qinghe.kernel.people import models, queries, rules
from qinghe.kernel.people.models import ContactField
from qinghe.kernel.secrets import services as secrets
from qinghe.lib import identifiers
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

_CHECKS = {
    ContactField.PHONE: identifiers.check_phone,
    ContactField.ID_NUMBER: identifiers.check_resident_id,
    ContactField.ADDRESS: rules.check_address,
    ContactField.GUARDIAN_NAME: rules.check_guardian_name,
    ContactField.GUARDIAN_PHONE: identifiers.check_phone,
}


class Reader(Protocol):
    """Whoever reads, as far as reading needs to know them."""

    @property
    def person_id(self) -> int:
        """Return the key of the person who reads."""


@dataclass(frozen=True)
class NewContact:
    """What is to be kept of a person, as typed; what is empty stays as it is."""

    phone: str = ""
    id_number: str = ""
    address: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""


@dataclass(frozen=True)
class OwnContact:
    """A person's own contact, in clear."""

    phone: str
    id_number: str
    address: str
    guardian_name: str
    guardian_phone: str


@transaction.atomic
def keep_contact(
    *, person: models.Person, new: NewContact, at: datetime, by: object
) -> models.Contact | None:
    """Seal what was typed; nothing typed is nothing kept, and no entry of the trail.

    An identity number also tells a birth date and sex not yet known.

    Raises Refused: bad_phone, bad_resident_id, bad_address, bad_guardian_name, other_birth_date,
    other_sex, id_number_taken, key_missing, key_damaged.
    """
    wanted = _typed(new)
    if not wanted:
        return models.Contact.objects.filter(person=person).first()
    contact = _locked(person)
    kept = queries.clear_texts(contact, fields=wanted)
    changes = {field: text for field, text in wanted.items() if text != kept[field]}
    learned = _learn(person, number=wanted.get(ContactField.ID_NUMBER, ""))
    if not changes and not learned:
        return contact
    _check_number_free(person, number=changes.get(ContactField.ID_NUMBER, ""))
    _write(contact, changes)
    told = [field.label for field in changes] + learned
    audit.record(
        by=by,
        verb="people.keep_contact",
        subject=person,
        at=at,
        detail={"changed": "、".join(told)},
    )
    return contact


@transaction.atomic
def keep_contacts(
    *, new: Mapping[int, NewContact], at: datetime, by: object, source: Mapping[str, object]
) -> int:
    """Seal what a chunk of checked lines tells of persons, by their keys; what is kept stays.

    One audit row names the file and lines in `source`. Returns of how many something was kept.
    Raises Refused: id_number_taken, key_missing, key_damaged and those of the checks.
    """
    wanted = {key: typed for key, contact in new.items() if (typed := _typed(contact))}
    if not wanted:
        return 0
    known = {
        contact.person_id: contact
        for contact in models.Contact.objects.select_for_update().filter(person__in=list(wanted))
    }
    fresh, told = [], []
    for key, typed in wanted.items():
        contact = known.get(key) or models.Contact(person_id=key)
        missing = {f: text for f, text in typed.items() if getattr(contact, f) is None}
        if not missing:
            continue
        told.append(key)
        if key in known:
            _write(contact, missing)
        else:
            fresh.append(_sealed(contact, missing))
    _insert(fresh)
    _learn_many({key: wanted[key].get(ContactField.ID_NUMBER, "") for key in told})
    audit.record_many(
        by=by, verb="people.keep_contacts", model=models.Person, ids=told, at=at, detail=source
    )
    return len(told)


@transaction.atomic
def erase_contact(
    *,
    person: models.Person,
    fields: Collection[ContactField],
    reason: str,
    at: datetime,
    by: object,
) -> None:
    """Erase what is kept; nothing is left to unseal. Raises Refused: reason_needed."""
    why = rules.check_reason(reason)
    contact = models.Contact.objects.select_for_update().filter(person=person).first()
    kept = [field for field in fields if contact and getattr(contact, field) is not None]
    if contact is None or not kept:
        return
    _write(contact, dict.fromkeys(kept, ""))
    audit.record(
        by=by,
        verb="people.erase_contact",
        subject=person,
        at=at,
        detail={"changed": "、".join(field.label for field in kept), "reason": why},
    )


@transaction.atomic
def reveal(
    *, person: models.Person, field: ContactField, reason: str, at: datetime, by: Reader
) -> str:
    """Return one sealed text in clear; the trail keeps who read what and why, never the text.

    The caller has checked the reader's act. Raises Refused: reason_needed, reason_tells,
    approval_needed, nothing_kept, key_missing, key_damaged, sealed_damaged.
    """
    why = rules.check_reason(reason)
    if queries.is_minor(person, local_day(at)) and not queries.may_read_minor(
        person, reader_id=by.person_id, at=at
    ):
        raise Refused(
            "approval_needed",
            "查看未成年人的个人信息须先经负责人批准，没有显示。请先提交查看申请，批准后24小时内可查看。",
        )
    contact = models.Contact.objects.filter(person=person).first()
    text = queries.clear_texts(contact, fields=[field])[field] if contact else ""
    if not text:
        raise Refused("nothing_kept", f"还没有登记{field.label}，没有可显示的内容。")
    if text in why:
        raise Refused("reason_tells", "事由会长期保存，请勿在事由中填写号码、住址等内容本身。")
    audit.record(
        by=by,
        verb="people.reveal",
        subject=person,
        at=at,
        detail={"field": field.label, "reason": why},
    )
    return text


@transaction.atomic
def find_by_number(
    *, number: str, among: QuerySet[models.Person], at: datetime, by: Reader
) -> list[models.Person]:
    """Return who of some people has this phone or identity number; the trail keeps that it was asked.

    It names whoever was found, and never the number. Raises Refused: bad_phone, bad_resident_id,
    key_missing, key_damaged.
    """
    field = ContactField(rules.kind_of_number(number))
    if field == ContactField.ID_NUMBER:
        holder = queries.by_id_number(_CHECKS[field](number))
        found = [holder] if holder else []
    else:
        found = queries.by_phone(_CHECKS[field](number))
    ids = list(among.filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    audit.record_many(
        by=by,
        verb="people.find_by_number",
        model=models.Person,
        ids=ids or [by.person_id],
        at=at,
        detail={"field": field.label, "found": len(ids)},
    )
    return [one for one in found if one.pk in ids]


@transaction.atomic
def copy_own_contact(*, person: models.Person, at: datetime, by: Reader) -> OwnContact:
    """Return a person's own contact in clear, to that person only (S-07).

    Raises Refused: not_allowed, key_missing, key_damaged, sealed_damaged.
    """
    if by.person_id != person.pk:
        raise Refused("not_allowed", "只能查看本人的联系方式，没有显示。")
    contact = models.Contact.objects.filter(person=person).first()
    texts = queries.clear_texts(contact, fields=ContactField) if contact else {}
    if contact:
        audit.record(by=by, verb="people.copy_own_contact", subject=person, at=at)
    return OwnContact(**{field.value: texts.get(field, "") for field in ContactField})


@transaction.atomic
def correct_person(
    *, person: models.Person, field: str, value: str | date, label: str, at: datetime, by: object
) -> None:
    """Put right the name, sex or birth date; an identity number on file has to tell the same.

    Raises Refused: other_birth_date, other_sex.
    """
    setattr(person, field, value)
    contact = models.Contact.objects.filter(person=person).first()
    texts = queries.clear_texts(contact, fields=[ContactField.ID_NUMBER]) if contact else {}
    number = texts.get(ContactField.ID_NUMBER, "")
    if number and field != "name":
        rules.check_number_agrees(number, birth_date=person.birth_date, sex=person.sex)
    person.save(update_fields=[field])
    audit.record(
        by=by, verb="people.correct_person", subject=person, at=at, detail={"changed": label}
    )


def _locked(person: models.Person) -> models.Contact:
    models.Contact.objects.get_or_create(person=person)
    return models.Contact.objects.select_for_update().get(person=person)


def _learn(person: models.Person, *, number: str) -> list[str]:
    """Complete a person from their number, and return the labels of what was learned."""
    if not number:
        return []
    rules.check_number_agrees(number, birth_date=person.birth_date, sex=person.sex)
    learned = []
    if person.birth_date is None:
        person.birth_date = identifiers.birth_date_of(number)
        learned.append("出生日期")
    if not person.sex:
        person.sex = identifiers.sex_of(number).value
        learned.append("性别")
    if learned:
        person.save(update_fields=["birth_date", "sex"])
    return learned


def _check_number_free(person: models.Person, *, number: str) -> None:
    if not number:
        return
    holder = queries.by_id_number(number)
    if holder is not None and holder.pk != person.pk:
        raise _number_taken()


def _typed(new: NewContact) -> dict[ContactField, str]:
    typed = {ContactField(name): text for name, text in asdict(new).items() if text.strip()}
    return {field: _CHECKS[field](text) for field, text in typed.items()}


def _learn_many(numbers: Mapping[int, str]) -> None:
    """Complete those whose birth date or sex is not known yet from their identity numbers."""
    told = [key for key, number in numbers.items() if number]
    for person in models.Person.objects.filter(Q(birth_date=None) | Q(sex=""), pk__in=told):
        _learn(person, number=numbers[person.pk])


def _sealed(contact: models.Contact, texts: Mapping[ContactField, str]) -> models.Contact:
    for field, text in texts.items():
        setattr(contact, field, secrets.seal(text, about=secrets.place(contact, field)))
    if ContactField.PHONE in texts:
        contact.phone_index = secrets.blind(texts[ContactField.PHONE], about=queries.PHONE)
    if ContactField.ID_NUMBER in texts:
        contact.id_number_index = secrets.blind(
            texts[ContactField.ID_NUMBER], about=queries.ID_NUMBER
        )
    return contact


def _write(contact: models.Contact, texts: Mapping[ContactField, str]) -> None:
    _sealed(contact, texts)
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError:  # somebody else entered the same number a moment ago
        raise _number_taken() from None


def _insert(contacts: Collection[models.Contact]) -> None:
    try:
        with transaction.atomic():
            models.Contact.objects.bulk_create(contacts)
    except IntegrityError:  # as above
        raise _number_taken() from None


def _number_taken() -> Refused:
    return Refused(
        "id_number_taken", "这个身份证号已登记在另一人名下，没有保存。请核对是否重复建档。"
    )
