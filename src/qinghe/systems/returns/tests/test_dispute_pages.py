"""Not agreeing with a number shown from records, and the answer to it."""

import pytest
from django.utils import timezone

from qinghe.systems.returns import models, services

from .desk import asked, sign_in, text, url
from .makers import build_facts, cell, make_form

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def shown(cast):
    """What 红棉 is asked of a number that its own records tell."""
    build_facts()
    filing = asked(make_form(cast.lin, cell("DIR-01")), cast.lin, cast.hongmian)
    models.DerivedCell.objects.get_or_create(
        round=filing.round, cell=filing.round.form.cells.get(code="DIR-01")
    )
    return filing


@pytest.fixture
def disputed(shown, hong):
    return services.dispute(
        filing=shown, code="DIR-01", reason="少了一个支部", at=timezone.now(), by=hong
    )


def test_a_number_from_records_is_shown_and_not_typed(client, shown, hong):
    page = text(sign_in(client, hong).get(url("filing", shown.pk)))

    assert "系统数" in page
    assert "有异议" in page
    assert 'name="v-DIR-01"' not in page


def test_it_is_disputed_with_a_reason(client, shown, hong):
    desk = sign_in(client, hong)
    address = url("dispute_new", shown.pk, "DIR-01")

    without = desk.post(address, {"reason": ""})
    desk.post(address, {"reason": "少了一个支部"})

    assert without.status_code == 422
    assert models.Dispute.objects.get().reason == "少了一个支部"
    assert "异议待答复" in text(desk.get(url("filing", shown.pk)))


def test_it_is_answered_by_whoever_reviews(client, disputed, cast):
    street = sign_in(client, cast.chen)

    inbox = text(street.get("/inbox/"))
    street.post(url("dispute", disputed.pk), {"verdict": "upheld", "words": "已补登"})
    page = text(street.get(url("dispute", disputed.pk)))

    assert "异议：" in inbox
    assert "已补登" in page
    assert "异议成立" in page


def test_nobody_answers_their_own(client, disputed, hong):
    answer = sign_in(client, hong).post(
        url("dispute", disputed.pk), {"verdict": "upheld", "words": "对"}
    )

    assert answer.status_code == 403


def test_a_dispute_of_elsewhere_is_not_there(client, disputed, cast):
    other = sign_in(client, cast.zhou)

    assert other.get(url("dispute", disputed.pk)).status_code == 404
    assert other.get(url("dispute_new", disputed.filing_id, "DIR-01")).status_code == 404
    assert "少了一个支部" not in text(other.get(url("disputes")))
