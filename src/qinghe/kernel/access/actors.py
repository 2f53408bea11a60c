"""Who acts, what they may do, and how far down the tree it reaches."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused


class Role(StrEnum):
    """Posts that carry rights. The value is stored: never rename one, only retire it."""

    DISTRICT_OFFICER = "district_officer"
    STREET_SECRETARY = "street_secretary"
    COMMUNITY_SECRETARY = "community_secretary"
    BRANCH_SECRETARY = "branch_secretary"
    TEAM_LEADER = "team_leader"
    VOLUNTEER = "volunteer"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """Return the role's name as the League says it."""
        return LABELS[self]


LABELS = {
    Role.DISTRICT_OFFICER: "团区委干部",
    Role.STREET_SECRETARY: "街道团工委书记",
    Role.COMMUNITY_SECRETARY: "社区团组织书记",
    Role.BRANCH_SECRETARY: "团支部书记",
    Role.TEAM_LEADER: "志愿队伍负责人",
    Role.VOLUNTEER: "志愿者",
    Role.AUDITOR: "审计员",
}


class Reach(StrEnum):
    OWN = "own"
    BELOW = "below"


@dataclass(frozen=True)
class Grant:
    """A role may do an act, at its own organisation or also below it."""

    role: Role
    act: str
    reach: Reach


@dataclass(frozen=True)
class Held:
    """A role held today at the organisation with this path."""

    role: Role
    org_path: str


@dataclass(frozen=True)
class Actor:
    """Somebody with the roles they hold today. A plain value: jobs and tests build one."""

    person_id: int
    name: str = ""
    holdings: tuple[Held, ...] = ()

    def __str__(self) -> str:
        return f"{self.name or '未具名'}（{self.person_id}）"


GRANTS: list[Grant] = []


def orgs_where(actor: Actor, act: str) -> QuerySet[Org]:
    """Return the orgs in which the actor may do `act`: the one source for lists and checks."""
    reachable = Q(pk__in=[])
    for path, reach in _reaches(actor, act):
        reachable |= Q(path__startswith=path) if reach is Reach.BELOW else Q(path=path)
    return Org.objects.filter(reachable)


def may(actor: Actor, act: str, *, at: Org) -> bool:
    """Test if the actor may do `act` at this organisation, by its place in today's tree."""
    return any(
        at.path.startswith(path) if reach is Reach.BELOW else at.path == path
        for path, reach in _reaches(actor, act)
    )


def may_anywhere(actor: Actor, act: str) -> bool:
    """Test if there is any organisation at which the actor may do `act`."""
    return bool(_reaches(actor, act))


def require(actor: Actor, act: str, *, at: Org) -> None:
    """Refuse what the actor may not do at this organisation. Raises Refused: not_allowed."""
    if not may(actor, act, at=at):
        raise Refused("not_allowed", f"您没有在{at}办理此事的权限，没有任何改动。")


def _reaches(actor: Actor, act: str) -> list[tuple[str, Reach]]:
    return [
        (held.org_path, grant.reach)
        for held in actor.holdings
        for grant in GRANTS
        if (grant.role, grant.act) == (held.role, act)
    ]
