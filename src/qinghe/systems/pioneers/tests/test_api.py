"""Pioneers by program: written down, handed in, read; no child among it."""

import pytest

from qinghe.systems.pioneers.models import Ceremony
from tests.desk import sign_in

from .badged import child, hold, keep, make_round
from .makers import steps_of, with_photo

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/pioneers"


def post(client, path, body):
    return client.post(f"{ROOT}{path}", body, content_type="application/json")


def told(org):
    return {
        "kind": "admission", "org": org.code, "day": "2022-06-01", "place": "操场", "people": 90,
        "leaders": "余老师", "steps": steps_of("admission"),
    }  # fmt: skip


def test_a_school_writes_a_ceremony_down_and_hands_it_in(client, cast):
    sign_in(client, cast.tang)

    made = post(client, "/ceremonies", told(cast.school)).json()
    bare = post(client, f"/ceremonies/{made['id']}/submit", {})
    with_photo(Ceremony.objects.get(), by=cast.tang)
    sent = post(client, f"/ceremonies/{made['id']}/submit", {})
    listed = client.get(f"{ROOT}/ceremonies").json()["items"]

    assert (made["state"], bare.status_code, sent.json()["state"]) == ("draft", 409, "submitted")
    assert [one["id"] for one in listed] == [made["id"]]


def test_a_place_out_of_reach_is_not_found(client, cast):
    sign_in(client, cast.tang)

    assert post(client, "/ceremonies", told(cast.bantian)).status_code == 404


def test_lists_are_read_with_their_counters_and_without_a_child(client, cast):
    hold(cast, 1, 10)
    keep(cast, make_round(cast, "district"), children=[child(2, "ZZ-77")])
    sign_in(client, cast.lin)

    answer = client.get(f"{ROOT}/slates")

    assert [(one["put_up"], one["given"]) for one in answer.json()["items"]] == [(1, 0), (10, 10)]
    assert "ZZ-77" not in answer.content.decode()
