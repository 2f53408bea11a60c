"""The ledgers of teams' members and of what was earned at trainings."""

from datetime import date

import pytest

from qinghe.edges.books import Book
from qinghe.edges.sheets import services as loading
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.sheets import CREDITS, TEAM_MEMBERS
from qinghe.systems.volunteering.sheets import team_people as of_members
from qinghe.systems.volunteering.sheets import training as of_credits

from .makers import make_volunteer
from .team_makers import make_team
from .test_sheets import NOW, load, problems

pytestmark = pytest.mark.django_db
JOINED = date(2022, 4, 1)


@pytest.fixture
def team(cast):
    return make_team(cast.hongmian, approved_on=date(2022, 2, 1))


@pytest.fixture
def training(cast):
    return models.Training.objects.create(
        title="头雁培训", kind="heads", org=cast.henggang, day=JOINED, quarters=8, entered_at=NOW
    )


def member(line=2, team="TD1", volunteer="ZY1", joined_on=JOINED):
    return of_members.Row(line, team, volunteer, joined_on)


def earned(line=2, title="头雁培训", org="440307017", day=JOINED, volunteer="ZY1"):
    return of_credits.Row(line, title, org, day, volunteer)


def test_members_come_by_the_ledger_and_are_told(cast, ming, hua, team):
    assert load(TEAM_MEMBERS, cast.chen, [member(), member(3, volunteer="ZY2")]) == 2

    assert set(team.members.values_list("state", "joined_on")) == {("member", JOINED)}
    assert set(Notice.objects.values_list("person", flat=True)) == {ming.person_id, hua.person_id}
    entry = Entry.objects.get(verb="volunteering.join_many")
    assert entry.detail["lines"] == [2, 3]


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"team": "TD9"}, "队伍编号"),
        ({"team": "TD2"}, "队伍编号"),  # of another street
        ({"team": "TD3"}, "队伍编号"),  # suspended
        ({"volunteer": "ZY9"}, "志愿者编号"),
        ({"joined_on": date(2030, 1, 1)}, "加入日期"),
        ({"joined_on": date(2022, 1, 1)}, "加入日期"),  # before the team stood
    ],
)
def test_members_refused(cast, ming, team, changed, column):
    make_team(cast.xiangjiaotang, code="TD2")
    make_team(cast.hongmian, code="TD3", suspended_on=date(2022, 3, 1))

    assert [found[:2] for found in problems(TEAM_MEMBERS, cast.chen, [member(**changed)])] == [
        (2, column)
    ]


def test_a_member_comes_once(cast, ming, team):
    twice = problems(TEAM_MEMBERS, cast.chen, [member(), member(3)])
    load(TEAM_MEMBERS, cast.chen, [member()])
    again = problems(TEAM_MEMBERS, cast.chen, [member()])

    assert [line for line, *_ in twice] == [2, 3]
    assert "已在这支队伍" in again[0][2]


def test_credits_come_by_the_ledger(cast, ming, hua, training):
    assert load(CREDITS, cast.chen, [earned(), earned(3, volunteer="ZY2")]) == 2

    assert set(training.credits.values_list("quarters", flat=True)) == {8}
    assert "已登记过" in problems(CREDITS, cast.chen, [earned()])[0][2]


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"title": "别的培训"}, "培训名称"),
        ({"day": date(2022, 4, 2)}, "培训名称"),
        ({"org": "440307013"}, "培训名称"),  # of another street
        ({"volunteer": "ZY9"}, "志愿者编号"),
    ],
)
def test_credits_refused(cast, ming, training, changed, column):
    models.Training.objects.create(
        title="头雁培训", kind="heads", org=cast.bantian, day=JOINED, quarters=8, entered_at=NOW
    )

    assert [found[:2] for found in problems(CREDITS, cast.chen, [earned(**changed)])] == [
        (2, column)
    ]


def test_which_of_two_trainings_is_asked(cast, ming, training):
    training.pk = None
    training.save()

    assert "分不清" in problems(CREDITS, cast.chen, [earned()])[0][2]


def test_the_whole_file_is_checked_in_few_questions(cast, team, django_assert_max_num_queries):
    for number in range(1, 31):
        person = models.Volunteer._meta.get_field("person").related_model.objects.create(
            number=f"PX{number}", name="队员"
        )
        make_volunteer(f"ZX{number}", person=person, org=cast.hongmian)
    rows = [member(line, volunteer=f"ZX{line - 1}") for line in range(2, 32)]

    with django_assert_max_num_queries(6):
        assert problems(TEAM_MEMBERS, cast.chen, rows) == []


def test_the_same_file_is_loaded_once(cast, ming, team, tmp_path):
    path = tmp_path / "members.xlsx"
    with Book(path, created=NOW) as book:
        heading = [column.label for column in TEAM_MEMBERS.columns]
        book.rows(book.page("台账", heading), [("TD1", "ZY1", "2022-04-01")])

    loading.load_file(sheet=TEAM_MEMBERS, path=path, by=cast.chen, at=NOW)

    with pytest.raises(Refused) as refusal:
        loading.load_file(sheet=TEAM_MEMBERS, path=path, by=cast.chen, at=NOW)
    assert refusal.value.code == "already_loaded"
    assert models.TeamMember.objects.count() == 1
