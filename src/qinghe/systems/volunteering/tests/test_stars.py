"""Stars: what they ask, whose word they need, how they are given and lost (rules.md 2.5)."""

from datetime import date, timedelta

import pytest

from qinghe.analytics import figures
from qinghe.lib import identifiers, periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import facts, indicators, models, queries, rules, services
from qinghe.systems.volunteering.models import StarCase, Volunteer
from qinghe.systems.volunteering.queries import StarVerdict
from tests.cast import NOW, TODAY, actor

from .makers import at, build_facts, make_session, serve, sign_in
from .star_makers import agree, carry, give, in_season_today, make_round, url

pytestmark = pytest.mark.django_db
LEVELS = (
    rules.Level(1, 100 * 60, 6, ("street",), own_application=True),
    rules.Level(3, 600 * 60, 12, ("street",), own_application=True),
)
DAY = timedelta(days=1)


@pytest.fixture
def season(cast):
    return make_round(cast)


@pytest.fixture
def worthy(cast, ming):
    """小明: a year on the roll, 120 hours from before, 90 minutes here."""
    Volunteer.objects.filter(pk=ming.pk).update(registered_on=date(2021, 3, 5))
    session = make_session("CC1", org=cast.hongmian)
    serve(ming, session=session, came=at(9), left=at(10, 30), by=cast.lin)
    carry(ming, hours=120, by=cast.lin)
    ming.refresh_from_db()
    return ming


@pytest.fixture
def case(cast, season, worthy):
    return services.propose_stars(found=season, org=cast.hongmian, at=NOW, by=cast.lin)[0]


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("minutes", "months", "held", "star"),
    [
        (100 * 60, 6, 0, 1),
        (100 * 60 - 1, 6, 0, None),
        (100 * 60, 5, 0, None),
        (600 * 60, 12, 0, 3),
        (600 * 60, 11, 0, 1),  # hours enough for three, too short on the roll
        (600 * 60, 12, 3, None),
        (700 * 60, 12, 1, 3),
    ],
)
def test_the_highest_star_that_hours_and_time_bear(minutes, months, held, star):
    since = date(2022, 7, 3)
    on = rules.months_after(since, months=months)

    level = rules.star_for(rules.Standing(minutes, since, held), levels=LEVELS, on=on)

    assert (level.star if level else None) == star


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2021, 12, 5), 1, date(2022, 1, 5)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
    ],
)
def test_months_end_where_the_month_ends(day, months, then):
    assert rules.months_after(day, months=months) == then


def test_a_tier_that_is_not_there_passes_to_the_next_and_nobody_is_asked_twice():
    tiers = [(9, "unit"), (1, "district")]

    assert rules.deciders(("street", "district"), tiers=tiers) == (1,)
    assert rules.deciders(("street", "district"), tiers=[(5, "community"), (3, "street"), (1, "district")]) == (3, 1)  # fmt: skip


def test_schemes_hold_from_their_day_on():
    assert queries.scheme_on(None, TODAY).version == 1
    assert queries.scheme_on(None, date(2023, 6, 1)).version == 2
    assert queries.scheme_on(None, date(2010, 1, 1)) is None


def test_candidates_come_from_the_records(cast, season, worthy, hua):
    (found,) = queries.candidates(cast.lin, season, org=cast.longgang)

    assert (found.volunteer_id, found.level.star) == (worthy.pk, 1)
    assert (found.minutes, found.carried) == (120 * 60 + 90, 120 * 60)
    assert queries.candidates(cast.zhou, season, org=cast.longgang) == []


def test_candidates_take_as_many_queries_for_one_as_for_many(
    cast, season, worthy, hua, django_assert_num_queries
):
    with django_assert_num_queries(6):
        queries.candidates(cast.lin, season, org=cast.longgang)


def test_the_whole_way_to_a_star(cast, season, case, worthy):
    noticed = agree(case, by=cast.chen)
    with pytest.raises(Refused, match="没有公示期满"):
        services.issue_stars(found=season, at=NOW + 5 * DAY, by=cast.lin)

    services.issue_stars(found=season, at=NOW + 8 * DAY, by=cast.lin)

    noticed.refresh_from_db()
    assert noticed.notice_until == date(2022, 7, 8)  # five working days after Sunday the 3rd
    assert queries.stars_of(cast.lin, [worthy.pk], date(2022, 7, 11)) == {worthy.pk: 1}
    assert queries.stars_of(cast.lin, [worthy.pk], date(2022, 7, 10)) == {}


def test_four_stars_go_from_the_street_to_the_district(cast, season, worthy):
    carry(worthy, hours=1000, by=cast.lin, source="区志愿服务台账")
    case = services.propose_stars(found=season, org=cast.hongmian, at=NOW, by=cast.chen)[0]

    with pytest.raises(Refused, match="自己提交的申报"):
        agree(case, by=cast.chen)
    once = agree(case, by=cast.lin)

    assert (case.star, once.state, once.awaits) == (4, "reviewing", cast.longgang)
    assert agree(once, by=cast.lin).state == "noticed"


def test_nobody_decides_their_own_star(cast, season, case):
    """Bar 17."""
    Volunteer.objects.filter(pk=case.volunteer_id).update(person=cast.chen.person_id)

    with pytest.raises(Refused, match="本人的星级"):
        agree(case, by=cast.chen)


def test_a_stranger_decides_nothing(cast, case):
    with pytest.raises(Refused, match="办理此事的权限"):
        agree(case, by=cast.zhou)


def test_no_without_a_reason_is_refused(cast, case):
    with pytest.raises(Refused, match="原因"):
        services.decide_stars(
            cases=[case], verdict=StarVerdict.REFUSED, words=" ", at=NOW, by=cast.chen
        )


def test_an_open_objection_holds_a_star_back(cast, season, case, worthy):
    noticed = agree(case, by=cast.chen)
    objection = services.object_to_star(case=noticed, words="时长不实", at=NOW + DAY, by=cast.zhou)
    with pytest.raises(Refused, match="没有待核实异议"):
        services.issue_stars(found=season, at=NOW + 8 * DAY, by=cast.lin)

    services.answer_objection(
        objection=objection,
        verdict=models.StarObjection.State.DISMISSED,
        answer="经核签到属实",
        at=NOW + 2 * DAY,
        by=cast.chen,
    )

    assert len(services.issue_stars(found=season, at=NOW + 8 * DAY, by=cast.lin)) == 1


def test_an_objection_that_holds_ends_the_case(cast, season, case):
    noticed = agree(case, by=cast.chen)
    objection = services.object_to_star(case=noticed, words="时长不实", at=NOW, by=cast.zhou)

    services.answer_objection(
        objection=objection,
        verdict=models.StarObjection.State.UPHELD,
        answer="重复计时",
        at=NOW,
        by=cast.chen,
    )

    noticed.refresh_from_db()
    assert noticed.state == "refused"


def test_cancelled_hours_let_a_star_fall_and_say_why(cast, season, worthy):
    given = give(season, worthy, cast)
    assert not queries.short_of_hours(cast.lin).exists()
    models.CarriedHours.objects.all().delete()
    StarCase.objects.filter(pk=given.pk).update(carried=100 * 60 - 60, minutes=100 * 60 + 30)
    attendance = models.Attendance.objects.get()
    services.void_attendance(attendance=attendance, reason="代签", at=NOW + DAY, by=cast.lin)

    assert queries.short_of_hours(cast.lin).get() == given
    lower = services.fall_back(case=given, at=NOW + 9 * DAY, by=cast.lin)

    given.refresh_from_db()
    words = given.decisions.last().words
    assert lower is None
    assert (given.state, given.ended_on) == ("lowered", date(2022, 7, 12))
    assert "2022-05-04公园净滩（原90分钟）" in words
    assert queries.stars_of(cast.lin, [worthy.pk], date(2022, 7, 12)) == {}


def test_hours_that_still_bear_a_star_take_none_away(cast, season, worthy):
    given = give(season, worthy, cast)

    with pytest.raises(Refused, match="仍符合"):
        services.fall_back(case=given, at=NOW, by=cast.lin)


def test_a_star_falls_to_the_one_below(cast, season, worthy):
    carry(worthy, hours=500, by=cast.lin, source="区志愿服务台账")
    given = give(season, worthy, cast)
    StarCase.objects.filter(pk=given.pk).update(carried=400 * 60)

    lower = services.fall_back(case=given, at=NOW + 9 * DAY, by=cast.lin)

    assert (given.star, lower.star, lower.lowered_from) == (3, 2, given)
    assert queries.stars_of(cast.lin, [worthy.pk], date(2022, 7, 12)) == {worthy.pk: 2}


def test_vol_12_counts_persons_and_not_what_a_star_fell_to(cast, season, worthy):
    given = give(season, worthy, cast)
    StarCase.objects.filter(pk=given.pk).update(carried=0)
    carried = StarCase.objects.create(
        round=season, volunteer=worthy, org=cast.hongmian, star=1, minutes=1, proposed_on=TODAY,
        proposed_by_id=cast.lin.person_id, state="lowered", issued_on=TODAY, ended_on=TODAY,
        lowered_from=given,
    )  # fmt: skip

    computed = figures.compute(build_facts(), indicators.INDICATORS, periods.half_year(2022, 2))

    assert carried.pk
    assert computed["VOL-12", cast.longgang.pk].value == 1
    assert computed["VOL-12", cast.henggang.pk].value == 1


def test_checks_find_stars_without_hours_and_papers_that_changed(cast, season, worthy):
    new = services.NewCertificate(
        volunteer=worthy, issuer=cast.longgang, served_from=date(2022, 1, 1), served_to=TODAY
    )
    services.certify_oneself(new=new, at=NOW, by=actor(cast.xiaoming))
    given = give(season, worthy, cast)
    codes = ("VOL-C31", "VOL-C32")
    found = {check.code: check for check in facts.CHECKS}
    assert [found[code].records().count() for code in codes] == [0, 0]

    StarCase.objects.filter(pk=given.pk).update(carried=0)
    models.Attendance.objects.update(state="void", minutes=0)

    assert [found[code].records().count() for code in codes] == [1, 1]


def test_officers_walk_the_way_by_pages(client, cast, season, worthy):
    in_season_today(season)
    sign_in(client, cast.lin)
    page = text(client.get(url("star_candidates", season.pk)))
    client.post(url("star_candidates", season.pk), {"all": "1"})
    made = StarCase.objects.get()
    client.logout()
    sign_in(client, cast.chen)
    client.post(url("star_agree", made.pk))

    record = text(client.get(url("star_case", made.pk)))
    listed = text(client.get(url("star_round", season.pk)))

    assert worthy.number in page
    assert "公示中" in record
    assert "公园净滩" in record
    assert worthy.number in listed


def test_a_case_out_of_sight_is_not_there(client, cast, case):
    sign_in(client, cast.zhou)

    assert client.get(url("star_case", case.pk)).status_code == 404
    assert client.post(url("star_agree", case.pk)).status_code == 404


def test_a_team_leader_opens_no_round(client, cast):
    sign_in(client, cast.he)

    assert client.get(url("star_round_new")).status_code == 403


def test_a_volunteer_sees_the_way_asks_and_takes_it_back(client, cast, season, worthy):
    in_season_today(season)
    sign_in(client, actor(cast.xiaoming))

    before = text(client.get(url("own_stars")))
    client.post(url("own_star_apply", season.pk))
    asked = StarCase.objects.get()
    after = text(client.get(url("own_stars")))
    client.post(url("own_star_withdraw", asked.pk))

    asked.refresh_from_db()
    assert "距 1 星（100 小时）时长已够" in before
    assert "申请 1 星" in before
    assert "待横岗街道审核" in after
    assert asked.state == "withdrawn"


def test_somebody_who_does_not_serve_has_no_star_page(client, cast):
    sign_in(client, cast.auditor)

    assert client.get(url("own_stars")).status_code == 403


def test_nobody_takes_back_anothers_case(client, cast, case):
    sign_in(client, cast.zhou)

    assert client.post(url("own_star_withdraw", case.pk)).status_code == 404


def test_the_notice_is_open_to_all_and_names_nobody_in_full(client, cast, case):
    agree(case, by=cast.chen)
    StarCase.objects.update(notice_until=date(2099, 1, 1))

    page = text(client.get(url("star_notice")))

    assert identifiers.mask_name(cast.xiaoming.name) in page
    assert cast.xiaoming.name not in page
    assert client.get(url("own_star_object", case.pk)).status_code == 302  # sign in first


def test_anybody_signed_in_objects_in_their_own_name(client, cast, case):
    agree(case, by=cast.chen)
    StarCase.objects.update(notice_until=date(2099, 1, 1))
    sign_in(client, cast.zhou)

    client.post(url("own_star_object", case.pk), {"words": "不在场"})
    client.logout()
    sign_in(client, cast.chen)
    objection = models.StarObjection.objects.get()
    typed = {"verdict": "upheld", "answer": "核实不在场"}
    client.post(url("star_objection", objection.pk), typed)

    objection.refresh_from_db()
    assert (objection.state, objection.person_id) == ("upheld", cast.zhou.person_id)


def test_the_phone_lists_cases_in_sight_and_agrees(client, cast, case):
    sign_in(client, cast.chen)

    listed = client.get("/api/v1/volunteering/star-cases").json()["items"]
    agreed = client.post(f"/api/v1/volunteering/star-cases/{case.pk}/agree").json()

    assert [(one["volunteer"], one["star"]) for one in listed] == [("ZY1", 1)]
    assert agreed["state"] == "noticed"
