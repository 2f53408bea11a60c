"""The rolls as other programs read them."""

import pytest
from django.urls import reverse

from tests.desk import sign_in

from .makers import make_filed, propose

pytestmark = pytest.mark.django_db


def test_members_files_and_leavings_are_read_in_sight_only(client, cast):
    member = make_filed(org=cast.branch)
    propose(member, by=cast.luo)
    file = reverse("api:league_file", args=[member.pk])
    sign_in(client, cast.luo)

    listed = client.get(reverse("api:members")).json()["items"]
    before = client.get(reverse("api:members"), {"day": "2021-08-31"}).json()["items"]
    told = client.get(file).json()
    leavings = client.get(reverse("api:leavings")).json()["items"]
    sign_in(client, cast.zhou)

    assert [one["number"] for one in listed] == ["K001"]
    assert before == []
    assert (told["joined_on"], told["name"]) == ("2016-05-04", "柯**")
    assert [one["kind"] for one in leavings] == ["resigned"]
    assert client.get(file).status_code == 404
    assert client.get(reverse("api:members")).json()["items"] == []
