"""Lists of other platforms by a program: named, explained, sent, looked at, loaded, decided (ADR 0045)."""

import pytest

from qinghe.systems.volunteering import models

from .carried_makers import COLUMNS, HEADINGS, book, line, make_source
from .makers import make_volunteer, sign_in
from .test_api import ROOT, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(cast):
    return make_source(cast.chen, cast.henggang)


def send(client, source, *lines, org):
    given = {"org": org.code, "file": book(*lines)}
    return client.post(f"{ROOT}/hours-sources/{source.pk}/lists", given)


def rows_of(client, found, state=""):
    return client.get(f"{ROOT}/carried-lists/{found}/rows?state={state}").json()["items"]


def test_a_platform_is_named_and_its_columns_explained(client, cast):
    sign_in(client, cast.chen)
    named = post(client, "/hours-sources", {"name": "志愿深圳", "org": cast.henggang.code}).json()
    bare = client.post(
        f"{ROOT}/hours-sources/{named['id']}/lists",
        {"org": cast.henggang.code, "file": book(line())},
    )
    assert (bare.status_code, bare.json()["type"]) == (409, "/problems/no_columns")

    columns = {"columns": COLUMNS, "unit": "hours", "headings": HEADINGS}
    kept = post(client, f"/hours-sources/{named['id']}/columns", columns).json()

    assert (kept["version"], kept["columns"]["name"]) == (1, "姓名")
    assert client.get(f"{ROOT}/hours-sources").json()["items"][0]["version"] == 1


def test_a_list_is_sent_by_one_and_agreed_to_by_another(client, cast, source, ming):
    sign_in(client, cast.chen)
    sent = send(client, source, line(shown=""), line("无此人", number="SZ3"), org=cast.henggang)
    looked = sent.json()
    assert (looked["state"], looked["lines"], looked["unsure"]) == ("checked", 2, 2)
    row = next(one for one in rows_of(client, looked["id"]) if one["line"] == 2)
    assert "name" not in row
    post(client, f"/carried-lists/{looked['id']}/confirm", {})
    post(client, f"/carried-rows/{row['id']}/choose", {"volunteer": ming.number})
    own = post(client, f"/carried-lists/{looked['id']}/agree", {})
    assert own.json()["type"] == "/problems/own_request"

    sign_in(client, cast.lin)
    assert post(client, f"/carried-lists/{looked['id']}/agree", {}).json() == {"rows": 1}
    revoked = post(client, f"/carried-rows/{row['id']}/revoke", {"reason": "平台已更正"}).json()

    assert revoked["state"] == "revoked"
    assert rows_of(client, looked["id"], "nobody")[0]["number"] == "SZ3"


def test_a_list_is_thrown_away_and_a_bad_file_is_told(client, cast, source):
    sign_in(client, cast.chen)
    other = {"org": cast.henggang.code, "file": book(("明", "2"), headings=("姓名", "时长"))}
    bad = client.post(f"{ROOT}/hours-sources/{source.pk}/lists", other)
    assert bad.status_code == 409, bad.json()
    assert "缺少列" in bad.json()["title"]
    found = send(client, source, line(), org=cast.henggang).json()["id"]

    assert post(client, f"/carried-lists/{found}/discard", {}).status_code == 204
    assert not models.CarriedList.objects.exists()


def test_who_loads_no_lists_finds_none(client, cast, source):
    make_volunteer("ZY9", person=cast.xiaoming, org=cast.hongmian)
    sign_in(client, cast.he)

    assert client.get(f"{ROOT}/carried-lists").status_code == 403
    assert send(client, source, line(), org=cast.hongmian).status_code == 404
