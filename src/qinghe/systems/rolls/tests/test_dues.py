"""Dues as a record: how much, who paid which months, who is behind (rules §1.6)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import indicators, queries, rules, services
from qinghe.systems.rolls.models import DuesPayment, DuesRate, DuesTerms
from tests.cast import NOW, TODAY
from tests.desk import build_facts, sign_in

from .makers import make_member

pytestmark = pytest.mark.django_db
SCALE = rules.Scale(2_000, 300, 2, 2_000, 20)
JANUARY = date(2022, 1, 1)


def url(name, *arguments):
    return reverse(f"rolls:{name}", args=arguments)


def text(response):
    return response.content.decode()


def refused(do):
    with pytest.raises(Refused) as refusal:
        do()
    return refusal.value.code


def set_rate(member, *, by, category="student", pay=None, month=JANUARY, at=NOW):
    return services.set_dues_rate(
        member=member, category=category, pay=pay, month=month, at=at, by=by
    )


def pay(member, *, by, first=JANUARY, number=1, paid_on=TODAY, at=NOW):
    months = services.Months(first, number, paid_on)
    return services.record_dues(members=[member], months=months, at=at, by=by)


@pytest.mark.parametrize(
    ("earned", "fen"), [(1_999, 300), (2_000, 400), (2_999, 500), (10_500, 2_000), (None, 20)]
)
def test_dues_are_whole_yuan_up_to_twenty(earned, fen):
    assert rules.dues_of(scale=SCALE, pay=earned) == fen


@pytest.mark.parametrize(
    ("since", "paid_to", "months"),
    [
        (date(2022, 4, 1), None, 3),
        (date(2022, 5, 1), None, 2),
        (JANUARY, date(2022, 3, 1), 3),
        (JANUARY, date(2022, 6, 1), 0),
        (JANUARY, date(2022, 12, 1), 0),
    ],
)
def test_months_behind_are_whole_months_in_a_row(since, paid_to, months):
    assert rules.months_behind(since=since, paid_to=paid_to, day=TODAY) == months


def test_the_pay_is_used_and_not_kept(cast):
    made = set_rate(make_member(org=cast.branch), by=cast.luo, category="earning", pay=2_999)

    assert made.fen == 500
    assert "2999" not in str(DuesRate.objects.values().get())


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"category": "earning"}, "pay_needed"),
        ({"pay": 100}, "pay_unasked"),
        ({"month": date(2021, 12, 1)}, "rate_stands"),
    ],
)
def test_rates_refused(cast, told, code):
    member = make_member(org=cast.branch)
    set_rate(member, by=cast.luo)

    assert refused(lambda: set_rate(member, by=cast.luo, **told)) == code
    assert refused(lambda: set_rate(member, by=cast.zhou)) == "not_allowed"


def test_each_month_is_written_once_at_what_was_set_for_it(cast):
    member = make_member(org=cast.branch)
    set_rate(member, by=cast.luo)
    set_rate(member, by=cast.luo, category="earning", pay=1_000, month=date(2022, 3, 1))

    first = pay(member, by=cast.luo, number=3)
    again = pay(member, by=cast.luo, number=12)

    paid = DuesPayment.objects.order_by("month").values_list("fen", flat=True)
    assert (first, again) == (3, 9)
    assert list(paid)[:4] == [20, 20, 300, 300]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"first": date(2021, 12, 1)}, "no_rate"),
        ({"first": date(2023, 6, 1), "number": 3}, "too_far"),
        ({"paid_on": date(2022, 7, 4)}, "in_future"),
    ],
)
def test_payments_refused(cast, told, code):
    member = make_member(org=cast.branch)
    set_rate(member, by=cast.luo)

    assert refused(lambda: pay(member, by=cast.luo, **told)) == code
    assert refused(lambda: pay(member, by=cast.zhou)) == "not_allowed"


def test_a_month_taken_back_can_be_written_again(cast):
    member = make_member(org=cast.branch)
    set_rate(member, by=cast.luo)
    pay(member, by=cast.luo)
    found = DuesPayment.objects.get()

    services.void_dues(payment=found, reason="登记错了人", at=NOW, by=cast.luo)

    assert pay(member, by=cast.luo) == 1
    again = {"payment": found, "reason": "登记错了人", "at": NOW}
    assert refused(lambda: services.void_dues(**again, by=cast.luo)) == "already_voided"


def test_a_reduction_is_granted_above_and_holds_from_this_month(cast):
    member = make_member(org=cast.branch)
    set_rate(member, by=cast.luo, category="earning", pay=2_500)
    told = {"member": member, "fen": 100, "reason": "父亲患病，家庭困难", "at": NOW, "by": cast.luo}

    asked = services.propose_reduction(**told)
    done = services.approve_reduction(rate=asked, at=NOW, by=cast.tang)

    assert (done.fen, done.starts_on, done.state) == (100, date(2022, 7, 1), "holding")
    assert queries.rate_on(cast.luo, member.person, date(2022, 6, 1)).fen == 500
    again = {"rate": asked, "at": NOW}
    assert refused(lambda: services.approve_reduction(**again, by=cast.tang)) == "wrong_state"
    assert refused(lambda: services.approve_reduction(**again, by=cast.luo)) == "not_allowed"


def test_a_reduction_needs_a_rate_less_money_and_other_eyes(cast):
    member = make_member(org=cast.branch)
    told = {"member": member, "fen": 20, "reason": "家庭生活困难", "at": NOW, "by": cast.tang}

    without = refused(lambda: services.propose_reduction(**told))
    set_rate(member, by=cast.tang)
    no_less = refused(lambda: services.propose_reduction(**told))
    asked = services.propose_reduction(**(told | {"fen": 10}))
    twice = refused(lambda: services.propose_reduction(**(told | {"fen": 10})))
    same = refused(lambda: services.approve_reduction(rate=asked, at=NOW, by=cast.tang))
    services.refuse_reduction(rate=asked, reason="请补充困难证明", at=NOW, by=cast.chen)

    assert (without, no_less, twice, same) == (
        "no_rate", "not_less", "already_proposed", "same_eyes",
    )  # fmt: skip
    assert DuesRate.objects.get(category="reduced").state == "refused"


def test_terms_hold_from_a_coming_day_and_only_the_district_sets_them(cast):
    numbers = {**vars(SCALE), "student_fen": 50}
    new = services.NewDuesTerms("新标准", date(2022, 8, 1), "团中央文件", "标准调整", numbers)

    assert refused(lambda: services.set_dues_terms(new=new, at=NOW, by=cast.chen)) == "not_allowed"
    services.set_dues_terms(new=new, at=NOW, by=cast.lin)

    assert queries.dues_terms_on(cast.lin, date(2022, 7, 31)).student_fen == 20
    assert queries.dues_terms_on(cast.lin, date(2022, 8, 1)).student_fen == 50
    assert refused(lambda: services.set_dues_terms(new=new, at=NOW, by=cast.lin)) == "day_taken"


def test_who_is_behind_becomes_a_share(cast):
    never, behind, good, unset = (
        make_member(f"K00{place}", "柯小舟", org=cast.branch) for place in range(1, 5)
    )
    for member in (never, behind, good):
        set_rate(member, by=cast.luo)
    pay(behind, by=cast.luo, number=1, paid_on=date(2022, 3, 8))  # behind since 1 May
    pay(good, by=cast.luo, number=12, paid_on=date(2022, 3, 8))

    computed = figures.compute(build_facts(), indicators.INDICATORS, periods.half_year(2022, 1))

    rows = queries.payers_seen_by(cast.luo, TODAY)
    listed = queries.behind(cast.luo, rows, day=TODAY).values_list("person__number", flat=True)
    found = [computed[f"ROL-{code}", cast.longgang.pk].value for code in (11, 12, 13, 14)]
    assert sorted(listed) == ["K001", "K002"]
    assert unset.person.number not in listed
    assert found == [Decimal(one) for one in ("3", "2", "66.67", "2.60")]


def test_dues_are_set_and_written_down_on_the_pages(client, cast):
    member = make_member(org=cast.branch)
    sign_in(client, cast.luo)
    month = f"{timezone.localdate():%Y-%m}"
    typed = {"category": "earning", "pay": "2999", "month": month}
    today = timezone.localdate().isoformat()
    paid = {"first": month, "number": "1", "paid_on": today, "members": [member.pk]}

    early = client.post(url("dues_record"), paid)
    wrong = client.post(url("rate_new", member.pk), typed | {"pay": ""})
    done = client.post(url("rate_new", member.pk), typed)
    client.post(url("dues_record"), paid)
    found = DuesPayment.objects.get()
    page = text(client.get(url("dues")))
    client.post(url("payment_void", found.pk), {"reason": "登记错了人"})

    assert (early.status_code, wrong.status_code, done.status_code) == (422, 422, 302)
    assert "5.00" in page
    assert "已作废" in text(client.get(url("payment", found.pk)))
    assert client.get(url("dues"), {"paid": "behind"}).status_code == 200
    assert client.get(url("payments"), {"state": "good"}).status_code == 200


def test_a_reduction_goes_its_way_on_the_pages(client, cast):
    member = make_member(org=cast.branch)
    set_rate(member, by=cast.luo, category="earning", pay=2_500)
    sign_in(client, cast.luo)
    client.post(url("reduction_new", member.pk), {"yuan": "1.5", "reason": "家庭生活困难"})
    asked = DuesRate.objects.get(state="proposed")

    assert client.get(url("rate_approve", asked.pk)).status_code == 403
    sign_in(client, cast.tang)
    assert "批准" in text(client.get(url("rate", asked.pk)))
    client.post(url("rate_approve", asked.pk), {"sure": "on"})

    asked.refresh_from_db()
    assert (asked.state, asked.fen) == ("holding", 150)
    assert client.get(url("rate_refuse", asked.pk)).status_code == 200


def test_the_district_changes_the_terms_on_the_page(client, cast):
    sign_in(client, cast.lin)
    typed = {
        **{name: str(number) for name, number in vars(SCALE).items()}, "student_fen": "50",
        "title": "新标准", "starts_on": "2099-01-01", "source": "团中央文件", "reason": "标准调整",
    }  # fmt: skip

    wrong = client.post(url("dues_terms_new"), typed | {"most_fen": "100"})
    done = client.post(url("dues_terms_new"), typed)

    assert (wrong.status_code, done.status_code) == (422, 302)
    assert DuesTerms.objects.get().student_fen == 50
    assert "2099-01-01" in text(client.get(url("dues_terms")))
    sign_in(client, cast.chen)
    assert client.get(url("dues_terms")).status_code == 200
    assert client.get(url("dues_terms_new")).status_code == 403
