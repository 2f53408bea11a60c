"""A minor who signs a line of a trail is named in full only to who may read it (S-04)."""

from datetime import date

import pytest
from django.utils import timezone

from qinghe.edges.web import timeline
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.people.models import Person
from tests import cast as casting
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return casting.make_cast()


@pytest.fixture
def signed(cast):
    audit.record(by=Actor(cast.xiaoming.pk, "陈小明"), verb="x.y", subject=cast.hongmian, at=NOW)
    return cast.hongmian


def names(record, reader):
    return [line.by for line in timeline.of(record, reader=reader)][:1]


def test_a_minor_is_masked_to_who_may_not_read_of_children(cast, signed):
    Person.objects.filter(pk=cast.xiaoming.pk).update(
        name="陈小明", birth_date=timezone.localdate()
    )

    assert names(signed, cast.zhou) == [f"陈同学（{cast.xiaoming.pk}）"]


def test_oneself_and_grown_ups_are_named(cast, signed):
    Person.objects.filter(pk=cast.xiaoming.pk).update(
        name="陈小明", birth_date=timezone.localdate()
    )
    assert names(signed, Actor(cast.xiaoming.pk, "陈小明")) == [f"陈小明（{cast.xiaoming.pk}）"]

    Person.objects.filter(pk=cast.xiaoming.pk).update(birth_date=date(1990, 1, 1))
    assert names(signed, cast.zhou) == [f"陈小明（{cast.xiaoming.pk}）"]
