"""Who may be given which role, where, and by whom. Values in, verdicts out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qinghe.kernel.orgs.kinds import BRANCHES, COMMITTEES, Level, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

from .actors import ADMINISTRATORS, Actor, Held, Role

INVITATION_LASTS = timedelta(days=7)
SUPPORT_LASTS = timedelta(hours=2)

_SECRETARIES_BELOW_A_STREET = frozenset(
    {Role.COMMUNITY_SECRETARY, Role.SCHOOL_SECRETARY, Role.ENTERPRISE_SECRETARY}
)
_GRASS_ROOTS = frozenset({Role.BRANCH_SECRETARY, Role.TEAM_LEADER, Role.VOLUNTEER})
_SPECIALISTS = frozenset(
    {
        Role.HOTLINE_AGENT,
        Role.COUNSELLOR,
        Role.SUPERVISOR,
        Role.INSPECTOR,
        Role.JUDGE,
        Role.EMPLOYER,
        Role.MENTOR,
    }
)
# Who gives which roles, at their own organisation and below it. The first system administrator and
# the first security administrator are made on the machine itself and nowhere else (S-49).
APPOINTS: dict[Role, frozenset[Role]] = {
    Role.DISTRICT_OFFICER: frozenset(
        {Role.STREET_SECRETARY, *_SECRETARIES_BELOW_A_STREET, *_SPECIALISTS}
    ),
    Role.STREET_SECRETARY: _SECRETARIES_BELOW_A_STREET | _GRASS_ROOTS,
    Role.COMMUNITY_SECRETARY: _GRASS_ROOTS,
    Role.SCHOOL_SECRETARY: _GRASS_ROOTS,
    Role.ENTERPRISE_SECRETARY: _GRASS_ROOTS,
    Role.SECADMIN: frozenset(Role) - {Role.SYSADMIN, Role.SECADMIN},
}
# What a support session may lend: no administrator's role, and none that hears the troubled.
LENDABLE = frozenset(Role) - ADMINISTRATORS - {Role.HOTLINE_AGENT, Role.COUNSELLOR}


@dataclass(frozen=True)
class Seat:
    """The organisations at which a role can be held; an empty set means any."""

    levels: frozenset[Level] = frozenset()
    kinds: frozenset[OrgKind] = frozenset()
    sectors: frozenset[str] = frozenset()
    words: str = ""


_LEAGUE = COMMITTEES | BRANCHES | {OrgKind.GENERAL_BRANCH}
_DISTRICT = Seat(levels=frozenset({Level.DISTRICT}), words="区一级组织")
_WHOLE_DISTRICT = Seat(kinds=frozenset({OrgKind.DISTRICT}), words="区")
_OFFICES = Seat(levels=frozenset({Level.DISTRICT, Level.STREET}), words="区、街道一级组织")
_ANYWHERE = Seat(words="任何组织")
SEATS: dict[Role, Seat] = {
    Role.DISTRICT_OFFICER: _DISTRICT,
    Role.STREET_SECRETARY: Seat(levels=frozenset({Level.STREET}), words="街道一级组织"),
    Role.COMMUNITY_SECRETARY: Seat(levels=frozenset({Level.COMMUNITY}), words="社区一级组织"),
    Role.SCHOOL_SECRETARY: Seat(
        kinds=_LEAGUE, sectors=frozenset({Sector.SCHOOL}), words="学校领域的团组织"
    ),
    Role.ENTERPRISE_SECRETARY: Seat(
        kinds=_LEAGUE, sectors=frozenset({Sector.SOCIETY}), words="社会领域的团组织"
    ),
    Role.BRANCH_SECRETARY: Seat(kinds=BRANCHES | {OrgKind.GENERAL_BRANCH}, words="团支部、团总支"),
    Role.HOTLINE_AGENT: _OFFICES,
    Role.COUNSELLOR: _OFFICES,
    Role.SUPERVISOR: _OFFICES,
    Role.INSPECTOR: _OFFICES,
    Role.JUDGE: _OFFICES,
    Role.TEAM_LEADER: _ANYWHERE,
    Role.VOLUNTEER: _ANYWHERE,
    Role.EMPLOYER: _ANYWHERE,
    Role.MENTOR: _ANYWHERE,
    Role.SYSADMIN: _WHOLE_DISTRICT,
    Role.SECADMIN: _WHOLE_DISTRICT,
    Role.AUDITOR: _WHOLE_DISTRICT,
}


def fits(*, role: Role, org: Org) -> bool:
    """Test if a role can be held at an organisation of this kind, level and sector."""
    seat = SEATS[role]
    return (
        (not seat.levels or org.level in seat.levels)
        and (not seat.kinds or org.kind in seat.kinds)
        and (not seat.sectors or org.sector in seat.sectors)
    )


def check_fits(*, role: Role, org: Org) -> None:
    """Refuse a role at an organisation that has no such post. Raises Refused: wrong_seat."""
    if not fits(role=role, org=org):
        raise Refused(
            "wrong_seat",
            f"{role.label}只能在{SEATS[role].words}任职，{org.name}不是，请另选角色或组织。",
        )


def check_not_oneself(*, person_id: int, by: object) -> None:
    """Refuse who gives a role to themself, by whatever way (bar 17). Raises Refused: oneself."""
    if isinstance(by, Actor) and by.person_id == person_id:
        raise Refused("oneself", "不能给自己授权、延期或移交，请由上级或安全管理员办理。")


def check_not_own_account(*, person_id: int, by: object) -> None:
    """Refuse who changes their own account as an administrator. Raises Refused: oneself."""
    if isinstance(by, Actor) and by.person_id == person_id:
        raise Refused("oneself", "不能停用、启用或重置自己的账号，请由另一位系统管理员办理。")


def check_roles_together(*, role: Role, others: Iterable[Role], name: str) -> None:
    """Refuse what S-50 keeps apart: an administrator holds that one role and no other."""
    held = sorted({other for other in others if other != role})
    against = [other for other in held if ADMINISTRATORS & {role, other}]
    if against:
        words = "、".join(other.label for other in against)
        raise Refused(
            "roles_apart",
            f"{name}已任{words}，不能再任{role.label}：系统、安全、审计三员互斥，"
            "也不得兼任业务角色（S-50）。请先结束原有角色或另选人员。",
        )


def check_department(*, role: Role, department: str) -> None:
    """Refuse a department for a role that has none. Raises Refused: no_department."""
    if department and role != Role.DISTRICT_OFFICER:
        raise Refused("no_department", f"只有{Role.DISTRICT_OFFICER.label}填写部门，请清空部门。")


def check_days(*, starts_on: date, ends_on: date | None) -> None:
    """Refuse a role that ends before it begins. Raises Refused: ends_before_start."""
    if ends_on is not None and ends_on <= starts_on:
        raise Refused("ends_before_start", f"到期日须晚于起始日{starts_on}，请改正。")


def check_not_ended(*, ends_on: date | None, at: datetime) -> None:
    """Refuse a change to a role that holds no more. Raises Refused: already_ended."""
    if ends_on is not None and ends_on <= periods.local_day(at):
        raise Refused("already_ended", f"这项任职已于{ends_on}结束，没有变更。")


def check_end(*, starts_on: date, on: date, ends_on: date | None) -> None:
    """Refuse an end before the start or after the end that is set. Raises Refused: bad_end."""
    if on < starts_on or (ends_on is not None and on > ends_on):
        raise Refused("bad_end", "结束日须在起始日之后、原到期日之前，请改正；要延长请用“延期”。")


def check_deputy(*, ends_on: date | None, same_person: bool, same_post: bool) -> None:
    """Refuse a deputy without an end, for oneself or for another post. Raises Refused."""
    if ends_on is None:
        raise Refused("deputy_without_end", "代理须有到期日，请填写。")
    if same_person:
        raise Refused("deputy_for_oneself", "本人不能代理自己的职务，请另选人员。")
    if not same_post:
        raise Refused("another_post", "代理的角色和组织须与被代理的任职一致，请核对。")


def appointable(*, by: Actor, role: Role) -> list[Held]:
    """Return the holdings by which somebody may give a role; a lent role gives none."""
    return [held for held in by.holdings if not held.lent and role in APPOINTS.get(held.role, ())]


def check_not_merged(*, merged_into: int | None) -> None:
    """Refuse an account or a role for a row that was merged into another. Raises Refused: merged."""
    if merged_into:
        raise Refused(
            "merged",
            "这份人员档案已合并到另一份，不能再有账号和岗位，没有改动；请用保留的档案办理。",
        )


def may_appoint(*, by: Actor, role: Role, org: Org) -> bool:
    """Test if somebody may give and end a role at an organisation."""
    return any(org.path.startswith(held.org_path) for held in appointable(by=by, role=role))


def check_may_appoint(*, by: Actor, role: Role, org: Org) -> None:
    """Refuse who may not give this role at this organisation. Raises Refused: not_allowed."""
    if not may_appoint(by=by, role=role, org=org):
        raise Refused("not_allowed", f"您不能在{org.name}授予或变更{role.label}，没有任何改动。")


def check_support(*, role: Role, org: Org, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a support session that lends too much or lasts too long."""
    if role not in LENDABLE:
        raise Refused("not_lendable", f"支持会话不能借用{role.label}，请另选角色。")
    check_fits(role=role, org=org)
    if not starts_at < ends_at <= starts_at + SUPPORT_LASTS:
        raise Refused("too_long", "支持会话最长2小时，请改短。")
