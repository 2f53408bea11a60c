"""Fifty at once want 优秀 for another member each: three of ten have it, whatever the database (T-42)."""

import threading
from datetime import date

import pytest
from django.db import connection

from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import services
from qinghe.systems.appraisals.models import Roll, Terms
from tests.cast import make_wider_cast

from .makers import make_members, on, open_and_list, to_grading

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, MEMBERS, FIRST = 50, 10, date(2010, 1, 1)


def test_fifty_at_once_stay_within_the_cap():
    cast = make_wider_cast()
    make_members(cast.branch, MEMBERS)

    Terms.objects.get_or_create(starts_on=FIRST, defaults={"title": "参数"})  # emptied after others
    roll = open_and_list(cast).rolls.get()
    to_grading(cast, roll)
    keys = list(roll.lines.values_list("pk", flat=True))
    gate, codes = threading.Barrier(WRITERS), []

    def write(number):
        gate.wait()
        try:
            grades = {keys[number % MEMBERS]: "top"}
            services.keep_grades(roll=roll, grades=grades, at=on(12), by=cast.luo)
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(codes) == WRITERS
    assert set(codes) == {"", "over_the_cap"}
    assert roll.lines.filter(grade="top").count() == 3
    assert Roll.objects.get(pk=roll.pk).top == 3
