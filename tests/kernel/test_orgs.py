"""The tree of organisations: what its services do and refuse (T-01, T-07, T-09)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.audit import queries as audit
from qinghe.kernel.orgs import kinds, rules, services
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, LONG_AGO, NOW, TODAY, make_org

ON = date(2022, 3, 1)
TOMORROW = TODAY + timedelta(days=1)


def branch(parent, code="B1", **more):
    return make_org(code, f"{code}团支部", kind="branch", level="unit", parent=parent, **more)


def new(code="N1", *, kind="branch", level="unit", parent="440307017901", **more):
    return services.NewOrg(
        code=code,
        name="青苗团支部",
        kind=kind,
        level=level,
        parent_code=parent,
        opened_on=more.pop("opened_on", ON),
        **more,
    )


def refused(call, **arguments):
    with pytest.raises(Refused) as caught:
        call(**arguments, at=NOW, by=CLERK)
    return caught.value.code


def test_a_new_org_stands_below_its_parent_from_its_first_day(cast):
    org = services.open_org(new=new(), at=NOW, by=CLERK)

    assert org.path == f"{cast.hongmian.path}N1/"
    assert Placement.objects.get(org=org).parent == cast.hongmian
    assert Placement.objects.get(org=org).starts_on == ON
    assert [entry.verb for entry in audit.entries_about("orgs.Org", org.pk)] == ["orgs.open_org"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "b/1"}, "bad_code"),
        ({"code": "b1"}, "bad_code"),
        ({"code": "A" * 25}, "bad_code"),
        ({"code": "440307017901"}, "code_taken"),
        ({"parent": "nowhere"}, "unknown_parent"),
        ({"parent": ""}, "parent_needed"),
        ({"kind": "community", "level": "community"}, "wrong_parent"),
        ({"level": "district"}, "wrong_level"),
        ({"opened_on": TOMORROW}, "in_future"),
        ({"industry": "internet"}, "industry_without_kind"),
        ({"new_org_kind": "social_organization", "sector": "school"}, "new_org_in_school"),
    ],
)
def test_opening_is_refused(cast, changed, code):
    before = Org.objects.count()

    assert refused(services.open_org, new=new(**changed)) == code
    assert Org.objects.count() == before


def test_the_database_itself_keeps_codes_to_one_case(cast):
    # Else "b1" would stand below "B1" wherever paths are compared without regard to case.
    with pytest.raises(IntegrityError), transaction.atomic():
        Org.objects.filter(pk=cast.huale.pk).update(code="b1")


def test_nothing_opens_below_a_closed_org(cast):
    services.close_org(org=cast.huale, on=ON, at=NOW, by=CLERK)

    assert refused(services.open_org, new=new(parent=cast.huale.code)) == "org_closed"


@pytest.mark.parametrize("kind", kinds.OrgKind)
def test_each_kind_has_a_place(kind):
    place = kinds.PLACES[kind]

    assert place.levels
    assert place.under or kind is kinds.OrgKind.DISTRICT


@pytest.mark.parametrize(
    ("kind", "level", "parent", "fits"),
    [
        ("working_committee", "street", "street", True),
        ("industry_working_committee", "district", "district_committee", True),
        ("industry_working_committee", "district", "street", False),
        ("branch", "unit", "general_branch", True),
        ("general_branch", "unit", "general_branch", False),
        ("branch", "unit", "branch", False),
        ("temporary_branch", "unit", "working_committee", True),
        ("volunteer_federation", "street", "street", True),
        ("volunteer_federation", "street", "league_committee", False),
        ("street", "street", "street", False),
    ],
)
def test_what_may_stand_under_what(kind, level, parent, fits):
    def check():
        rules.check_place(kind=kind, level=level, parent_kind=parent)

    if fits:
        check()
    else:
        with pytest.raises(Refused):
            check()


def test_a_move_takes_all_below_along(cast):
    committee = make_org(
        "C1", "天安团委", kind="league_committee", level="unit", parent=cast.hongmian
    )
    below = branch(committee)

    services.move_org(org=committee, parent=cast.xiangjiaotang, on=ON, at=NOW, by=CLERK)

    below.refresh_from_db()
    assert below.path == f"{cast.xiangjiaotang.path}C1/B1/"
    spans = Placement.objects.filter(org=committee).order_by("starts_on")
    assert [(one.parent, one.starts_on, one.ends_on) for one in spans] == [
        (cast.hongmian, LONG_AGO, ON),
        (cast.xiangjiaotang, ON, None),
    ]


def test_moving_twice_on_one_day_leaves_one_place_for_that_day(cast):
    org = branch(cast.hongmian)

    for parent in (cast.huale, cast.xiangjiaotang):
        services.move_org(org=org, parent=parent, on=ON, at=NOW, by=CLERK)

    assert Placement.objects.get(org=org, starts_on=ON).parent == cast.xiangjiaotang


def test_a_move_is_refused(cast):
    org = branch(cast.hongmian)
    committee = make_org("C1", "团委", kind="league_committee", level="unit", parent=cast.huale)
    inner = make_org("C2", "团委", kind="league_committee", level="unit", parent=committee)
    move = services.move_org

    assert refused(move, org=org, parent=cast.hongmian, on=ON) == "same_parent"
    assert refused(move, org=committee, parent=inner, on=ON) == "below_itself"
    assert refused(move, org=cast.huale, parent=committee, on=ON) == "wrong_parent"
    assert refused(move, org=org, parent=cast.huale, on=TOMORROW) == "in_future"
    assert refused(move, org=org, parent=cast.huale, on=date(2009, 1, 1)) == "too_early"


def test_a_backdated_move_may_not_close_a_circle_in_the_past(cast):
    outer = make_org("C1", "外团委", kind="league_committee", level="unit", parent=cast.huale)
    inner = make_org("C2", "内团委", kind="league_committee", level="unit", parent=outer)
    services.move_org(org=inner, parent=cast.hongmian, on=date(2022, 6, 1), at=NOW, by=CLERK)

    assert refused(services.move_org, org=outer, parent=inner, on=ON) == "below_itself"

    services.move_org(org=outer, parent=inner, on=date(2022, 6, 1), at=NOW, by=CLERK)
    outer.refresh_from_db()
    assert outer.path == f"{cast.hongmian.path}C2/C1/"


def test_a_merger_hands_over_what_is_open_below_and_names_the_successor(cast):
    kept, gone = branch(cast.huale, "B1"), branch(cast.huale, "B2")
    services.close_org(org=gone, on=date(2021, 1, 1), at=NOW, by=CLERK)

    merged = services.merge_org(org=cast.huale, into=cast.hongmian, on=ON, at=NOW, by=CLERK)

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (merged.successor, merged.closed_on) == (cast.hongmian, ON)
    assert kept.parent == cast.hongmian
    assert gone.path.startswith(cast.hongmian.path)


def test_a_merger_is_refused_and_changes_nothing(cast):
    org = branch(cast.huale, "B1", opened_on=date(2022, 5, 1))
    merge = services.merge_org

    assert refused(merge, org=cast.huale, into=cast.hongmian, on=ON) == "too_early"
    assert refused(merge, org=cast.huale, into=cast.huale, on=ON) == "below_itself"
    assert refused(merge, org=cast.huale, into=cast.hongmian, on=TOMORROW) == "in_future"
    org.refresh_from_db()
    cast.huale.refresh_from_db()
    assert org.parent == cast.huale
    assert cast.huale.closed_on is None


def test_closing_is_refused_while_something_is_open_below(cast):
    org = branch(cast.huale)

    assert refused(services.close_org, org=cast.huale, on=ON) == "has_children"
    services.close_org(org=org, on=ON, at=NOW, by=CLERK)
    assert refused(services.close_org, org=org, on=ON) == "org_closed"
    assert refused(services.close_org, org=cast.huale, on=TOMORROW) == "in_future"
    assert refused(services.close_org, org=cast.huale, on=date(2009, 1, 1)) == "too_early"
    assert services.close_org(org=cast.huale, on=ON, at=NOW, by=CLERK).closed_on == ON


def test_correcting_writes_what_changed_and_nothing_when_nothing_did(cast):
    same = {"sector": "", "new_org_kind": "", "industry": ""}

    services.change_org(org=cast.huale, name="华乐社区", **same, at=NOW, by=CLERK)
    services.change_org(org=cast.huale, name="新乐社区", **same, at=NOW, by=CLERK)

    newest, opened = audit.entries_about("orgs.Org", cast.huale.pk)
    assert newest.detail == {"changed": {"name": ["华乐社区", "新乐社区"]}}
    assert opened.verb == "orgs.open_org"


def test_a_chunk_opens_parents_and_children_with_one_line_in_the_trail(cast):
    rows = [
        new("C1", kind="league_committee"),
        new("B1", parent="C1"),
        new("B2", parent="C1"),
    ]
    source = {"file": "f" * 64, "lines": [2, 4]}

    made = services.open_many(new=rows, at=NOW, by=CLERK, source=source)

    assert [org.path for org in made[1:]] == [f"{made[0].path}B1/", f"{made[0].path}B2/"]
    assert Placement.objects.filter(org__in=made, ends_on__isnull=True).count() == 3
    entries = {org.pk: audit.entries_about("orgs.Org", org.pk) for org in made}
    assert {len(found) for found in entries.values()} == {1}
    assert len({found[0].pk for found in entries.values()}) == 1
    assert entries[made[2].pk][0].detail["lines"] == [2, 4]
