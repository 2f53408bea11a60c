"""Whose a line is, what it says otherwise, and what may become of a difference."""

from datetime import date
from itertools import product

import pytest

from qinghe.lib.verdicts import Refused, check_move
from qinghe.systems.reconciling import rules
from qinghe.systems.reconciling.rules import Answer, Kind, OnRoll, Place, Recurs, State, Told

A, B, C = 1, 2, 3  # members
FIRST, SECOND, TOP = 11, 12, 10  # two branches and what stands above them
BORN, JOINED = date(2004, 5, 4), date(2019, 5, 4)
SHOWN = "4403**********1238"
ROLL = [
    OnRoll(A, FIRST, "柯小舟", "male", BORN, "201944000001", JOINED),
    OnRoll(B, SECOND, "柯小舟", "female", date(2005, 1, 1)),
    OnRoll(C, FIRST, "欧阳禾"),
]


def match(*told, agrees=None, remembered=None, taken=()):
    return rules.match_all(
        told,
        roll=rules.Roll(ROLL),
        agrees=agrees or {},
        remembered=remembered or {},
        taken=taken,
    )


def told(name="柯小舟", line=2, **said):
    return Told(line, name, **said)


@pytest.mark.parametrize(
    ("line", "agrees", "person", "how"),
    [
        (told(number="201944000001"), {}, A, "number"),
        (told("柯小洲", number="201944000001"), {}, A, "number"),  # a name may be written otherwise
        (told(number="201944000001", birth=date(2000, 1, 1)), {}, A, "number"),
        (told("某某", shown=SHOWN, is_whole=True, holder=B), {(B, SHOWN): True}, B, "id_number"),
        (told(shown=SHOWN), {(A, SHOWN): True, (B, SHOWN): False}, A, "shown_id"),
        (told(shown=SHOWN, birth=BORN), {(A, SHOWN): True}, A, "shown_id"),
        (told(org=SECOND), {}, B, "branch"),
        (told(" 柯 小 舟 ", org=FIRST), {}, A, "branch"),
        (told("欧阳禾", org=FIRST), {}, C, "branch"),
        (told("欧阳禾", org=SECOND), {}, None, ""),  # of that name, but of another branch
        (told(org=FIRST, number="201944000009"), {}, None, ""),  # another number contradicts
        (told(shown=SHOWN), {}, None, ""),  # nothing on the books to compare with
        (told(shown="44****************"), {(A, "44****************"): True}, None, ""),
        (told("柯小洲", number="201944000001", birth=date(2000, 1, 1)), {}, None, ""),
        (told("无此人", org=FIRST), {}, None, ""),
    ],
)  # fmt: skip
def test_a_line_is_somebodys_by_the_first_that_names_one(line, agrees, person, how):
    (found,) = match(line, agrees=agrees)
    assert (found.person, found.how) == (person, how)


def test_who_contradicts_what_is_shown_is_no_candidate():
    (several,) = match(told(birth=None))
    assert several.candidates == (A, B)
    assert several.is_unsure
    (left,) = match(told(birth=BORN))
    assert left.candidates == (A,)
    (nobody,) = match(told(birth=date(1999, 9, 9)))
    assert nobody.candidates == ()
    assert not nobody.is_unsure


def test_a_member_is_one_lines_and_the_better_ground_has_them():
    by_branch, by_number = match(told(org=FIRST), told(line=3, number="201944000001"))
    assert by_branch.person is None
    assert "第3行" in by_branch.words
    assert by_number.person == A

    (late,) = match(told(number="201944000001"), taken={A})
    assert late.is_unsure


def test_a_persons_earlier_choice_is_remembered():
    line = told()
    (found,) = match(line, remembered={line.identity: B})
    assert (found.person, found.how) == (B, "hand")


def test_only_what_the_export_says_is_compared():
    same = rules.changes(ROLL[0], told(), same_id=None, names={})
    assert same == []

    other = told(
        "柯小洲", sex="female", birth=date(2004, 5, 5), joined_on=date(2019, 6, 1),
        number="201944000002", org=SECOND, standing="已转出", shown=SHOWN,
    )  # fmt: skip
    found = rules.changes(ROLL[0], other, same_id=False, names={FIRST: "一班", SECOND: "二班"})

    assert [(one.field, one.ours, one.theirs) for one in found] == [
        ("name", "柯小舟", "柯小洲"),
        ("id_number", "与登记的不一致", SHOWN),
        ("sex", "男", "女"),
        ("number", "201944000001", "201944000002"),
        ("birth", "2004-05-04", "2004-05-05"),
        ("joined_on", "2019-05-04", "2019-06-01"),
        ("branch", "一班", "二班"),
        ("standing", "在册", "已转出"),
    ]
    (empty,) = rules.changes(ROLL[2], told("欧阳禾", joined_on=JOINED), same_id=None, names={})
    assert (empty.ours, empty.theirs) == ("（空）", "2019-05-04")


@pytest.mark.parametrize(
    ("line", "outcome", "org"),
    [
        (told(number="201944000001", joined_on=JOINED), "agreed", FIRST),
        (told(number="201944000001", sex="female"), "changed", FIRST),
        (told("无此人", org=SECOND), "missing", SECOND),
        (told("无此人"), "missing", TOP),
        (told("无此人", org=SECOND, standing="已转出"), "agreed", SECOND),
        (told(), "unsure", TOP),
        (told(birth=BORN), "unsure", FIRST),  # the one candidate's branch
        (told(""), "unsure", TOP),
    ],
)
def test_what_comes_of_a_line_belongs_to_a_branch(line, outcome, org):
    roll = rules.Roll(ROLL)
    (found,) = match(line)
    ground = rules.Ground(roll, {}, {}, TOP)
    judged = rules.judge(line, found, ground=ground, repeat=0)
    assert (judged.outcome, judged.org) == (outcome, org)
    assert bool(judged.differences) is (outcome != "agreed")


def test_lines_that_say_the_same_have_keys_of_their_own():
    twice = [told("无此人"), told("无此人", line=3)]
    assert rules.repeats(twice) == [0, 1]
    ground = rules.Ground(rules.Roll(ROLL), {}, {}, TOP)
    keys = {
        rules.judge(line, rules.Match(), ground=ground, repeat=count).differences[0].key
        for line, count in zip(twice, rules.repeats(twice), strict=True)
    }
    assert len(keys) == 2


def test_a_branch_is_named_by_code_by_name_or_by_the_name_above_it_too():
    known = rules.spellings([
        Place(FIRST, "HGZX-01", "高一（1）团支部", "横岗中学"),
        Place(SECOND, "PHZX-01", "高一（1）团支部", "平湖中学"),
        Place(TOP, "HGZX", "横岗中学"),
    ])  # fmt: skip
    assert rules.branch_told("hgzx-01", "", known=known) == FIRST
    assert rules.branch_told("", "横岗中学高一(1)团支部", known=known) == FIRST
    assert rules.branch_told("", "高一（1）团支部", known=known) is None  # of two schools
    assert rules.branch_told("X", "横岗中学", known=known) == TOP


@pytest.mark.parametrize(
    ("field", "answer", "ours", "corrected"),
    [
        ("joined_on", Answer.THEIRS, "2019-05-04", "joined_on"),
        ("number", Answer.THEIRS, rules.NOTHING, "number"),
        ("number", Answer.THEIRS, "201944000001", ""),  # T-27
        ("joined_on", Answer.OURS, "2019-05-04", ""),
        ("name", Answer.THEIRS, "柯小舟", ""),  # §1.9
        ("id_number", Answer.THEIRS, "", ""),
        ("birth", Answer.THEIRS, "2004-05-04", ""),
    ],
)
def test_only_the_day_of_joining_and_a_lacking_number_are_corrected(field, answer, ours, corrected):
    found = rules.correction(kind=Kind.CHANGED, field=field, answer=answer, ours=ours)
    assert found == corrected


def test_something_always_follows_from_an_answer():
    for kind, answer, field in product(Kind, Answer, rules.Field):
        told_field = field if kind == Kind.CHANGED else ""
        said = rules.what_follows(kind=kind, field=told_field, answer=answer, ours="")
        assert said.endswith("。")


@pytest.mark.parametrize(
    ("state", "answer", "is_corrected", "recurs"),
    [
        (State.SETTLED, "", False, Recurs.BACK),
        (State.CONFIRMED, Answer.MENDED, False, Recurs.BACK),
        (State.CONFIRMED, Answer.THEIRS, True, Recurs.BACK),
        (State.CONFIRMED, Answer.OURS, False, Recurs.AGAIN),
        (State.OPEN, "", False, Recurs.AGAIN),
    ],
)
def test_what_was_put_right_and_is_there_again_came_back(state, answer, is_corrected, recurs):
    assert rules.recurrence(state=state, answer=answer, is_corrected=is_corrected) == recurs


def test_what_is_over_does_not_move():
    for now in (State.SETTLED, State.CARRIED):
        for to in State:
            with pytest.raises(Refused):
                check_move(rules.DIFFERENCE_MOVES, now=now, to=to, what="差异")


@pytest.mark.parametrize(
    ("columns", "is_fine"),
    [({"name": "A", "number": "B"}, True), ({"name": "A", "branch": "B"}, True), ({"name": "A"}, False), ({"number": "B"}, False)],
)  # fmt: skip
def test_a_mapping_names_somebody_surely(columns, is_fine):
    if is_fine:
        rules.check_columns(columns)
    else:
        with pytest.raises(Refused):
            rules.check_columns(columns)
