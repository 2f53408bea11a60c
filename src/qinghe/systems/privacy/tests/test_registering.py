"""Registering oneself: told, proved, described, and a guardian for minors."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from qinghe.kernel.access.models import Account, Holding
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.consent.models import Consent, Guardianship
from qinghe.kernel.people import queries as people
from qinghe.kernel.people import services as people_services
from qinghe.kernel.people.models import Contact, Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import models, services
from tests import cast

from . import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(settings):
    settings.QINGHE_SMS = "outbox"
    makers.tell(in_charge="林青")
    return cast.make_cast()


def refused_code(call, **arguments):
    with pytest.raises(Refused) as refused:
        call(**arguments)
    return refused.value.code


def test_nobody_registers_without_the_necessary_consent(places):  # S-01
    code = refused_code(
        services.begin, notices=makers.notices("contact"), at=cast.NOW, by=makers.BY
    )

    assert code == "consent_needed"
    assert not models.Registration.objects.exists()


def test_optional_purposes_may_all_be_refused(places):  # S-06
    registered = makers.register_adult(org=places.hongmian)

    given = Consent.objects.filter(person=registered.person)
    assert [one.notice.purpose for one in given] == ["volunteering"]


def test_each_ticked_purpose_is_a_consent_of_its_own(places):  # S-02
    registered = makers.register_adult("contact", "photo", org=places.hongmian)

    given = Consent.objects.filter(person=registered.person)
    assert {one.notice.purpose for one in given} == {"volunteering", "contact", "photo"}
    assert all(one.notice.version == 1 for one in given)


def test_an_adult_is_on_the_books_with_account_role_and_application(places):
    registered = makers.register_adult(org=places.hongmian)
    person = registered.person

    assert registered.username == person.number.lower()
    assert User.objects.get(username=registered.username).check_password("a long phrase of mine")
    assert Holding.objects.get(person=person).role == "volunteer"
    assert person.volunteer.state == "applied"
    assert people.by_phone(makers.PHONE) == [person]
    assert not models.Registration.objects.exists()


def test_what_is_typed_lies_sealed(places):  # S-45
    registration = makers.described(org=places.hongmian)

    stored = bytes(registration.typed)

    assert makers.PHONE.encode() not in stored
    assert "明小麦".encode() not in stored


def test_between_14_and_17_nothing_happens_before_the_guardian_agrees(places):  # V-20
    """Bar 26."""
    registration = makers.described(org=places.hongmian, born=makers.TEEN)

    code = refused_code(services.complete, registration=registration, at=cast.NOW, by=makers.BY)

    assert code == "guardian_missing"
    assert not Account.objects.filter(person__birth_date=makers.TEEN).exists()


def test_the_guardians_consent_is_kept_with_version_and_moment(places):  # V-20
    """Bar 26."""
    registered = makers.register_minor("contact", org=places.hongmian)
    person = registered.person

    by_guardian = Consent.objects.get(person=person, by_guardian=True)
    assert (by_guardian.notice.purpose, by_guardian.notice.version) == ("volunteering", 1)
    assert by_guardian.given_at == cast.NOW
    assert consents.guardian_of(by_guardian) == makers.MOTHER
    assert not Consent.objects.get(person=person, notice__purpose="contact").by_guardian
    assert person.volunteer.guardian_agreed_on == cast.TODAY


def test_a_wrong_guardians_code_leaves_nothing_behind(places):
    registration = makers.described(org=places.hongmian, born=makers.TEEN)
    right = makers.asked_guardian(registration)
    wrong = "000000" if right != "000000" else "000001"

    done = services.complete_by_guardian(
        registration=registration, code=wrong, at=cast.NOW, by=makers.BY
    )

    assert done is None
    assert not Person.objects.filter(birth_date=makers.TEEN).exclude(number="P005").exists()


def test_a_young_person_cannot_be_their_own_guardian(places):
    registration = makers.described(org=places.hongmian, born=makers.TEEN)
    own = consents.Guardian(name="明大麦", phone=makers.PHONE, relation="父亲")

    with pytest.raises(Refused) as refused:
        makers.asked_guardian(registration, guardian=own)

    assert refused.value.code == "same_phone"


def test_a_child_registers_only_under_the_child_rules_expressly_accepted(places):  # S-03, V-22
    registration = makers.described(org=places.hongmian, born=makers.CHILD)

    with pytest.raises(Refused) as refused:
        makers.asked_guardian(registration)

    assert refused.value.code == "child_rules_needed"


def test_a_child_stands_beside_a_guardian_and_has_no_role_of_their_own(places):  # V-21
    """Bar 26."""
    registered = makers.register_minor(
        "contact", org=places.hongmian, born=makers.CHILD, child_rules=("child",)
    )
    child = registered.person

    beside = Guardianship.objects.get(ward=child)
    assert (beside.guardian.name, beside.org) == ("红大米", places.hongmian)
    assert not Holding.objects.filter(person=child).exists()
    assert not hasattr(child, "volunteer")
    given = Consent.objects.filter(person=child)
    assert all(one.by_guardian for one in given)
    assert {one.notice.purpose for one in given} == {"volunteering", "child"}


def test_a_guardian_on_the_books_is_found_by_the_proved_phone(places):
    mother = cast.make_person("A7", "红大米")
    contact = people_services.NewContact(phone=makers.MOTHERS)
    people_services.keep_contact(person=mother, new=contact, at=cast.NOW, by=cast.CLERK)

    makers.register_minor(org=places.hongmian, born=makers.CHILD, child_rules=("child",))

    assert Guardianship.objects.get().guardian == mother


def test_no_child_registers_while_nobody_is_in_charge(settings):  # S-04
    settings.QINGHE_SMS = "outbox"
    makers.tell()
    places = cast.make_cast()

    with pytest.raises(Refused) as refused:
        makers.described(org=places.hongmian, born=makers.CHILD)

    assert refused.value.code == "nobody_in_charge"


def test_a_code_lasts_ten_minutes(places):
    registration = makers.begun()
    code = makers.code_in(makers.sent(registration))

    over = refused_code(
        services.prove_own_phone,
        registration=registration,
        code=code,
        at=makers.later(minutes=10),
        by=makers.BY,
    )

    assert over == "code_over"


def test_five_wrong_tries_spend_a_code(places):
    registration = makers.begun()
    code = makers.code_in(makers.sent(registration))
    registration.refresh_from_db()
    wrong = "000000" if code != "000000" else "000001"
    for _ in range(5):
        assert not services.prove_own_phone(
            registration=registration, code=wrong, at=cast.NOW, by=makers.BY
        )

    over = refused_code(
        services.prove_own_phone, registration=registration, code=code, at=cast.NOW, by=makers.BY
    )

    assert over == "code_over"


def test_a_code_is_bound_to_its_registration_and_its_phone(places):
    mine, other = makers.begun(), makers.begun()
    code = makers.code_in(makers.sent(mine))
    makers.sent(other, phone="13900139000")
    other.refresh_from_db()

    assert not services.prove_own_phone(registration=other, code=code, at=cast.NOW, by=makers.BY)


def test_codes_to_one_phone_and_from_one_address_are_rationed(places):
    registration = makers.begun()
    makers.sent(registration)

    soon = refused_code(makers.sent, registration=registration)
    for minute in range(2, 6):
        makers.sent(registration, at=makers.later(minutes=minute))
    many = refused_code(
        services.send_own_code, registration=registration, phone=makers.PHONE,
        address="10.0.0.9", at=makers.later(minutes=9), by=makers.BY,
    )  # fmt: skip

    assert (soon, many) == ("too_soon", "too_many_codes")


def test_a_phone_with_an_account_is_told_by_sms_only(places):
    makers.register_adult(org=places.hongmian)
    again = makers.begun(at=makers.later(hours=2))

    message = makers.sent(again, at=makers.later(hours=2))

    assert "已有账号" in message.text
    again.refresh_from_db()
    assert not services.prove_own_phone(
        registration=again, code="123456", at=makers.later(hours=2), by=makers.BY
    )


def test_who_is_on_the_books_already_comes_by_invitation(places):
    contact = people_services.NewContact(phone=makers.PHONE)
    people_services.keep_contact(person=places.xiaoming, new=contact, at=cast.NOW, by=cast.CLERK)

    with pytest.raises(Refused) as refused:
        makers.described(org=places.hongmian, name="明小麦")

    assert refused.value.code == "known_already"
    assert not Account.objects.filter(person=places.xiaoming).exists()


def test_a_date_of_birth_ahead_is_refused(places):
    with pytest.raises(Refused) as refused:
        makers.described(org=places.hongmian, born=date(2030, 1, 1))

    assert refused.value.code == "bad_birth_date"
    assert Contact.objects.count() == 0
    assert consent.wards_of(places.xiaoming).count() == 0
