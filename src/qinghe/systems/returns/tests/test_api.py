"""Returns by program: list, read, put values, submit."""

import pytest

from qinghe.systems.returns import models

from .desk import asked, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/returns"


@pytest.fixture
def open_filing(form, cast):
    return asked(form, cast.lin, cast.hongmian)


@pytest.fixture
def program(client, hong):
    return sign_in(client, hong)


def post(client, path, body, **headers):
    return client.post(f"{ROOT}{path}", body, content_type="application/json", headers=headers)


def test_what_is_in_sight_is_listed_and_read(program, open_filing):
    listed = program.get(f"{ROOT}/filings").json()["items"]
    sheet = program.get(f"{ROOT}/filings/{open_filing.pk}").json()

    assert [one["id"] for one in listed] == [open_filing.pk]
    assert sheet["filing"]["form"] == "basics"
    assert [one["code"] for one in sheet["cells"]] == ["LOC-01"]
    assert not sheet["cells"][0]["reported"]


def test_values_are_put_and_sent(program, open_filing):
    put = post(
        program, f"/filings/{open_filing.pk}/values", {"values": [{"code": "LOC-01", "amount": 3}]}
    )
    sent = post(program, f"/filings/{open_filing.pk}/submit", {})

    assert put.json() == {"changed": ["LOC-01"]}
    assert sent.json()["state"] == "submitted"


def test_a_repeat_with_the_same_key_is_done_once(program, open_filing):
    body = {"values": [{"code": "LOC-01", "amount": 3}]}
    for _ in range(2):
        answer = post(
            program, f"/filings/{open_filing.pk}/values", body, **{"Idempotency-Key": "k1"}
        )

    assert answer.json() == {"changed": ["LOC-01"]}
    assert models.ValueChange.objects.count() == 1


def test_a_refusal_is_a_problem_document(program, open_filing):
    answer = post(
        program, f"/filings/{open_filing.pk}/values", {"values": [{"code": "XXX-99", "amount": 3}]}
    )

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/unknown_cell"
    assert not models.Value.objects.exists()


@pytest.mark.parametrize("path", ["/values", "/submit"])
def test_a_filing_of_elsewhere_is_not_there(client, open_filing, cast, path):
    other = sign_in(client, cast.zhou)

    assert other.get(f"{ROOT}/filings/{open_filing.pk}").status_code == 404
    assert post(other, f"/filings/{open_filing.pk}{path}", {"values": []}).status_code == 404
