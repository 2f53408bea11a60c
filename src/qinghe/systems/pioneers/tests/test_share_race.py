"""Two lists of one school at once, of which the share holds one: one passes, whatever the database."""

import threading

import pytest
from django.db import connection

from qinghe.lib.verdicts import Refused
from qinghe.systems.pioneers import services
from qinghe.systems.pioneers.models import Slate
from tests.cast import NOW, make_wider_cast

from .badged import child, hold, keep, make_round

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def test_lists_of_one_school_are_counted_one_after_the_other():
    cast = make_wider_cast()
    hold(cast, 1, 7)  # three in ten of seven: two children
    slates = [
        keep(
            cast,
            make_round(cast, "district", title=f"第{n}轮"),
            children=[child(2, f"A{n}1"), child(2, f"A{n}2")],
        )
        for n in range(ROUNDS)
    ]
    gate, codes = threading.Barrier(ROUNDS), []

    def hand_in(slate):
        gate.wait()
        try:
            services.submit_slate(slate=slate, at=NOW, by=cast.tang)
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_in, args=(slate,)) for slate in slates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == ["", *["over_share"] * (ROUNDS - 1)]
    assert Slate.objects.filter(state="submitted").count() == 1
