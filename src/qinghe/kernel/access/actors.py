"""Who acts, what they may do, and how far down the tree it reaches."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused


class Role(StrEnum):
    """Posts that carry rights. The value is stored: never rename one, only retire it."""

    DISTRICT_OFFICER = "district_officer"
    STREET_SECRETARY = "street_secretary"
    COMMUNITY_SECRETARY = "community_secretary"
    SCHOOL_SECRETARY = "school_secretary"
    ENTERPRISE_SECRETARY = "enterprise_secretary"
    BRANCH_SECRETARY = "branch_secretary"
    TEAM_LEADER = "team_leader"
    VOLUNTEER = "volunteer"
    HOTLINE_AGENT = "hotline_agent"
    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    JUDGE = "judge"
    EMPLOYER = "employer"
    MENTOR = "mentor"
    SYSADMIN = "sysadmin"
    SECADMIN = "secadmin"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """Return the role's name as the League says it."""
        return LABELS[self]


LABELS = {
    Role.DISTRICT_OFFICER: "团区委干部",
    Role.STREET_SECRETARY: "街道团工委书记",
    Role.COMMUNITY_SECRETARY: "社区团组织书记",
    Role.SCHOOL_SECRETARY: "学校团组织书记",
    Role.ENTERPRISE_SECRETARY: "企业团组织书记",
    Role.BRANCH_SECRETARY: "团支部书记",
    Role.TEAM_LEADER: "志愿队伍负责人",
    Role.VOLUNTEER: "志愿者",
    Role.HOTLINE_AGENT: "热线接线员",
    Role.COUNSELLOR: "心理咨询师",
    Role.SUPERVISOR: "督导员",
    Role.INSPECTOR: "巡查员",
    Role.JUDGE: "评审",
    Role.EMPLOYER: "用人单位联系人",
    Role.MENTOR: "导师",
    Role.SYSADMIN: "系统管理员",
    Role.SECADMIN: "安全管理员",
    Role.AUDITOR: "审计员",
}
# S-49, S-50: one account holds at most one of these, and no other role beside it.
ADMINISTRATORS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})
# Whoever holds one of these signs in with a second factor (S-33).
STAFF = frozenset(
    {
        Role.DISTRICT_OFFICER,
        Role.STREET_SECRETARY,
        Role.HOTLINE_AGENT,
        Role.COUNSELLOR,
        Role.SUPERVISOR,
        Role.INSPECTOR,
        *ADMINISTRATORS,
    }
)


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
    """A role held today at the organisation with this path; `lent` for a support session only."""

    role: Role
    org_path: str
    lent: bool = False

    def __post_init__(self) -> None:
        if not (self.org_path.startswith("/") and self.org_path.endswith("/")):
            raise ValueError("a path ends with its separator, or 440307 would reach 4403071")


@dataclass(frozen=True)
class Actor:
    """Somebody with the roles they hold today. A plain value: jobs and tests build one.

    `via` names the support session whose lent role is among them, or the token they act by;
    whatever they do is signed so. `scopes`, if any, are acts, or what several acts begin with, to
    which a token keeps its holder.
    """

    person_id: int
    name: str = ""
    holdings: tuple[Held, ...] = ()
    via: str = ""
    scopes: tuple[str, ...] | None = None

    def __str__(self) -> str:
        through = f"经{self.via}" if self.via else ""
        return f"{self.name[:LONGEST_NAME] or '未具名'}（{self.person_id}）{through}"


LONGEST_NAME = 40  # so that a signature fits the trail
# What a support session never lends, whatever the role: S-04, S-05, S-37, and giving rights (S-50).
NEVER_LENT = frozenset(
    {"data.see_sensitive", "data.see_child", "data.see_counselling", "authority.appoint"}
)
GRANTS: list[Grant] = []


class _Index:
    """The grants by role and act, made anew whenever the list of grants is another."""

    def __init__(self) -> None:
        self._seen: list[Grant] = []
        self._by_right: dict[tuple[str, str], list[Reach]] = {}
        self._below: set[str] = set()

    def reaches(self, role: str, act: str) -> list[Reach]:
        """Return how far a role's grants of an act reach."""
        self._follow()
        return self._by_right.get((role, act), [])

    def reaches_below(self, role: str) -> bool:
        """Test if any grant of a role reaches below its organisation."""
        self._follow()
        return role in self._below

    def _follow(self) -> None:
        if self._seen == GRANTS:
            return
        by_right: dict[tuple[str, str], list[Reach]] = {}
        for grant in GRANTS:
            by_right.setdefault((grant.role, grant.act), []).append(grant.reach)
        self._seen, self._by_right = list(GRANTS), by_right
        self._below = {grant.role for grant in GRANTS if grant.reach is Reach.BELOW}


_index = _Index()


def orgs_where(actor: Actor, act: str) -> QuerySet[Org]:
    """Return the orgs in which the actor may do `act`: the one source for lists and checks."""
    return Org.objects.filter(within_reach(actor, act, path="path"))


def reached(actor: Actor, act: str, *, under: str) -> QuerySet[Org]:
    """Return the orgs in which the actor may do `act`, at an outer query's path or below it.

    `Exists` of it tells what an organisation opens to all below it.
    """
    mine = orgs_where(actor, act)
    return mine.annotate(begins=StrIndex(F("path"), OuterRef(under))).filter(begins=Value(1))


def reaches_below(role: Role) -> bool:
    """Test if any act of a role reaches below the organisation where it is held."""
    return _index.reaches_below(role)


def within_reach(actor: Actor, act: str, *, path: str = "org__path") -> Q:
    """Return the same as a condition on the organisation that each row joins.

    A long list in an order of its own is then read in that order, by its index, page by page. With
    `org__in` SQLite goes by organisation and sorts all rows for the first twenty.
    """
    reachable = Q(pk__in=[])
    for place, reach in _reaches(actor, act):
        reachable |= Q(**{f"{path}__startswith" if reach is Reach.BELOW else path: place})
    return reachable


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
    if not _in_scope(actor, act):
        return []
    return [
        (held.org_path, reach)
        for held in actor.holdings
        if not (held.lent and act in NEVER_LENT)
        for reach in _index.reaches(held.role, act)
    ]


def _in_scope(actor: Actor, act: str) -> bool:
    if actor.scopes is None:
        return True
    return any(act == scope or act.startswith(f"{scope}.") for scope in actor.scopes)
