"""Courtesies: who may take which, never more than there are, used once, no hours spent (2.7)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules, services
from qinghe.systems.volunteering.models import Attendance, CourtesyClaim, CourtesyItem
from tests.cast import NOW, TODAY, actor

from .courtesy_makers import DAY, give_star, make_item, make_sponsor, make_till
from .makers import at, make_session, serve

pytestmark = pytest.mark.django_db
OFFER = rules.Offer(
    opens_on=date(2022, 1, 1), closes_on=date(2022, 12, 31), area="横岗街道", star=2, minutes=3000,
    months=12, yearly=1, left=5, left_this_month=2, fen=8_000,
)  # fmt: skip
WORTHY = rules.Claimant(inside=True, star=2, minutes=3000, of_this=0, claims=0, fen=0)
CAPS = rules.Caps(claims=12, fen=50_000)


def changed(value, **new):
    return type(value)(**{**vars(value), **new})


@pytest.fixture
def sponsor(cast):
    return make_sponsor(cast)


@pytest.fixture
def item(cast, sponsor):
    return make_item(cast, sponsor, stock=2, yearly=1)


@pytest.fixture
def wheat(cast, ming):
    """小明 as an actor."""
    return actor(cast.xiaoming)


@pytest.fixture
def till(cast, sponsor):
    return make_till(cast, sponsor)[0]


def claim(item, by, *, at=NOW):
    return services.claim_courtesy(item=item, at=at, by=by)


def redeem(found, till, *, at=NOW):
    return services.redeem_courtesy(claim=found, at=at, by=till)


# ── Rules ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("offer", "claimant", "said"),
    [
        ({}, {}, ""),
        ({}, {"inside": False}, "限主组织在横岗街道的志愿者"),
        ({}, {"star": 0}, "需要2星及以上，您还没有星级"),
        ({}, {"star": 1}, "需要2星及以上，您现为1星"),
        ({}, {"minutes": 2999}, "近12个月需服务满50.0小时，您有49.9小时，还差0.1小时"),
        ({"opens_on": date(2022, 7, 4)}, {}, "2022-07-04起可以领取"),
        ({"closes_on": date(2022, 7, 2)}, {}, "已于2022-07-02截止"),
        ({"left": 0}, {}, "已领完"),
        ({"left_this_month": 0}, {}, "本月已领完，下月1日起可以再领"),
        ({"left": None, "left_this_month": None}, {}, ""),
        ({}, {"of_this": 1}, "每人每年1份，您今年已领1份"),
        ({}, {"claims": 12}, "您今年已领12次，已到每人每年12次的上限"),
        ({}, {"fen": 42_000}, ""),
        ({}, {"fen": 42_001}, "这项价值80元，您今年已领420.01元，将超过每人每年500元的上限"),
        ({"fen": 0}, {"fen": 60_000}, ""),  # without a value it adds nothing
    ],
)
def test_what_stands_against_a_claim_is_said_with_its_numbers(offer, claimant, said):
    reasons = rules.against(
        changed(OFFER, **offer), changed(WORTHY, **claimant), caps=CAPS, today=TODAY
    )

    assert "；".join(reasons) == said


@pytest.mark.parametrize(
    ("state", "until", "weekdays", "code"),
    [
        ("claimed", TODAY, "1234567", ""),
        ("claimed", TODAY - DAY, "1234567", "expired"),
        ("expired", TODAY, "1234567", "expired"),
        ("cancelled", TODAY, "1234567", "wrong_state"),
        ("redeemed", TODAY, "1234567", "already_redeemed"),
        ("claimed", TODAY, "123456", "closed_today"),  # the 3rd is a Sunday
    ],
)
def test_when_a_code_works(state, until, weekdays, code):
    said = ""
    try:
        rules.check_code_works(
            state=state, redeemed="", valid_until=until, weekdays=weekdays, today=TODAY
        )
    except Refused as refusal:
        said = refusal.code

    assert said == code


def test_a_code_lives_no_longer_than_its_item_and_its_agreement():
    until = rules.valid_until(
        today=TODAY, days=7, closes_on=TODAY + 5 * DAY, agreed_to=TODAY + 3 * DAY
    )

    assert until == TODAY + 3 * DAY


# ── Offering ─────────────────────────────────────────────────────────────────────────────────────


def test_nobody_reviews_what_they_entered(cast):
    new = services.NewSponsor(
        "某店", "dining", "某路", "店长", "0755", TODAY, TODAY + DAY, cast.henggang
    )
    made = services.enter_sponsor(new=new, at=NOW, by=cast.chen)

    with pytest.raises(Refused, match="自己登记的内容"):
        services.approve_sponsor(sponsor=made, at=NOW, by=cast.chen)

    assert services.approve_sponsor(sponsor=made, at=NOW, by=cast.lin).state == "active"


def test_a_community_enters_and_does_not_publish(cast):
    new = services.NewSponsor(
        "某店", "dining", "某路", "店长", "0755", TODAY, TODAY + DAY, cast.xiangjiaotang
    )
    made = services.enter_sponsor(new=new, at=NOW, by=cast.zhou)

    with pytest.raises(Refused) as refused:
        services.refuse_sponsor(sponsor=made, reason="不合适", at=NOW, by=cast.zhou)

    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize("title", ["现金红包", "超市购物卡", "50元代金券"])
def test_money_is_no_courtesy(cast, sponsor, title):
    with pytest.raises(Refused, match="不能是现金"):
        make_item(cast, sponsor, title=title)


def test_nothing_is_offered_for_a_sponsor_that_is_not_in_agreement(cast, sponsor):
    models.Sponsor.objects.update(agreed_to=TODAY - DAY)
    sponsor.refresh_from_db()

    with pytest.raises(Refused, match="不在合作期内"):
        make_item(cast, sponsor)


def test_what_is_not_published_is_not_seen(cast, sponsor, item, ming, wheat):
    waiting = services.offer_courtesy(
        new=services.NewCourtesy(
            sponsor, "体验课", "training", "一节。", cast.henggang, TODAY, TODAY + DAY
        ),
        at=NOW,
        by=cast.chen,
    )

    seen = [one.item for one in queries.offered_to(wheat, ming, TODAY)]

    assert seen == [item]
    with pytest.raises(Refused, match="没有在发放"):
        claim(waiting, wheat)


def test_the_yearly_terms_are_set_for_days_to_come_and_by_the_district(cast):
    new = services.NewTerms(TODAY + DAY, most_claims=6, most_fen=30_000, valid_days=3)

    services.set_courtesy_terms(new=new, at=NOW, by=cast.lin)

    assert queries.courtesy_terms_on(cast.lin, TODAY).most_claims == 12
    assert queries.courtesy_terms_on(cast.lin, TODAY + DAY).most_claims == 6
    for by, start in ((cast.chen, TODAY + DAY), (cast.lin, TODAY)):
        with pytest.raises(Refused):
            services.set_courtesy_terms(new=services.NewTerms(start, 1, 1, 1), at=NOW, by=by)


# ── Taking ───────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_has_a_code_a_day_and_spends_no_hours(cast, item, ming, wheat):
    session = make_session("CC1", org=cast.hongmian)
    serve(ming, session=session, came=at(9), left=at(10, 30), by=cast.lin)

    made = claim(item, wheat)

    item.refresh_from_db()
    assert (made.state, made.valid_until, item.taken) == ("claimed", TODAY + 7 * DAY, 1)
    assert made.code.isdecimal()
    assert (len(made.code), len(made.token)) == (8, 24)
    assert Attendance.objects.get().minutes == 90


def test_hours_of_the_last_months_decide(cast, sponsor, ming, wheat):
    made = make_item(cast, sponsor, minutes=90, months=2)
    old = make_item(cast, sponsor, minutes=90, months=1)
    session = make_session("CC1", org=cast.hongmian)  # on 4 May
    serve(ming, session=session, came=at(9), left=at(10, 30), by=cast.lin)

    offered = {one.item: one.against for one in queries.offered_to(wheat, ming, TODAY)}

    assert offered[made] == ()
    assert offered[old] == ("近1个月需服务满1.5小时，您有0.0小时，还差1.5小时",)


def test_a_star_that_was_taken_back_no_longer_opens_anything(cast, sponsor, ming, wheat):
    starred = make_item(cast, sponsor, star=2)
    case = give_star(ming, 2, cast)
    assert queries.against_claim(wheat, ming, starred, TODAY) == ()

    case.state, case.ended_on = "lowered", TODAY
    case.save()

    with pytest.raises(Refused, match="您还没有星级"):
        claim(starred, wheat)


def test_what_may_be_taken_stands_first_and_costs_the_same_however_many_there_are(
    cast, sponsor, ming, wheat, django_assert_num_queries
):
    for number in range(6):
        make_item(cast, sponsor, title=f"礼遇{number}", star=number % 3, minutes=60, months=6)
    make_item(cast, sponsor, title="人人可领", monthly=3)

    with django_assert_num_queries(8):
        offered = queries.offered_to(wheat, ming, TODAY)

    assert [one.may for one in offered] == [True] + [False] * 6


def test_the_same_courtesy_once_a_year(cast, item, ming, wheat):
    claim(item, wheat)

    with pytest.raises(Refused, match="每人每年1份，您今年已领1份"):
        claim(item, wheat)

    assert claim(item, wheat, at=NOW.replace(year=2023)).state == "claimed"


def test_cancelling_gives_the_stock_and_the_year_back(cast, item, ming, wheat):
    made = claim(item, wheat)

    services.cancel_courtesy(claim=made, at=NOW, by=wheat)

    item.refresh_from_db()
    assert item.taken == 0
    assert claim(item, wheat).state == "claimed"
    with pytest.raises(Refused, match="不能取消"):
        services.cancel_courtesy(claim=made, at=NOW, by=wheat)


def test_nobody_cancels_for_another_but_the_keeper_with_a_reason(cast, item, ming, wheat):
    made = claim(item, wheat)

    with pytest.raises(Refused, match="本人领取"):
        services.cancel_courtesy(claim=made, at=NOW, by=cast.lin)
    with pytest.raises(Refused) as refused:
        services.revoke_courtesy(claim=made, reason="代领", at=NOW, by=cast.zhou)
    revoked = services.revoke_courtesy(claim=made, reason="代领", at=NOW, by=cast.chen)

    assert refused.value.code == "not_allowed"
    assert (revoked.state, revoked.reason) == ("cancelled", "代领")


def test_what_nobody_used_in_time_goes_back_to_the_stock(cast, sponsor, ming, hua, wheat):
    one = make_item(cast, sponsor, stock=1, area=cast.longgang)
    claim(one, wheat)
    later = NOW + 8 * DAY

    second = claim(one, actor(hua.person), at=later)

    one.refresh_from_db()
    assert (second.state, one.taken) == ("claimed", 1)
    assert CourtesyClaim.objects.get(volunteer=ming).state == "expired"


def test_a_month_has_its_own_stock(cast, sponsor, ming, hua, wheat):
    monthly = make_item(cast, sponsor, monthly=1, area=cast.longgang)
    claim(monthly, wheat)

    with pytest.raises(Refused, match="本月已领完"):
        claim(monthly, actor(hua.person))

    assert claim(monthly, actor(hua.person), at=NOW + 30 * DAY).state == "claimed"


def test_who_left_the_roll_takes_nothing(cast, item, ming, wheat):
    models.Volunteer.objects.update(state="withdrawn", withdrawn_on=TODAY)

    with pytest.raises(Refused, match="不是注册志愿者"):
        claim(item, wheat)


def test_the_database_itself_refuses_one_more_than_the_stock(cast, item):
    with pytest.raises(IntegrityError), transaction.atomic():
        CourtesyItem.objects.update(taken=3)


# ── At the till ──────────────────────────────────────────────────────────────────────────────────


def test_a_code_is_used_once_and_says_when_it_was(cast, item, wheat, till):
    made = claim(item, wheat)
    redeem(made, till)

    again = redeem(made, till, at=NOW + timedelta(seconds=60))
    with pytest.raises(Refused, match="2022-07-03 22:00:00，前台"):
        redeem(made, till, at=NOW + timedelta(seconds=61))

    assert (again.state, again.redeemed_at) == ("redeemed", NOW)
    assert Entry.objects.filter(verb="volunteering.redeem_courtesy").count() == 1


def test_another_till_is_told_at_once(cast, item, wheat, sponsor, till):
    other, _ = make_till(cast, sponsor, "2号窗")
    made = claim(item, wheat)
    redeem(made, till)

    with pytest.raises(Refused, match="已使用过"):
        redeem(made, other, at=NOW + timedelta(seconds=5))


def test_a_till_finds_only_its_own_sponsors_codes(cast, item, wheat, till):
    other, secret = make_till(cast, make_sponsor(cast, name="别家"))
    made = claim(item, wheat)

    assert queries.claim_at(cast.lin, till, made.code) == made
    assert (
        queries.claim_at(
            cast.lin, till, f"https://x/volunteering/public/courtesy/codes/{made.token}/"
        )
        == made
    )
    assert queries.claim_at(cast.lin, other, made.code) is None
    with pytest.raises(Refused, match="不能核销这个码"):
        redeem(made, other)
    assert queries.key_of(cast.lin, secret) == other


def test_a_revoked_address_and_an_ended_sponsor_redeem_nothing(cast, item, wheat, sponsor):
    till, secret = make_till(cast, sponsor)
    other, _ = make_till(cast, sponsor, "2号窗")
    made = claim(item, wheat)

    services.revoke_sponsor_key(key=till, at=NOW, by=cast.chen)
    with pytest.raises(Refused, match="不能核销"):
        redeem(made, till)
    services.end_sponsor(sponsor=sponsor, reason="合同到期", at=NOW, by=cast.chen)
    with pytest.raises(Refused, match="不能核销"):
        redeem(made, other)

    assert queries.key_of(cast.lin, secret) is None
    assert models.SponsorKey.objects.filter(revoked_at__isnull=True).count() == 0


def test_the_secret_of_a_till_is_kept_nowhere(cast, sponsor):
    key, secret = make_till(cast, sponsor)

    kept = " ".join(str(value) for value in vars(key).values())
    told = " ".join(str(entry.detail) for entry in Entry.objects.all())

    assert secret not in kept + told
    assert len(secret) == 32  # 192 bits


def test_many_uses_by_one_and_many_at_one_place_are_listed(cast, sponsor, ming, hua, wheat, till):
    items = [
        make_item(cast, sponsor, title=f"礼遇{number}", yearly=30, area=cast.longgang)
        for number in range(3)
    ]
    for one in items:
        redeem(claim(one, wheat), till)
    models.CourtesyTerms.objects.update(most_claims=100)
    for _ in range(17):
        redeem(claim(items[0], actor(hua.person)), till)

    by_one = queries.many_by_one(cast.chen, org=cast.henggang, today=TODAY)
    (burst,) = queries.bursts(cast.chen, org=cast.henggang, today=TODAY)

    assert [(one.number, one.count) for one in by_one] == [("ZY2", 17), ("ZY1", 3)]
    assert (burst.name, burst.count, burst.volunteers) == ("红棉书吧", 20, 2)
    assert queries.bursts(cast.zhou, org=cast.xiangjiaotang, today=TODAY) == []
