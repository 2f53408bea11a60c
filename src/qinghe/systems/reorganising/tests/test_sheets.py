"""Steps from a workbook: every wrong cell is named, nothing half is written."""

from qinghe.systems.reorganising import sheets
from qinghe.systems.reorganising.sheets import Row

from .makers import IN_JUNE, drafted

EMPTY = dict.fromkeys(Row._fields)


def row(line, plan, kind, code, to_code=None, **more):
    told = {"line": line, "plan": plan.pk, "kind": kind, "code": code, "to_code": to_code}
    return Row(**{**EMPTY, **told, **more})


def resolve(ground, *rows, by=None):
    return sheets.resolve(by or ground.cast.lin, rows, IN_JUNE)


def new(line, plan, code):
    return row(line, plan, "open", code, "HG-0", name="新团支部", org_kind="branch", level="unit")


def test_a_branch_is_split_and_merged_by_a_file(ground):
    plan = drafted(ground)
    found = resolve(
        ground,
        new(2, plan, "HG-5"),
        row(3, plan, "members", "hg-1", "HG-5", number="M001"),
        row(4, plan, "members", "HG-1", "HG-5", number="M002"),
        row(5, plan, "merge", "HG-2", "HG-5", posts="continue"),
    )

    assert not found.problems
    written = sheets.STEPS.write(ready=found.ready, at=IN_JUNE, by=ground.cast.lin, source={})

    assert written == 4
    steps = list(plan.steps.all())
    assert [(one.kind, one.code, one.to_code) for one in steps] == [
        ("open", "HG-5", "HG-0"),
        ("members", "HG-1", "HG-5"),
        ("merge", "HG-2", "HG-5"),
    ]
    assert steps[1].members.count() == 2


def test_each_wrong_line_says_which_column_and_why(ground):
    plan = drafted(ground)
    sent = drafted(ground)
    sent.state = "withdrawn"
    sent.answer = "不办了"
    sent.save()
    found = resolve(
        ground,
        row(2, sent, "close", "HG-1"),
        row(3, plan, "close", "NOWHERE"),
        row(4, plan, "merge", "HG-1"),
        row(5, plan, "merge", "HG-1", "NOWHERE"),
        row(6, plan, "open", "HG-8", "HG-0", name="没有类型"),
        row(7, plan, "members", "HG-1", "HG-2", number="M004"),
        row(8, plan, "close", "440307"),
        new(9, plan, "HG-1"),
    )

    assert [(one.line, one.column) for one in found.problems] == [
        (2, "方案编号"),
        (3, "组织代码"),
        (4, "上级或接收组织代码"),
        (5, "上级或接收组织代码"),
        (6, "组织名称"),
        (7, "人员编号"),
        (8, "组织代码"),
        (9, "组织代码"),
    ]
    assert not found.ready


def test_a_street_adds_nothing_to_the_districts_draft(ground):
    plan = drafted(ground)

    found = resolve(ground, row(2, plan, "close", "HG-1"), by=ground.cast.chen)

    assert [one.column for one in found.problems] == ["方案编号"]
