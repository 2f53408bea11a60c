"""What waits for whom, in one place, counted cheaply, acted on from the list."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qinghe.edges import inbox
from qinghe.edges.inbox import Item, Queue, Step
from qinghe.edges.web import inbox as waiting
from qinghe.edges.web.inbox import Counts
from qinghe.kernel.access import actors
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from tests import cast
from tests.web.conftest import client_of

NOW = timezone.now


def orgs_of(kind):
    def found(actor):
        return Org.objects.filter(kind=kind, pk__in=actors.orgs_where(actor, "web.see"))

    return found


def lines_of(kind):
    def lines(actor, ids):
        return [
            Item(
                pk=org.pk,
                title=f"核对{org.name}",
                url=f"/orgs/{org.code}/",
                org=org.name,
                steps=(Step("通过", f"/done/{org.code}/"),),
            )
            for org in orgs_of(kind)(actor).filter(pk__in=ids)
        ]

    return lines


def queue(kind, *, days=7, act="web.see"):
    return Queue(
        code=f"web.{kind}",
        label={"street": "街道核对", "community": "社区核对"}[kind],
        state="待核对",
        act=act,
        waiting=orgs_of(kind),
        items=lines_of(kind),
        since="opened_on",
        org="parent",
        days=days,
    )


@pytest.fixture(autouse=True)
def queues(monkeypatch):
    monkeypatch.setattr(inbox, "QUEUES", [queue("street"), queue("community")])


def opened(org, *, days_ago):
    Org.objects.filter(pk=org.pk).update(opened_on=local_day(NOW()) - timedelta(days=days_ago))


def text(answer):
    return answer.content.decode()


def titles(answer):
    return re.findall(r"data-open>核对(\S+?)</a>", text(answer))


def queries_of(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_each_sees_what_they_can_act_on_and_nothing_else(lin, chen, he):
    assert set(titles(lin.get("/inbox/"))) == {
        "横岗街道",
        "坂田街道",
        "红棉社区",
        "华乐社区",
        "象角塘社区",
    }
    assert set(titles(chen.get("/inbox/"))) == {"横岗街道", "红棉社区", "华乐社区"}
    assert titles(he.get("/inbox/")) == ["红棉社区"]


def test_who_may_not_act_has_an_empty_inbox_that_says_what_comes(people):
    answer = client_of(people.zhou).get("/inbox/")

    assert titles(answer) == []
    assert "没有等您办理的事项" in text(answer)
    assert "通知设置" in text(answer)


def test_what_is_due_first_comes_first_and_then_the_oldest(lin, people):
    inbox.QUEUES[:] = [queue("street", days=30), queue("community", days=7)]
    opened(people.henggang, days_ago=24)  # due in 6 days
    opened(people.bantian, days_ago=1)
    opened(people.hongmian, days_ago=9)  # late by 2
    opened(people.huale, days_ago=7)  # today
    opened(people.xiangjiaotang, days_ago=0)

    answer = lin.get("/inbox/")

    assert titles(answer) == ["红棉社区", "华乐社区", "横岗街道", "象角塘社区", "坂田街道"]
    assert "已过 2 天" in text(answer)
    assert ">今日</time>" in text(answer)
    assert "已逾期 1 项" in text(answer)
    assert ">9 天</time>" in text(answer)


def test_a_queue_without_a_limit_comes_last_and_is_never_late(lin, people):
    inbox.QUEUES[:] = [queue("street", days=None), queue("community", days=30)]

    answer = lin.get("/inbox/")

    assert titles(answer)[-2:] == ["横岗街道", "坂田街道"] or titles(answer)[-2:] == [
        "坂田街道",
        "横岗街道",
    ]


def test_the_list_is_filtered_by_queue_and_by_organisation(lin):
    only_streets = lin.get("/inbox/?queue=web.street")
    from_henggang = lin.get("/inbox/?from=横岗")

    assert set(titles(only_streets)) == {"横岗街道", "坂田街道"}
    assert set(titles(from_henggang)) == {"红棉社区", "华乐社区"}


def test_a_filter_that_finds_nothing_says_that_more_waits_elsewhere(lin):
    assert "筛选范围内没有待办" in text(lin.get("/inbox/?from=不存在"))
    assert "筛选范围内没有待办" in text(lin.get("/inbox/?queue=nothing"))


def test_the_groups_show_the_first_of_each_queue_with_its_count(lin, people):
    for number in range(8):
        cast.make_org(
            f"44030701799{number}",
            f"新{number}社区",
            kind="community",
            level="community",
            parent=people.henggang,
        )

    answer = lin.get("/inbox/?view=groups")

    assert "街道核对" in text(answer)
    assert "11 项" in text(answer)
    assert len(titles(answer)) == 2 + waiting.FIRST_OF_EACH


def test_an_inbox_is_paged_and_a_page_that_is_none_becomes_a_page(lin, people):
    for number in range(20, 45):
        cast.make_org(
            f"4403070179{number}",
            f"第{number}社区",
            kind="community",
            level="community",
            parent=people.henggang,
        )

    first, second = lin.get("/inbox/"), lin.get("/inbox/?page=2")

    assert (len(titles(first)), len(titles(second))) == (20, 10)
    assert not set(titles(first)) & set(titles(second))
    assert titles(lin.get("/inbox/?page=x")) == titles(first)
    assert lin.get("/inbox/?page=99999999999999").status_code == 200


def test_the_badges_of_every_page_cost_one_question(lin, people, monkeypatch):
    lin.get("/orgs/")
    with_queues = queries_of(lin, "/orgs/")
    monkeypatch.setattr(inbox, "QUEUES", [])

    assert queries_of(lin, "/orgs/") == with_queues


def test_the_frame_counts_anew_once_the_person_has_acted(lin, people, monkeypatch):
    counted = []
    monkeypatch.setattr(waiting, "counts_for", lambda actor: counted.append(1) or Counts())

    lin.get("/orgs/")
    audit.record(by=people.chen, verb="org.looked_at", subject=people.henggang, at=NOW())
    lin.get("/orgs/")
    assert len(counted) == 1
    audit.record(by=people.lin, verb="org.looked_at", subject=people.henggang, at=NOW())
    lin.get("/orgs/")

    assert len(counted) == 2


def test_an_inbox_costs_two_questions_a_queue_for_any_number_of_rows(lin, people):
    lin.get("/inbox/")
    few = queries_of(lin, "/inbox/")
    for number in range(15):
        cast.make_org(
            f"4403070178{number:02d}",
            f"第{number}社区",
            kind="community",
            level="community",
            parent=people.henggang,
        )

    assert queries_of(lin, "/inbox/") == few
    assert few <= 12


def test_the_counts_stand_in_the_menu_and_in_the_top_bar(lin):
    page = text(lin.get("/orgs/"))

    assert re.search(r'id="inbox-count-menu"[^>]*>5</b>', page)
    assert re.search(r'id="inbox-count"[^>]*>5<span', page)


def test_a_count_ends_where_counting_does(lin, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_COUNTED", 3)

    assert re.search(r'id="inbox-count-menu"[^>]*>2\+</b>', text(lin.get("/orgs/")))


def test_the_counts_can_be_asked_for_again(lin):
    answer = text(lin.get("/inbox/count/", headers={"HX-Request": "true"}))

    assert answer.strip().startswith("5")
    assert 'hx-swap-oob="true"' in answer


def test_a_part_is_enough_when_only_the_filter_changes(lin):
    answer = text(lin.get("/inbox/?queue=web.street", headers={"HX-Request": "true"}))

    assert "<html" not in answer
    assert "核对横岗街道" in answer


def test_unread_notices_are_counted_beside_it(lin, people):
    notices.notify(
        person_ids=[people.lin.person_id],
        kind=Kind.RESULT,
        title="已通过",
        text="",
        url="",
        at=NOW(),
    )

    assert '1<span class="q-aloud"> 条未读' in text(lin.get("/orgs/"))


def test_each_row_can_be_acted_on_and_opened_with_real_buttons_and_links(chen, people):
    page = text(chen.get("/inbox/"))

    assert f'hx-post="/done/{people.henggang.code}/"' in page
    assert f'action="/done/{people.henggang.code}/"' in page
    assert 'aria-label="通过：核对横岗街道"' in page
    assert f'href="/orgs/{people.henggang.code}/" data-open' in page


def test_a_stranger_is_led_to_sign_in(client, db):
    assert client.get("/inbox/").status_code == 302
