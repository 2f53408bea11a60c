"""Who may do what."""

import pytest

from qinghe.kernel.access.actors import Role
from qinghe.systems.appraisals.access import GRANTS, Act

COMMITTEE = {Act.SEE, Act.KEEP, Act.APPROVE, Act.LOWER_CAP}


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (Role.DISTRICT_OFFICER, set(Act)),
        (Role.STREET_SECRETARY, COMMITTEE),
        (Role.COMMUNITY_SECRETARY, COMMITTEE),
        (Role.SCHOOL_SECRETARY, COMMITTEE),
        (Role.ENTERPRISE_SECRETARY, COMMITTEE),
        (Role.BRANCH_SECRETARY, {Act.SEE, Act.KEEP}),
        (Role.AUDITOR, set()),
        (Role.TEAM_LEADER, set()),
        (Role.VOLUNTEER, set()),
        (Role.SYSADMIN, set()),
    ],
)
def test_acts_of_each_role(role, acts):
    assert {grant.act for grant in GRANTS if grant.role == role} == acts
