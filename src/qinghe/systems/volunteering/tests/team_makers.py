"""Plain makers of teams and of those who are in them."""

from datetime import date, datetime

from django.urls import reverse

from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import Team, TeamMember, TeamPost, TeamStanding

from .makers import make_volunteer

MARCH = datetime(2026, 3, 2, 10, 0, tzinfo=TZ)  # a Monday
NOVEMBER = datetime(2026, 11, 9, 10, 0, tzinfo=TZ)  # within the months of confirmation


def url(name, *arguments):
    """Return an address."""
    return reverse(f"volunteering:{name}", args=arguments)


def make_crowd(org, *, count=5, start=100):
    """Put some people on the roll."""
    return [
        make_volunteer(
            f"ZY{start + n}",
            person=Person.objects.create(number=f"P{start + n}", name=f"队员{n}"),
            org=org,
        )
        for n in range(count)
    ]


def new_team(org, crowd, *, code="TD1", **changed):
    """Return a team to be founded by a crowd, the first of whom leads."""
    given = {"name": "红棉服务队", "head": crowd[0], "founders": tuple(crowd[1:])} | changed
    return services.NewTeam(code=code, org=org, **given)


def make_team(org, crowd=(), *, code="TD1", approved_on=date(2024, 5, 6), **changed):
    """Enter a standing team with its members, the first of whom leads."""
    given = {
        "name": "红棉服务队",
        "applied_on": approved_on,
        "state": Team.State.APPROVED,
    } | changed
    team = Team.objects.create(code=code, org=org, approved_on=approved_on, **given)
    TeamStanding.objects.create(team=team, starts_on=approved_on)
    for one in crowd:
        TeamMember.objects.create(
            team=team,
            volunteer=one,
            asked_on=approved_on,
            joined_on=approved_on,
            state=TeamMember.State.MEMBER,
        )
    if crowd:
        TeamPost.objects.create(
            team=team, volunteer=crowd[0], post=TeamPost.Post.HEAD, starts_on=approved_on
        )
    return team
