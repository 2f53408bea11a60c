"""Progress by the API: the same services as the pages, the same refusals."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.desk import sign_in

from . import carried
from .carried import again, carry, on

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/targets"


@pytest.fixture
def scene(db, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: on(10, hour=10))
    return carried.make_scene()


def send(client, path, **body):
    return client.post(f"{ROOT}{path}", json.dumps(body), content_type="application/json")


def test_progress_is_filed_sent_back_and_accepted(client, scene):
    charge = carry(scene)
    told = {"day": "2022-06-10", "number": "12", "words": "走访园区企业"}
    sign_in(client, scene.lin)
    refused = send(client, f"/charges/{charge.pk}/progress", **told)
    sign_in(client, scene.wen)
    filed = send(client, f"/charges/{charge.pk}/progress", **told)
    own = send(client, f"/progress/{filed.json()['id']}/accept")
    key = filed.json()["id"]
    sign_in(client, scene.lin)
    back = send(client, f"/progress/{key}/send-back", reason="请附名单")
    sign_in(client, scene.wen)
    send(client, f"/progress/{key}/submit")
    sign_in(client, scene.lin)
    accepted = send(client, f"/progress/{key}/accept")
    seen = client.get(f"{ROOT}/charges").json()["items"]

    assert (refused.status_code, own.status_code) == (403, 403)
    assert (filed.json()["state"], back.json()["reason"]) == ("submitted", "请附名单")
    assert accepted.json()["state"] == "accepted"
    assert (seen[0]["org"], seen[0]["light"]) == (scene.bantian.code, "green")
    assert again(charge).done == 12


def test_what_is_done_is_told_with_its_evidence(client, scene):
    charge = carry(scene)
    sign_in(client, scene.wen)
    told = {"kind": "strike", "day": "2022-06-10", "number": "30", "words": "全部走访"}
    bare = send(client, f"/charges/{charge.pk}/progress", **told)
    draft = send(client, f"/charges/{charge.pk}/progress", **told, submit=False).json()["id"]
    proof = SimpleUploadedFile("名单.pdf", b"%PDF-1.7\n" + bytes(64), "application/pdf")

    client.post(f"{ROOT}/progress/{draft}/evidence", {"evidence": proof})
    done = send(client, f"/progress/{draft}/submit")

    assert bare.status_code == 409
    assert done.json()["state"] == "submitted"


@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"words": "字" * 401}, {"number": "1.005"}, {"number": "NaN"}]
)
def test_what_the_page_would_not_take_is_refused(client, scene, wrong):
    charge = carry(scene)
    sign_in(client, scene.wen)
    told = {"day": "2022-06-10", "number": "12", "words": "走访园区企业", **wrong}

    assert send(client, f"/charges/{charge.pk}/progress", **told).status_code == 422
    assert not charge.progress.exists()


def test_others_find_nothing(client, scene):
    charge = carry(scene)
    sign_in(client, scene.chen)

    assert send(client, f"/charges/{charge.pk}/progress", day="2022-06-10", number="1",
                words="x").status_code == 404  # fmt: skip
