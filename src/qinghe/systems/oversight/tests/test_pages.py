"""The auditor's pages: what is found, what is said, and that looking is itself written down."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.jobs.models import Job
from qinghe.edges.jobs.running import run
from qinghe.kernel.audit import asking, services
from qinghe.kernel.audit.models import Entry
from qinghe.systems.oversight import queries
from tests import guards
from tests.cast import CLERK, NOW

LISTS = ("entries", "grants", "reveals", "sign_ins", "exports")
MOST = 28  # queries a page, the frame's own and the note of the search included


@pytest.fixture
def auditor(cast, sign_in):
    return sign_in(cast.auditor)


def url(name, *arguments):
    return reverse(f"oversight:{name}", args=arguments)


def text(response):
    return response.content.decode()


def note(verb, *, by=CLERK, at=None, **options):
    return services.record_event(by=by, verb=verb, at=at or timezone.now(), **options)


def work_off():
    for job in Job.objects.filter(state="queued"):
        run(job.pk)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_opens_for_the_auditor_and_is_refused_to_others(cast, client, sign_in, name):
    assert sign_in(cast.auditor).get(url(name)).status_code == 200
    assert sign_in(cast.lin).get(url(name)).status_code == 403


def test_an_entry_is_told_in_words_with_address_and_outcome(auditor, cast):
    with asking.asked_by(asking.Asker(address="203.0.113.9")):
        services.record(by=cast.chen, verb="orgs.change_org", subject=cast.huale, at=timezone.now())
        note("accounts.sign_in_failed", outcome="refused")

    page = text(auditor.get(url("entries")))

    for words in ("修改组织信息", "陈穗", "华乐社区", "203.0.113.9", "未办理"):
        assert words in page


@pytest.mark.parametrize(
    ("name", "verb", "other"),
    [
        ("grants", "access.give_role", "orgs.open_org"),
        ("reveals", "people.reveal", "people.add_person"),
        ("sign_ins", "accounts.sign_in", "access.give_role"),
        ("exports", "exports.export", "accounts.sign_in"),
    ],
)
def test_each_list_keeps_to_its_subject(auditor, name, verb, other):
    note(verb, by="甲")
    note(other, by="乙")

    page = text(auditor.get(url(name)))

    assert "甲" in page
    assert "乙" not in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"person": "陈穗"}, True),
        ({"person": "P001"}, False),
        ({"area": "orgs"}, True),
        ({"area": "people"}, False),
        ({"org": "440307017"}, True),
        ({"org": "440307013"}, False),
        ({"outcome": "done"}, True),
        ({"outcome": "refused"}, False),
        ({"since": "2022-07-09", "until": "2022-07-09"}, True),
        ({"since": "2022-07-10"}, False),
        ({"until": "2022-07-08"}, False),
        ({"kind": "people.Person"}, False),
        ({"number": "999999"}, False),
        ({"before": "nonsense"}, True),
    ],
)
def test_filters(auditor, cast, query, kept):
    at = NOW + timedelta(days=5, hours=3)  # the ninth of July, by the local clock
    services.record(by=cast.chen, verb="orgs.close_org", subject=cast.huale, at=at)

    assert ("撤销组织" in text(auditor.get(url("entries"), query))) is kept


def test_pages_follow_each_other_without_a_gap_or_a_double(auditor):
    for number in range(120):
        note("accounts.sign_in", by=f"第{number}位", at=NOW + timedelta(seconds=number // 3))
    seen, asked = [], {"area": "accounts"}
    while True:
        shown = auditor.get(url("sign_ins"), asked).context
        seen += [row.record.seq for row in shown["table"].rows]
        if not shown["further"]:
            break
        asked = {"before": shown["further"]}

    wanted = Entry.objects.filter(area="accounts").order_by("-at", "-seq")
    assert seen == list(wanted.values_list("seq", flat=True))


def test_what_the_auditor_looked_for_is_written_down_once(auditor, cast):
    auditor.get(url("entries"), {"person": "陈穗", "area": "orgs"})

    read = Entry.objects.get(verb="audit.read")
    assert read.person_id == cast.auditor.person_id
    assert read.detail == {"page": "操作记录", "person": "陈穗", "area": "orgs"}
    assert read.request_id
    assert read.address == "127.0.0.1"


def test_the_security_administrator_sees_what_auditors_did_and_nothing_else(
    cast, secadmin, sign_in
):
    sign_in(cast.auditor).get(url("entries"), {"person": "林青"})
    note("orgs.open_org", by="别人")

    watching = sign_in(secadmin)
    page = text(watching.get(url("auditors")))
    assert "查阅操作记录" in page
    assert "别人" not in page
    assert watching.get(url("chain")).status_code == 403
    hidden = Entry.objects.filter(area="orgs").first()
    assert watching.get(url("entry", hidden.seq)).status_code == 404


def test_one_entry_stands_between_its_neighbours_and_is_as_it_was_written(auditor):
    entry = note("accounts.sign_in", detail={"reason": "试"})
    note("accounts.sign_out")

    page = text(auditor.get(url("entry", entry.seq)))

    assert "与写入时一致" in page
    assert "试" in page
    assert url("entry", entry.seq - 1) in page
    assert url("entry", entry.seq + 1) in page


def test_a_changed_entry_says_so(auditor):
    entry = note("accounts.sign_in")
    with guards.lifted():
        Entry.objects.filter(pk=entry.pk).update(by="别人")

    assert "与写入时不一致" in text(auditor.get(url("entry", entry.seq)))


def test_the_chain_is_checked_and_the_finding_shown(auditor, cast):
    assert "还没有校验过" in text(auditor.get(url("chain")))

    auditor.post(url("chain_check"))
    work_off()

    page = text(auditor.get(url("chain")))
    assert "通过" in page
    assert Entry.objects.get(verb="audit.verify").person_id == cast.auditor.person_id


def test_a_fault_is_named(auditor):
    entry = note("accounts.sign_in")
    note("accounts.sign_in")
    with guards.lifted():
        Entry.objects.filter(pk=entry.pk).delete()

    auditor.post(url("chain_check"))
    work_off()

    assert f"第 {entry.seq} 条，记录被删除" in text(auditor.get(url("chain")))


def test_nobody_else_checks_the_chain(cast, sign_in):
    lin = sign_in(cast.lin)

    assert lin.get(url("chain")).status_code == 403
    assert lin.post(url("chain_check")).status_code == 403


def test_an_export_asks_why_and_writes_no_search(auditor):
    answer = auditor.get(url("entries"), {"export": "xlsx"})

    assert answer.status_code == 302
    assert reverse("jobs:export_new") in answer["Location"]
    assert not Entry.objects.filter(verb="audit.read").exists()


def test_a_list_takes_few_queries(auditor, django_assert_max_num_queries):
    for _ in range(queries.PER_PAGE + 5):
        note("accounts.sign_in")

    with django_assert_max_num_queries(MOST):
        auditor.get(url("entries"))
