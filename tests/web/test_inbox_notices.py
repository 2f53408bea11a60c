"""The pages of notices and of how somebody wants to be told."""

import pytest
from django.utils import timezone

from qinghe.kernel.notices import queries, services
from qinghe.kernel.notices.kinds import Kind


@pytest.fixture(autouse=True)
def mail_only(settings):
    settings.QINGHE_SMTP = "outbox"


def tell(actor, *, title="队伍申请已通过", url="/orgs/"):
    return services.notify(
        person_ids=[actor.person_id],
        kind=Kind.RESULT,
        title=title,
        text="",
        url=url,
        at=timezone.now(),
    )[0]


def text(answer):
    return answer.content.decode()


def test_notices_are_listed_and_opening_one_reads_it(lin, people):
    notice = tell(people.lin)

    assert "1 条未读" in text(lin.get("/notices/"))
    opened = lin.post(f"/notices/{notice.pk}/")

    assert opened.url == "/orgs/"
    assert "全部已读" in text(lin.get("/notices/"))
    assert "没有未读通知" in text(lin.get("/notices/?unread=1"))


def test_reading_takes_a_post(lin, people):
    notice = tell(people.lin)

    assert lin.get(f"/notices/{notice.pk}/").status_code == 405
    assert lin.get("/notices/read/").status_code == 405
    assert queries.unread_of(people.lin.person_id).count() == 1


def test_nobody_opens_the_notice_of_another(chen, people):
    notice = tell(people.lin)

    assert chen.post(f"/notices/{notice.pk}/").status_code == 404
    assert "队伍申请已通过" not in text(chen.get("/notices/"))


def test_all_are_read_at_once_and_only_ones_own(lin, people):
    tell(people.lin)
    tell(people.lin)
    tell(people.chen)

    lin.post("/notices/read/")

    assert not queries.unread_of(people.lin.person_id).exists()
    assert queries.unread_of(people.chen.person_id).count() == 1


def test_preferences_are_kept_and_shown_again(lin, people):
    sent = {
        "email": "lin@youth.example",
        "late": ["email"],
        "quiet_from": "21:30",
        "quiet_until": "07:30",
        "digest_at": "",
    }

    answer = lin.post("/notices/preferences/", sent)

    assert answer.url == "/notices/preferences/"
    kept = queries.preference_of(people.lin.person_id)
    assert kept.chosen == {"late": ["email"]}
    assert 'value="21:30"' in text(lin.get("/notices/preferences/"))


def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(lin, people):
    without_end = {"email": "lin@youth.example", "quiet_from": "21:30", "late": ["email"]}
    without_address = {"late": ["email"]}

    first = lin.post("/notices/preferences/", without_end)
    second = lin.post("/notices/preferences/", without_address)

    assert first.status_code == second.status_code == 422
    assert "须同时填写" in text(first)
    assert "lin@youth.example" in text(first)
    assert "请填写接收通知的邮箱" in text(second)


def test_a_channel_that_the_house_lacks_cannot_be_chosen(lin, people):
    page = text(lin.get("/notices/preferences/"))

    assert "邮件" in page
    assert "钉钉" not in page
    assert lin.post("/notices/preferences/", {"late": ["dingtalk"]}).status_code == 422


def test_a_house_without_channels_says_so(lin, settings):
    settings.QINGHE_SMTP = ""

    assert "还没有接入邮件" in text(lin.get("/notices/preferences/"))
