"""A child below fourteen waits for a place, is offered one, or grows up meanwhile (V-21)."""

from dataclasses import replace

import pytest

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, services
from tests.cast import NOW

from .activity_makers import first_post, publish
from .ward_makers import WITH_CHILDREN, sign_both

pytestmark = pytest.mark.django_db


def refusal(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


@pytest.fixture
def offered(cast, child, as_mother, ming):
    """The guardian's place and the child's, who waited until somebody else let go of theirs."""
    post = first_post(publish(cast, posts=(replace(WITH_CHILDREN[0], capacity=2),)))
    other = services.sign_up(post=post, vouched=True, at=NOW, by=Actor(ming.person_id))
    own, waits = sign_both(post, child, as_mother)
    assert waits.state == "waiting"
    services.cancel_sign_up(sign_up=other, at=NOW, by=Actor(ming.person_id))
    waits.refresh_from_db()
    return own, waits


def test_a_child_who_waited_is_offered_a_place_that_the_guardian_takes(offered, child, as_mother):
    _, waits = offered
    titles = Notice.objects.filter(title="候补到名额，请确认")

    assert waits.state == "offered"
    assert [one.person_id for one in titles] == [as_mother.person_id]
    assert (
        refusal(
            lambda: services.accept_offer(
                sign_up=waits, at=NOW, by=Actor(child.person_id, "禾小苗")
            )
        )
        == "not_allowed"
    )
    services.accept_offer(sign_up=waits, at=NOW, by=as_mother)
    waits.refresh_from_db()
    assert waits.state == "signed"


def test_an_offer_to_a_child_goes_with_the_guardian_s_place(offered, as_mother):
    own, waits = offered

    services.cancel_sign_up(sign_up=own, at=NOW, by=as_mother)

    waits.refresh_from_db()
    waits.post.refresh_from_db()
    assert (waits.state, waits.post.taken) == ("cancelled", 0)


def test_whom_an_offer_finds_grown_up_takes_it_by_themself(offered, child, as_mother):
    _, waits = offered
    models.Volunteer.objects.filter(pk=child.pk).update(beside_until=waits.post.session.day)

    refused = refusal(lambda: services.accept_offer(sign_up=waits, at=NOW, by=as_mother))
    services.accept_offer(sign_up=waits, at=NOW, by=Actor(child.person_id, "禾小苗"))

    waits.refresh_from_db()
    assert (refused, waits.state) == ("not_allowed", "signed")
