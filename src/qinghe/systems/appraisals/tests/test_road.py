"""The road of a branch, from its roll to its registration."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Membership
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import queries, services
from qinghe.systems.appraisals.models import GradeChange, Line, Roll
from qinghe.systems.appraisals.rules import Votes
from tests.cast import TODAY

from .makers import (
    actor_of,
    approve,
    grades_of,
    line_of,
    list_all,
    make_members,
    meet,
    on,
    open_and_list,
    open_campaign,
    propose,
    register,
    study,
    to_approved,
    to_grading,
)

pytestmark = pytest.mark.django_db


def test_everybody_on_a_roll_that_day_has_one_line(cast):
    make_members(cast.branch, 3, party=1)
    make_members(cast.hongmian, 2, prefix="K")
    make_members(cast.hongmian, 1, prefix="L", since=date(2022, 1, 1))  # came later
    left = make_members(cast.hongmian, 1, prefix="N")[0]
    Membership.objects.filter(person=left).update(ends_on=date(2021, 12, 31))

    campaign = open_campaign(cast)

    assert list_all(cast, campaign) == 5
    assert list_all(cast, campaign) == 0  # run again, nothing is doubled
    told = sorted(campaign.rolls.values_list("org__code", "due", "took_part"))
    assert told == [("440307017901", 2, 2), ("HGZX-01", 2, 2)]
    assert Line.objects.filter(standing="party").count() == 1  # T-44


def test_a_year_is_opened_once_and_by_the_district(cast):
    open_campaign(cast)

    with pytest.raises(Refused, match="已经发起"):
        open_campaign(cast)
    new = services.NewCampaign(cast.longgang, 2020, date(2020, 12, 31), TODAY, TODAY)
    with pytest.raises(Refused) as refused:
        services.open_campaign(new=new, at=on(1), by=cast.chen)
    assert refused.value.code == "not_allowed"


def test_the_whole_road(cast, roll):
    study(cast, roll)
    first, second, *_ = roll.lines.order_by("pk")
    speaks = actor_of(first.person)
    services.appraise_oneself(line=first, words="按时参加活动", grade="good", at=on(1), by=speaks)
    services.rate_others(line=first, grades={second.pk: "top"}, at=on(1), by=speaks)
    meet(cast, roll)
    second.refresh_from_db()
    assert (second.peers_top, second.votes_top) == (1, 1)  # ballots of the phones are the votes

    propose(cast, roll, top=3, basic=1, failed=1)
    approve(cast, roll)
    third = roll.lines.order_by("pk")[2]
    done = register(cast, roll, deferred={third.pk: "正在处分期内"})

    assert (done.due, done.graded, done.registered, done.deferred) == (10, 10, 8, 1)
    third.refresh_from_db()
    assert (third.registered_on, third.deferred_until) == (None, date(2022, 5, 25))
    verbs = Entry.objects.filter(area="appraisals").values_list("verb", flat=True)
    assert "appraisals.register" in verbs


def test_ratings_name_nobody(cast, roll, members):
    study(cast, roll)
    first = line_of(members[0])
    others = {one.pk: "good" for one in queries.others_of(actor_of(members[0]), first)}
    services.rate_others(line=first, grades=others, at=on(1), by=actor_of(members[0]))

    assert len(others) == 9
    counts = Line.objects.filter(peers_good=1).exclude(pk=first.pk).count()
    assert counts == 9
    entry = Entry.objects.get(verb="appraisals.rate_others")
    assert entry.detail == {}
    with pytest.raises(Refused, match="一人一次"):
        services.rate_others(line=first, grades=others, at=on(1), by=actor_of(members[0]))


def test_nobody_rates_themself_or_another_branch(cast, roll, members):
    stranger = make_members(cast.hongmian, 1, prefix="K")[0]
    list_all(cast, roll.campaign)
    study(cast, roll)
    mine = line_of(members[0])

    for key in (mine.pk, line_of(stranger).pk):
        with pytest.raises(Refused) as refused:
            services.rate_others(line=mine, grades={key: "top"}, at=on(1), by=actor_of(members[0]))
        assert refused.value.code == "roll_changed"
    with pytest.raises(Refused) as refused:
        services.appraise_oneself(
            line=mine, words="别人写的话", grade="top", at=on(1), by=actor_of(members[1])
        )
    assert refused.value.code == "not_allowed"


def test_a_meeting_without_quorum_is_none(cast, roll):
    study(cast, roll)

    with pytest.raises(Refused, match="至少7人"):
        meet(cast, roll, present=6)
    roll.refresh_from_db()
    assert roll.state == Roll.State.RATING


def test_no_more_top_than_the_cap_whoever_writes(cast, roll):
    to_grading(cast, roll)

    with pytest.raises(Refused, match="最多3人"):
        propose(cast, roll, top=4)
    with pytest.raises(Refused, match="最多3人"):
        services.keep_grades(roll=roll, grades=grades_of(roll, top=4), at=on(12), by=cast.luo)
    with pytest.raises(IntegrityError), transaction.atomic():
        Roll.objects.filter(pk=roll.pk).update(top=4)
    assert Line.objects.filter(grade="top").count() == 0


def test_who_stays_away_lowers_the_cap(cast, roll):
    to_grading(cast, roll)
    services.keep_grades(roll=roll, grades=grades_of(roll, top=3), at=on(12), by=cast.luo)
    last = roll.lines.order_by("-pk").first()

    with pytest.raises(Refused, match="最多2人"):
        services.place(line=last, standing="absent", reason="外出务工", at=on(12), by=cast.luo)
    services.keep_grades(roll=roll, grades=grades_of(roll, top=2), at=on(12), by=cast.luo)
    services.place(line=last, standing="absent", reason="外出务工", at=on(12), by=cast.luo)

    roll.refresh_from_db()
    assert (roll.due, roll.took_part, roll.most_top) == (10, 9, 2)
    services.place(line=last, standing="excused", reason="因病住院休养", at=on(12), by=cast.luo)
    roll.refresh_from_db()
    assert (roll.due, roll.took_part) == (9, 9)  # T-45: excused are not due


def test_a_lower_cap_holds_below_who_set_it(cast, roll):
    services.lower_cap(
        campaign=roll.campaign, org=cast.school, percent=10, reason="校团委规定", at=on(1), by=cast.tang
    )  # fmt: skip
    to_grading(cast, roll)

    with pytest.raises(Refused, match="最多1人"):
        propose(cast, roll, top=2)
    with pytest.raises(Refused) as refused:
        services.lower_cap(
            campaign=roll.campaign, org=cast.school, percent=30, reason="不变的", at=on(1), by=cast.tang
        )  # fmt: skip
    assert refused.value.code == "cap_not_lower"


def test_all_who_took_part_are_graded(cast, roll):
    to_grading(cast, roll)
    grades = grades_of(roll)
    grades.popitem()

    with pytest.raises(Refused, match="还有1名"):
        services.propose(roll=roll, grades=grades, on=date(2022, 2, 12), at=on(13), by=cast.luo)
    assert Line.objects.exclude(grade="").count() == 0  # nothing was kept


def test_who_proposed_does_not_approve(cast, roll):
    to_grading(cast, roll)
    services.propose(
        roll=roll, grades=grades_of(roll), on=date(2022, 2, 12), at=on(13), by=cast.tang
    )

    assert not queries.rolls_waiting_for(cast.tang).exists()
    with pytest.raises(Refused) as refused:
        approve(cast, roll, by=cast.tang)
    assert refused.value.code == "own_proposal"
    with pytest.raises(Refused) as refused:
        approve(cast, roll, by=cast.luo)
    assert refused.value.code == "not_allowed"
    assert approve(cast, roll, by=cast.chen).state == Roll.State.APPROVED


def test_grades_come_back_with_the_reason_and_go_up_again(cast, roll):
    to_grading(cast, roll)
    propose(cast, roll, top=3)
    assert queries.rolls_waiting_for(cast.tang).get() == roll

    services.send_back(roll=roll, reason="优秀名单未公示", at=on(14), by=cast.tang)
    roll.refresh_from_db()
    assert (roll.state, roll.answer) == (Roll.State.GRADING, "优秀名单未公示")
    assert propose(cast, roll, top=2).answer == ""


def test_registration_never_goes_above_review(cast, roll):
    to_grading(cast, roll)
    with pytest.raises(Refused):
        register(cast, roll)
    line = roll.lines.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(registered_on=TODAY)
    propose(cast, roll, failed=1)
    approve(cast, roll)
    failed = roll.lines.get(grade="failed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=failed.pk).update(registered_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Roll.objects.filter(pk=roll.pk).update(registered=11)


def test_deferral_names_a_reason_and_ends(cast, roll):
    to_approved(cast, roll, failed=1)
    good = roll.lines.filter(grade="good").first()
    failed = roll.lines.get(grade="failed")

    for deferred, months, code in (
        ({good.pk: "处分"}, 3, "reason_needed"),
        ({good.pk: "正在处分期内"}, 2, "bad_months"),
        ({failed.pk: "等次不合格"}, 3, "cannot_register"),
    ):
        with pytest.raises(Refused) as refused:
            register(cast, roll, deferred=deferred, months=months)
        assert refused.value.code == code
    register(cast, roll, deferred={good.pk: "正在处分期内"})
    with pytest.raises(Refused) as refused:
        services.register_line(line=good, at=on(24, month=5), by=cast.luo)
    assert refused.value.code == "still_deferred"
    services.register_line(line=good, at=on(25, month=5), by=cast.luo)
    with pytest.raises(Refused, match="一年一次"):
        services.register_line(line=good, at=on(26, month=5), by=cast.luo)
    roll.refresh_from_db()
    assert (roll.registered, roll.deferred) == (9, 0)


def test_a_final_grade_is_corrected_above_and_stays_on_record(cast, roll):
    to_approved(cast, roll, top=3)
    register(cast, roll)
    good = roll.lines.filter(grade="good").first()

    with pytest.raises(Refused, match="最多3人"):
        services.correct_grade(line=good, grade="top", reason="漏算票数", at=TIME, by=cast.tang)
    with pytest.raises(Refused) as refused:
        services.correct_grade(line=good, grade="basic", reason="漏算票数", at=TIME, by=cast.luo)
    assert refused.value.code == "not_allowed"
    services.correct_grade(line=good, grade="failed", reason="严重违纪属实", at=TIME, by=cast.tang)

    good.refresh_from_db()
    assert (good.grade, good.registered_on) == ("failed", None)
    change = GradeChange.objects.get()
    assert (change.before, change.after, change.approved_by_id) == (
        "good", "failed", cast.tang.person_id,
    )  # fmt: skip
    roll.refresh_from_db()
    assert (roll.graded, roll.registered) == (10, 9)


def test_who_moved_is_moved_and_never_doubled(cast, roll, members):
    make_members(cast.hongmian, 1, prefix="K")
    list_all(cast, roll.campaign)
    into = Roll.objects.get(org=cast.hongmian)
    mover = members[0]
    with pytest.raises(Refused, match="组织关系转接"):
        services.move_line(line=line_of(mover), into=into, at=on(1), by=cast.luo)

    Membership.objects.filter(person=mover).update(ends_on=date(2022, 1, 20))
    Membership.objects.create(person=mover, org=cast.hongmian, starts_on=date(2022, 1, 20))
    with pytest.raises(Refused, match="一人一年只评一次"):
        services.add_member(roll=into, person=mover, at=on(1), by=cast.chen)
    services.move_line(line=line_of(mover), into=into, at=on(1), by=cast.luo)

    counts = dict(Roll.objects.values_list("org__code", "due"))
    assert counts == {"HGZX-01": 9, "440307017901": 2}
    assert list_all(cast, roll.campaign) == 0
    to_approved(cast, roll)
    with pytest.raises(Refused) as refused:
        services.move_line(line=line_of(members[1]), into=into, at=on(1), by=cast.luo)
    assert refused.value.code == "already_proposed"


def test_who_came_later_is_added(cast, roll):
    late = make_members(cast.branch, 1, prefix="K", since=date(2022, 1, 5))[0]

    services.add_member(roll=roll, person=late, at=on(1), by=cast.luo)

    roll.refresh_from_db()
    assert (roll.due, line_of(late).roll) == (11, roll)


def test_a_party_member_may_take_part(cast):
    *_, party = make_members(cast.branch, 4, party=1)
    campaign = open_and_list(cast)
    line = line_of(party)

    services.take_part(line=line, at=on(1), by=actor_of(party))

    roll = campaign.rolls.get()
    assert roll.due == 4
    services.place(line=line, standing="party", reason="", at=on(1), by=cast.luo)
    with pytest.raises(Refused) as refused:
        services.place(line=roll.lines.first(), standing="party", reason="", at=on(1), by=cast.luo)
    assert refused.value.code == "not_in_the_party"


def test_votes_stay_within_those_present(cast, roll):
    study(cast, roll)
    key = roll.lines.first().pk

    with pytest.raises(Refused, match="多于实到会8人"):
        meet(cast, roll, votes={key: Votes(9)})
    meet(cast, roll, votes={key: Votes(6, 2)})

    assert Line.objects.get(pk=key).votes_top == 6


def test_who_was_not_registered_for_a_year_is_listed(cast, roll, members):
    to_approved(cast, roll, failed=1)
    register(cast, roll)

    listed = queries.long_unregistered(cast.lin, date(2023, 4, 1))

    assert [one.person for one in listed] == [members[9]]
    assert not queries.long_unregistered(cast.lin, date(2023, 3, 30)).exists()
    assert not queries.long_unregistered(cast.zhou, date(2023, 4, 1)).exists()


def test_results_of_a_past_year_come_in_and_close_their_branches(cast, roll):
    keys = list(roll.lines.order_by("pk").values_list("pk", flat=True))
    day = date(2022, 2, 20)
    ready = [services.ReadyResult(key, "good", "", day, day) for key in keys[:8]]
    ready.append(
        services.ReadyResult(keys[8], "good", "正在处分期内", day, deferred_until=date(2022, 6, 20))
    )
    ready.append(services.ReadyResult(keys[9], "", "联系不上", day))
    told = {"ready": ready, "source": {"file": "x"}, "by": cast.lin}

    with pytest.raises(Refused) as refused:
        services.bring_results(at=on(30, month=3), **told)
    assert refused.value.code == "campaign_runs"
    assert services.bring_results(at=on(1, month=4), **told) == 10

    roll.refresh_from_db()
    assert (roll.due, roll.graded, roll.registered, roll.deferred) == (10, 9, 8, 1)
    assert roll.state == Roll.State.REGISTERED
    with pytest.raises(Refused, match="更正"):
        services.bring_results(at=on(1, month=4), **told)


TIME = on(1, month=3)
