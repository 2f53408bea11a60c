"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.jobs import worker
from qinghe.edges.web import bulk
from qinghe.kernel.access.models import Account
from qinghe.kernel.notices.models import Notice
from qinghe.systems.appraisals import services, sheets
from qinghe.systems.appraisals.models import Campaign, GradeChange, Line, LocalCap, Roll, Terms
from tests.desk import sign_in

from .makers import (
    actor_of,
    line_of,
    list_all,
    make_members,
    on,
    open_and_list,
    propose,
    register,
    study,
    to_approved,
    to_grading,
)

pytestmark = pytest.mark.django_db
QUERIES = 12


def url(name, *arguments):
    return reverse(f"appraisals:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_a_year_is_opened_and_its_rolls_are_made_in_the_background(client, cast, members):
    sign_in(client, cast.lin)
    year = timezone.localdate().year - 1

    client.post(
        url("campaign_new"),
        {
            "year": year, "reference_on": f"{year}-12-31", "opens_on": f"{year}-12-01",
            "closes_on": f"{year + 1}-03-31",
        },
    )  # fmt: skip
    campaign = Campaign.objects.get()
    answer = client.post(url("campaign_list", campaign.pk))
    worker.work_off()

    assert answer.status_code == 302
    campaign.refresh_from_db()
    assert (campaign.listed_at is not None, campaign.lines.count()) == (True, 10)
    shown = text(client.get(url("campaign", campaign.pk), {"org": cast.henggang.code}))
    assert "横岗中学团委" in shown
    assert "补齐评议名单" in shown


def test_a_year_twice_keeps_what_was_typed(client, cast, campaign):
    sign_in(client, cast.lin)
    days = {"reference_on": "2021-12-31", "opens_on": "2021-12-01", "closes_on": "2022-03-31"}

    answer = client.post(url("campaign_new"), {"year": 2021, **days})

    assert answer.status_code == 422
    assert "已经发起" in text(answer)
    assert 'value="2022-03-31"' in text(answer)


def test_the_road_of_a_branch_on_its_one_page(client, cast, roll):
    sign_in(client, cast.luo)
    page = url("roll", roll.pk)
    keys = list(roll.lines.order_by("pk").values_list("pk", flat=True))
    today = timezone.localdate().isoformat()

    client.post(page, {"state": "study", "on": today, "studied": "学习团章第一章"})
    votes = {f"votes-{key}": "6 2 0 0" for key in keys}
    meeting = {"state": "rating", "on": today, "entitled": 10, "present": 8}
    wrong = client.post(page, {**meeting, **votes, f"votes-{keys[0]}": "六票"})
    assert wrong.status_code == 422
    assert "六票" in text(wrong)  # what was typed is kept
    client.post(page, {**meeting, **votes})
    grades = {f"grade-{key}": "good" for key in keys} | {f"grade-{keys[0]}": "top"}
    client.post(page, {"state": "grading", "on": today, "go": "on", **grades})

    roll.refresh_from_db()
    assert (roll.state, roll.top, roll.present) == (Roll.State.PROPOSED, 1, 8)
    assert Line.objects.get(pk=keys[1]).votes_top == 6
    client.logout()
    sign_in(client, cast.tang)
    assert "批准等次" in text(client.get(page))
    client.post(url("roll_approve", roll.pk))
    assert Notice.objects.filter(person_id=cast.luo.person_id).exists()
    client.post(page, {"state": "approved", "months": 3, f"defer-{keys[2]}": "正在处分期内"})
    roll.refresh_from_db()
    assert (roll.state, roll.registered, roll.deferred) == (Roll.State.REGISTERED, 9, 1)


def test_too_many_top_are_refused_on_the_page_with_all_that_was_chosen(client, cast, roll):
    to_grading(cast, roll)
    sign_in(client, cast.luo)
    grades = {f"grade-{key}": "top" for key in roll.lines.values_list("pk", flat=True)}

    answer = client.post(
        url("roll", roll.pk), {"state": "grading", "on": "2022-02-12", "go": "keep", **grades}
    )

    assert answer.status_code == 422
    assert "最多3人" in text(answer)
    assert text(answer).count('value="top" selected') + text(answer).count("selected>优秀") >= 10


def test_a_page_that_was_left_open_changes_nothing(client, cast, roll):
    to_grading(cast, roll)
    sign_in(client, cast.luo)

    answer = client.post(url("roll", roll.pk), {"state": "study", "on": "2022-01-10"})

    assert answer.status_code == 409
    roll.refresh_from_db()
    assert roll.state == Roll.State.GRADING


def test_grades_are_sent_back_with_the_reason(client, cast, roll):
    to_grading(cast, roll)
    propose(cast, roll)
    sign_in(client, cast.tang)

    assert roll.org.name in text(client.get(url("to_decide")))
    client.post(url("roll_send_back", roll.pk), {"reason": "优秀名单未公示"})

    client.logout()
    sign_in(client, cast.luo)
    assert "上级退回：优秀名单未公示" in text(client.get(url("roll", roll.pk)))


def test_many_branches_are_approved_at_once(client, cast, roll):
    to_grading(cast, roll)
    propose(cast, roll)
    sign_in(client, cast.tang)

    client.post(url("to_decide"), {bulk.ACTION: "approve", bulk.PICKED: [roll.pk]})

    roll.refresh_from_db()
    assert roll.state == Roll.State.APPROVED


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("zhou", "roll", 404),
        ("zhou", "line", 404),
        ("zhou", "campaign_new", 403),
        ("luo", "campaign_new", 403),
        ("luo", "terms_new", 403),
        ("luo", "to_decide", 403),
        ("luo", "roll", 200),
        ("luo", "line", 200),
        ("luo", "line_place", 200),
        ("luo", "line_correct", 403),
        ("luo", "roll_send_back", 403),
        ("tang", "line_correct", 200),
        ("tang", "line_move", 200),
        ("chen", "cap_new", 200),
        ("luo", "cap_new", 403),
        ("luo", "board", 200),
        ("auditor", "board", 403),
        ("luo", "campaigns", 200),
        ("auditor", "campaigns", 403),
        ("luo", "rolls", 200),
        ("auditor", "rolls", 403),
        ("luo", "lines", 200),
        ("auditor", "lines", 403),
        ("luo", "unregistered", 200),
        ("auditor", "unregistered", 403),
        ("luo", "terms", 200),
        ("auditor", "terms", 403),
        ("auditor", "roll", 404),
        ("auditor", "line_place", 404),
        ("he", "rolls", 403),
        ("fang", "campaigns", 403),
        ("fang", "own", 200),
    ],
)
def test_who_opens_what(client, cast, roll, who, name, status):
    if who == "fang":
        client.force_login(_user_of(cast.fang))
    else:
        sign_in(client, getattr(cast, who))
    keys = {"roll": roll.pk, "line": roll.lines.first().pk, "cap": roll.campaign_id}
    key = keys.get(name.split("_")[0])

    answer = client.get(url(name, *([key] if key else [])))

    assert answer.status_code == status


def test_the_page_of_three_hundred_members_asks_few_questions(client, cast):
    make_members(cast.branch, 300, prefix="Z")
    roll = open_and_list(cast).rolls.get()
    to_grading(cast, roll)
    sign_in(client, cast.luo)
    page = url("roll", roll.pk)
    client.get(page)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)

    assert text(answer).count("<select") >= 300
    assert len(asked) <= QUERIES
    assert "高小一" not in text(answer)  # names are masked


def test_a_member_speaks_on_the_phone_without_a_post(client, cast, roll, members):
    study(cast, roll)
    me, mine = actor_of(members[0]), line_of(members[0])
    sign_in(client, me)

    first = client.get("/", follow=True)
    assert f'href="{url("own")}"' in text(first)
    assert "年度评议：请自评和互评" in text(first)
    assert "去互评" in text(client.get(url("own")))
    short = client.post(url("own_appraise", mine.pk), {"words": "好", "grade": "good"})
    assert short.status_code == 422
    client.post(url("own_appraise", mine.pk), {"words": "按时参加活动", "grade": "good"})
    others = {f"grade-{key}": "good" for key in roll.lines.values_list("pk", flat=True)}
    assert text(client.get(url("own_rate", mine.pk))).count("<fieldset") == 9
    client.post(url("own_rate", mine.pk), others)

    mine.refresh_from_db()
    assert (mine.own_grade, mine.has_rated, mine.peers_good) == ("good", True, 0)
    assert Line.objects.filter(peers_good=1).count() == 9
    assert "您已经提交过" in text(client.get(url("own_rate", mine.pk)))
    assert client.get(url("own_rate", line_of(members[1]).pk)).status_code == 404


def test_a_party_member_takes_part_on_the_phone(client, cast):
    *_, party = make_members(cast.branch, 2, party=1)
    open_and_list(cast)
    sign_in(client, actor_of(party))

    assert "自愿参加" in text(client.get(url("own")))
    client.post(url("own_take_part", line_of(party).pk))

    assert line_of(party).standing == "in"


def test_a_line_is_placed_corrected_and_registered_on_its_page(client, cast, roll):
    last = roll.lines.order_by("-pk").first()
    sign_in(client, cast.luo)
    client.post(url("line_place", last.pk), {"standing": "excused", "reason": "因病休学在家"})
    last.refresh_from_db()
    assert last.standing == "excused"
    to_approved(cast, roll)
    first = roll.lines.order_by("pk").first()
    register(cast, roll, deferred={first.pk: "正在处分期内"}, at=on(25))
    client.post(url("line_register", first.pk))
    first.refresh_from_db()
    assert first.registered_on == timezone.localdate()
    client.logout()
    sign_in(client, cast.tang)
    client.post(url("line_correct", first.pk), {"grade": "basic", "reason": "漏计测评票"})

    assert GradeChange.objects.get().after == "basic"
    assert "合格 → 基本合格" in text(client.get(url("line", first.pk)))


def test_a_late_member_is_added_and_moved_on_the_pages(client, cast, roll, members):
    late = make_members(cast.branch, 1, prefix="L", since=date(2022, 1, 5))[0]
    sign_in(client, cast.luo)
    client.post(url("roll_add", roll.pk), {"member": late.memberships.get().pk})
    assert line_of(late).roll == roll

    make_members(cast.hongmian, 1, prefix="K")
    list_all(cast, roll.campaign)
    into = Roll.objects.get(org=cast.hongmian)
    late.memberships.update(org=cast.hongmian)
    client.post(url("line_move", line_of(late).pk), {"into": into.pk})

    assert line_of(late).roll == into


def test_terms_and_caps_are_set_in_the_browser(client, cast, campaign):
    sign_in(client, cast.lin)
    soon = (timezone.localdate() + timedelta(days=9)).isoformat()
    client.post(
        url("terms_new"),
        {
            "title": "第二版", "starts_on": soon, "top_percent": 20, "quorum_part": 2,
            "quorum_whole": 3, "defer_least": 3, "defer_most": 12, "source": "团市委通知",
            "reason": "按通知调整",
        },
    )  # fmt: skip
    client.post(
        url("cap_new", campaign.pk),
        {"org": cast.school.code, "percent": 10, "reason": "校团委规定"},
    )

    assert Terms.objects.get(title="第二版").defer_most == 12
    assert LocalCap.objects.get().percent == 10
    assert "第二版" in text(client.get(url("terms")))
    assert "10%（校团委规定）" in text(client.get(url("campaign", campaign.pk)))


def test_the_board_is_red_once_a_campaign_is_over(client, cast, roll):
    sign_in(client, cast.lin)

    shown = text(client.get(url("campaign", roll.campaign_id), {"org": cast.longgang.code}))
    assert "q-tag-late" in shown
    assert "逾期：待学习教育" in text(client.get(url("rolls"), {"org": cast.longgang.code}))


def test_grades_come_in_by_workbook_and_errors_name_their_rows(client, cast, roll):
    to_grading(cast, roll)
    rows = [(2021, f"M{n:04}", "优秀" if n < 4 else "合格") for n in range(10)]
    sign_in(client, cast.luo)

    refused = _resolve(cast.luo, [*rows, (2021, "NONE", "合格")])
    assert [(problem.line, problem.column) for problem in refused.problems] == [
        (5, "等次"),
        (12, "人员编号"),
    ]
    ready = _resolve(cast.luo, rows[:3] + rows[4:]).ready
    services.bring_grades(ready=ready, at=on(12), by=cast.luo, source={"file": "x"})

    roll.refresh_from_db()
    assert roll.top == 3
    assert sheets.GRADES.slug in [one.slug for one in sheets.SHEETS]
    assert client.get(reverse("sheets:sheet", args=["appraisals", "grades"])).status_code == 200


def test_results_of_a_past_year_name_what_does_not_fit(cast, roll):
    day = date(2022, 2, 20)
    rows = [
        sheets.ResultRow(2, 2021, "M0000", "good", day, day, None, None),
        sheets.ResultRow(3, 2021, "M0001", "failed", day, day, None, None),
        sheets.ResultRow(4, 2021, "M0002", None, day, None, None, None),
        sheets.ResultRow(5, 2021, "M0003", "good", day, None, date(2022, 8, 20), "处分期内"),
        sheets.ResultRow(6, 2020, "M0004", "good", day, day, None, None),
    ]

    resolved = sheets.resolve_results(cast.lin, rows, timezone.now())

    assert [problem.line for problem in resolved.problems] == [3, 4, 6]
    assert len(resolved.ready) == 2
    assert sheets.resolve_results(cast.chen, rows, timezone.now()).ready == []


def test_the_api_answers_with_rolls_and_rates(client, cast, roll):
    sign_in(client, cast.lin)

    rolls = client.get("/api/v1/appraisals/rolls").json()
    rates = client.get(f"/api/v1/appraisals/rates/{cast.longgang.code}", {"year": 2021}).json()

    assert rolls["items"][0]["org"] == "HGZX-01"
    assert (rates[0]["due"], float(rates[0]["graded_rate"])) == (10, 0)


def _resolve(actor, rows):
    made = [
        sheets.Row(line, year, number, {"优秀": "top", "合格": "good"}[grade])
        for line, (year, number, grade) in enumerate(rows, start=2)
    ]
    return sheets.resolve(actor, made, timezone.now())


def _user_of(actor):
    return Account.objects.get(person_id=actor.person_id).user
