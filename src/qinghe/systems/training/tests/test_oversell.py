"""A dozen at once for three places: three have them, whatever the database (bar 13)."""

import threading

import pytest
from django.db import connection

from qinghe.kernel.consent import services as consents
from qinghe.lib.verdicts import Refused
from qinghe.systems.training import services
from qinghe.systems.training.models import Class
from tests.cast import NOW, make_cast, make_person

from .makers import actor_of, agreed, make_class, make_course, make_programme

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, PLACES = 12, 3


def test_a_dozen_at_once_for_three_places():
    consents.enter_missing(at=NOW, by="the tests")
    cast = make_cast()
    planned = make_class(cast, make_course(cast, make_programme(cast)), capacity=PLACES)
    crowd = [actor_of(make_person(f"K{n:03}", f"高小{n}")) for n in range(PEOPLE)]
    gate, codes, yes = threading.Barrier(PEOPLE), [], agreed()

    def join(who):
        gate.wait()
        try:
            services.sign_up(training_class=planned, agreed=yes, at=NOW, by=who)
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=(who,)) for who in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [""] * PLACES + ["class_full"] * (PEOPLE - PLACES)
    assert Class.objects.get().taken == PLACES
    assert planned.enrolments.count() == PLACES
