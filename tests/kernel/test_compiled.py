"""A question that is compiled once answers as the one that is compiled each time."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.db.models import Q, QuerySet

from qinghe.kernel.access.models import Holding
from qinghe.kernel.compiled import Compiled
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


def by_number(number: str) -> QuerySet[Person]:
    return Person.objects.filter(number=number).order_by("pk")


def held_on(person: int, day: date) -> QuerySet[Holding]:
    stands = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    held = Holding.objects.filter(stands, person=person, starts_on__lte=day)
    return held.select_related("org", "person").order_by("pk")


def test_it_answers_alike_whatever_it_is_asked_about(cast):
    ask = Compiled(held_on)
    people = [*Person.objects.values_list("pk", flat=True), 0]

    for day in (TODAY, TODAY - timedelta(days=40_000), TODAY + timedelta(days=40_000)):
        for person in people:
            found, plain = ask(person=person, day=day), list(held_on(person, day))
            assert found == plain
            assert [one.org.path for one in found] == [one.org.path for one in plain]


def test_what_comes_back_is_what_the_model_holds(cast):
    ask = Compiled(by_number)

    (found,) = ask(number=cast.xiaoming.number)

    assert found == cast.xiaoming
    assert found.birth_date == cast.xiaoming.birth_date
    found.name = "改名"
    found.save(update_fields=["name"])
    assert ask(number=cast.xiaoming.number)[0].name == "改名"
    assert ask(number="'; DROP TABLE people_person; --") == []


def test_it_is_compiled_once_for_each_connection(cast, monkeypatch):
    built = []

    def build(code: str) -> QuerySet:
        built.append(code)
        return Org.objects.filter(code=code).values_list("name", flat=True)

    ask = Compiled(build)

    assert ask(code=cast.longgang.code) == [cast.longgang.name]
    assert ask(code=cast.hongmian.code) == [cast.hongmian.name]
    assert len(built) == 1


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_get_each_their_own(cast):
    ask, found = Compiled(by_number), {}
    numbers = list(Person.objects.values_list("number", flat=True))

    def work(place: int) -> None:
        for _ in range(30):
            (one,) = ask(number=numbers[place])
            found.setdefault(place, set()).add(one.number)
        connections.close_all()

    threads = [Thread(target=work, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {place: {numbers[place]} for place in range(4)}


def test_a_value_that_the_question_does_not_use_is_a_fault():
    ask = Compiled(lambda number, day: by_number(number))

    with pytest.raises(ValueError, match="not every value"):
        ask(number="P1", day=TODAY)


def test_it_outlives_a_connection_that_was_lost(cast):
    ask = Compiled(by_number)
    ask(number=cast.xiaoming.number)
    if not connection.in_atomic_block:
        connection.close()

    assert ask(number=cast.xiaoming.number) == [cast.xiaoming]
