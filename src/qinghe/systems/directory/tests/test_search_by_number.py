"""Looking somebody up by phone or identity number: who may, what is found, what the trail keeps."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web.models import Looking
from qinghe.kernel.access import services as access
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from tests import cast as everyone
from tests.cast import CLERK, LONG_AGO, NOW
from tests.kept import kept

PHONE, ID_NUMBER = "13912345678", "440307199503010010"


@kept
def cast():
    return everyone.make_cast()


@pytest.fixture
def miao(cast):
    """A cadre of 红棉 community, with phone and identity number."""
    person = everyone.make_person("G1", "禾苗青")
    post = people.NewPost(title="干事", service="part_time", starts_on=LONG_AGO)
    people.appoint(person=person, org=cast.hongmian, new=post, at=NOW, by=CLERK)
    contact = people.NewContact(phone=PHONE, id_number=ID_NUMBER)
    people.keep_contact(person=person, new=contact, at=NOW, by=CLERK)
    return person


@pytest.fixture
def child(cast):
    """A member below eighteen of the same community, reached by the same phone."""
    today = timezone.localdate()
    born = date(today.year - 15, 1, 1)
    person = everyone.make_person("G2", "小禾苗", birth_date=date(1995, 3, 1))
    people.admit_member(person=person, org=cast.hongmian, starts_on=LONG_AGO, at=NOW, by=CLERK)
    Person.objects.filter(pk=person.pk).update(birth_date=born)
    people.keep_contact(person=person, new=people.NewContact(phone=PHONE), at=NOW, by=CLERK)
    return person


def sign_in(who):
    person = Person.objects.get(pk=who.person_id)
    user = access.open_account(person=person, username=f"u{person.pk}", at=NOW, by=CLERK)
    client = Client()
    client.force_login(user)
    return client


def find(who, number):
    return sign_in(who).post(reverse("web:search_number"), {"number": number})


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("number", [PHONE, "+86 139-1234-5678", ID_NUMBER])
def test_who_may_read_numbers_finds_by_them(cast, miao, number):
    page = find(cast.chen, number)

    assert reverse("directory:person", args=[miao.pk]) in text(page)
    assert "禾**" in text(page)


def test_the_neighbour_finds_nobody(cast, miao):
    assert "没有登记这个号码的" in text(find(cast.zhou, PHONE))


def test_a_child_is_found_only_by_who_keeps_the_roll(cast, miao, child):
    secretary = everyone.with_role(
        "P400", "华书记", role=everyone.Role.COMMUNITY_SECRETARY, org=cast.hongmian
    )

    page = reverse("directory:person", args=[child.pk])
    assert page not in text(find(cast.chen, PHONE))
    assert page in text(find(secretary, PHONE))


def test_who_may_read_no_number_is_refused(cast, miao):
    assert find(cast.he, PHONE).status_code == 403
    assert find(cast.auditor, PHONE).status_code == 403


def test_the_trail_names_who_was_found_and_never_the_number(cast, miao):
    find(cast.chen, PHONE)
    find(cast.lin, "13800138000")

    entries = list(Entry.objects.filter(verb="people.find_by_number").order_by("seq"))
    assert [one.detail["found"] for one in entries] == [1, 0]
    assert entries[0].first_id == miao.pk
    assert PHONE not in str(entries[0].detail)
    assert Looking.objects.count() == 2


def test_what_is_no_number_is_told_and_kept(cast):
    page = find(cast.chen, "12345")

    assert page.status_code == 422
    assert 'value="12345"' in text(page)
    assert "电话号码" in text(page)


def test_the_address_takes_no_number(cast, miao):
    page = sign_in(cast.chen).get(reverse("web:search"), {"q": PHONE})

    assert reverse("directory:person", args=[miao.pk]) not in text(page)
    assert "按号码查找人员" in text(page)
