"""Who may do what in the directory: the whole table."""

import pytest

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.systems.directory.access import Act

NOTHING = set()
KEEPING = {Act.SEE, Act.KEEP_ROLL, Act.APPOINT}
CHANGING = KEEPING | {Act.OPEN_ORG, Act.CHANGE_ORG, Act.APPROVE_CHILD_ACCESS}

# What a holder at the street may do: at the street itself, below it, and in the street beside it.
TABLE = {
    Role.DISTRICT_OFFICER: (set(Act), set(Act)),
    Role.STREET_SECRETARY: (CHANGING, CHANGING),
    Role.COMMUNITY_SECRETARY: (KEEPING, KEEPING),
    Role.SCHOOL_SECRETARY: (KEEPING, KEEPING),
    Role.ENTERPRISE_SECRETARY: (KEEPING, KEEPING),
    Role.BRANCH_SECRETARY: ({Act.SEE, Act.KEEP_ROLL}, NOTHING),
    Role.TEAM_LEADER: (NOTHING, NOTHING),
    Role.VOLUNTEER: (NOTHING, NOTHING),
    **dict.fromkeys(
        (
            Role.HOTLINE_AGENT,
            Role.COUNSELLOR,
            Role.SUPERVISOR,
            Role.INSPECTOR,
            Role.JUDGE,
            Role.EMPLOYER,
            Role.MENTOR,
            Role.SYSADMIN,
            Role.SECADMIN,
            Role.AUDITOR,
        ),
        (NOTHING, NOTHING),
    ),
}


def test_every_role_has_a_line_in_the_table():
    assert set(TABLE) == set(Role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_the_table_holds(cast, role, act):
    own, below = TABLE[role]
    holder = Actor(person_id=1, name="某人", holdings=(Held(role, cast.henggang.path),))

    assert actors.may(holder, act, at=cast.henggang) is (act in own)
    assert actors.may(holder, act, at=cast.hongmian) is (act in below)
    assert not actors.may(holder, act, at=cast.bantian)
    assert not actors.may(holder, act, at=cast.longgang)
