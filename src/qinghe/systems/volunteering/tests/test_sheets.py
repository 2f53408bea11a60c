"""The ledgers: whole files against themselves and the books."""

from datetime import date, timedelta

import pytest

from qinghe.kernel.audit import queries as audit
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, services
from qinghe.systems.volunteering.sheets import ATTENDANCES, SESSIONS, SHEETS, TEAMS, VOLUNTEERS
from qinghe.systems.volunteering.sheets import attendances as at_door
from qinghe.systems.volunteering.sheets import sessions as of_sessions
from qinghe.systems.volunteering.sheets import teams as of_teams
from qinghe.systems.volunteering.sheets import volunteers as of_volunteers

from .makers import NINE, at, make_session, serve

pytestmark = pytest.mark.django_db
NOW = at(22, day=10)
SOURCE = {"file": "f" * 64, "sheet": "volunteering.attendances", "lines": [2, 3]}


def resolve(sheet, actor, rows):
    return sheet.resolve(actor, rows, NOW)


def load(sheet, actor, rows):
    resolved = resolve(sheet, actor, rows)
    assert resolved.problems == []
    return sheet.write(ready=resolved.ready, at=NOW, by=actor, source=SOURCE)


def problems(sheet, actor, rows):
    return [
        (problem.line, problem.column, problem.reason)
        for problem in resolve(sheet, actor, rows).problems
    ]


def test_headings_are_the_agreed_ones():
    assert {sheet.slug: " ".join(column.label for column in sheet.columns) for sheet in SHEETS} == {
        "volunteering.volunteers": "志愿者编号 人员编号 姓名 性别 出生日期 主组织代码 注册日期 "
        "手机号 身份证号",
        "volunteering.teams": "队伍编号 队伍名称 主组织代码 申请日期 审核日期",
        "volunteering.team_members": "队伍编号 志愿者编号 加入日期",
        "volunteering.credits": "培训名称 主办组织代码 结业日期 志愿者编号",
        "volunteering.sessions": "场次编号 活动名称 主办组织代码 队伍编号 地点 开始时间 结束时间",
        "volunteering.attendances": "场次编号 志愿者编号 签到时间 签退时间",
        "volunteering.activities": "活动名称 主办组织代码 服务类别 活动内容 风险提示 咨询联系方式 "
        "详细地址 开始时间 结束时间 岗位 招募人数 技能要求 接受未成年人",
    }


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)
def test_a_row_has_the_columns_in_order(sheet):
    assert sheet.row._fields == ("line", *(column.key for column in sheet.columns))


# ── Volunteers, teams, sessions ──────────────────────────────────────────────────────────────────


def volunteer_row(line=2, **changed):
    row = {
        "number": f"ZY{line}00",
        "person": f"P{line}00",
        "name": "新小苗",
        "sex": "female",
        "birth_date": date(1999, 1, 2),
        "org": "440307017901",
        "registered_on": date(2022, 3, 5),
    } | changed
    return of_volunteers.Row(line, **row)


def test_volunteers_come_with_their_persons(cast):
    known = volunteer_row(3, person="P004", name=cast.xiaoming.name)

    assert load(VOLUNTEERS, cast.chen, [volunteer_row(), known]) == 2

    one = models.Volunteer.objects.get(number="ZY200")
    assert (one.state, one.registered_on, one.person.name) == (
        "registered",
        date(2022, 3, 5),
        "新小苗",
    )
    assert models.Volunteer.objects.get(number="ZY300").person == cast.xiaoming
    trail = audit.entries_about("volunteering.Volunteer", one.pk)
    assert [(entry.verb, entry.detail["file"]) for entry in trail] == [
        ("volunteering.register_many", "f" * 64)
    ]


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"number": "ZY1"}, "志愿者编号"),
        ({"person": "P004", "name": "明小麦"}, "人员编号"),
        ({"person": "P003"}, "姓名"),
        ({"org": "999"}, "主组织代码"),
        ({"org": "440307013901"}, "主组织代码"),  # beyond 陈's reach
        ({"birth_date": date(2012, 1, 1)}, "出生日期"),
        ({"registered_on": date(2022, 5, 11)}, "注册日期"),
    ],
)
def test_volunteers_refused(cast, ming, changed, column):
    found = problems(VOLUNTEERS, cast.chen, [volunteer_row(**changed)])

    assert [(line, where) for line, where, _ in found] == [(2, column)]


def test_a_number_stands_once_in_a_file(cast):
    found = problems(
        VOLUNTEERS, cast.chen, [volunteer_row(2), volunteer_row(3, number="ZY200", person="P200")]
    )

    assert [(line, column) for line, column, _ in found] == [
        (2, "志愿者编号"),
        (2, "人员编号"),
        (3, "志愿者编号"),
        (3, "人员编号"),
    ]


def test_teams_with_and_without_approval(cast):
    rows = [
        of_teams.Row(2, "TD1", "甲队", "440307017901", date(2022, 2, 1), date(2022, 2, 9)),
        of_teams.Row(3, "TD2", "乙队", "440307017901", date(2022, 2, 1), None),
    ]

    load(TEAMS, cast.chen, rows)

    assert dict(models.Team.objects.values_list("code", "state")) == {
        "TD1": "approved",
        "TD2": "applied",
    }


@pytest.mark.parametrize(
    ("applied_on", "approved_on", "column"),
    [
        (date(2022, 5, 11), None, "申请日期"),
        (date(2022, 2, 1), date(2022, 1, 31), "审核日期"),
        (date(2022, 2, 1), date(2022, 5, 11), "审核日期"),
    ],
)
def test_teams_refused(cast, applied_on, approved_on, column):
    rows = [of_teams.Row(2, "TD1", "甲队", "440307017901", applied_on, approved_on)]

    assert [where for _, where, _ in problems(TEAMS, cast.chen, rows)] == [column]


def session_row(line=2, **changed):
    row = {
        "code": f"CC{line}00",
        "title": "净滩",
        "org": "440307017901",
        "team": None,
        "place": "北门",
        "starts_at": NINE,
        "ends_at": NINE + timedelta(hours=3),
    } | changed
    return of_sessions.Row(line, **row)


def test_past_sessions_come_by_the_sheet_and_say_so(cast):
    """V-33."""
    coming = session_row(3, starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=2))

    load(SESSIONS, cast.chen, [session_row(), coming])

    assert dict(models.Session.objects.values_list("code", "entered_late")) == {
        "CC200": True,
        "CC300": False,
    }


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"code": "CC1"}, "场次编号"),
        ({"org": "440307013901"}, "主办组织代码"),
        ({"team": "TD9"}, "队伍编号"),
        ({"title": "补录净滩"}, ""),
        ({"ends_at": NINE}, ""),
    ],
)
def test_sessions_refused(cast, session, changed, column):
    assert [where for _, where, _ in problems(SESSIONS, cast.chen, [session_row(**changed)])] == [
        column
    ]


# ── Attendances ──────────────────────────────────────────────────────────────────────────────────


def come(line, came, left, *, session="CC1", volunteer="ZY1"):
    return at_door.Row(line, session, volunteer, came, left)


def test_a_line_becomes_an_effective_attendance(cast, ming, session):
    load(ATTENDANCES, cast.chen, [come(2, at(9), at(12))])

    attendance = models.Attendance.objects.get()
    assert (attendance.state, attendance.minutes, attendance.how) == ("effective", 180, "sheet")
    assert attendance.stays.get().recorded_at == NOW
    assert [
        entry.verb for entry in audit.entries_about("volunteering.Attendance", attendance.pk)
    ] == ["volunteering.record_many"]


def test_two_pairs_are_one_attendance_even_in_two_chunks(cast, ming, session):
    resolved = resolve(
        ATTENDANCES, cast.chen, [come(2, at(9), at(10)), come(3, at(10, 30), at(11))]
    )
    for ready in resolved.ready:
        ATTENDANCES.write(ready=[ready], at=NOW, by=cast.chen, source=SOURCE)

    attendance = models.Attendance.objects.get()
    assert (attendance.minutes, attendance.stays.count()) == (90, 2)


def test_the_sheet_and_the_door_agree(cast, ming, hua, session):
    """The same times by scan and by sheet make the same minutes and state."""
    serve(hua, session=session, came=at(8, 41), left=at(11, 7), by=cast.lin)
    load(ATTENDANCES, cast.lin, [come(2, at(8, 41), at(11, 7))])

    by_scan = models.Attendance.objects.get(volunteer=hua)
    by_sheet = models.Attendance.objects.get(volunteer=ming)
    assert (
        (by_scan.minutes, by_scan.state) == (by_sheet.minutes, by_sheet.state) == (146, "effective")
    )


def test_an_empty_check_out_counts_nothing(cast, ming, session):
    load(ATTENDANCES, cast.chen, [come(2, at(9), None)])

    attendance = models.Attendance.objects.get()
    assert (attendance.state, attendance.minutes) == ("present", 0)


def test_more_than_eight_hours_of_a_day_wait(cast, ming, session):
    """V-31, what is in the database included."""
    long = make_session("CC7", org=cast.hongmian, starts_at=at(13), hours=9)
    serve(ming, session=session, came=at(9), left=at(12), by=cast.chen)

    load(ATTENDANCES, cast.chen, [come(2, at(13), at(19), session="CC7")])

    waiting = models.Attendance.objects.get(session=long)
    assert (waiting.state, waiting.minutes) == ("pending", 360)


def refused(cast, *rows):
    return [line for line, _, _ in problems(ATTENDANCES, cast.chen, rows)]


def test_more_than_twelve_hours_of_a_day_are_refused(cast, ming, session):
    make_session("CC7", org=cast.hongmian, starts_at=at(12), hours=11)

    rows = [come(2, at(9), at(12)), come(3, at(12), at(22), session="CC7")]

    assert refused(cast, *rows) == [3]


def test_overlaps_within_the_file_name_the_later_line(cast, ming, session):
    make_session("CC2", org=cast.huale, starts_at=at(10))

    found = problems(
        ATTENDANCES, cast.chen, [come(2, at(10), at(12), session="CC2"), come(3, at(9), at(11))]
    )

    assert [(line, "第3行" in reason) for line, _, reason in found] == [(2, True)]


def test_overlaps_with_the_books_are_refused(cast, ming, session):
    serve(ming, session=session, came=at(9), left=at(11), by=cast.chen)
    make_session("CC2", org=cast.huale, starts_at=at(10))

    assert refused(cast, come(2, at(10), at(12), session="CC2")) == [2]
    assert refused(cast, come(2, at(9), at(11))) == [2]  # the same line a second time
    assert refused(cast, come(2, at(11), at(12), session="CC2")) == []


def test_a_fourth_pair_of_a_day_is_refused(cast, ming, session):
    rows = [come(n, at(9, 10 * n), at(9, 10 * n + 5)) for n in range(2, 6)]

    assert refused(cast, *rows) == [5]


@pytest.mark.parametrize(
    "row",
    [
        come(2, at(9), at(12), session="CC0"),
        come(2, at(9), at(12), volunteer="ZY0"),
        come(2, at(8), at(12)),
        come(2, at(9), at(13)),
        come(2, at(10), at(9)),
        come(2, at(9, day=5), at(10, day=5)),
    ],
)
def test_lines_refused(cast, ming, session, row):
    assert refused(cast, row) == [2]


def test_lines_of_another_street_or_the_future_are_refused(cast, ming, session):
    make_session("CC2", org=cast.xiangjiaotang, starts_at=at(14))
    make_session("CC3", org=cast.hongmian, starts_at=at(21, 50, day=10))

    assert refused(cast, come(2, at(14), at(15), session="CC2")) == [2]
    assert refused(cast, come(2, at(22, day=10), at(22, 30, day=10), session="CC3")) == [2]


def test_what_was_voided_is_not_filled_again(cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(10), by=cast.chen)
    services.void_attendance(attendance=attendance, reason="误登", at=NOW, by=cast.chen)

    assert refused(cast, come(2, at(10), at(11))) == [2]


def test_a_file_is_checked_in_few_questions(cast, session, django_assert_max_num_queries):
    people = Person.objects.bulk_create(Person(number=f"Q{n}", name="众") for n in range(60))
    models.Volunteer.objects.bulk_create(
        models.Volunteer(
            number=f"V{n}",
            person=person,
            org=cast.hongmian,
            applied_on=date(2022, 1, 1),
            registered_on=date(2022, 1, 1),
            state="registered",
        )
        for n, person in enumerate(people)
    )
    rows = [come(n + 2, at(9), at(10), volunteer=f"V{n}") for n in range(60)]

    with django_assert_max_num_queries(6):
        resolved = resolve(ATTENDANCES, cast.chen, rows)
    before = Entry.objects.count()
    # rows, trail; its head; and a savepoint; and whether another system listens
    with django_assert_max_num_queries(3 + 2 + 2 + 1):
        ATTENDANCES.write(ready=resolved.ready, at=NOW, by=cast.chen, source=SOURCE)

    assert Entry.objects.count() == before + 1
    assert models.Attendance.objects.filter(state="effective").count() == 60


def test_who_took_a_number_meanwhile_stops_the_chunk_whole(cast, ming, session):
    resolved = resolve(ATTENDANCES, cast.chen, [come(2, at(9), at(10))])
    serve(ming, session=session, came=at(10), left=at(11), by=cast.chen)

    with pytest.raises(Refused) as refusal:
        ATTENDANCES.write(ready=resolved.ready, at=NOW, by=cast.chen, source=SOURCE)

    assert refusal.value.code == "changed_meanwhile"
    assert models.Stay.objects.count() == 1
