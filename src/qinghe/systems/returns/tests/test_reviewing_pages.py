"""The word of whoever is above: one by one, the ticked, and all at once as a job."""

import pytest
from django.utils import timezone

from qinghe.edges.jobs import worker
from qinghe.kernel.access.actors import Role
from qinghe.systems.returns import models, services
from tests.cast import with_role

from .desk import ask, sign_in, text, url
from .makers import filing_of, keep

pytestmark = pytest.mark.django_db
MOST = 29
State = models.Filing.State


@pytest.fixture
def hua(cast):
    """The secretary of 华乐 community."""
    return with_role("P021", "华荔", role=Role.COMMUNITY_SECRETARY, org=cast.huale)


@pytest.fixture
def opened(form, cast):
    return ask(form, cast.lin)


@pytest.fixture
def sent(opened, cast, hong, hua):
    """What two communities of 横岗 sent."""
    filings = []
    for org, secretary, amount in ((cast.hongmian, hong, 3), (cast.huale, hua, 0)):
        filing = filing_of(opened, org)
        keep(filing, secretary, at=timezone.now(), LOC_01=amount)
        filings.append(services.submit(filing=filing, at=timezone.now(), by=secretary))
    return filings


@pytest.fixture
def street(client, cast):
    return sign_in(client, cast.chen)


def states():
    return sorted(models.Filing.objects.exclude(state="draft").values_list("state", flat=True))


def test_what_waits_is_listed_and_in_the_inbox(street, sent):
    page, inbox = text(street.get(url("to_review"))), text(street.get("/inbox/"))

    assert "红棉社区" in page
    assert "全部通过（2份）" in page
    assert "审核：团建情况" in inbox


def test_one_is_read_and_accepted(street, sent):
    page = text(street.get(url("filing", sent[0].pk)))
    street.post(url("filing_accept", sent[0].pk))

    assert "通过" in page
    assert "<b>3</b>" in page
    assert states() == ["accepted", "submitted"]


def test_zero_is_said_as_zero_and_not_as_nothing(street, sent):
    page = text(street.get(url("filing", sent[1].pk)))

    assert "<b>0</b>" in page
    assert "未报</div>" not in page


def test_one_is_sent_back_with_a_reason(street, sent, client, hong):
    without = street.post(url("filing_send_back", sent[0].pk), {"reason": ""})
    street.post(url("filing_send_back", sent[0].pk), {"reason": "与台账不符"})
    page = text(sign_in(client, hong).get(url("filing", sent[0].pk)))

    assert without.status_code == 422
    assert states() == ["sent_back", "submitted"]
    assert "与台账不符" in page


def test_the_ticked_are_accepted(street, sent):
    answer = street.post(url("to_review"), {"bulk": "accept", "picked": [sent[0].pk]}, follow=True)

    assert "1项已办理" in text(answer)
    assert states() == ["accepted", "submitted"]


def test_all_that_the_filter_leaves_are_accepted_as_a_job(street, sent):
    started = street.post(url("accept_all") + "?named=红棉")
    worker.work_off()
    page = text(street.get(started.url))

    assert "已通过1份" in page
    assert states() == ["accepted", "submitted"]


def test_nobody_accepts_what_they_sent_themself(client, opened, cast, hong):
    filing = filing_of(opened, cast.hongmian)
    keep(filing, hong, at=timezone.now(), LOC_01=3)
    services.submit(filing=filing, at=timezone.now(), by=hong)

    answer = sign_in(client, hong).post(url("filing_accept", filing.pk))

    assert answer.status_code == 403
    assert states() == ["submitted"]


@pytest.mark.parametrize("name", ["filing_accept", "filing_send_back"])
def test_what_waits_elsewhere_is_not_there(client, sent, cast, name):
    answer = sign_in(client, cast.zhou).post(url(name, sent[0].pk), {"reason": "不对"})

    assert answer.status_code == 404
    assert states() == ["submitted", "submitted"]


def test_who_reviews_nothing_is_told_so(client, sent, hong):
    desk = sign_in(client, hong)

    assert desk.get(url("to_review")).status_code == 403
    assert desk.post(url("accept_all")).status_code == 403


def test_the_ledger_takes_no_more_queries_for_more_rows(
    street, sent, django_assert_max_num_queries
):
    with django_assert_max_num_queries(MOST):
        page = text(street.get(url("filings")))

    assert "华乐社区" in page
