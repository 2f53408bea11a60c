"""Reads of persons that have no viewer: services, sheets and commands use them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.utils.crypto import get_random_string

from qinghe.kernel.secrets import services as secrets
from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused

from . import models, rules
from .models import ChildAccess, Contact, ContactField, Person

PHONE = "people_contact.phone"
ID_NUMBER = "people_contact.id_number"
DIGITS = "0123456789"
MOST_KEYS = 5_000  # keys asked for at once
K = TypeVar("K", int, str)

_MASKS = {
    ContactField.PHONE: identifiers.mask_phone,
    ContactField.ID_NUMBER: identifiers.mask_resident_id,
    ContactField.ADDRESS: identifiers.mask_address,
    ContactField.GUARDIAN_NAME: identifiers.mask_name,
    ContactField.GUARDIAN_PHONE: identifiers.mask_phone,
}


@dataclass(frozen=True)
class MaskedContact:
    """A contact as pages show it; `alarm` says why something cannot be read."""

    phone: str = ""
    id_number: str = ""
    address: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""
    alarm: str = ""


def by_number(number: str) -> Person | None:
    """Return the person with this number; that of a merged row is the number of who was kept."""
    found = Person.everybody.select_related("merged_into").filter(number=number).first()
    return found and (found.merged_into or found)


def left_on(person_ids: Iterable[int]) -> dict[int, date]:
    """Return on which day each of some persons left the League; nothing for who did not."""
    found: dict[int, date] = {}
    for some in in_parts(person_ids):
        files = models.LeagueFile.objects.filter(person__in=some, left_on__isnull=False)
        found |= {file.person_id: file.left_on for file in files if file.left_on}
    return found


def free_number(year: int) -> str:
    """Return a number that nobody has: it tells the year and nothing else (V-13)."""
    while True:
        number = f"Y{year}{get_random_string(7, DIGITS)}"
        if by_number(number) is None:
            return number


def by_phone(phone: str) -> list[Person]:
    """Return all who are reached by this phone, as typed; families share one.

    Raises Refused: key_missing, key_damaged.
    """
    try:
        number = identifiers.check_phone(phone)
    except Refused:
        return []
    kept = secrets.blinds(number, about=PHONE)
    return list(Person.objects.filter(contact__phone_index__in=kept).order_by("pk"))


def by_id_number(number: str) -> Person | None:
    """Return the person with this identity number, as typed. Raises Refused as `by_phone` does."""
    try:
        checked = identifiers.check_resident_id(number)
    except Refused:
        return None
    kept = secrets.blinds(checked, about=ID_NUMBER)
    return Person.objects.filter(contact__id_number_index__in=kept).order_by("pk").first()


def holders_of_id_numbers(numbers: Iterable[str]) -> dict[str, str]:
    """Return the number of the person by each checked identity number that is on the books.

    Raises Refused as `by_phone` does.
    """
    found: dict[str, str] = {}
    for some in in_parts(numbers):
        meant = {
            kept: number for number in some for kept in secrets.blinds(number, about=ID_NUMBER)
        }
        kept = Contact.objects.filter(id_number_index__in=list(meant))
        for index, person in kept.values_list("id_number_index", "person__number"):
            found[meant[index]] = person
    return found


def keys_of_numbers(numbers: Iterable[str]) -> dict[str, int]:
    """Return the key of each person by number."""
    return {
        number: key
        for some in in_parts(numbers)
        for number, key in Person.objects.filter(number__in=some).values_list("number", "pk")
    }


def births_and_sexes(numbers: Iterable[str]) -> dict[str, tuple[date | None, str]]:
    """Return birth date and sex, as far as known, of the persons with these numbers."""
    return {
        number: (birth_date, sex)
        for some in in_parts(numbers)
        for number, birth_date, sex in Person.objects.filter(number__in=some).values_list(
            "number", "birth_date", "sex"
        )
    }


def is_minor(person: Person, day: date) -> bool:
    """Test if a person is known to be under 18 on a day."""
    return rules.is_under(rules.OF_AGE, birth_date=person.birth_date, day=day)


def minors_among(ids: Iterable[int], day: date) -> list[Person]:
    """Return who of some persons is known to be under 18 on a day."""
    born = Person.objects.filter(pk__in=set(ids), birth_date__isnull=False)
    return [one for one in born.only("name", "birth_date") if is_minor(one, day)]


def is_child(person: Person, day: date) -> bool:
    """Test if a person is known to be under 14 on a day (S-03)."""
    return rules.is_under(rules.NO_LONGER_CHILD, birth_date=person.birth_date, day=day)


def masked_contact(person: Person) -> MaskedContact:
    """Return a person's contact for a page. What cannot be read is marked and told, not refused."""
    contact = Contact.objects.filter(person=person).first()
    if contact is None:
        return MaskedContact()
    shown: dict[str, str] = {}
    alarm = ""
    for field in ContactField:
        try:
            text = clear_texts(contact, fields=[field])[field]
            shown[field] = _MASKS[field](text) if text else ""
        except Refused as refused:
            shown[field] = "无法读取"
            alarm = refused.reason
    return MaskedContact(**shown, alarm=alarm)


def phones_to_reach(person_ids: Iterable[int]) -> dict[int, str]:
    """Return phone numbers in clear by person, for a gateway that sends to them; never for a page.

    Raises Refused: key_missing, key_damaged, sealed_damaged.
    """
    contacts = Contact.objects.filter(person__in=list(person_ids), phone__isnull=False)
    fields = [ContactField.PHONE]
    return {
        contact.person_id: clear_texts(contact, fields=fields)[ContactField.PHONE]
        for contact in contacts
    }


def clear_texts(contact: Contact, *, fields: Iterable[ContactField]) -> dict[ContactField, str]:
    """Return texts of a contact in clear, for the services that answer for it.

    Raises Refused: key_missing, key_damaged, sealed_damaged.
    """
    return {
        field: secrets.unseal(getattr(contact, field), about=secrets.place(contact, field))
        for field in fields
    }


def agreeing_with_shown(shown: Mapping[int, Collection[str]]) -> dict[tuple[int, str], bool]:
    """Return whether the identity numbers of persons agree with what partly hidden ones show.

    Keys are a person's key and what is shown; whoever has no number on the books is left out. No
    number leaves this function. Raises Refused: key_missing, key_damaged, sealed_damaged.
    """
    found: dict[tuple[int, str], bool] = {}
    for some in in_parts(shown):
        for contact in Contact.objects.filter(person__in=some, id_number__isnull=False):
            number = clear_texts(contact, fields=[ContactField.ID_NUMBER])[ContactField.ID_NUMBER]
            for one in shown[contact.person_id]:
                key = (contact.person_id, one)
                found[key] = identifiers.agrees_with_shown(number, shown=one)
    return found


def known_of(person: Person) -> rules.Known:
    """Return what tells a person from others, for those who compare two; it is never shown.

    Raises Refused: key_missing, key_damaged, sealed_damaged.
    """
    contact = Contact.objects.filter(person=person).first()
    number = ContactField.ID_NUMBER
    texts = clear_texts(contact, fields=[number]) if contact else {}
    return rules.Known(person.birth_date, person.sex, texts.get(number, ""))


def may_read_minor(person: Person, *, reader_id: int, at: datetime) -> bool:
    """Test if a reader's wish to read about a minor was approved and still holds."""
    return ChildAccess.objects.filter(
        person=person,
        asked_by=reader_id,
        state=ChildAccess.State.APPROVED,
        valid_until__gt=at,
    ).exists()


def child_access_of(person: Person, *, reader_id: int) -> models.ChildAccess | None:
    """Return what a reader last asked about a minor."""
    asked = ChildAccess.objects.filter(person=person, asked_by=reader_id)
    return asked.order_by("-asked_at", "-pk").first()


def in_parts(keys: Iterable[K]) -> Iterator[Sequence[K]]:
    """Yield keys, each once, in parts that one question to the database takes."""
    remaining = iter(sorted(set(keys)))
    while some := list(islice(remaining, MOST_KEYS)):
        yield some
