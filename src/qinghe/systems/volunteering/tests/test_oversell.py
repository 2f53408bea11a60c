"""Forty people at once for five places: five have them, whatever the database (demand 1, bar 13)."""

import contextlib
import threading

import pytest
from django.db import connection

from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, services
from tests.cast import NOW, make_cast

from .activity_makers import first_post, people, publish

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, PLACES, ROUNDS = 40, 5, 3


def rush(post, crowd):
    """Let everybody sign up at the same moment and return what went wrong."""
    gate, wrong = threading.Barrier(len(crowd)), []

    def join(who):
        try:
            gate.wait()
            services.sign_up(post=post, vouched=False, at=NOW, by=who)
        except Exception as error:  # noqa: BLE001  a thread's error would be lost
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=(who,)) for _, who in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_forty_at_once_for_five_places():
    cast = make_cast()
    crowd = people(cast, PEOPLE)
    for number in range(ROUNDS):
        posts = (services.NewPost("引导", PLACES),)
        activity = publish(cast, title=f"公园净滩{number}", posts=posts)
        post = first_post(activity)

        assert rush(post, crowd) == []

        counts = {
            state: post.sign_ups.filter(state=state).count() for state in ("signed", "waiting")
        }
        assert counts == {"signed": PLACES, "waiting": PEOPLE - PLACES}
        assert models.ServicePost.objects.get(pk=post.pk).taken == PLACES
        services.cancel_activity(activity=activity, reason="下一轮", at=NOW, by=cast.lin)


def test_one_person_in_two_places_at_once_gets_one():
    """Two overlapping sessions, both asked for at the same moment from two telephones."""
    cast = make_cast()
    ((_, who),) = people(cast, 1)
    posts = [first_post(publish(cast, title=title)) for title in ("公园净滩", "河堤巡护")]
    gate = threading.Barrier(2)

    def join(post):
        gate.wait()
        try:
            with contextlib.suppress(Refused):
                services.sign_up(post=post, vouched=False, at=NOW, by=who)
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=(post,)) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert models.SignUp.objects.count() == 1
