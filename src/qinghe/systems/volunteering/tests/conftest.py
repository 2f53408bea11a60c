from datetime import date

import pytest

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Grant, Reach, Role
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.access import Act
from tests.cast import NOW, TODAY, make_cast, with_role
from tests.kept import kept

from .makers import make_session, make_volunteer
from .team_makers import make_crowd
from .ward_makers import bring


@kept
def cast():
    return make_cast()


@pytest.fixture
def ming(cast):
    return make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)


@pytest.fixture
def hua(cast):
    person = Person.objects.create(number="P008", name="华小稻")
    return make_volunteer("ZY2", person=person, org=cast.xiangjiaotang)


@pytest.fixture
def session(cast):
    return make_session("CC1", org=cast.hongmian)


@pytest.fixture
def reader(cast, monkeypatch):
    """Somebody who sees the whole district and may do nothing: no post is like that today."""
    seeing = Grant(Role.INSPECTOR, Act.SEE, Reach.BELOW)
    monkeypatch.setattr(actors, "GRANTS", [*actors.GRANTS, seeing])
    return with_role("P090", "览青", role=Role.INSPECTOR, org=cast.longgang)


@pytest.fixture
def crowd(cast):
    """Five volunteers of 红棉: enough to found a team."""
    return make_crowd(cast.hongmian)


@pytest.fixture
def secretary(cast):
    """The secretary of 红棉 community, who founds and does not review."""
    return with_role("P077", "苏社", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian)


@pytest.fixture
def told(db):
    """Notices in force, and somebody in charge of children's data (S-04)."""
    consents.enter_missing(at=NOW, by="the tests")
    last = consent.current_notice("child", on=TODAY)
    consents.publish_notice(
        new=consents.NewNotice("child", last.title, last.text, TODAY, responsible="林青"),
        at=NOW,
        by="the tests",
    )


@pytest.fixture
def mother(cast):
    person = Person.objects.create(number="M1", name="红大米", birth_date=date(1985, 1, 1))
    return make_volunteer("ZYM", person=person, org=cast.hongmian)


@pytest.fixture
def as_mother(mother):
    return Actor(mother.person_id, mother.person.name)


@pytest.fixture
def child(cast, told, mother, as_mother):
    """A child who was brought and approved."""
    made = bring(as_mother)
    return services.approve_volunteer(volunteer=made, at=NOW, by=cast.chen)
