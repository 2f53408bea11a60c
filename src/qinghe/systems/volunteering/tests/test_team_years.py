"""Yearly confirmation, suspension, training, insurance; and the net's figures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import indicators, queries, rules, services
from qinghe.systems.volunteering.models import Credit, Policy, Session, Training
from tests.cast import make_org

from .makers import build_facts, make_session, serve, sign_in
from .team_makers import MARCH, NOVEMBER, make_team, url

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
H1_2026 = periods.half_year(2026, 1)


@pytest.fixture
def team(cast, crowd):
    return make_team(cast.hongmian, crowd)


def code_of(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def confirm(team, *, at=NOVEMBER, by):
    return services.confirm_team(team=team, words="", at=at, by=by)


def publish(cast, team=None, **changed):
    new = {
        "code": "CC90",
        "title": "江边清洁",
        "org": cast.hongmian,
        "place": "江边",
        "starts_at": MARCH + DAY,
        "ends_at": MARCH + DAY + 2 * HOUR,
        "team": team,
    } | changed
    return services.publish_session(new=services.NewSession(**new), at=MARCH, by=cast.chen)


# ── Confirmation ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("today", "asked", "due"),
    [
        (date(2026, 10, 31), None, 2025),
        (date(2026, 11, 1), 2026, 2025),
        (date(2026, 12, 31), 2026, 2025),
        (date(2027, 1, 1), None, 2026),
        (date(2023, 5, 1), None, None),  # nobody was asked before the scheme
        (date(2022, 11, 1), None, None),
    ],
)
def test_the_months_of_confirmation(cast, today, asked, due):
    span = queries.confirming(cast.lin, today)

    assert (span.asked, span.due) == (asked, due)


def test_a_team_confirms_what_is_overdue_first_with_what_the_records_count(cast, crowd, team):
    attended = make_session("CC1", org=cast.hongmian, team=team, starts_at=MARCH.replace(year=2025))
    make_session("CC2", org=cast.hongmian, team=team, starts_at=MARCH.replace(year=2025))
    came = MARCH.replace(year=2025)
    serve(crowd[0], session=attended, came=came, left=came + HOUR, by=cast.he)

    first = confirm(team, by=cast.he)
    second = confirm(team, by=cast.he)

    assert (first.year, first.members, first.sessions) == (2025, 5, 1)
    assert (second.year, second.sessions) == (2026, 0)
    assert code_of(lambda: confirm(team, by=cast.he)) == "out_of_season"


def test_a_team_confirms_nothing_for_the_year_it_was_founded_in(cast, crowd):
    young = make_team(cast.hongmian, crowd, approved_on=date(2026, 2, 2))

    assert code_of(lambda: confirm(young, by=cast.he)) == "out_of_season"


def test_a_team_without_a_head_confirms_nothing(cast):
    team = make_team(cast.hongmian)

    assert code_of(lambda: confirm(team, by=cast.he)) == "no_head"


def test_what_is_sent_back_is_made_anew(cast, team):
    made = confirm(team, by=cast.he)

    sent = services.return_confirmation(
        confirmation=made, reason="成员不实", at=NOVEMBER, by=cast.chen
    )

    assert (sent.state, sent.reason) == ("returned", "成员不实")
    assert confirm(team, by=cast.he).year == made.year


def test_nobody_accepts_what_they_handed_in(cast, team):
    made = confirm(team, by=cast.chen)

    accepting = lambda: services.accept_confirmation(  # noqa: E731
        confirmation=made, at=NOVEMBER, by=cast.chen
    )

    assert code_of(accepting) == "own_team"


def test_a_suspended_team_publishes_nothing_until_it_is_confirmed(cast, team):
    services.suspend_team(team=team, reason="逾期", at=MARCH, by=cast.chen)
    team.refresh_from_db()
    assert team.suspended_on == date(2026, 3, 2)
    assert code_of(lambda: publish(cast, team)) == "team_suspended"

    made = confirm(team, at=MARCH, by=cast.he)
    services.accept_confirmation(confirmation=made, at=MARCH, by=cast.chen)

    team.refresh_from_db()
    assert team.suspended_on is None
    assert publish(cast, team).team == team
    assert team.standings.count() == 2


def test_only_who_owes_is_suspended(cast, crowd, team):
    young = make_team(cast.hongmian, crowd, code="TD3", approved_on=date(2026, 1, 5))

    suspending = lambda: services.suspend_team(  # noqa: E731
        team=young, reason="逾期", at=MARCH, by=cast.chen
    )

    assert code_of(suspending) == "nothing_owed"
    services.suspend_team(team=team, reason="逾期", at=MARCH, by=cast.chen)
    resumed = services.resume_team(team=team, reason="已约谈", at=MARCH + DAY, by=cast.chen)
    assert resumed.suspended_on is None


def test_who_keeps_a_team_is_reminded_and_those_above_are_not(cast, team):
    assert list(queries.unconfirmed_waiting_for(cast.he)) == [team]
    assert not queries.unconfirmed_waiting_for(cast.chen).exists()


# ── Training ─────────────────────────────────────────────────────────────────────────────────────


def train(cast, *, credit_hours="8", kind="heads", day=date(2026, 2, 2), org=None):
    new = services.NewTraining("头雁第一期", kind, org or cast.longgang, day, Decimal(credit_hours))
    return services.enter_training(new=new, at=MARCH, by=cast.lin)


def test_credits_are_kept_in_quarters(cast):
    assert train(cast, credit_hours="1.75").quarters == 7
    assert code_of(lambda: train(cast, credit_hours="1.10")) == "not_quarters"
    assert [rules.credit_hours(n) for n in (0, 1, 6, 32, 40)] == ["0", "0.25", "1.5", "8", "10"]


def test_a_roster_is_credited_once_and_heads_no_longer_lack(cast, crowd, team):
    today = date(2026, 3, 2)
    assert [post.volunteer for post in queries.heads_lacking(cast.lin, today)] == [crowd[0]]
    training = train(cast)

    first = services.credit(training=training, volunteers=crowd[:2], at=MARCH, by=cast.lin)
    again = services.credit(training=training, volunteers=crowd[:3], at=MARCH, by=cast.lin)

    assert (first, again) == (2, 1)
    assert not queries.heads_lacking(cast.lin, today).exists()
    later = date(2028, 3, 2)
    assert queries.heads_lacking(cast.lin, later).exists()  # 24 months are over


def test_credits_of_answers_by_kind_and_day(cast, crowd):
    services.credit(training=train(cast), volunteers=crowd[:2], at=MARCH, by=cast.lin)
    struck = Credit.objects.get(volunteer=crowd[1])
    services.strike_credit(found=struck, reason="代签", at=MARCH, by=cast.lin)
    keys = [one.pk for one in crowd]

    found = queries.credits_of(cast.he, keys, "heads", date(2026, 1, 1))

    assert found == {crowd[0].pk: 32}
    assert queries.credits_of(cast.he, keys, "induction", date(2026, 1, 1)) == {}
    assert queries.credits_of(cast.he, keys, "heads", date(2026, 2, 3)) == {}


def test_credits_are_refused_before_the_day_and_to_strangers(cast, crowd):
    coming = train(cast, day=date(2026, 3, 9))

    crediting = lambda: services.credit(  # noqa: E731
        training=coming, volunteers=crowd, at=MARCH, by=cast.lin
    )
    assert code_of(crediting) == "not_yet_held"
    held = train(cast)
    stranger = lambda: services.credit(  # noqa: E731
        training=held, volunteers=crowd, at=MARCH, by=cast.chen
    )
    assert code_of(stranger) == "not_allowed"
    services.cancel_training(training=held, reason="改期", at=MARCH, by=cast.lin)
    assert Training.objects.get(pk=held.pk).state == "cancelled"


# ── Insurance ────────────────────────────────────────────────────────────────────────────────────


def insure(cast, *, number="B1", org=None, ends_on=date(2026, 12, 31)):
    new = services.NewPolicy(
        "平安", number, org or cast.henggang, date(2026, 1, 1), ends_on, "意外伤害每人20万元"
    )
    return services.enter_policy(new=new, at=MARCH, by=cast.lin)


def test_a_risky_session_needs_a_policy_of_the_host_or_above_on_all_its_days(cast):
    """V-02."""
    assert code_of(lambda: publish(cast, risk="high")) == "policy_needed"
    short = insure(cast, ends_on=date(2026, 3, 2))
    other = insure(cast, number="B2", org=cast.bantian)
    assert code_of(lambda: publish(cast, risk="high", policy=short)) == "policy_not_in_force"
    assert code_of(lambda: publish(cast, risk="high", policy=other)) == "policy_of_others"
    assert not Session.objects.exists()

    session = publish(cast, risk="high", policy=insure(cast, number="B3"))

    assert (session.risk, session.policy.number) == ("high", "B3")
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.update(policy=None)


def test_a_policy_that_ended_early_covers_no_more(cast):
    policy = insure(cast)
    services.end_policy(policy=policy, on=date(2026, 3, 2), reason="退保", at=MARCH, by=cast.chen)
    policy.refresh_from_db()

    assert code_of(lambda: publish(cast, risk="high", policy=policy)) == "policy_not_in_force"
    assert code_of(lambda: insure(cast)) == "number_taken"


# ── The net ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def net(cast, crowd):
    """红棉 has a team and a compound team, 华乐 a suspended one, 象角塘 only a federation."""
    make_team(cast.hongmian, crowd, approved_on=date(2025, 1, 2))
    make_team(cast.hongmian, code="TD2", kind="compound", compound="禾苑")
    late = make_team(cast.huale, code="TD3", name="华乐队")
    services.suspend_team(team=late, reason="逾期", at=MARCH, by=cast.chen)
    make_org(
        "YGL1",
        "象角塘社区志愿者联合会",
        kind="volunteer_federation",
        level="community",
        parent=cast.xiangjiaotang,
    )
    return cast


@pytest.mark.parametrize(
    ("code", "longgang", "henggang", "hongmian", "huale", "bantian"),
    [
        ("VOL-30", "2", "2", "2", "0", "0"),
        ("VOL-31", "1", "1", "1", "0", "0"),
        ("VOL-32", "1", "1", "1", "0", "0"),
        ("VOL-33", "3", "2", "1", "1", "1"),
        ("VOL-34", "33.33", "50.00", "100.00", "0.00", "0.00"),
        ("VOL-35", "1", "0", "0", "0", "1"),
        ("VOL-36", "33.33", "0.00", "0.00", "0.00", "100.00"),
    ],
)
def test_the_net_at_the_end_of_june(net, code, longgang, henggang, hongmian, huale, bantian):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1_2026)

    found = [
        computed[code, org.pk].value
        for org in (net.longgang, net.henggang, net.hongmian, net.huale, net.bantian)
    ]

    assert found == [Decimal(text) for text in (longgang, henggang, hongmian, huale, bantian)]


def test_the_suspended_counted_until_the_day_it_was_suspended(net):
    computed = figures.compute(build_facts(), indicators.INDICATORS, periods.half_year(2025, 2))

    assert computed["VOL-34", net.longgang.pk].value == Decimal("66.67")


def test_training_figures(cast, crowd):
    training = train(cast, credit_hours="1.25")
    services.credit(training=training, volunteers=crowd[:3], at=MARCH, by=cast.lin)
    second = train(cast, credit_hours="0.50")
    services.credit(training=second, volunteers=crowd[:1], at=MARCH, by=cast.lin)

    computed = figures.compute(build_facts(), indicators.INDICATORS, H1_2026)

    assert computed["VOL-37", cast.longgang.pk].value == 3
    assert computed["VOL-38", cast.longgang.pk].value == Decimal("4.25")


def test_the_pages_list_the_gaps(client, net, django_assert_max_num_queries):
    sign_in(client, net.lin)
    client.get(url("teams"))

    with django_assert_max_num_queries(22):
        page = client.get(url("net"), {"gap": "team"}).content.decode()
    streets = client.get(url("net_streets")).content.decode()

    assert "华乐社区" in page
    assert "象角塘社区" in page
    assert "红棉社区" not in page
    assert "50.00%" in streets


@pytest.mark.parametrize(
    "name",
    ["teams", "net", "net_streets", "net_board", "trainings", "heads_lacking", "policies"],
)
def test_lists_open_for_the_street_and_not_for_a_stranger(client, net, name):
    build_facts()
    sign_in(client, net.chen)
    assert client.get(url(name)).status_code == 200

    sign_in(client, net.auditor)
    assert client.get(url(name)).status_code == 403


def test_training_and_policy_from_their_forms(client, cast, crowd):
    sign_in(client, cast.chen)
    client.post(
        url("training_new"),
        {
            "title": "岗前培训",
            "kind": "induction",
            "org": cast.henggang.code,
            "day": "2026-03-01",
            "credit_hours": "2",
        },
    )
    training = Training.objects.get()
    wrong = client.post(url("training_credit", training.pk), {"volunteers": "ZY100 ZY9999"})
    client.post(url("training_credit", training.pk), {"volunteers": "ZY100, ZY101"})
    client.post(
        url("policy_new"),
        {
            "org": cast.henggang.code,
            "insurer": "平安",
            "number": "B9",
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
            "covers": "意外伤害",
        },
    )

    assert wrong.status_code == 422
    assert "ZY9999" in wrong.content.decode()
    assert Credit.objects.count() == 2
    assert "已登记人数" in client.get(url("training", training.pk)).content.decode()
    policy = Policy.objects.get()
    assert "意外伤害" in client.get(url("policy", policy.pk)).content.decode()
    assert "B9" in client.get(url("session_new")).content.decode()
