"""A volunteer's first page: their own hours, what is near, and nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import services as volunteering
from qinghe.systems.volunteering.services import OwnApplication
from tests import cast

pytestmark = pytest.mark.django_db
MINE = "dashboard:mine"


@pytest.fixture
def everyone() -> cast.Cast:
    return cast.make_cast()


def sign_in(client, person):
    user = access.open_account(person=person, username=person.number, at=cast.NOW, by=cast.CLERK)
    client.force_login(user)
    return client


def a_volunteer(person, org):
    access.give_role(
        person=person,
        role=Role.VOLUNTEER,
        org=org,
        starts_on=cast.LONG_AGO,
        at=cast.NOW,
        by=cast.CLERK,
    )
    actor = cast.actor(person)
    new = OwnApplication(person=person, org=org)
    volunteering.apply_oneself(new=new, at=cast.NOW, by=actor)
    return actor


def publish(everyone, org, title):
    starts = timezone.now() + timedelta(days=1)
    return volunteering.publish_session(
        new=volunteering.NewSession(
            code=f"S-{title}",
            title=title,
            org=org,
            place="红棉社区广场",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        ),
        at=timezone.now(),
        by=everyone.lin,
    )


def test_a_volunteer_sees_their_hours_and_what_is_near(client, everyone):
    a_volunteer(everyone.xiaoming, everyone.hongmian)
    publish(everyone, everyone.hongmian, "文明交通岗")
    publish(everyone, everyone.xiangjiaotang, "图书整理")

    shown = sign_in(client, everyone.xiaoming).get(reverse(MINE)).content.decode()

    assert "生效服务时长" in shown
    assert "文明交通岗" in shown
    assert "图书整理" not in shown  # another street's


def test_a_volunteers_work_begins_here(client, everyone):
    a_volunteer(everyone.xiaoming, everyone.hongmian)

    assert sign_in(client, everyone.xiaoming).get("/").url.startswith(reverse(MINE))


def test_an_officer_has_no_such_page(client, everyone):
    officer = Person.objects.get(pk=everyone.lin.person_id)

    assert sign_in(client, officer).get(reverse(MINE)).status_code == 403


def a_leader(person, org):
    access.give_role(
        person=person,
        role=Role.TEAM_LEADER,
        org=org,
        starts_on=cast.LONG_AGO,
        at=cast.NOW,
        by=cast.CLERK,
    )


def test_a_leader_goes_from_here_to_the_door_and_to_publishing(client, everyone):
    session = publish(everyone, everyone.hongmian, "文明交通岗")
    publish(everyone, everyone.huale, "图书整理")
    a_leader(everyone.xiaoming, everyone.hongmian)
    sign_in(client, everyone.xiaoming)

    shown = client.get(reverse(MINE)).content.decode()
    assert "带队" in shown
    assert reverse("volunteering:session", args=[session.pk]) in shown
    assert reverse("volunteering:activity_new") in shown
    assert "图书整理" not in shown  # of a community that is not theirs

    now = timezone.now()
    type(session).objects.update(starts_at=now, ends_at=now + timedelta(hours=1))
    shown = client.get(reverse(MINE)).content.decode()
    assert reverse("volunteering:spot", args=[session.pk]) in shown
    assert "图书整理" not in shown


def test_who_leads_nothing_has_no_card_for_it(client, everyone):
    a_volunteer(everyone.xiaoming, everyone.hongmian)

    assert "带队" not in sign_in(client, everyone.xiaoming).get(reverse(MINE)).content.decode()


def test_hours_are_never_rounded_up(client, everyone):  # V-36
    a_volunteer(everyone.xiaoming, everyone.hongmian)
    session = publish(everyone, everyone.hongmian, "文明交通岗")
    volunteer = everyone.xiaoming.volunteer
    session.attendances.create(volunteer=volunteer, state="effective", minutes=184)

    shown = sign_in(client, everyone.xiaoming).get(reverse(MINE)).content.decode()
    assert "<b>3.0</b>" in shown
    assert "3.1" not in shown


def test_what_came_of_an_application_is_told(client, everyone):
    a_volunteer(everyone.xiaoming, everyone.hongmian)
    sign_in(client, everyone.xiaoming)
    volunteer = everyone.xiaoming.volunteer

    volunteering.approve_volunteer(volunteer=volunteer, at=cast.NOW, by=everyone.chen)
    volunteering.withdraw_volunteer(
        volunteer=volunteer, reason="迁出", at=cast.NOW, by=everyone.chen
    )

    told = Notice.objects.filter(person=everyone.xiaoming).order_by("pk")
    assert [one.title for one in told] == ["志愿者注册已通过", "您已退出志愿者名册"]
    assert "迁出" in told[1].text
