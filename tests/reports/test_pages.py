"""The report's pages: what they show, to whom, in how many questions to the database."""

import pytest
from django.utils import timezone

from qinghe.analytics import building, catalogue, store
from qinghe.kernel.access import services as access
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people.models import Person
from tests import cast

pytestmark = pytest.mark.django_db
HALF = "period=2022H1"
BAR = 12  # the draft, once its figures are known and its session is kept
BUDGET = (
    22  # of them ten of the frame: who asks, what waits, and the session kept for the first time
)


def sign_in(client, who):
    person = Person.objects.get(pk=who.person_id)
    user = access.open_account(person=person, username=person.number, at=cast.NOW, by=cast.CLERK)
    client.force_login(user)
    return client


@pytest.fixture
def everyone() -> cast.Cast:
    """Two new enterprises of 横岗 and one older branch, counted."""
    people = cast.make_cast()
    for number, day in enumerate((cast.date(2022, 2, 3), cast.date(2022, 5, 6), cast.LONG_AGO)):
        cast.make_org(
            f"LX-{number}",
            f"样例{number}团支部",
            kind="branch",
            level="unit",
            parent=people.hongmian,
            opened_on=day,
            sector="society",
            new_org_kind="nonpublic_enterprise" if number < 2 else "",
        )
    building.build(
        facts=catalogue.FACTS.values(),
        lineage=orgs.lineage(),
        at=timezone.now(),
        folder=store.folder(),
    )
    return people


@pytest.fixture
def officer(client, everyone):
    return sign_in(client, everyone.lin)


def test_the_draft_says_the_figures_and_counts_what_waits(officer, django_assert_max_num_queries):
    with django_assert_max_num_queries(BUDGET):
        answer = officer.get(f"/report/?org=440307&{HALF}")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "数字 <b>56</b>" in text
    assert 'href="/figures/DIR-01/2022H1/440307/"' in text


def test_the_draft_asked_again_keeps_to_its_bar(officer, django_assert_max_num_queries):
    officer.get(f"/report/?org=440307&{HALF}")

    with django_assert_max_num_queries(BAR):
        officer.get(f"/report/?org=440307&{HALF}")


@pytest.mark.parametrize(
    "path",
    [
        "/figures/DIR-01/2022H1/440307/",
        "/figures/DIR-04/2022H1/440307017/",
        "/figures/DIR-01/2022H1/440307/records/",
        "/figures/DIR-04/2022H1/440307/records/?part=bottom",
        "/figures/EMG-02/2022H1/440307/",
        "/report/figures/",
    ],
)
def test_every_page_keeps_to_its_budget(officer, path, django_assert_max_num_queries):
    officer.get(path)  # the figures of the period are computed once a process

    with django_assert_max_num_queries(BUDGET):
        answer = officer.get(path)

    assert answer.status_code == 200


def test_a_figure_shows_its_meaning_its_parts_and_the_way_to_its_records(officer):
    text = officer.get("/figures/DIR-01/2022H1/440307/").content.decode()

    assert "口径" in text
    assert "横岗街道" in text
    assert "/figures/DIR-01/2022H1/440307017/" in text
    assert "/figures/DIR-01/2022H1/440307/records/" in text


def test_the_records_behind_a_figure_lead_to_their_own_pages(officer):
    text = officer.get("/figures/DIR-01/2022H1/440307/records/?fingerprint=1").content.decode()

    assert "共 2 条" in text
    assert "样例0团支部" in text
    assert "样例2团支部" not in text
    assert "SHA-256" in text


def test_what_is_not_fed_says_who_will_feed_it(officer, monkeypatch):
    monkeypatch.delitem(catalogue.INDICATORS, "EMG-02")

    text = officer.get("/figures/EMG-02/2022H1/440307/").content.decode()

    assert "待接入" in text
    assert "应急" in text


def test_downloads_carry_their_name_and_are_not_kept_by_caches(officer):
    document = officer.get(f"/report/report.docx?org=440307&{HALF}")
    workbook = officer.get(f"/report/figures.xlsx?org=440307&{HALF}")

    for answer in (document, workbook):
        assert answer.status_code == 200
        assert answer.content[:2] == b"PK"
        assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/figures/DIR-01/2022H1/440307/",
        "/figures/DIR-01/2022H1/440307013/records/",
        "/figures/DIR-01/2022H1/999999/",
    ],
)
def test_another_organisation_is_not_there(client, everyone, path):
    chen = sign_in(client, everyone.chen)  # of 横岗

    assert chen.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/figures/DIR-01/2022H3/440307/", "无法识别该期间"),
        ("/figures/NON-99/2022H1/440307/", "没有编号为"),
        ("/figures/DIR-04/2022H1/440307/records/?part=middle", "分子"),
        ("/report/?period=上半年", "无法识别该期间"),
    ],
)
def test_a_wrong_address_gets_one_sentence(officer, path, sentence):
    answer = officer.get(path)

    assert 400 <= answer.status_code < 500
    assert sentence in answer.content.decode()


def test_without_facts_the_page_says_what_to_do(client):
    people = cast.make_cast()
    answer = sign_in(client, people.lin).get("/report/")

    assert answer.status_code == 200
    assert "还没有汇总过数据" in answer.content.decode()


def test_a_team_leader_has_no_report(client, everyone):
    assert sign_in(client, everyone.he).get("/report/").status_code == 403
