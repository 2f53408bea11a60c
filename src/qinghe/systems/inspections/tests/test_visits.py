"""Points, versions of a checklist, visits: drafted, handed in once, frozen."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import rules, services
from qinghe.systems.inspections.models import Checklist, Finding, Point, Visit
from tests.cast import NOW

from .makers import DAY, FAIL, PASS, inspect, kind, make_point, picture, seen

pytestmark = pytest.mark.django_db


def refused_code(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def set_checklist(cast, *, of=None, starts_on=DAY, by=None, text="有饮水"):
    items = [rules.ItemText(text, 10, veto=False, photo=rules.Photo.NEVER, days=3)]
    new = services.NewChecklist(of, "夏季检查表", "区文件", 60, starts_on, items)
    return services.set_checklist(new=new, org=cast.longgang, at=NOW, by=by or cast.lin)


def test_a_point_is_entered_changed_and_closed(cast, point):
    told = services.Particulars(name="红棉公园站", kind=kind("park"), address="红棉路2号")
    services.change_point(point=point, told=told, at=NOW, by=cast.chen)
    services.close_point(point=point, closed_on=DAY, reason="拆迁", at=NOW, by=cast.lin)

    point.refresh_from_db()
    assert (point.name, point.kind.slug, point.closed_on) == ("红棉公园站", "park", DAY)
    verbs = Entry.objects.filter(verb__startswith="inspections.").order_by("seq")
    assert [one.verb.removeprefix("inspections.") for one in verbs] == [
        "enter_point",
        "change_point",
        "close_point",
    ]


def test_points_are_kept_by_who_is_there_or_above(cast, yan, hong):
    assert refused_code(lambda: _enter(cast, by=yan)) == "not_allowed"
    assert refused_code(lambda: _enter(cast, by=cast.zhou)) == "not_allowed"

    assert _enter(cast, by=hong).org == cast.hongmian


def _enter(cast, *, by, code="HG-9", name="九号站", opened_on=DAY):
    told = services.Particulars(name=name, kind=kind(), address="路口")
    new = services.NewPoint(code, cast.hongmian, opened_on, told)
    return services.enter_point(new=new, at=NOW, by=by)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "红棉"}, "code_unclear"),
        ({"code": "HG-001"}, "code_taken"),
        ({"name": "红棉站HG-001"}, "name_taken"),
        ({"opened_on": DAY + timedelta(days=1)}, "day_to_come"),
    ],
)
def test_a_point_that_is_unclear_or_there_already_is_refused(cast, point, changed, code):
    assert refused_code(lambda: _enter(cast, by=cast.lin, **changed)) == code
    assert Point.objects.count() == 1


def test_a_point_is_not_closed_before_its_last_visit(cast, point, yan):
    inspect(point, by=yan)

    def close():
        services.close_point(point=point, closed_on=DAY, reason="拆迁", at=NOW, by=cast.lin)

    assert refused_code(close) == "inspected_since"


def test_a_visit_keeps_the_checklist_it_was_begun_by(cast, point, yan):
    before = services.begin_visit(point=point, at=NOW, by=yan)
    own = set_checklist(cast, of=point.kind)
    after = services.begin_visit(point=point, at=NOW, by=cast.lin)

    assert before.checklist.kind is None
    assert after.checklist == own
    assert [one.item.text for one in after.answers.all()] == ["有饮水"]


def test_versions_follow_each_other_and_begin_when_they_say(cast, point):
    first = set_checklist(cast)
    set_checklist(cast, starts_on=DAY + timedelta(days=1))
    visit = services.begin_visit(point=point, at=NOW, by=cast.lin)

    assert [one.version for one in Checklist.objects.filter(kind=None).order_by("pk")] == [1, 2, 3]
    assert visit.checklist == first


def test_checklists_are_set_by_the_district_and_from_today_on(cast):
    yesterday = DAY - timedelta(days=1)

    assert refused_code(lambda: set_checklist(cast, by=cast.chen)) == "not_allowed"
    assert refused_code(lambda: set_checklist(cast, starts_on=yesterday)) == "day_is_over"


def test_a_draft_is_begun_once_and_survives(point, yan):
    visit = services.begin_visit(point=point, at=NOW, by=yan)
    services.keep_visit(visit=visit, seen=seen(visit, PASS, FAIL, notes="雨天"), at=NOW, by=yan)

    again = services.begin_visit(point=point, at=NOW, by=yan)

    assert again == visit
    assert again.notes == "雨天"
    assert [one.verdict for one in again.answers.all()] == ["pass", "fail", ""]


def test_the_database_itself_keeps_one_draft(point, yan):
    visit = services.begin_visit(point=point, at=NOW, by=yan)
    visit.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        visit.save(force_insert=True)


def test_a_visit_is_handed_in_once_and_its_failures_become_findings(point, yan):
    visit = inspect(point, by=yan, fails=1)
    again = services.submit_visit(visit=visit, seen=seen(visit, FAIL, FAIL), at=NOW, by=yan)

    finding = Finding.objects.get()
    assert (again.scored, again.full, again.passed, again.state) == (60, 100, False, "submitted")
    assert (finding.org, finding.words) == (point.org, "有志愿服务标识：立牌倒伏")
    assert (finding.found_on, finding.due_on) == (DAY, date(2022, 7, 8))  # five working days


def test_what_lacks_keeps_it_a_draft(point, yan):
    visit = services.begin_visit(point=point, at=NOW, by=yan)

    def submit():
        services.submit_visit(visit=visit, seen=seen(visit, FAIL, PASS, PASS), at=NOW, by=yan)

    assert refused_code(submit) == "photo_needed"
    assert Visit.objects.get().state == "draft"
    assert not Finding.objects.exists()


def test_a_draft_is_its_inspectors_alone(cast, point, yan):
    visit = services.begin_visit(point=point, at=NOW, by=yan)
    answer = visit.answers.all()[0]
    calls = (
        lambda: services.keep_visit(visit=visit, seen=seen(visit), at=NOW, by=cast.lin),
        lambda: services.submit_visit(visit=visit, seen=seen(visit), at=NOW, by=cast.lin),
        lambda: services.drop_visit(visit=visit, at=NOW, by=cast.lin),
        lambda: services.add_photo(answer=answer, upload=picture(), at=NOW, by=cast.lin),
    )

    assert {refused_code(call) for call in calls} == {"not_yours"}


def test_what_was_seen_long_ago_is_looked_at_again(point, yan):
    visit = services.begin_visit(point=point, at=NOW, by=yan)
    later = NOW + timedelta(days=4)

    def submit():
        services.submit_visit(visit=visit, seen=seen(visit, PASS, PASS, PASS), at=later, by=yan)

    assert refused_code(submit) == "draft_too_old"
    services.drop_visit(visit=visit, at=later, by=yan)
    assert services.begin_visit(point=point, at=later, by=yan) != visit


def test_a_photo_is_a_picture(point, yan):
    answer = services.begin_visit(point=point, at=NOW, by=yan).answers.all()[0]

    def add():
        services.add_photo(answer=answer, upload=picture("list.pdf"), at=NOW, by=yan)

    assert refused_code(add) == "not_a_photo"


def test_who_only_cares_for_points_does_not_inspect(cast, point, hong):
    assert refused_code(lambda: services.begin_visit(point=point, at=NOW, by=hong)) == "not_allowed"


def test_a_voided_visit_takes_its_findings_along(cast, point, yan):
    visit = inspect(point, by=yan, fails=2)

    services.void_visit(visit=visit, reason="走错点位", at=NOW, by=cast.lin)

    assert set(Finding.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Visit.objects.get().state == "void"


def test_two_points_of_a_code_are_never_there(cast, point):
    assert refused_code(lambda: make_point(cast)) == "code_taken"
