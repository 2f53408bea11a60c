"""Bar 27: an account that opens more than five hundred records about people in an hour is told of."""

from datetime import timedelta

import pytest
from django.test import override_settings

from qinghe.edges.web import watching
from qinghe.edges.web.models import Looking
from qinghe.kernel.access.actors import Role
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.notices.models import Notice
from tests import cast
from tests.cast import NOW
from tests.kept import kept

MINUTE = timedelta(minutes=1)


@kept
def people():
    return cast.make_cast()


@pytest.fixture
def an(people):
    return cast.with_role("P300", "安澜", role=Role.SECADMIN, org=people.longgang)


def look(actor, times, *, at=NOW):
    """Let an actor have looked so many times, the last of them now."""
    slot = watching._slot_of(at)
    Looking.objects.update_or_create(
        person_id=actor.person_id, since=slot, defaults={"looks": times - 1}
    )
    watching.note_person(actor, at=at)


def alarms():
    return Entry.objects.filter(verb="people.many_looks")


def test_five_hundred_are_nothing_to_tell(people, an):
    look(people.lin, 500)

    assert not alarms().exists()
    assert not Notice.objects.exists()


def test_the_next_is_told_to_the_security_administrator_and_written_down(people, an):
    look(people.lin, 501)

    notice = Notice.objects.get()
    assert notice.person_id == an.person_id
    assert "林青" not in notice.title
    assert "林青" in notice.text
    assert alarms().get().detail == {"looks": 501}
    assert alarms().get().first_id == people.lin.person_id


def test_it_is_told_once_an_hour(people, an):
    look(people.lin, 501)
    watching.note_person(people.lin, at=NOW + MINUTE)
    look(people.lin, 600, at=NOW + 20 * MINUTE)

    assert alarms().count() == 1


def test_it_is_told_again_in_the_next_hour(people, an):
    look(people.lin, 501)
    look(people.lin, 501, at=NOW + 61 * MINUTE)

    assert alarms().count() == 2


def test_the_hour_is_not_the_clocks(people, an):
    late = NOW.replace(minute=50)
    look(people.lin, 300, at=late)
    look(people.lin, 250, at=late + 15 * MINUTE)

    assert alarms().count() == 1


def test_each_account_has_its_own_count(people, an):
    look(people.lin, 400)
    look(people.chen, 400)

    assert not alarms().exists()


def test_a_page_of_a_person_counts_and_one_of_an_organisation_does_not(people, client):
    with override_settings(ROOT_URLCONF="qinghe.config.urls"):
        watching.note_record(people.lin, people.henggang)
        watching.note_record(people.lin, people.xiaoming)

    assert Looking.objects.get().looks == 1


def test_old_counts_are_forgotten(people):
    look(people.lin, 5)

    assert watching.drop_old(at=NOW + timedelta(days=3)) == 1
