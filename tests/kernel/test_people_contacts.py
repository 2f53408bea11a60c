"""What is sealed about a person: kept, found, masked, shown with a reason (S-45, rules §6.3)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import queries, services
from qinghe.kernel.people.models import ChildAccess, Contact, ContactField, Person
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, NOW, TODAY, make_person

PHONE = "13800138000"
ID_NUMBER = "440307199503010010"  # born on 1 March 1995, a man
WHY = "核实志愿服务证明"


def keep(person, *, by=CLERK, **texts):
    return services.keep_contact(person=person, new=services.NewContact(**texts), at=NOW, by=by)


def verbs(person):
    return [entry.verb for entry in audit.entries_about("people.Person", person.pk)]


def detail(verb):
    return Entry.objects.get(verb=verb).detail


@pytest.fixture
def ming(cast):
    return cast.xiaoming


@pytest.fixture
def hong(cast):
    """小红, who is fifteen, with her mother's phone."""
    keep(cast.xiaohong, guardian_name="红大米", guardian_phone="13900139000")
    return cast.xiaohong


def show(person, *, by, field=ContactField.PHONE, reason=WHY, at=NOW):
    return services.reveal(person=person, field=field, reason=reason, at=at, by=by)


def test_a_contact_is_normalised_sealed_and_found_again(ming):
    keep(ming, phone="+86 138 0013 8000", id_number=ID_NUMBER.lower())

    contact = Contact.objects.get(person=ming)
    assert PHONE.encode() not in bytes(contact.phone)
    assert queries.by_phone("138-0013-8000") == [ming]
    assert queries.by_id_number(ID_NUMBER) == ming
    assert queries.by_phone("13800138001") == queries.by_phone("不是电话") == []
    assert queries.by_id_number("123") is None


def test_the_trail_names_what_changed_and_never_the_values(ming):
    keep(ming, phone=PHONE, address="龙岗区横岗街道红棉社区1号")
    keep(ming, phone=PHONE)  # no change

    assert verbs(ming).count("people.keep_contact") == 1
    assert detail("people.keep_contact") == {"changed": "手机号、住址"}
    assert PHONE not in str(list(Entry.objects.values()))


def test_nothing_typed_is_nothing_kept(ming):
    """No row either: each change is told, and a row without its entry would be one (bar 32)."""
    keep(ming)

    assert not Contact.objects.filter(person=ming).exists()
    assert "people.keep_contact" not in verbs(ming)


def test_what_is_left_empty_stays(ming):
    keep(ming, phone=PHONE)
    keep(ming, address="龙岗区横岗街道红棉社区1号")

    shown = queries.masked_contact(ming)
    assert (shown.phone, shown.address) == ("138****8000", "龙岗区横岗街道红棉社区******")


def test_families_share_a_phone_and_nobody_an_identity_number(cast, ming):
    other = make_person("P9", "明大麦")
    keep(ming, phone=PHONE, id_number=ID_NUMBER)
    keep(other, phone=PHONE)

    with pytest.raises(Refused) as refused:
        keep(other, id_number=ID_NUMBER)

    assert refused.value.code == "id_number_taken"
    assert queries.by_phone(PHONE) == [ming, other]


def test_the_database_refuses_a_second_holder_of_an_identity_number(ming):
    keep(ming, id_number=ID_NUMBER)
    index = Contact.objects.get(person=ming).id_number_index
    other = make_person("P9", "明大麦")

    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(person=other, id_number_index=index)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"phone": "123"}, "bad_phone"),
        ({"guardian_phone": "12345678901"}, "bad_phone"),
        ({"id_number": "440307199503010019"}, "bad_resident_id"),
        ({"id_number": "440307199503020016"}, "other_birth_date"),
        ({"address": "无"}, "bad_address"),
        ({"guardian_name": "李1"}, "bad_guardian_name"),
    ],
)
def test_what_cannot_be_is_refused_whole(ming, typed, code):
    with pytest.raises(Refused) as refused:
        keep(ming, **{"phone": PHONE, **typed})

    assert refused.value.code == code
    assert not Contact.objects.filter(person=ming, phone__isnull=False).exists()


def test_an_identity_number_of_the_other_sex_is_refused(ming):
    Person.objects.filter(pk=ming.pk).update(sex="female")
    ming.refresh_from_db()

    with pytest.raises(Refused) as refused:
        keep(ming, id_number=ID_NUMBER)

    assert refused.value.code == "other_sex"


def test_an_identity_number_tells_what_was_not_known(db):
    person = services.add_person(new=services.NewPerson("P8", "某人甲"), at=NOW, by=CLERK)

    keep(person, id_number=ID_NUMBER)

    person.refresh_from_db()
    assert (person.birth_date, person.sex) == (date(1995, 3, 1), "male")
    assert detail("people.keep_contact") == {"changed": "身份证号、出生日期、性别"}


def test_showing_asks_a_reason_and_leaves_a_trail_without_the_text(cast, ming):
    keep(ming, phone=PHONE)

    assert show(ming, by=cast.chen) == PHONE

    assert detail("people.reveal") == {"field": "手机号", "reason": WHY}
    assert Entry.objects.get(verb="people.reveal").by == str(cast.chen)


@pytest.mark.parametrize(
    ("reason", "code"),
    [("查看", "reason_needed"), ("   ", "reason_needed"), (f"打{PHONE}核实", "reason_tells")],
)
def test_showing_without_a_fit_reason_is_refused(cast, ming, reason, code):
    keep(ming, phone=PHONE)

    with pytest.raises(Refused) as refused:
        show(ming, by=cast.chen, reason=reason)

    assert refused.value.code == code
    assert "people.reveal" not in verbs(ming)


def test_what_cannot_be_written_to_the_trail_is_not_shown(cast, ming, monkeypatch):
    """Bar 32."""
    keep(ming, phone=PHONE)
    monkeypatch.setattr("qinghe.kernel.audit.services.record", _no_trail)

    with pytest.raises(RuntimeError):
        show(ming, by=cast.chen)


def _no_trail(**_):
    raise RuntimeError("no trail")


def test_what_was_never_kept_cannot_be_shown(cast, ming):
    with pytest.raises(Refused) as refused:
        show(ming, by=cast.chen)

    assert refused.value.code == "nothing_kept"


def test_erasing_leaves_nothing_to_unseal_or_to_find(ming):
    keep(ming, phone=PHONE, id_number=ID_NUMBER, address="龙岗区横岗街道红棉社区1号")

    services.erase_contact(
        person=ming,
        fields=[ContactField.PHONE, ContactField.ID_NUMBER],
        reason="本人申请删除",
        at=NOW,
        by=CLERK,
    )

    contact = Contact.objects.get(person=ming)
    assert (contact.phone, contact.phone_index) == (None, "")
    assert (contact.id_number, contact.id_number_index) == (None, "")
    assert contact.address is not None
    assert detail("people.erase_contact")["changed"] == "手机号、身份证号"


def test_only_the_person_copies_their_own(cast, ming):
    keep(ming, phone=PHONE)

    own = services.copy_own_contact(person=ming, at=NOW, by=Actor(ming.pk, ming.name))

    assert (own.phone, own.address) == (PHONE, "")
    with pytest.raises(Refused):
        services.copy_own_contact(person=ming, at=NOW, by=cast.chen)


@pytest.mark.parametrize(
    ("birth", "minor", "child"),
    [
        (date(2004, 7, 3), False, False),
        (date(2004, 7, 4), True, False),
        (date(2008, 7, 3), True, False),
        (date(2008, 7, 4), True, True),
    ],
)
def test_who_is_a_minor_and_who_a_child(birth, minor, child):
    person = Person(birth_date=birth)

    assert (queries.is_minor(person, TODAY), queries.is_child(person, TODAY)) == (minor, child)


# ── Minors: asked by one, approved by another (S-04, S-05) ───────────────────────────────────────


def ask(person, *, by, reason=WHY, at=NOW):
    return services.ask_child_access(person=person, reason=reason, at=at, by=by)


def test_a_minors_contact_is_read_only_after_somebody_else_approved(cast, hong):
    """Bar 26."""
    field = ContactField.GUARDIAN_PHONE
    with pytest.raises(Refused) as refused:
        show(hong, by=cast.zhou, field=field)
    assert refused.value.code == "approval_needed"

    access = ask(hong, by=cast.zhou)
    services.approve_child_access(access=access, at=NOW, by=cast.lin)

    assert show(hong, by=cast.zhou, field=field) == "13900139000"
    assert {"people.ask_child_access", "people.approve_child_access"} <= set(verbs(hong))
    with pytest.raises(Refused):  # approved for one reader, not for another
        show(hong, by=cast.chen, field=field)


def test_an_approval_holds_for_a_day(cast, hong):
    services.approve_child_access(access=ask(hong, by=cast.zhou), at=NOW, by=cast.lin)

    with pytest.raises(Refused) as refused:
        show(
            hong,
            by=cast.zhou,
            field=ContactField.GUARDIAN_NAME,
            at=NOW + timedelta(hours=24),
        )

    assert refused.value.code == "approval_needed"


def test_nobody_approves_their_own_wish(cast, hong):
    """Bar 17."""
    access = ask(hong, by=cast.zhou)

    with pytest.raises(Refused) as refused:
        services.approve_child_access(access=access, at=NOW, by=cast.zhou)

    assert refused.value.code == "own_wish"
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildAccess.objects.filter(pk=access.pk).update(decided_by=cast.zhou.person_id)


def test_a_refused_wish_keeps_the_reason_and_can_be_asked_anew(cast, hong):
    access = ask(hong, by=cast.zhou)

    refused = services.refuse_child_access(
        access=access, reason="请先联系监护人", at=NOW, by=cast.lin
    )

    assert (refused.state, refused.answer) == ("refused", "请先联系监护人")
    assert detail("people.refuse_child_access")["reason"] == "请先联系监护人"
    assert ask(hong, by=cast.zhou).state == "asked"


def test_a_wish_is_asked_once_decided_once_and_only_about_minors(cast, hong, ming):
    access = ask(hong, by=cast.zhou)
    codes = []
    for attempt in (
        lambda: ask(hong, by=cast.zhou),
        lambda: ask(ming, by=cast.zhou),
        lambda: ask(hong, by=cast.chen, reason="看"),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        codes.append(refused.value.code)
    services.approve_child_access(access=access, at=NOW, by=cast.lin)
    for attempt in (
        lambda: services.approve_child_access(access=access, at=NOW, by=cast.chen),
        lambda: ask(hong, by=cast.zhou),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        codes.append(refused.value.code)

    assert codes == [
        "already_asked",
        "not_a_minor",
        "reason_needed",
        "already_decided",
        "already_allowed",
    ]
