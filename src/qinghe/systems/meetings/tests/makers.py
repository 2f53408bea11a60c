"""What the tests of meetings stand on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qinghe.kernel.access.actors import Actor, Role
from qinghe.lib.periods import TZ
from qinghe.systems.meetings import services
from qinghe.systems.meetings.models import Representative
from tests.cast import LONG_AGO, NOW, Cast, with_role

OPENS = datetime(2022, 7, 20, 15, 0, tzinfo=TZ)  # the cast's today is 3 July
AFTER = OPENS + timedelta(hours=1)


@dataclass(frozen=True)
class Offices(Cast):
    """The cast, and the district's second officer."""

    luo: Actor


def with_second_officer(cast):
    """Seat a second officer beside the first: of the same rights, of another name."""
    luo = with_role("P090", "罗衡", role=Role.DISTRICT_OFFICER, org=cast.longgang)
    return Offices(**vars(cast), luo=luo)


def make_body(
    cast, *, kind="joint", name="龙岗区青少年工作党政联席会议", org=None, by=None, **more
):
    """Enter a body of the district."""
    new = services.NewBody(name, kind, org or cast.longgang, LONG_AGO, **more)
    return services.found_body(new=new, at=NOW, by=by or cast.lin)


def make_conference(cast, **more):
    """Enter a conference with two streets and a department outside the League."""
    body = make_body(cast, **more)
    for unit in (cast.henggang, cast.bantian):
        admit(cast, body, unit=unit)
    outside = admit(cast, body, name="区教育部门")
    new = services.NewRepresentative("delegate", "副局长", LONG_AGO, name="程某")
    services.name_representative(member=outside, new=new, at=NOW, by=cast.lin)
    return body


def admit(cast, body, *, unit=None, name=""):
    """Take a unit in."""
    return services.admit_unit(
        body=body, new=services.NewUnit(name, LONG_AGO, unit), at=NOW, by=cast.lin
    )


def plan(cast, body, *, kind="plenary", starts_at=OPENS, at=NOW, by=None, **more):
    """Begin to prepare a sitting."""
    new = services.NewSitting(
        body, kind, starts_at, "区机关会议室", starts_at.date() - timedelta(days=7), **more
    )
    return services.plan_sitting(new=new, at=at, by=by or cast.lin)


def propose(cast, sitting, *, title="暑期安全", member=None, at=NOW, by=None, **more):
    """Propose an item."""
    new = services.NewItem(sitting, title, "youth", member=member, **more)
    return services.propose_item(new=new, at=at, by=by or cast.lin)


def call(cast, sitting, *, at=NOW, by=None):
    """Put one item on the agenda and invite the units."""
    by = by or cast.lin
    item = propose(cast, sitting, at=at, by=by)
    services.list_item(item=item, at=at, by=by)
    return services.call_sitting(sitting=sitting, at=at, by=by)


def hold(cast, sitting, *, came=3, at=None, called_at=NOW, by=None):
    """Call a sitting, let so many units come, and declare it held."""
    by = by or cast.lin
    at = at or sitting.starts_at + timedelta(minutes=5)
    called = call(cast, sitting, at=called_at, by=by)
    keys = list(called.summonses.order_by("pk").values_list("pk", flat=True))
    services.call_roll(sitting=called, came=keys[:came], at=at, by=by)
    return services.hold_sitting(sitting=called, host="区委副书记", at=at, by=by)


def decide(cast, sitting, *, owner=None, due_on=date(2022, 8, 31), text="办好暑托班", **more):
    """Write a decision down."""
    new = services.NewDecision(sitting, text, owner or cast.henggang, due_on, **more)
    return services.record_decision(new=new, at=AFTER, by=cast.lin)


def register(cast, body, *, day=date(2022, 3, 1), titles=("传达学习",), theme="league", **more):
    """Register a sitting of a body above."""
    topics = [services.NewTopic(title, theme) for title in titles]
    new = services.NewAbove(body, f"第{day.day}次会议", day, topics, **more)
    return services.register_sitting(new=new, at=NOW, by=cast.lin)


def delegate_of(sitting, name):
    """Return who stands for a unit of a sitting's body."""
    return Representative.objects.get(member__body=sitting.body, member__name=name)
