"""The numbers by which hours are doubted: new ones from a coming day on, the past stays (V-36)."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, services

from .makers import at, sign_in

pytestmark = pytest.mark.django_db
NUMBERS = dict.fromkeys(queries.TERM_NUMBERS, 5)
LIST, NEW = reverse("volunteering:hours_terms"), reverse("volunteering:hours_terms_new")


def new(starts_on=date(2022, 6, 1), **changed):
    said = {"title": "第二版", "source": "区委会议纪要", "reason": "试行一年后调整"} | changed
    return services.NewHoursTerms(starts_on=starts_on, numbers=NUMBERS, **said)


def set_terms(by, **changed):
    return services.set_hours_terms(new=new(**changed), at=at(10), by=by)


def sent(**changed):
    return {
        **NUMBERS,
        "title": "第二版",
        "starts_on": "2099-01-01",
        "source": "区委会议纪要",
        "reason": "试行一年后调整",
    } | changed


def test_new_terms_hold_from_their_day_and_the_past_stays(cast):
    before = queries.terms_on(cast.lin, date(2022, 5, 31))

    made = set_terms(cast.lin)

    assert queries.terms_on(cast.lin, date(2022, 5, 31)) == before
    assert queries.terms_on(cast.lin, date(2022, 6, 1)) == made
    assert (made.source, made.entered_by_id) == ("区委会议纪要", cast.lin.person_id)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"starts_on": date(2022, 5, 4)}, "wrong_order"),
        ({"starts_on": date(2010, 1, 1)}, "wrong_order"),
        ({"reason": " "}, "reason_needed"),
        ({"source": ""}, "reason_needed"),
    ],
)
def test_terms_refused(cast, changed, code):
    with pytest.raises(Refused) as refusal:
        set_terms(cast.lin, **changed)

    assert refusal.value.code == code


def test_a_day_is_taken_once_and_only_the_district_sets(cast):
    set_terms(cast.lin)

    for who, code in ((cast.lin, "day_taken"), (cast.chen, "not_allowed")):
        with pytest.raises(Refused) as refusal:
            set_terms(who)
        assert refusal.value.code == code


def test_the_officer_sets_them_in_the_browser(client, cast):
    lin = sign_in(client, cast.lin)
    shown = lin.get(NEW).content.decode()

    wrong = lin.post(NEW, sent(clone_people=1))
    answer = lin.post(NEW, sent())
    page = lin.get(LIST).content.decode()

    assert 'value="960"' in shown, "it begins with what holds"
    assert wrong.status_code == 422
    assert answer["Location"] == LIST
    assert "第二版" in page
    assert "试行一年后调整" in page
    assert models.HoursTerms.objects.filter(starts_on__gt=timezone.localdate()).count() == 1


def test_below_the_district_they_are_read_and_a_leader_reads_none(client, cast):
    chen = sign_in(client, cast.chen)
    assert chen.get(LIST).status_code == 200
    assert "调整参数" not in chen.get(LIST).content.decode()
    assert chen.post(NEW, sent()).status_code == 403

    assert sign_in(client, cast.he).get(LIST).status_code == 403
