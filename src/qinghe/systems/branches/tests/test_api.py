"""The API: meetings are read and written as on the pages."""

import pytest

from qinghe.systems.branches.models import Meeting
from tests.desk import sign_in

from .makers import record

pytestmark = pytest.mark.django_db
MEETINGS = "/api/v1/branches/meetings"
BODY = {
    "org": "HGZX-01", "kind": "general", "day": "2022-05-10", "topic": "大会", "present": 3,
}  # fmt: skip


def test_a_meeting_is_written_and_read(client, cast, branch):
    sign_in(client, cast.luo)

    made = client.post(MEETINGS, BODY, content_type="application/json")
    listed = client.get(MEETINGS).json()

    assert made.status_code == 200
    assert (made.json()["entitled"], made.json()["counts"], made.json()["slot"]) == (
        4,
        True,
        "2022Q2",
    )
    assert [one["topic"] for one in listed["items"]] == ["大会"]


def test_what_is_out_of_sight_is_not_found(client, cast, branch):
    record(cast.luo, branch)
    sign_in(client, cast.zhou)

    assert client.get(MEETINGS).json()["items"] == []
    assert client.post(MEETINGS, BODY, content_type="application/json").status_code == 404
    sign_in(client, cast.he)
    assert client.get(MEETINGS).status_code == 403
    assert Meeting.objects.count() == 1
