"""The three lists: what is taken, what is refused by line and column, how much is asked."""

from datetime import date

import pytest

from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.systems.directory import sheets
from qinghe.systems.directory.sheets import CadreRow, MemberRow, OrgRow
from tests.cast import CLERK, NOW, make_person

from .makers import ON, leave, make_branch, make_cadre, make_member

SOURCE = {"file": "f" * 64, "sheet": "directory", "lines": [2, 9]}
TOMORROW = date(2022, 7, 4)


def org_row(line=2, **changed):
    given = {
        "code": f"N{line}",
        "name": "青苗团支部",
        "kind": "branch",
        "level": "unit",
        "parent_code": "440307017901",
        "sector": None,
        "new_org_kind": None,
        "industry": None,
        "opened_on": ON,
    }
    return OrgRow(line=line, **{**given, **changed})


def member_row(line=2, **changed):
    given = {
        "number": f"M{line}",
        "name": "禾苗",
        "sex": "female",
        "birth_date": date(2004, 5, 4),
        "org_code": "B1",
        "starts_on": ON,
    }
    return MemberRow(line=line, **{**given, **changed})


def cadre_row(line=2, **changed):
    given = {
        "number": f"M{line}",
        "name": "禾苗",
        "sex": None,
        "birth_date": None,
        "org_code": "B1",
        "title": "书记",
        "service": "part_time",
        "starts_on": ON,
    }
    return CadreRow(line=line, **{**given, **changed})


def problems(found):
    return [(one.line, one.column) for one in found.problems]


@pytest.mark.parametrize(
    ("sheet", "labels"),
    [
        (
            sheets.ORGS,
            "组织代码 组织名称 类型 层级 上级代码 领域 两新类别 行业团工委 成立日期",
        ),
        (sheets.MEMBERS, "人员编号 姓名 性别 出生日期 组织代码 入册日期 手机号 身份证号"),
        (
            sheets.CADRES,
            "人员编号 姓名 性别 出生日期 组织代码 职务 任职性质 任职日期 手机号 身份证号",
        ),
    ],
    ids=lambda value: getattr(value, "slug", ""),
)
def test_the_headings_are_fixed_and_fill_the_row(sheet, labels):
    assert [column.label for column in sheet.columns] == labels.split()
    assert sheet.row._fields == ("line", *[column.key for column in sheet.columns])


@pytest.mark.parametrize("sheet", sheets.SHEETS, ids=lambda sheet: sheet.slug)
def test_every_example_is_a_good_cell(sheet):
    for column in sheet.columns:
        assert not column.example or column.parse(column.example)


def test_a_list_of_orgs_may_hold_parents_and_their_children(cast):
    rows = [
        org_row(2, code="C1", kind="league_committee"),
        org_row(3, parent_code="C1", sector="society", new_org_kind="social_organization"),
        org_row(4),
    ]

    found = sheets.resolve_orgs(cast.lin, rows, NOW)
    written = sheets.write_orgs(ready=found.ready, at=NOW, by=cast.lin, source=SOURCE)

    assert (found.problems, written) == ([], 3)
    assert Org.objects.get(code="N3").parent.code == "C1"
    assert Org.objects.get(code="N3").new_org_kind == "social_organization"


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"code": "440307017901"}, "组织代码"),
        ({"code": "n-2"}, "组织代码"),
        ({"parent_code": "nowhere"}, "上级代码"),
        ({"parent_code": "CLOSED"}, "上级代码"),
        ({"parent_code": "N2"}, "上级代码"),
        ({"parent_code": "N9"}, "上级代码"),
        ({"parent_code": "440307013901"}, "上级代码"),
        ({"kind": "street"}, "类型"),
        ({"level": "district"}, "层级"),
        ({"industry": "internet"}, "两新类别"),
        ({"new_org_kind": "social_organization", "sector": "school"}, "领域"),
        ({"opened_on": TOMORROW}, "成立日期"),
    ],
)
def test_a_bad_org_is_named_by_line_and_column(cast, changed, column):
    closed = make_branch("CLOSED", cast.huale, kind="league_committee")
    orgs.close_org(org=closed, on=ON, at=NOW, by=CLERK)
    rows = [org_row(2, **changed), org_row(3), org_row(9, code="N9", kind="league_committee")]

    found = sheets.resolve_orgs(cast.chen, rows, NOW)

    assert problems(found) == [(2, column)]
    assert [new.code for new in found.ready] == ["N3", "N9"]


def test_orgs_in_a_circle_and_codes_given_twice_are_named(cast):
    rows = [
        org_row(2, code="C1", kind="league_committee", parent_code="C2"),
        org_row(3, code="C2", kind="league_committee", parent_code="C1"),
        org_row(4, code="N1"),
        org_row(5, code="N1"),
    ]

    found = sheets.resolve_orgs(cast.lin, rows, NOW)

    assert problems(found) == [(2, "上级代码"), (5, "组织代码")]
    assert "第3行" in found.problems[0].reason


def test_a_list_of_members_enters_new_persons_and_takes_known_ones(cast):
    make_branch("B1", cast.hongmian)
    rows = [member_row(2), member_row(3, number=cast.xiaoming.number, name="明小麦")]

    found = sheets.resolve_members(cast.lin, rows, NOW)
    written = sheets.write_members(ready=found.ready, at=NOW, by=cast.lin, source=SOURCE)

    assert (found.problems, written) == ([], 2)
    assert Person.objects.get(number="M2").birth_date == date(2004, 5, 4)
    assert Membership.objects.filter(person=cast.xiaoming).count() == 1


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"org_code": "nowhere"}, "组织代码"),
        ({"org_code": "440307017901"}, "组织代码"),
        ({"org_code": "B9"}, "组织代码"),
        ({"org_code": "CLOSED"}, "组织代码"),
        ({"birth_date": date(2012, 1, 1)}, "出生日期"),
        ({"birth_date": TOMORROW}, "出生日期"),
        ({"starts_on": TOMORROW}, "入册日期"),
        ({"number": "P004", "name": "别人"}, "姓名"),
        ({"number": "P005", "name": "红小米"}, "人员编号"),
        ({"number": "M3"}, ""),
    ],
)
def test_a_bad_member_is_named_by_line_and_column(cast, changed, column):
    branch = make_branch("B1", cast.hongmian)
    make_branch("B9", cast.xiangjiaotang)
    make_member(cast.xiaohong, branch)
    closed = make_branch("CLOSED", cast.huale)
    orgs.close_org(org=closed, on=ON, at=NOW, by=CLERK)

    found = sheets.resolve_members(cast.chen, [member_row(2, **changed), member_row(3)], NOW)

    if changed == {"number": "M3"}:
        assert problems(found) == [(3, "人员编号")]
    else:
        assert problems(found) == [(2, column)]
    assert len(found.ready) == 1


def test_who_left_the_league_is_named_and_not_entered(cast):  # T-66
    make_branch("B1", cast.hongmian)
    leave(cast.xiaoming)
    gone = {"number": cast.xiaoming.number, "name": "明小麦"}

    found = sheets.resolve_members(cast.lin, [member_row(2, **gone), member_row(3)], NOW)

    assert problems(found) == [(2, "人员编号")]
    assert "重新入团" in found.problems[0].reason
    assert len(found.ready) == 1


def test_a_known_birthday_outweighs_the_one_in_the_list(cast):
    make_branch("B1", cast.hongmian)
    child = {"number": cast.xiaohong.number, "name": "红小米", "starts_on": date(2021, 4, 4)}

    found = sheets.resolve_members(cast.lin, [member_row(2, **child)], NOW)

    assert problems(found) == [(2, "出生日期")]


def test_a_cadre_may_take_several_posts_but_none_twice(cast):
    branch = make_branch("B1", cast.hongmian)
    make_cadre(cast.xiaoming, branch)
    rows = [
        cadre_row(2, number="M1"),
        cadre_row(3, number="M1", title="组织委员"),
        cadre_row(4, number="M1"),
        cadre_row(5, number="M1", name="别名", title="宣传委员"),
        cadre_row(6, number=cast.xiaoming.number, name="明小麦"),
        cadre_row(7, starts_on=TOMORROW),
        cadre_row(8, org_code="nowhere"),
    ]

    found = sheets.resolve_cadres(cast.lin, rows, NOW)
    sheets.write_cadres(ready=found.ready, at=NOW, by=cast.lin, source=SOURCE)

    assert problems(found) == [
        (4, "人员编号"),
        (5, "姓名"),
        (6, "职务"),
        (7, "任职日期"),
        (8, "组织代码"),
    ]
    assert Post.objects.filter(person__number="M1").count() == 2


@pytest.mark.parametrize("count", [1, 200])
def test_checking_a_list_takes_the_same_few_queries_however_long(
    cast, count, django_assert_max_num_queries
):
    branch = make_branch("B1", cast.hongmian)
    make_cadre(make_person("M2", "禾苗"), branch, title="委员")
    members = [member_row(line) for line in range(2, 2 + count)]
    cadres = [cadre_row(line) for line in range(2, 2 + count)]
    new = [org_row(line) for line in range(2, 2 + count)]

    with django_assert_max_num_queries(5):
        assert len(sheets.resolve_members(cast.lin, members, NOW).ready) == count
    with django_assert_max_num_queries(5):
        assert len(sheets.resolve_cadres(cast.lin, cadres, NOW).ready) == count
    with django_assert_max_num_queries(1):
        assert len(sheets.resolve_orgs(cast.lin, new, NOW).ready) == count
