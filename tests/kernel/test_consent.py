"""Notices and consents: told before used, one by one, taken back as easily (S-01 to S-06)."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.utils import IntegrityError

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.consent import queries, services
from qinghe.kernel.consent.models import Consent, Guardianship, Notice, Purpose
from qinghe.kernel.consent.retention import Action, Retention
from qinghe.lib.verdicts import Refused
from tests import cast

pytestmark = pytest.mark.django_db

MOTHER = services.Guardian(name="红大米", phone="13800138001", relation="母亲")
LATER = cast.NOW + timedelta(days=1)


@pytest.fixture
def told():
    services.enter_missing(at=cast.NOW, by=cast.CLERK)


def current(purpose):
    return queries.current_notice(purpose, on=cast.TODAY)


def give(person, purpose, *, guardian=None, at=cast.NOW):
    return services.give(
        person=person, notice=current(purpose), guardian=guardian, at=at, by=cast.CLERK
    )


def test_an_installation_starts_with_a_notice_for_every_purpose():
    call_command("seed", stdout=StringIO())

    notices = Notice.objects.all()

    assert {notice.purpose for notice in notices} == set(Purpose.values)
    assert all("投诉" in notice.text and "多久" in notice.text for notice in notices)
    assert services.enter_missing(at=cast.NOW, by=cast.CLERK) == 0


def test_a_new_version_never_overwrites_the_old_one(told):
    old = current(Purpose.CONTACT)

    new = services.publish_notice(
        new=services.NewNotice(
            purpose=Purpose.CONTACT, title="新告知书", text="全文", starts_on=date(2022, 8, 1)
        ),
        at=cast.NOW,
        by=cast.CLERK,
    )

    assert (new.version, current(Purpose.CONTACT).pk) == (2, old.pk)
    assert queries.current_notice(Purpose.CONTACT, on=date(2022, 8, 1)) == new
    old.refresh_from_db()
    assert old.text != "全文"


def test_a_consent_keeps_the_version_and_the_moment(told):  # S-01
    person = cast.make_person("A1", "明小麦")

    consent = give(person, Purpose.PHOTO)

    assert (consent.notice.version, consent.given_at) == (1, cast.NOW)
    assert queries.holds(person, Purpose.PHOTO, on=cast.TODAY)
    assert not queries.holds(
        person, Purpose.LOCATION, on=cast.TODAY
    )  # S-02: one does not bring another
    assert give(person, Purpose.PHOTO, at=LATER) == consent


def test_taking_back_keeps_the_row_and_writes_the_trail(told):  # S-06
    person = cast.make_person("A1", "明小麦")
    consent = give(person, Purpose.PHOTO)

    services.withdraw(consent=consent, reason="", at=LATER, by=cast.CLERK)

    assert not queries.holds(person, Purpose.PHOTO, on=cast.TODAY)
    assert Consent.objects.get().withdrawn_at == LATER
    verbs = Entry.objects.filter(verb__startswith="consent.").values_list("verb", flat=True)
    assert list(verbs.filter(subject_kind="consent.Consent")) == [
        "consent.give",
        "consent.withdraw",
    ]


def test_agreeing_again_is_a_new_row(told):
    person = cast.make_person("A1", "明小麦")
    services.withdraw(consent=give(person, Purpose.PHOTO), reason="", at=LATER, by=cast.CLERK)

    give(person, Purpose.PHOTO, at=LATER + timedelta(hours=1))

    assert Consent.objects.count() == 2
    assert queries.holds(person, Purpose.PHOTO, on=cast.TODAY)


def test_a_notice_that_asks_anew_ends_earlier_consents(told):
    person = cast.make_person("A1", "明小麦")
    give(person, Purpose.PHOTO)
    new = services.NewNotice(
        purpose=Purpose.PHOTO, title="影像", text="新的目的", starts_on=cast.TODAY, renews=True
    )

    services.publish_notice(new=new, at=cast.NOW, by=cast.CLERK)

    assert not queries.holds(person, Purpose.PHOTO, on=cast.TODAY)


@pytest.mark.parametrize(
    ("born", "purpose"),
    [(date(2007, 4, 5), Purpose.VOLUNTEERING), (date(2010, 1, 1), Purpose.PHOTO)],
)
def test_what_a_minor_cannot_agree_to_alone_needs_the_guardian(told, born, purpose):  # V-20, S-03
    person = cast.make_person("A1", "红小米", birth_date=born)

    with pytest.raises(Refused) as refused:
        give(person, purpose)
    consent = give(person, purpose, guardian=MOTHER)

    assert refused.value.code == "guardian_needed"
    assert consent.by_guardian
    assert services.guardian_of(consent) == MOTHER


def test_a_fifteen_year_old_answers_alone_for_what_is_optional(told):
    person = cast.make_person("A1", "红小米", birth_date=date(2007, 4, 5))

    assert not give(person, Purpose.CONTACT).by_guardian


def test_the_guardian_is_sealed_in_the_database(told):  # S-45
    person = cast.make_person("A1", "红小米", birth_date=date(2007, 4, 5))

    consent = give(person, Purpose.VOLUNTEERING, guardian=MOTHER)

    stored = Consent.objects.values_list("guardian_name", "guardian_phone").get(pk=consent.pk)
    assert MOTHER.name.encode() not in bytes(stored[0])
    assert MOTHER.phone.encode() not in bytes(stored[1])


def test_a_ward_has_a_grown_up_beside_them():  # V-21
    orgs = cast.make_cast()
    child = cast.make_person("A1", "红小豆", birth_date=date(2012, 1, 1))
    teen = cast.make_person("A2", "红小米", birth_date=date(2007, 4, 5))

    with pytest.raises(Refused) as refused:
        services.attach_ward(
            ward=child, guardian=teen, org=orgs.hongmian, relation="其他监护人",
            at=cast.NOW, by=cast.CLERK,
        )  # fmt: skip

    assert refused.value.code == "guardian_too_young"


def test_nobody_guards_themself():
    orgs = cast.make_cast()

    with pytest.raises(IntegrityError):
        Guardianship.objects.create(
            ward=orgs.xiaoming, guardian=orgs.xiaoming, org=orgs.hongmian, relation="父亲",
            since=cast.TODAY,
        )  # fmt: skip


def test_a_term_is_dated_and_never_shorter_than_the_law_asks():  # S-08, S-14
    entry = Retention("audit.Entry", "操作记录", 1000, "at", Action.DELETE, least=184)
    soon = cast.TODAY + timedelta(days=10)

    with pytest.raises(Refused) as refused:
        services.set_term(
            entry=entry, days=100, starts_on=soon, document="通知", at=cast.NOW, by=cast.CLERK
        )
    services.set_term(
        entry=entry, days=400, starts_on=soon, document="通知", at=cast.NOW, by=cast.CLERK
    )

    assert refused.value.code == "too_short"
    assert queries.days_kept(entry, on=cast.TODAY) == 1000
    assert queries.days_kept(entry, on=soon) == 400
