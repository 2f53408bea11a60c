"""Other programs do what the pages do, and no more."""

import pytest

from qinghe.systems.transfers.models import Transfer
from tests.cast import TODAY
from tests.desk import sign_in

from .makers import standing

pytestmark = pytest.mark.django_db
AT = "/api/v1/transfers/transfers"


def post(client, path="", **body):
    return client.post(f"{AT}{path}", body, content_type="application/json")


def test_a_transfer_goes_its_way_by_the_api(client, ground):
    sign_in(client, ground.cast.tang)
    made = post(client, number="M001", kind="work", to="XHKJ")
    assert made.status_code == 200, made.content
    assert made.json()["state"] == "in_pending"
    assert post(client, number="M001", kind="work", to="XHKJ").status_code == 409
    assert post(client, number="M404", kind="work", to="XHKJ").status_code in (404, 409)
    key = made.json()["id"]
    assert post(client, f"/{key}/approve").status_code == 403
    client.logout()

    sign_in(client, ground.cast.liang)
    assert [one["number"] for one in client.get(AT).json()["items"]] == ["M001"]
    assert post(client, f"/{key}/approve").json()["accepted_on"]
    assert post(client, f"/{key}/place", into="HM-01", on=TODAY.isoformat()).status_code == 409
    one = Transfer.objects.get()
    day = one.started_on.isoformat()
    assert post(client, f"/{key}/place", into="XHKJ-01", on=day).json()["state"] == "placed"
    assert standing(ground.member) == [ground.workshop]


def test_out_of_sight_is_not_there_for_the_api_either(client, ground):
    sign_in(client, ground.cast.tang)
    key = post(client, number="M001", kind="work", to="XHKJ").json()["id"]
    client.logout()
    sign_in(client, ground.cast.zhou)

    assert client.get(AT).json()["items"] == []
    assert post(client, f"/{key}/reject", reason="不收").status_code == 404
    client.logout()
    sign_in(client, ground.cast.liang)
    assert post(client, f"/{key}/reject", reason="没有报到").json()["state"] == "rejected"
