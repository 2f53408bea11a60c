"""运行状态: for the system administrator, in words, with what to do."""

import pytest
from django.urls import reverse

from qinghe.edges.health import probes
from tests import desk
from tests.cast import make_wider_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def wide():
    return make_wider_cast()


def test_the_system_administrator_reads_what_is_wrong_and_what_to_do(client, wide):
    desk.sign_in(client, wide.xu)

    answer = client.get(reverse("health:status"))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert all(f">{probe.label}</td>" in page for probe in probes.PROBES)
    assert "还没有启动过；导入、导出和提醒会一直排队，请启动任务进程。" in page
    assert "平台在运行，有需要处理的事项" in page


def test_it_is_in_the_menu_of_the_system_administrator_alone(client, wide):
    desk.sign_in(client, wide.xu)
    assert reverse("health:status") in client.get("/authority/accounts/").content.decode()

    desk.sign_in(client, wide.lin)
    assert reverse("health:status") + '"' not in client.get("/directory/").content.decode()


@pytest.mark.parametrize("who", ["lin", "chen"])
def test_nobody_else_opens_it(client, wide, who):
    desk.sign_in(client, getattr(wide, who))

    assert client.get(reverse("health:status")).status_code == 403


def test_it_costs_the_same_few_questions_however_much_waits(
    client, wide, django_assert_max_num_queries
):
    desk.sign_in(client, wide.xu)
    client.get(reverse("health:status"))

    with django_assert_max_num_queries(20):
        client.get(reverse("health:status"))
