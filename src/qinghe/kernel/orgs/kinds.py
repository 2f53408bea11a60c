"""Which organisations there are, and which may stand under which (T-01, T-07, T-09)."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Level(TextChoices):
    """The reporting tier an organisation belongs to; not its depth in the tree."""

    DISTRICT = "district", "区"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    UNIT = "unit", "基层"


class Sector(TextChoices):
    SCHOOL = "school", "学校领域"
    SOCIETY = "society", "社会领域"


class NewOrgKind(TextChoices):
    NONPUBLIC_ENTERPRISE = "nonpublic_enterprise", "非公有制经济组织"
    SOCIAL_ORGANIZATION = "social_organization", "社会组织"


class Industry(TextChoices):
    """The industry working committee that leads a new organisation (T-09)."""

    NONPUBLIC = "nonpublic", "非公经济组织团工委"
    SOCIAL = "social", "社会组织团工委"
    INTERNET = "internet", "互联网行业团工委"


class OrgKind(TextChoices):
    DISTRICT = "district", "区"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    DISTRICT_COMMITTEE = "district_committee", "团区委"
    WORKING_COMMITTEE = "working_committee", "团工委"
    INDUSTRY_WORKING_COMMITTEE = "industry_working_committee", "行业团工委"
    LEAGUE_COMMITTEE = "league_committee", "团委"
    GENERAL_BRANCH = "general_branch", "团总支"
    BRANCH = "branch", "团支部"
    JOINT_BRANCH = "joint_branch", "联合团支部"
    TEMPORARY_BRANCH = "temporary_branch", "临时团支部"
    FLOATING_MEMBER_BRANCH = "floating_member_branch", "流动团员团支部"
    LINKING_BRANCH = "linking_branch", "学社衔接临时团支部"
    VOLUNTEER_FEDERATION = "volunteer_federation", "义工联"
    YOUTH_AFFAIRS_COMMITTEE = "youth_affairs_committee", "青年工作委员会"


AREAS = frozenset({OrgKind.DISTRICT, OrgKind.STREET, OrgKind.COMMUNITY})
BRANCHES = frozenset(
    {
        OrgKind.BRANCH,
        OrgKind.JOINT_BRANCH,
        OrgKind.TEMPORARY_BRANCH,
        OrgKind.FLOATING_MEMBER_BRANCH,
        OrgKind.LINKING_BRANCH,
    }
)
COMMITTEES = frozenset(
    {
        OrgKind.DISTRICT_COMMITTEE,
        OrgKind.WORKING_COMMITTEE,
        OrgKind.INDUSTRY_WORKING_COMMITTEE,
        OrgKind.LEAGUE_COMMITTEE,
    }
)
# T-07: temporary, floating and linking branches are not counted as League organisations.
COUNTED = COMMITTEES | {OrgKind.GENERAL_BRANCH, OrgKind.BRANCH, OrgKind.JOINT_BRANCH}
LEAGUE = COUNTED | BRANCHES  # who keeps a roll; temporary branches do, though not counted (T-07)


@dataclass(frozen=True)
class Place:
    """Where organisations of a kind may stand."""

    under: frozenset[OrgKind]
    levels: frozenset[Level]


def _place(*, under: frozenset[OrgKind], levels: frozenset[Level]) -> Place:
    return Place(under=under, levels=levels)


_LEADING = AREAS | COMMITTEES
_ANY_LEVEL = frozenset(Level)
_LOCAL = frozenset({Level.COMMUNITY, Level.UNIT})

PLACES: dict[OrgKind, Place] = {
    OrgKind.DISTRICT: _place(under=frozenset(), levels=frozenset({Level.DISTRICT})),
    OrgKind.STREET: _place(under=frozenset({OrgKind.DISTRICT}), levels=frozenset({Level.STREET})),
    OrgKind.COMMUNITY: _place(
        under=frozenset({OrgKind.STREET}), levels=frozenset({Level.COMMUNITY})
    ),
    OrgKind.DISTRICT_COMMITTEE: _place(
        under=frozenset({OrgKind.DISTRICT}), levels=frozenset({Level.DISTRICT})
    ),
    OrgKind.WORKING_COMMITTEE: _place(under=_LEADING, levels=_ANY_LEVEL),
    OrgKind.INDUSTRY_WORKING_COMMITTEE: _place(
        under=frozenset({OrgKind.DISTRICT, OrgKind.DISTRICT_COMMITTEE}),
        levels=frozenset({Level.DISTRICT}),
    ),
    OrgKind.LEAGUE_COMMITTEE: _place(under=_LEADING, levels=_ANY_LEVEL),
    OrgKind.GENERAL_BRANCH: _place(under=_LEADING, levels=_LOCAL),
    **{
        kind: _place(under=_LEADING | {OrgKind.GENERAL_BRANCH}, levels=_LOCAL)
        for kind in sorted(BRANCHES)
    },
    OrgKind.VOLUNTEER_FEDERATION: _place(under=AREAS, levels=frozenset(Level) - {Level.UNIT}),
    OrgKind.YOUTH_AFFAIRS_COMMITTEE: _place(under=AREAS, levels=frozenset(Level) - {Level.UNIT}),
}
