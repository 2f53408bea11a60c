"""A project of three tiers under way, and one that was closed: parts, means, a calendar with a clash.

All of it is of today: nothing of the reference report is counted from it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.projects import services
from qinghe.systems.projects.models import Event, JointProject, Part

from . import cast, reported

DISTRICT, STREET, OTHER = "440307", "440307017", "440307013"
RUNNING, CLOSED = "青少年假期托管服务统筹项目", "“青年夜校”进社区统筹项目"
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Tell of both projects; once."""
    if JointProject.objects.exists():
        return
    _running(now=now)
    _closed(now=now - timedelta(days=20))
    say(f"项目统筹：{JointProject.objects.count()} 个项目、{Part.objects.count()} 项分工")


def _running(*, now: datetime) -> None:
    by, today = cast.officer(), local_day(now)
    began = now - timedelta(days=30)
    project = _project(RUNNING, at=began, days=(-30, 60), by=by)
    money = services.add_means(
        project=project, kind="money", name="专项经费", quantity=120_000, unit="元", at=began, by=by
    )
    parts = [
        _offer(project, cast.place(code), title, at=began, by=by)
        for code, title in ((STREET, "开办托管班"), (OTHER, "组建志愿讲师队"))
    ]
    for part, quantity in zip(parts, (50_000, 30_000), strict=True):
        services.allot(means=money, part=part, quantity=quantity, at=began, by=by)
    services.start_project(project=project, at=began, by=by)
    _given_on(parts[0], at=began + timedelta(days=2))
    services.set_milestone(
        project=project, part=None, title="首批托管班开班", due_on=today - timedelta(days=2),
        at=began, by=by,
    )  # fmt: skip
    _calendar(project, at=now, by=by)


def _given_on(part: Part, *, at: datetime) -> None:
    """Let the street take its part, and give of it to its communities."""
    street = reported.who_answers().secretaries.get(part.org_id)
    if street is None:
        return
    services.take_part(part=part, at=at, by=street)
    for community in Org.objects.filter(parent=part.org, kind="community").order_by("code")[:2]:
        new = services.NewPart(
            part.project, community, "提供场地并招募学员", part.starts_on, part.due_on, part
        )
        services.offer_part(new=new, at=at, by=street)


def _calendar(project: JointProject, *, at: datetime, by: Actor) -> list[Event]:
    """Plan two appointments at one place that overlap, and say how that was settled."""
    day = datetime.combine(local_day(at) + timedelta(days=3), time(9), tzinfo=TZ)
    made = []
    for title, hour, settled in (
        ("托管班骨干培训", 0, ""),
        ("家长说明会", 1, "分用两个厅，错开入场"),
    ):
        starts = day + timedelta(hours=hour)
        new = services.NewEvent(
            project, None, title, starts, starts + timedelta(hours=2), "区青少年宫", settled=settled
        )
        made.append(services.enter_event(new=new, at=at, by=by))
    return made


def _closed(*, now: datetime) -> None:
    """Let a project go its whole way: taken, handed in, accepted, closed."""
    by, began = cast.officer(), now - timedelta(days=90)
    project = _project(CLOSED, at=began, days=(-90, 10), by=by)
    part = _offer(project, cast.place(STREET), "开设两个教学点", at=began, by=by)
    street = reported.who_answers().secretaries.get(part.org_id)
    if street is None:
        return
    services.start_project(project=project, at=began, by=by)
    services.take_part(part=part, at=began, by=street)
    outcome = "开设两个教学点，开课12次，服务青年360人次。"
    services.submit_part(part=part, outcome=outcome, used={}, at=now, by=street)
    services.accept_part(part=part, at=now, by=by)
    summary = "区级统筹师资，街道提供场地。\n不足是周末课程不够，下一步增加周末班次。"
    services.close_project(project=project, summary=summary, at=now, by=by)


def _project(title: str, *, at: datetime, days: tuple[int, int], by: Actor) -> JointProject:
    starts, ends = (local_day(at) + timedelta(days=away - days[0]) for away in days)
    new = services.NewProject(
        title, cast.place(DISTRICT), "区级统筹、街道组织、社区落地，年内办出成效", starts, ends
    )
    return services.propose_project(new=new, at=at, by=by)


def _offer(project: JointProject, org: Org, title: str, *, at: datetime, by: Actor) -> Part:
    new = services.NewPart(project, org, title, project.starts_on, project.ends_on)
    return services.offer_part(new=new, at=at, by=by)
