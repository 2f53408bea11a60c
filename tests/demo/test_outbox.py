"""What a demo would have sent is read in the demo, and nowhere else."""

import pytest
from django.utils import timezone

from qinghe.demo import models, views
from qinghe.kernel.notices import channels

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client):
    session = client.session
    session[views.SESSION_KEY] = True
    session.save()
    return client


def test_a_visitor_of_a_demo_reads_the_code_that_was_not_sent(visitor):
    models.Mark.objects.create(size="small", token="t", begun_at=timezone.now(), complete=True)
    channels.send_sms("13800008000", "验证码 402911")

    page = visitor.get("/demo/outbox/").content.decode()

    assert "验证码 402911" in page
    assert "138****8000" in page


def test_a_real_house_has_no_such_page(visitor, settings):
    settings.QINGHE_SMS = "outbox"
    channels.send_sms("13800008000", "验证码 402911")

    assert visitor.get("/demo/outbox/").status_code == 404


def test_a_stranger_in_a_demo_reads_nothing(client):
    models.Mark.objects.create(size="small", token="t", begun_at=timezone.now(), complete=True)

    assert client.get("/demo/outbox/").status_code == 404
