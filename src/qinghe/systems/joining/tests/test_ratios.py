"""团青比: a dated ceiling, seen where numbers are handed down and asked where somebody is admitted."""

from datetime import date

import pytest
from django.utils import timezone

from qinghe.analytics import figures
from qinghe.kernel.people.models import LeagueFile
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import indicators, queries, rules, services
from qinghe.systems.joining.models import GraduatingClass, RatioCeiling
from tests.desk import build_facts, sign_in

from .makers import enter, on, take, walk

pytestmark = pytest.mark.django_db
SPRING = on(date(2022, 3, 1))


def ceiling(cast, *, per_mille=300, starts_on=date(2022, 3, 1), is_hard=False, at=SPRING, by=None):
    new = services.NewCeiling(
        stage="junior",
        starts_on=starts_on,
        per_mille=per_mille,
        is_hard=is_hard,
        source="团市委当年通知",
        reason="年度调整",
    )
    return services.set_ceiling(new=new, at=at, by=by or cast.lin)


def graduate(cast, *, students=10, by=None):
    return services.enter_class(
        org=cast.branch, year=2022, stage="junior", students=students, at=SPRING, by=by or cast.luo
    )


def refused(do):
    with pytest.raises(Refused) as refusal:
        do()
    return refusal.value.code


@pytest.mark.parametrize(
    ("ratio", "why", "code"),
    [
        (None, "", None),
        (rules.Ratio(99, 100), "", None),
        (rules.Ratio(29, 100, 300), "", None),
        (rules.Ratio(30, 100, 300), "", "reason_needed"),
        (rules.Ratio(30, 100, 300), "已报区里同意", None),
        (rules.Ratio(30, 100, 300, is_hard=True), "已报区里同意", "over_ceiling"),
    ],
)
def test_the_ceiling_is_a_question_unless_it_was_set_hard(ratio, why, code):
    if code:
        assert refused(lambda: rules.check_ratio(ratio, why=why)) == code
    else:
        assert rules.check_ratio(ratio, why=why) in ("", why)


def test_it_is_asked_at_the_approval_and_the_answer_is_kept(cast):
    graduate(cast)
    ceiling(cast)
    case = walk(cast, enter(cast), upto="hold_meeting")

    assert queries.ratio_at(cast.tang, cast.branch, on=date(2022, 6, 6)).words == (
        "3/10，30.0%（上限30.0%）"
    )
    assert refused(lambda: take(cast, case, "approve")) == "reason_needed"
    done = take(cast, case, "approve", over="学校已报区里同意")
    assert "学校已报区里同意" in done.steps.get(number=12).words
    assert LeagueFile.objects.count() == 1


def test_who_may_set_and_enter_and_what_is_refused(cast):
    first = graduate(cast)

    assert refused(lambda: graduate(cast)) == "class_known"
    assert refused(lambda: graduate(cast, by=cast.zhou)) == "not_allowed"
    assert refused(lambda: ceiling(cast, by=cast.tang)) == "not_allowed"
    ceiling(cast)
    assert refused(lambda: ceiling(cast)) == "day_taken"
    assert refused(lambda: ceiling(cast, starts_on=date(2022, 2, 1))) == "wrong_order"
    changed = services.change_class(
        found=first, students=12, reason="转学两人", at=SPRING, by=cast.luo
    )
    assert changed.students == 12


def test_the_pages_and_the_figure(cast, client):
    sign_in(client, cast.luo)
    told = {"org": cast.branch.code, "year": 2022, "stage": "senior", "students": 12}
    year = timezone.localdate().year  # the page asks for years near the clock on the wall
    assert client.post("/joining/classes/new/", told | {"year": year}).status_code == 302
    assert client.post("/joining/classes/new/", told | {"students": 0}).status_code == 422
    found = GraduatingClass.objects.get()
    found.starts_on, found.ends_on = date(2021, 9, 1), date(2100, 9, 1)
    found.save()
    assert "3/12，25.0%" in client.get(f"/joining/classes/{found.pk}/").content.decode()
    assert client.get("/joining/classes/").status_code == 200
    assert client.get("/joining/ceilings/new/").status_code == 403
    sign_in(client, cast.lin)
    day = "2100-01-01"
    new = {
        "stage": "senior",
        "starts_on": day,
        "percent": "60.5",
        "source": "通知",
        "reason": "年度",
    }
    assert client.post("/joining/ceilings/new/", new).status_code == 302
    assert RatioCeiling.objects.get().per_mille == 605
    assert "60.5%" in client.get("/joining/ceilings/").content.decode()
    hand = client.get("/joining/numbers/hand-down/", {"org": cast.longgang.code})
    assert "横岗街道：高中毕业班3/12，25.0%" in hand.content.decode()
    values = figures.compute(build_facts(), indicators.INDICATORS, periods.half_year(2022, 1))
    told = [values[code, cast.school.pk].value for code in ("JOI-16", "JOI-17", "JOI-18")]
    assert told == [12, 3, 25]
