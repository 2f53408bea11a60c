"""What may be done in volunteering, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "volunteering.see"
    REGISTER = "volunteering.register"
    APPROVE_VOLUNTEER = "volunteering.approve_volunteer"
    FOUND_TEAM = "volunteering.found_team"
    APPROVE_TEAM = "volunteering.approve_team"
    PUBLISH = "volunteering.publish"
    CHECK_IN = "volunteering.check_in"
    CORRECT = "volunteering.correct"
    APPROVE_HOURS = "volunteering.approve_hours"
    APPROVE_LONG_HOURS = "volunteering.approve_long_hours"
    UPLOAD = "volunteering.upload"


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# V-31: a day of more than twelve hours is approved at the district, and nowhere below it.
_LOCAL = [act for act in Act if act is not Act.APPROVE_LONG_HOURS]

GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.TEAM_LEADER, Reach.OWN, Act.SEE, Act.PUBLISH, Act.CHECK_IN),
    *_grants(Role.AUDITOR, Reach.BELOW, Act.SEE),
]
