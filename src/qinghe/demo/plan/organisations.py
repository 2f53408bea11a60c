"""The League organisations, federations and committees of the demo district."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from qinghe.demo import names
from qinghe.demo.sizes import Size
from qinghe.kernel.orgs import divisions
from qinghe.kernel.orgs.services import NewOrg

from . import calendar

WEIGHTS = (11, 6, 10, 17, 14, 13, 8, 9, 6, 4, 2)  # how busy the eleven streets are, by code
EARLIEST, LAST_YEAR = date(2008, 1, 1), date(2021, 12, 31)
CLOSING, MOVING = 6, 5
YOUTH_AFFAIRS_AT = 7  # the street, counted from nought, that has a youth affairs committee


@dataclass(frozen=True)
class Change:
    """Something that happens to an organisation on a day; `to` is where it moves or merges."""

    verb: str  # move | merge | close
    code: str
    on: date
    to: str = ""


@dataclass
class District:
    """The planned organisations by what they are used for; `opened` keeps parents first."""

    streets: list[NewOrg] = field(default_factory=list)
    communities: dict[str, list[NewOrg]] = field(default_factory=dict)  # by street code
    opened: list[NewOrg] = field(default_factory=list)
    branches: list[NewOrg] = field(default_factory=list)  # where members stand
    committees: list[NewOrg] = field(default_factory=list)
    street_of: dict[str, str] = field(default_factory=dict)  # org code → street code
    changes: list[Change] = field(default_factory=list)  # in order of day
    counted: int = 0

    def add(self, org: NewOrg, *, counted: bool) -> NewOrg:
        """Take an organisation into the plan."""
        self.opened.append(org)
        self.counted += counted
        parent_street = self.street_of.get(org.parent_code)
        if parent_street:
            self.street_of[org.code] = parent_street
        return org


def plan_district(size: Size) -> District:
    """Plan every organisation below the public divisions, exactly as many as the size says."""
    random = Random(f"{size.seed}-orgs")
    district = District()
    for area in divisions.new_areas():
        if area.kind == "street":
            district.streets.append(area)
            district.communities[area.code] = []
            district.street_of[area.code] = area.code
        elif area.kind == "community":
            district.communities[area.parent_code].append(area)
            district.street_of[area.code] = area.parent_code
    _committees(district)
    _federations(district)
    _new_orgs(district, size=size, random=random)
    _schools_and_workplaces(district, size=size, random=random)
    _changes(district, random=random)
    return district


def _committees(district: District) -> None:
    root = "440307"
    head = _org("QW", "共青团深圳市龙岗区委员会", "district_committee", "district", root)
    district.committees.append(district.add(head, counted=True))
    for mark, label in (("FG", "非公经济组织"), ("SH", "社会组织"), ("HL", "互联网行业")):
        org = _org(f"HY-{mark}", f"{label}团工委", "industry_working_committee", "district", root)
        district.committees.append(district.add(org, counted=True))
    for street in district.streets:
        org = _org(
            f"TG-{street.code[-3:]}",
            f"{street.name}团工委",
            "working_committee",
            "street",
            street.code,
        )
        district.committees.append(district.add(org, counted=True))
        for community in district.communities[street.code]:
            local = _org(
                f"TZ-{community.code[-6:]}",
                f"{community.name}团总支",
                "general_branch",
                "community",
                community.code,
            )
            district.branches.append(district.add(local, counted=True))


def _federations(district: District) -> None:
    district.add(
        _org("YG", "龙岗区义工联合会", "volunteer_federation", "district", "440307"), counted=False
    )
    for street in district.streets:
        district.add(
            _org(
                f"YG-{street.code[-3:]}",
                f"{street.name}义工联",
                "volunteer_federation",
                "street",
                street.code,
            ),
            counted=False,
        )
    pilot = district.streets[YOUTH_AFFAIRS_AT]
    district.add(
        _org(
            f"QG-{pilot.code[-3:]}",
            f"{pilot.name}青年工作委员会",
            "youth_affairs_committee",
            "street",
            pilot.code,
        ),
        counted=False,
    )


def _new_orgs(district: District, *, size: Size, random: Random) -> None:
    """Plan the 两新 organisations: those of before, then those opened within the period."""
    for number in range(size.new_orgs):
        community = _community(district, random)
        social = random.random() < 0.25
        internet = not social and random.random() < 0.15
        opened = (
            calendar.in_period(random)
            if number >= size.new_orgs - size.opened_new_orgs
            else calendar.within(random, first=EARLIEST, last=LAST_YEAR)
        )
        name = _social_name(random) if social else _firm_name(random)
        org = NewOrg(
            code=f"LX-{number + 1:05d}",
            name=f"{name}{number + 1:04d}号团支部",
            kind="joint_branch" if random.random() < 0.08 else "branch",
            level="unit",
            opened_on=opened,
            parent_code=community.code,
            sector="society",
            new_org_kind="social_organization" if social else "nonpublic_enterprise",
            industry="social" if social else "internet" if internet else "nonpublic",
        )
        district.branches.append(district.add(org, counted=True))


def _schools_and_workplaces(district: District, *, size: Size, random: Random) -> None:
    """Plan schools with their branches and public workplaces, up to the size's count."""
    left = size.orgs - district.counted
    workplaces = left // 5
    for number in range(workplaces):
        community = _community(district, random)
        org = NewOrg(
            code=f"DW-{number + 1:05d}",
            name=f"{random.choice(names.WORKPLACES)}第{number + 1}团支部",
            kind="branch",
            level="unit",
            opened_on=calendar.within(random, first=EARLIEST, last=LAST_YEAR),
            parent_code=community.code,
            sector="society",
        )
        district.branches.append(district.add(org, counted=True))
    school = _school(district, number=1, random=random)
    number, below = 1, 0
    while district.counted < size.orgs:
        if below >= 8:
            number, below = number + 1, 0
            school = _school(district, number=number, random=random)
            continue
        below += 1
        branch = NewOrg(
            code=f"{school.code}-{below:02d}",
            name=f"{school.name.removesuffix('团委')}第{below}团支部",
            kind="branch",
            level="unit",
            opened_on=calendar.within(random, first=school.opened_on, last=LAST_YEAR),
            parent_code=school.code,
            sector="school",
        )
        district.branches.append(district.add(branch, counted=True))


def _changes(district: District, *, random: Random) -> None:
    """Plan branches that close or merge within the period, and enterprises that move.

    Those that close are opened besides the counted ones, so the period's end stays as planned.
    """
    school = next(org for org in reversed(district.committees) if org.sector == "school")
    for number in range(CLOSING):
        branch = NewOrg(
            code=f"{school.code}-B{number + 1}",
            name=f"{school.name.removesuffix('团委')}毕业班第{number + 1}团支部",
            kind="branch",
            level="unit",
            opened_on=school.opened_on,
            parent_code=school.code,
            sector="school",
        )
        district.add(branch, counted=False)
        on = calendar.in_period(random)
        if number % 2:
            district.changes.append(Change("close", branch.code, on))
        else:
            district.changes.append(Change("merge", branch.code, on, to=f"{school.code}-01"))
    movable = [
        org for org in district.branches if org.new_org_kind and org.opened_on < date(2021, 1, 1)
    ]
    for org in random.sample(movable, MOVING):
        to = _community(district, random).code
        if to != org.parent_code:
            district.changes.append(Change("move", org.code, calendar.in_period(random), to=to))
    district.changes.sort(key=lambda change: change.on)


def _school(district: District, *, number: int, random: Random) -> NewOrg:
    street = random.choices(district.streets, WEIGHTS)[0]
    school = NewOrg(
        code=f"XX-{number:04d}",
        name=f"青禾样例第{number}{random.choice(names.SCHOOLS)}团委",
        kind="league_committee",
        level="unit",
        opened_on=calendar.within(random, first=EARLIEST, last=date(2019, 12, 31)),
        parent_code=street.code,
        sector="school",
    )
    district.committees.append(district.add(school, counted=True))
    return school


def _community(district: District, random: Random) -> NewOrg:
    street = random.choices(district.streets, WEIGHTS)[0]
    return random.choice(district.communities[street.code])


def _firm_name(random: Random) -> str:
    return random.choice(names.BUSINESS) + random.choice(names.TRADES)


def _social_name(random: Random) -> str:
    return random.choice(names.BUSINESS) + random.choice(names.CIRCLES)


def _org(code: str, name: str, kind: str, level: str, parent_code: str) -> NewOrg:
    return NewOrg(
        code=code,
        name=name,
        kind=kind,
        level=level,
        opened_on=EARLIEST,
        parent_code=parent_code,
        sector="society",
    )
