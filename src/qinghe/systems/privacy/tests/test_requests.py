"""Asking about one's own data, answering, and erasing (S-06, S-07)."""

from datetime import date

import pytest

from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.consent.models import Consent
from qinghe.kernel.notices.models import Notice, Preference
from qinghe.kernel.people import queries as people
from qinghe.kernel.people import services as people_services
from qinghe.kernel.people.models import Contact, ContactField, Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import queries, services
from tests import cast

from . import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(settings):
    settings.QINGHE_SMS = "outbox"
    makers.tell(in_charge="林青")
    return cast.make_cast()


@pytest.fixture
def secretary(places):
    return cast.with_role("P010", "何书", role=Role.COMMUNITY_SECRETARY, org=places.hongmian)


@pytest.fixture
def me(places):
    return makers.as_actor(makers.register_adult("contact", org=places.hongmian).person)


def correction(me, *, field="name", words="明小米"):
    wish = services.Wish("correct", field, words)
    return services.ask(wish=wish, at=cast.NOW, by=me)


def erasure(me):
    return services.ask(wish=services.Wish("erase"), at=cast.NOW, by=me)


def test_a_request_goes_to_ones_own_org_and_is_due_in_15_working_days(places, me):  # S-07
    """Bar 26."""
    request = correction(me)

    assert request.org == places.hongmian
    assert request.due_on == date(2022, 7, 22)  # from Sunday night, 3 July
    assert bytes(request.wish).find("明小米".encode()) == -1


def test_it_waits_for_those_who_answer_for_that_org_and_for_nobody_else(places, me, secretary):
    request = correction(me)

    assert list(queries.requests_waiting_for(secretary)) == [request]
    assert list(queries.requests_waiting_for(places.chen)) == [request]
    assert not queries.requests_waiting_for(places.zhou)
    assert not queries.requests_waiting_for(places.he)
    assert [one.pk for one in queries.request_items(secretary, [request.pk])] == [request.pk]


def test_a_correction_that_is_granted_stands_on_the_books(me, secretary):
    name, phone = correction(me), correction(me, field="phone", words="13700137000")

    for request in (name, phone):
        services.fulfil(request=request, answer="已核对", at=makers.later(days=1), by=secretary)

    person = Person.objects.get(pk=me.person_id)
    assert person.name == "明小米"
    assert people.by_phone("13700137000") == [person]
    assert Notice.objects.filter(person=person, kind="privacy").count() == 2


def test_a_birth_date_is_not_put_right_against_the_identity_number_on_file(me, secretary):  # S-45
    person = Person.objects.get(pk=me.person_id)
    person.birth_date, person.sex = date(1995, 3, 1), "male"
    person.save()
    contact = people_services.NewContact(id_number="440307199503010010")
    people_services.keep_contact(person=person, new=contact, at=cast.NOW, by=secretary)
    wrong = correction(me, field="birth_date", words="1995-03-02")

    with pytest.raises(Refused) as refused:
        services.fulfil(request=wrong, answer="已核对", at=makers.later(days=1), by=secretary)

    assert refused.value.code == "other_birth_date"
    person.refresh_from_db()
    assert person.birth_date == date(1995, 3, 1)


def test_a_refusal_needs_its_reason_and_an_answer_is_given_once(me, secretary):
    request = correction(me)

    with pytest.raises(Refused) as no_reason:
        services.refuse(request=request, reason=" ", at=cast.NOW, by=secretary)
    services.refuse(request=request, reason="与证件不符", at=cast.NOW, by=secretary)
    with pytest.raises(Refused) as twice:
        services.fulfil(request=request, answer="已改", at=cast.NOW, by=secretary)

    assert (no_reason.value.code, twice.value.code) == ("answer_needed", "wrong_state")
    assert Person.objects.get(pk=me.person_id).name == "明小麦"


def test_nobody_answers_their_own_request(places, secretary):
    request = correction(secretary)

    with pytest.raises(Refused) as refused:
        services.fulfil(request=request, answer="好", at=cast.NOW, by=secretary)

    assert refused.value.code == "own_request"
    assert not queries.requests_waiting_for(secretary)


def test_a_stranger_may_not_answer(places, me):
    request = correction(me)

    with pytest.raises(Refused) as refused:
        services.fulfil(request=request, answer="好", at=cast.NOW, by=places.zhou)

    assert refused.value.code == "not_allowed"


def test_erased_means_nobody_can_tell_who_it_was(me, secretary):  # S-07
    person = Person.objects.get(pk=me.person_id)

    services.fulfil(request=erasure(me), answer="已注销", at=makers.later(days=1), by=secretary)

    person.refresh_from_db()
    account = access.account_of(person)
    assert (person.name, person.birth_date, person.sex) == ("已注销用户", None, "")
    assert not Contact.objects.filter(person=person).exists()
    assert not account.user.is_active
    assert not account.user.has_usable_password()
    assert people.by_phone(makers.PHONE) == []
    assert person.volunteer.state == "refused"  # an application not yet decided
    assert not queries.holdings_of(secretary, person).filter(ends_on__isnull=True)


def test_consents_of_the_erased_stay_as_withdrawn(me, secretary):  # S-10
    services.fulfil(request=erasure(me), answer="已注销", at=makers.later(days=1), by=secretary)

    kept = Consent.objects.filter(person_id=me.person_id)

    assert kept.count() == 2
    assert all(one.withdrawn_at for one in kept)


def test_a_duty_to_keep_stands_in_the_way_of_erasure_and_is_named(places, me, secretary):
    person = Person.objects.get(pk=me.person_id)
    people_services.admit_member(
        person=person, org=places.hongmian, starts_on=cast.TODAY, at=cast.NOW, by=cast.CLERK
    )

    with pytest.raises(Refused) as refused:
        services.fulfil(request=erasure(me), answer="好", at=cast.NOW, by=secretary)

    assert refused.value.code == "duty_to_keep"
    assert "在册团员" in refused.value.reason
    assert Person.objects.get(pk=me.person_id).name == "明小麦"


def test_only_one_erasure_waits_at_a_time(me):
    erasure(me)

    with pytest.raises(Refused) as refused:
        erasure(me)

    assert refused.value.code == "already_asked"


def test_taking_back_the_consent_to_serve_ends_the_place_on_the_roll(places, me):  # S-06
    services.take_back(purpose="volunteering", at=makers.later(days=1), by=me)

    assert Person.objects.get(pk=me.person_id).volunteer.state == "refused"
    assert access.account_of(Person.objects.get(pk=me.person_id)).user.is_active


def test_taking_back_the_consent_to_be_contacted_ends_sms(me):  # S-06
    Preference.objects.create(person_id=me.person_id, chosen={"result": ["email", "sms"]})

    services.take_back(purpose="contact", at=makers.later(days=1), by=me)

    assert Preference.objects.get().chosen == {"result": ["email"]}


def test_a_guardian_takes_back_for_the_child_and_the_account_stops(places):  # S-03
    child = makers.register_minor(
        org=places.hongmian, born=makers.CHILD, child_rules=("child",)
    ).person
    guardian = makers.as_actor(child.guardianship.guardian)

    with pytest.raises(Refused) as refused:
        services.take_back_for_ward(ward=child, at=makers.later(days=1), by=places.lin)
    services.take_back_for_ward(ward=child, at=makers.later(days=1), by=guardian)

    assert refused.value.code == "not_allowed"
    assert not Consent.objects.filter(person=child, withdrawn_at__isnull=True).exists()
    assert not access.account_of(child).user.is_active


def test_the_copy_holds_all_that_is_kept(places, me):  # S-07
    person = Person.objects.get(pk=me.person_id)
    contact = people_services.copy_own_contact(person=person, at=cast.NOW, by=me)

    copy = queries.own_copy(me, person, contact)

    assert copy["基本信息"][0]["手机号码"] == makers.PHONE
    assert {row["用途"] for row in copy["同意与撤回"]} == {"志愿服务", "联系方式"}
    assert copy["平台角色"][0]["角色"] == "志愿者"
    assert copy["志愿服务"][0]["状态"] == "待审核"


def test_who_read_is_shown_to_whom_it_is_about(me, secretary):
    person = Person.objects.get(pk=me.person_id)
    people_services.reveal(
        person=person,
        field=ContactField.PHONE,
        reason="电话通知活动改期",
        at=cast.NOW,
        by=secretary,
    )

    reads = queries.reads_of(me, person)

    assert [(one.by, one.reason) for one in reads] == [(str(secretary), "电话通知活动改期")]
