"""The phone: one signs up, lets go, and answers for a child."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent.models import Consent
from qinghe.kernel.people.models import Person
from qinghe.systems.training.models import Enrolment
from tests.desk import sign_in

from .makers import actor_of, make_child, make_class_ahead, name_in_charge

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"training:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_one_signs_up_on_the_phone_and_lets_go(client, cast, course):
    found = make_class_ahead(cast, course)
    sign_in(client, actor_of(cast.xiaoming))
    notice = consent.current_notice("training")

    listed = text(client.get(url("own")))
    unread = client.post(url("own_sign_up", found.pk), {})
    done = client.post(url("own_sign_up", found.pk), {f"notice_{notice.pk}": "on"})
    mine = text(client.get(url("own")))
    client.post(url("own_cancel", Enrolment.objects.get().pk))

    assert found.title in listed
    assert unread.status_code == 422
    assert "不同意的不能办理" in text(unread)
    assert done.status_code == 302
    assert "取消报名" in mine
    assert Enrolment.objects.get().state == "cancelled"


def test_a_minor_is_told_what_to_do_first(client, cast, course):
    found = make_class_ahead(cast, course)
    Person.objects.filter(number="P005").update(
        birth_date=timezone.localdate() - timedelta(days=365 * 16)
    )
    sign_in(client, actor_of(cast.xiaohong))

    assert "请监护人到主办单位" in text(client.get(url("own_class", found.pk)))
    assert "请监护人到主办单位" in text(client.get(url("own_sign_up", found.pk)))


def test_a_guardian_signs_a_child_up_on_the_phone(client, cast, course):
    name_in_charge()
    found = make_class_ahead(cast, course)
    child = make_child(guardian=cast.xiaoming, org=cast.hongmian)
    Person.objects.filter(pk=child.pk).update(
        birth_date=timezone.localdate() - timedelta(days=365 * 10)
    )
    sign_in(client, actor_of(cast.xiaoming))
    boxes = {f"notice_{consent.current_notice(one).pk}": "on" for one in ("training", "child")}

    page = text(client.get(url("own_class", found.pk)))
    done = client.post(
        url("own_ward_sign_up", found.pk, child.pk), {**boxes, "phone": "13800000001"}
    )
    stranger = client.get(url("own_ward_sign_up", found.pk, cast.xiaohong.pk))

    assert "为孩子报名" in page
    assert done.status_code == 302
    assert stranger.status_code == 404
    assert Enrolment.objects.get().person == child
    assert Consent.objects.filter(by_guardian=True).count() == 2
