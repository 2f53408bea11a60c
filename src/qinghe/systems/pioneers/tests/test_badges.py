"""Badges: who may be put up, how many, by whom it is decided, and what is kept of children."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.notices.models import Notice
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused
from qinghe.systems.pioneers import queries, rules, services
from qinghe.systems.pioneers.models import Badge, Nominee, Slate, StarTerms
from tests.cast import NOW, TODAY

from .badged import (
    badge,
    child,
    decide,
    hold,
    keep,
    line,
    make_round,
    one_star,
    submit,
)

pytestmark = pytest.mark.django_db


def refused(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_a_school_puts_up_and_the_street_gives(cast):
    found = decide(cast, submit(cast, one_star(cast, 3, of=10)), given=2)

    only = found.nominations.get()
    assert (found.state, only.count, only.awarded) == ("decided", 3, 2)
    assert Notice.objects.filter(person_id=cast.tang.person_id).exists()


@pytest.mark.parametrize(
    ("count", "of", "code"),
    [(3, 10, ""), (4, 10, "over_share"), (3, 9, "over_share"), (1, 3, "over_share"), (2, 9, "")],
)
def test_one_star_goes_to_three_in_ten_of_a_grade_rounded_down(cast, count, of, code):
    slate = one_star(cast, count, of=of)

    if code:
        assert refused(lambda: submit(cast, slate)) == code
    else:
        assert submit(cast, slate).state == "submitted"


def test_grades_do_not_lend_each_other_their_share(cast):
    star = badge(1)
    slate = keep(
        cast,
        lines=[
            line(star, 4, troop="三（1）中队", grade=3),
            line(star, 1, troop="四（1）中队", grade=4),
        ],
        eligible=[services.NewEligible(3, 10, 0), services.NewEligible(4, 20, 0)],
    )

    assert refused(lambda: submit(cast, slate)) == "over_share"


def test_collective_stars_are_a_share_of_the_troops(cast):
    star = badge(1, collective=True)
    many = keep(cast, lines=[line(star, 2)], eligible=[services.NewEligible(3, 90, 6)])

    assert refused(lambda: submit(cast, many)) == "over_share"
    few = keep(cast, lines=[line(star, 1)], eligible=[services.NewEligible(3, 90, 6)])
    assert submit(cast, few).state == "submitted"


def test_basic_badges_have_no_share(cast):
    basic = Badge.objects.get(title="红星章")

    assert submit(cast, keep(cast, lines=[line(basic, 400)])).state == "submitted"


def test_two_stars_only_from_holders_of_one_within_the_year(cast):
    district = make_round(cast, "district")
    slate = keep(cast, district, children=[child(2, "A01"), child(2, "A02")])

    assert refused(lambda: submit(cast, slate)) == "over_share"
    hold(cast, 1, 7)
    assert submit(cast, slate).state == "submitted"


def test_what_was_held_longer_ago_does_not_count(cast):
    hold(cast, 1, 7, on=TODAY - timedelta(days=366))
    slate = keep(cast, make_round(cast, "district"), children=[child(2, "A01")])

    assert refused(lambda: submit(cast, slate)) == "over_share"


def test_a_second_round_of_the_year_uses_what_the_first_left(cast):
    hold(cast, 1, 10)
    first = keep(cast, make_round(cast, "district"), children=[child(2, "A01"), child(2, "A02")])
    submit(cast, first)
    second = make_round(cast, "district", title="第二轮")

    many = keep(cast, second, children=[child(2, "A03"), child(2, "A04")])
    assert refused(lambda: submit(cast, many)) == "over_share"
    few = keep(cast, second, children=[child(2, "A03")])
    assert submit(cast, few).state == "submitted"


def test_three_stars_are_for_those_children_who_hold_two(cast):
    hold(cast, 2, 5, codes=["A01", "A02", "A03", "A04", "A05"])
    city = make_round(cast, "city")

    stranger = keep(cast, city, children=[child(3, "B01")])
    assert refused(lambda: submit(cast, stranger)) == "not_a_holder"
    holder = keep(cast, city, children=[child(3, "A01")])
    assert submit(cast, holder).state == "submitted"


@pytest.mark.parametrize(
    ("code", "initial", "refusal"),
    [
        ("440307201203150012", "L", "code_unclear"),
        ("林小苗", "L", "code_unclear"),
        ("A", "L", "code_unclear"),
        ("A01", "林", "initial_unclear"),
        ("A01", "", "initial_unclear"),
    ],
)
def test_no_more_is_taken_of_a_child_than_a_code_and_a_letter(code, initial, refusal):
    assert refused(lambda: rules.check_child(code=code, initial=initial)) == refusal


def test_guardians_have_agreed_before_it_is_handed_in(cast):
    basic = Badge.objects.get(title="红星章")
    nobody = keep(cast, lines=[line(basic, 4, consented_on=None)])

    assert refused(lambda: submit(cast, nobody)) == "consent_needed"
    hold(cast, 1, 10)
    later = child(2, "A01", consented_on=TODAY + timedelta(days=1))
    ahead = keep(cast, make_round(cast, "district"), children=[later])
    assert refused(lambda: submit(cast, ahead)) == "consent_needed"


@pytest.mark.parametrize("star", [2, 3])
def test_a_child_is_never_a_mere_count_nor_a_count_a_child(cast, star):
    level = rules.GIVEN_BY[star]
    found = make_round(cast, level)

    assert refused(lambda: keep(cast, found, lines=[line(badge(star), 1)])) == "wrong_badge"
    assert refused(lambda: keep(cast, found, children=[child(1, "A01")])) == "wrong_badge"


def test_a_line_stands_once(cast):
    basic = Badge.objects.get(title="红星章")

    assert refused(lambda: keep(cast, lines=[line(basic, 1), line(basic, 2)])) == "badge_twice"
    found = make_round(cast, "district")
    twice = [child(2, "A01"), child(2, "A01", troop="三（2）中队")]
    assert refused(lambda: keep(cast, found, children=twice)) == "badge_twice"


def test_only_a_school_puts_up_and_only_in_its_days(cast):
    basic = Badge.objects.get(title="红星章")
    listed = services.Listed(lines=[line(basic, 1)])
    opened = make_round(cast)
    late = datetime(2022, 8, 20, 9, tzinfo=TZ)

    def put_up(by, org=cast.school, at=NOW):
        return lambda: services.keep_slate(round=opened, org=org, listed=listed, at=at, by=by)

    assert refused(put_up(cast.lin)) == "not_allowed"
    assert refused(put_up(cast.chen)) == "not_allowed"
    assert refused(put_up(cast.tang, cast.branch)) == "not_a_school"
    assert refused(put_up(cast.tang, at=late)) == "round_closed"
    assert refused(lambda: submit(cast, put_up(cast.tang)(), at=late)) == "round_closed"


def test_an_empty_list_is_not_handed_in(cast):
    assert refused(lambda: submit(cast, keep(cast))) == "nothing_put_up"


def test_the_street_decides_a_schools_round_and_the_district_those_above(cast):
    hold(cast, 1, 10)
    found = submit(cast, keep(cast, make_round(cast, "district"), children=[child(2, "A01")]))

    assert refused(lambda: decide(cast, found, by=cast.chen)) == "not_allowed"
    assert not queries.slates_waiting_for(cast.chen)
    assert set(queries.slates_waiting_for(cast.lin)) == {found}


def test_children_who_are_given_theirs_are_counted(cast):
    hold(cast, 1, 10)
    slate = keep(cast, make_round(cast, "district"), children=[child(2, "A01"), child(2, "A02")])
    found = submit(cast, slate)
    first = Nominee.objects.get(code="A01")

    done = services.decide_slate(
        slate=found, given={}, children=[first.pk], awarded_on=TODAY, at=NOW, by=cast.lin
    )

    only = done.nominations.get()
    assert (only.count, only.awarded) == (2, 1)


def test_not_more_is_given_than_was_put_up(cast):
    found = submit(cast, one_star(cast, 3, of=10))

    assert refused(lambda: decide(cast, found, given=4)) == "more_than_put_up"
    with pytest.raises(IntegrityError), transaction.atomic():
        found.nominations.update(awarded=4)


def test_the_day_of_the_award_lies_between(cast):
    found = submit(cast, one_star(cast, 3, of=10))

    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        assert refused(lambda day=day: decide(cast, found, on=day)) == "wrong_order"


def test_what_is_sent_back_is_mended(cast):
    found = submit(cast, one_star(cast, 3, of=10))
    assert refused(lambda: keep(cast, found.round)) == "wrong_state"

    services.send_back_slate(slate=found, reason="人数不对", at=NOW, by=cast.chen)
    again = submit(cast, one_star(cast, 2, of=10, round=found.round))

    assert (again.pk, again.state, again.reason) == (found.pk, "submitted", "")


def test_who_may_not_know_a_child_sees_no_code(cast):
    hold(cast, 1, 10)
    found = submit(cast, keep(cast, make_round(cast, "district"), children=[child(2, "A01")]))

    codes = {
        name: queries.nominees_of(getattr(cast, name), found)[0].code
        for name in ("tang", "chen", "lin", "auditor")
    }
    assert codes["tang"] == "A01"
    assert {codes[name] for name in ("chen", "lin", "auditor")}.isdisjoint({"A01"})


def test_codes_are_erased_when_the_round_is_long_over(cast):
    hold(cast, 1, 10)
    decide(cast, submit(cast, keep(cast, make_round(cast, "district"), children=[child(2, "A01")])))
    (term,) = services.RETENTION
    closes = datetime(2022, 7, 31, 9, tzinfo=TZ)

    early = term.run(closes, closes + timedelta(days=term.days))
    gone = term.run(closes + timedelta(days=1), closes + timedelta(days=term.days + 1))

    assert (early, gone) == (0, 1)
    kept = Nominee.objects.get(nomination__badge__star=2)
    assert (kept.code, kept.initial, kept.nomination.count) == ("", "", 1)


def test_shares_are_set_for_a_coming_day_and_the_old_ones_stay(cast):
    numbers = {"star1": 20, "star2": 30, "star3": 20, "star4": 10, "star5": 100, "within_days": 365}
    new = services.NewStarTerms("新比例", TODAY + timedelta(days=1), "本区通知", "从严", numbers)

    made = services.set_star_terms(new=new, at=NOW, by=cast.lin)

    assert queries.terms_on(cast.lin, TODAY).star1 == 30
    assert queries.terms_on(cast.lin, made.starts_on) == made
    assert refused(lambda: services.set_star_terms(new=new, at=NOW, by=cast.lin)) == "day_taken"
    assert refused(lambda: services.set_star_terms(new=new, at=NOW, by=cast.chen)) == "not_allowed"
    today = services.NewStarTerms("新比例", TODAY, "本区通知", "从严", numbers)
    assert refused(lambda: services.set_star_terms(new=today, at=NOW, by=cast.lin)) == "wrong_order"
    assert StarTerms.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"family": "star", "star": 0}, "star_unclear"),
        ({"family": "special", "star": 2}, "star_unclear"),
        ({"family": "basic", "branch": ""}, "branch_unclear"),
        ({"family": "special", "branch": "torch"}, "branch_unclear"),
        ({"family": "star", "star": 2, "level": "school"}, "wrong_level"),
    ],
)
def test_a_badge_that_cannot_be_is_refused(told, code):
    fine = {"family": "special", "branch": "", "star": 0, "level": "school"}

    assert refused(lambda: rules.check_badge(**{**fine, **told})) == code


def test_a_badge_is_added_once_and_closed(cast):
    new = services.NewBadge("劳动章", "special", "district", "本区章目")
    made = services.add_badge(new=new, at=NOW, by=cast.lin)

    assert refused(lambda: services.add_badge(new=new, at=NOW, by=cast.lin)) == "title_taken"
    services.close_badge(badge=made, reason="不再颁发", at=NOW, by=cast.lin)
    assert made not in queries.badges_of(cast.lin, "district", on=TODAY)
    assert services.add_badge(new=new, at=NOW, by=cast.lin).pk != made.pk


def test_a_round_has_its_days_in_order(cast):
    assert refused(lambda: make_round(cast, closes=date(2022, 6, 1))) == "wrong_order"
    make_round(cast)
    assert refused(lambda: make_round(cast)) == "title_taken"
    assert Slate.objects.count() == 0
