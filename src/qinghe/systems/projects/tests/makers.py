"""What the tests of projects stand on: a project of the district, 横岗's part and 红棉's piece of it."""

from datetime import date, datetime
from types import SimpleNamespace

from qinghe.kernel.access.actors import Role
from qinghe.lib.periods import TZ
from qinghe.systems.projects import services
from tests.cast import NOW, make_cast, with_role

FIRST, LAST = date(2022, 7, 1), date(2022, 9, 30)


def make_scene():
    """Enter the cast, second officers of the district and of 横岗, and two secretaries more."""
    cast = make_cast()
    return SimpleNamespace(
        **vars(cast),
        luo=with_role("P013", "罗衡", role=Role.DISTRICT_OFFICER, org=cast.longgang),
        wen=with_role("P014", "温蓝", role=Role.STREET_SECRETARY, org=cast.bantian),
        mian=with_role("P015", "棉朵", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian),
        ji=with_role("P016", "纪舟", role=Role.STREET_SECRETARY, org=cast.henggang),
    )


def on(day, hour=9, *, month=7):
    """Return an hour of a day."""
    return datetime(2022, month, day, hour, tzinfo=TZ)


def propose(scene, *, title="暑期青少年托管", org=None, by=None):
    """Propose a project of the summer."""
    new = services.NewProject(title, org or scene.longgang, "三个月办好托管班", FIRST, LAST)
    return services.propose_project(new=new, at=NOW, by=by or scene.lin)


def offer(scene, project, org, *, title="开办托管班", parent=None, by=None, **days):
    """Give a part to an organisation."""
    days = {"starts_on": FIRST, "due_on": date(2022, 9, 1), **days}
    new = services.NewPart(project=project, org=org, title=title, parent=parent, **days)
    return services.offer_part(new=new, at=NOW, by=by or scene.lin)


def make_running(scene):
    """Let a project run in which 横岗 has taken a part, and 红棉 a piece of it; 坂田 was asked."""
    project = propose(scene)
    street = offer(scene, project, scene.henggang)
    asked = offer(scene, project, scene.bantian)
    project = services.start_project(project=project, at=NOW, by=scene.lin)
    street = services.take_part(part=street, at=NOW, by=scene.chen)
    piece = offer(scene, project, scene.hongmian, parent=street, by=scene.chen)
    piece = services.take_part(part=piece, at=NOW, by=scene.mian)
    return SimpleNamespace(project=project, street=street, asked=asked, piece=piece)


def plan(scene, project, *, starts=None, ends=None, by=None, **told):
    """Put an appointment into the calendar, on the morning of the 12th."""
    starts, ends = starts or on(12), ends or on(12, 11)
    told = {"part": None, "title": "开班仪式", "place": "区青少年宫", **told}
    new = services.NewEvent(project=project, starts_at=starts, ends_at=ends, **told)
    return services.enter_event(new=new, at=NOW, by=by or scene.lin)
