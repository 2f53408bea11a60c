import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.edges import system
from qinghe.edges.system import Attachable, System
from qinghe.edges.web import scope
from qinghe.kernel.access import actors
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.files.models import Attachment
from tests.web.test_frame import text

PDF = b"%PDF-1.7 a plan"
MADE = Attachable(
    model="orgs.Org",
    seen_by=scope.orgs_in_sight,
    may_change=lambda actor, org: actors.may(actor, "web.grant", at=org),
)


@pytest.fixture(autouse=True)
def attachable(house, monkeypatch):
    installed = [*system.INSTALLED, System(slug="a", label="", urls="", attachable=(MADE,))]
    monkeypatch.setattr(system, "INSTALLED", installed)


def attach(client, org, *, content=PDF, name="方案 1.pdf", label="活动方案"):
    given = {
        "attachment-file": SimpleUploadedFile(name, content),
        "attachment-label": label,
        "back": f"/orgs/{org.code}/",
    }
    return client.post(f"/attachments/orgs.Org/{org.pk}/", given)


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_file_is_kept_with_a_record_shown_and_in_its_trail(lin, people):
    answer = attach(lin, people.henggang)
    page = text(lin.get(answer.url))

    assert "方案 1.pdf</a>" in page
    assert "活动方案" in page
    assert "附件已保存" in page
    entry = Entry.objects.get(verb="files.attach")
    assert (entry.subject_kind, entry.first_id) == ("orgs.Org", people.henggang.pk)


def test_a_file_is_sent_to_be_saved_and_not_to_be_shown(lin, people):
    attach(lin, people.henggang)

    answer = lin.get(f"/attachments/{Attachment.objects.get().pk}/")

    assert content_of(answer) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_who_does_not_see_the_record_does_not_get_its_files(lin, he, people):
    attach(lin, people.henggang)
    key = Attachment.objects.get().pk

    assert he.get(f"/attachments/{key}/").status_code == 404
    assert he.get(f"/attachments/{key}/remove/").status_code == 404
    assert attach(he, people.henggang).status_code == 404


def test_who_sees_but_may_not_change_only_reads(lin, chen, people):
    attach(lin, people.henggang)
    key = Attachment.objects.get().pk
    page = text(chen.get("/orgs/440307017/"))

    assert "方案 1.pdf</a>" in page
    assert 'name="attachment-file"' not in page
    assert content_of(chen.get(f"/attachments/{key}/")) == PDF
    assert attach(chen, people.henggang).status_code == 404
    assert chen.post(f"/attachments/{key}/remove/", {"reason": "错"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "不接受"),
        ("a.pdf", b"MZ", "内容不是"),
        ("a.pdf", b"", "空的"),
        ("a.svg", b"<svg/>", "不接受"),
    ],
)
def test_what_is_not_taken_is_said_on_the_page(lin, people, name, content, words):
    answer = attach(lin, people.henggang, name=name, content=content)

    assert words in text(lin.get(answer.url))
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "..\\..\\x.pdf",
        "a%0d%0aSet-Cookie: a=b.pdf",
        "a';x=1.pdf",
        "<i x9>.pdf",
    ],
)
def test_a_name_of_a_file_is_only_a_name(lin, people, settings, name):
    """It is no path, no header and no markup (bar 38)."""
    page = text(lin.get(attach(lin, people.henggang, name=name).url))
    kept = Attachment.objects.get()

    answer = lin.get(f"/attachments/{kept.pk}/")

    assert content_of(answer) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "Set-Cookie" not in answer.headers
    assert "<i x9>" not in page
    folder = settings.MEDIA_ROOT
    assert all(len(path.stem) == 64 for path in folder.rglob("*") if path.is_file())


def test_the_same_file_twice_on_one_record_is_refused(lin, people):
    attach(lin, people.henggang)

    answer = attach(lin, people.henggang, name="again.pdf")

    assert "没有重复保存" in text(lin.get(answer.url))
    assert Attachment.objects.count() == 1


def test_a_removed_file_is_gone_from_the_page_and_the_trail_says_why(lin, people):
    attach(lin, people.henggang)
    address = f"/attachments/{Attachment.objects.get().pk}/"

    no_reason = lin.post(f"{address}remove/", {"reason": ""})
    done = lin.post(f"{address}remove/", {"reason": "传错了", "back": "/orgs/440307017/"})

    assert no_reason.status_code == 422
    assert done.url == "/orgs/440307017/"
    assert "还没有附件" in text(lin.get(done.url))
    assert lin.get(address).status_code == 404
    assert Entry.objects.get(verb="files.remove").detail["reason"] == "传错了"


def test_an_unknown_kind_of_record_keeps_no_files(lin, people):
    answer = lin.post(f"/attachments/people.Person/{people.xiaoming.pk}/", {})

    assert answer.status_code == 404
