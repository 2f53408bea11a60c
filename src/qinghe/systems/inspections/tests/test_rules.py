"""Scores, what lacks, days: values in, verdicts out."""

from datetime import date

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import rules
from qinghe.systems.inspections.rules import ItemText, Marked, Photo, Verdict

P, F, N = Verdict.PASS, Verdict.FAIL, Verdict.NOT_HERE


def marked(verdict, *, weight=30, veto=False, photo=Photo.NEVER, note="倒伏", photos=0):
    return Marked("有标识", weight, veto, photo, verdict, note, photos)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([marked(P, weight=40), marked(P), marked(P)], (100, 100, True)),
        ([marked(P, weight=40), marked(P), marked(F)], (70, 100, False)),
        ([marked(P, weight=80), marked(F, weight=20)], (80, 100, True)),  # just enough
        ([marked(P, weight=79), marked(F, weight=21)], (79, 100, False)),
        ([marked(P, weight=90), marked(F, weight=10, veto=True)], (90, 100, False)),
        (
            [marked(P, weight=40), marked(N, weight=60)],
            (40, 40, True),
        ),  # what is not here counts not
        ([marked(P, weight=4), marked(F, weight=1), marked(N, veto=True)], (4, 5, True)),
    ],
)
def test_a_score_adds_weights_and_a_veto_alone_fails(given, expected):
    score = rules.score_of(given, pass_mark=80)

    assert (score.scored, score.full, score.passed) == expected


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([marked(P), marked("")], "unanswered"),
        ([marked(F, note=" ")], "note_needed"),
        ([marked(F, photo=Photo.IF_FAILED)], "photo_needed"),
        ([marked(P, photo=Photo.ALWAYS)], "photo_needed"),
        ([marked(N, photo=Photo.ALWAYS)], "nothing_applies"),
    ],
)
def test_a_visit_that_lacks_something_is_not_handed_in(given, code):
    with pytest.raises(Refused) as refused:
        rules.check_answered(given)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "given",
    [
        marked(P, photo=Photo.IF_FAILED),
        marked(P, photo=Photo.ALWAYS, photos=1),
        marked(F, photo=Photo.IF_FAILED, photos=2),
    ],
)
def test_a_visit_that_lacks_nothing_is_handed_in(given):
    rules.check_answered([given])


def item(text="有标识", *, weight=30, days=5):
    return ItemText(text, weight, veto=True, photo=Photo.NEVER, days=days)


@pytest.mark.parametrize(
    ("items", "mark", "code"),
    [
        ([], 80, "no_items"),
        ([item(str(n)) for n in range(21)], 80, "too_many_items"),
        ([item(), item(" 有标识 ")], 80, "item_twice"),
        ([item(weight=0)], 80, "weight_unclear"),
        ([item(days=61)], 80, "days_unclear"),
        ([item()], 0, "mark_unclear"),
        ([item()], 101, "mark_unclear"),
    ],
)
def test_a_checklist_that_cannot_be_gone_through_is_refused(items, mark, code):
    with pytest.raises(Refused) as refused:
        rules.check_checklist(items=items, pass_mark=mark)

    assert refused.value.code == code


def test_days_to_put_right_are_working_days():
    friday, before_may = date(2022, 6, 17), date(2022, 4, 29)

    assert rules.due_on(day=friday, days=1) == date(2022, 6, 20)
    assert rules.due_on(day=before_may, days=1) == date(2022, 5, 5)  # past the holidays


def test_after_a_return_there_are_three_working_days_at_least():
    today = date(2022, 6, 15)  # a Wednesday

    assert rules.due_after_return(due=date(2022, 6, 10), today=today) == date(2022, 6, 20)
    assert rules.due_after_return(due=date(2022, 6, 30), today=today) == date(2022, 6, 30)


OPENED, CLOSED = date(2022, 3, 1), date(2022, 6, 1)


@pytest.mark.parametrize("day", [date(2022, 2, 28), CLOSED])
def test_a_point_is_not_inspected_while_there_is_none(day):
    with pytest.raises(Refused) as refused:
        rules.check_open(opened_on=OPENED, closed_on=CLOSED, day=day)

    assert refused.value.code == "point_closed"


@pytest.mark.parametrize("day", [OPENED, date(2022, 5, 31)])
def test_a_point_is_inspected_while_it_is_open(day):
    rules.check_open(opened_on=OPENED, closed_on=CLOSED, day=day)


def test_tags_are_written_one_way():
    assert rules.tags_of(" 点位,培训，点位 礼仪 ") == "点位、培训、礼仪"
    assert rules.tags_of("") == ""
