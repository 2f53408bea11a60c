import re
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

from qinghe.edges.web import drafts
from qinghe.edges.web.models import Draft
from qinghe.kernel.access.actors import Actor
from tests.web.test_frame import text


def token_of(client):
    return re.search(r'name="_draft" value="([^"]+)"', text(client.get("/close/"))).group(1)


def keep(client, **typed):
    return client.post("/drafts/", {"_draft": token_of(client), **typed})


def test_what_is_typed_is_kept_and_offered_again(lin):
    assert "自动保存" in text(keep(lin, name="横岗街道", reason="合并"))

    page = text(lin.get("/close/"))
    resumed = text(lin.get("/close/?draft=resume"))

    assert "还没有提交" in page
    assert 'value="横岗街道"' not in page
    assert 'value="横岗街道"' in resumed
    assert "合并</textarea>" in resumed


def test_the_page_sends_what_changes_and_names_the_fields(lin):
    page = text(lin.get("/close/"))

    assert 'hx-params="_draft,csrfmiddlewaretoken,name,closed_on,reason"' in page


def test_sealed_fields_and_passwords_are_never_kept_whatever_is_sent(lin):
    keep(lin, name="横岗街道", phone="13800000000", password="open sesame", other="x")

    assert Draft.objects.get().values == {"name": ["横岗街道"]}


def test_a_draft_can_be_given_up(lin):
    keep(lin, name="横岗街道")

    lin.post("/drafts/drop/", {"_draft": token_of(lin), "path": "/close/"})

    assert "还没有提交" not in text(lin.get("/close/"))
    assert Draft.objects.count() == 0


def test_a_form_that_was_taken_leaves_no_draft(lin):
    token = token_of(lin)
    keep(lin, name="龙岗区")
    typed = {"name": "x", "closed_on": "2022-07-01", "_draft": token}

    wrong = lin.post("/close/", {**typed, "closed_on": ""})
    assert (wrong.status_code, Draft.objects.count()) == (422, 1)
    sent = lin.post("/close/?org=440307017901", typed)

    assert sent.status_code == 302
    assert Draft.objects.count() == 0


def test_a_form_that_is_answered_with_a_file_leaves_none_either(lin, rf):
    token = token_of(lin)
    keep(lin, name="龙岗区")
    request = rf.post("/close/", {"_draft": token})
    kept = Draft.objects.get()
    request.actor = Actor(person_id=kept.person_id, name="林青")

    file = HttpResponse(headers={"Content-Disposition": "attachment"})
    drafts.DraftMiddleware(lambda _: file)(request)

    assert Draft.objects.count() == 0


def test_drafts_are_ones_own(lin, chen):
    keep(lin, name="横岗街道")

    assert "还没有提交" not in text(chen.get("/close/"))


def test_a_forged_form_is_refused(lin):
    assert "没有自动保存" in text(lin.post("/drafts/", {"_draft": "forged", "name": "x"}))
    assert Draft.objects.count() == 0


def test_too_much_is_not_kept(lin):
    assert "没有自动保存" in text(keep(lin, reason="字" * 20_001))


def test_old_drafts_are_forgotten(lin):
    keep(lin, name="横岗街道")
    long_ago = timezone.now() - drafts.LASTS - timedelta(minutes=1)
    Draft.objects.update(at=long_ago)

    assert "还没有提交" not in text(lin.get("/close/"))
    assert drafts.drop_old(at=timezone.now()) == 1
