"""The wall: what it shows, to whom, in how many questions to the database."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.analytics import building, catalogue, store
from qinghe.kernel.access import services as access
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.systems.dashboard import queries, rules
from tests import cast

pytestmark = pytest.mark.django_db
HALF = periods.half_year(2022, 1)
BUDGET = 14


def sign_in(client, actor):
    person = Person.objects.get(pk=actor.person_id)
    user = access.open_account(person=person, username=person.number, at=cast.NOW, by=cast.CLERK)
    client.force_login(user)


@pytest.fixture
def everyone() -> cast.Cast:
    """In 横岗 five new organisations a month until May and none in June; in 坂田 one each month."""
    people = cast.make_cast()
    opened = [(people.hongmian, month) for month in range(1, 6) for _ in range(5)]
    opened += [(people.xiangjiaotang, month) for month in range(1, 7)]
    for number, (community, month) in enumerate(opened):
        cast.make_org(
            f"LX-{number}",
            f"样例{number}团支部",
            kind="branch",
            level="unit",
            parent=community,
            opened_on=cast.date(2022, month, 3),
            sector="society",
            new_org_kind="nonpublic_enterprise",
        )
    building.build(
        facts=catalogue.FACTS.values(),
        lineage=orgs.lineage(),
        at=timezone.now(),
        folder=store.folder(),
    )
    return people


def test_the_streets_stand_side_by_side_with_the_figures_of_the_district_above(everyone):
    wall = queries.wall_seen_by(everyone.lin, org=everyone.longgang, period=HALF)

    opened = {row.org.name: row.tiles[1].figure.value for row in wall.rows}
    assert wall.tiles[1].figure.code == "DIR-01"
    assert wall.tiles[1].figure.value == 31
    assert opened == {"坂田街道": 6, "横岗街道": 25}


def test_what_fell_in_the_last_whole_month_turns_red_and_is_listed(everyone):
    wall = queries.wall_seen_by(everyone.lin, org=everyone.longgang, period=HALF)

    assert wall.last_month == periods.month(2022, 6)
    assert [(org.name, tile.figure.code, tile.light, tile.change) for org, tile in wall.turned] == [
        ("横岗街道", "DIR-01", rules.Light.RED, -100)
    ]


def test_the_page_refreshes_its_wall_alone(client, everyone, django_assert_max_num_queries):
    sign_in(client, everyone.lin)
    address = f"{reverse('dashboard:wall')}?org=440307&period=2022H1"

    whole = client.get(address).content.decode()
    with django_assert_max_num_queries(BUDGET):
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 60s"' in whole
    assert "横岗街道" in part
    assert "▼ 100.0%" in part
    assert "<html" not in part


def test_who_may_not_look_at_a_desk_is_refused_the_wall(client, everyone):
    sign_in(client, everyone.he)

    assert client.get(reverse("dashboard:wall")).status_code == 403


def test_a_street_sees_its_own_wall_and_not_its_neighbours(client, everyone):
    sign_in(client, everyone.chen)

    own = client.get(f"{reverse('dashboard:wall')}?period=2022H1")
    other = client.get(f"{reverse('dashboard:wall')}?org=440307013")

    assert "红棉社区" in own.content.decode()
    assert "象角塘社区" not in own.content.decode()
    assert other.status_code == 404
