"""A session that goes on while somebody looks, with its door open: some came, one scan waits, one is held.

Nobody leaves, so that nothing of today is counted: the newest counted half-year stays 2022H1.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import Scan, Session, Team, Volunteer
from qinghe.systems.volunteering.services import NewScan

from . import cast

HOST, CODE = "440307017", "DOOR-TODAY"
PLACE = services.PlaceCheck(Decimal("22.646100"), Decimal("114.206900"), 500)
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Publish a session of today and let a handful come to its door; told once."""
    org = orgs.by_code(HOST)
    if org is None:
        raise ValueError("the divisions have not been entered")
    if Session.objects.filter(code=CODE).exists():
        return
    by, began = cast.officer(), now - timedelta(hours=1)
    team = Team.objects.filter(org__path__startswith=org.path, state="approved").first()
    new = services.NewSession(
        CODE, "地铁口文明引导", org, "大运地铁站A出口", began, now + timedelta(hours=3), team
    )
    session = services.publish_session(new=new, at=began - timedelta(days=2), by=by)
    services.set_place_check(session=session, new=PLACE, at=began - timedelta(days=1), by=by)
    numbers = _numbers(org.path, on=now)
    _scan(session, numbers[:6], "in", at=began + timedelta(minutes=2), by=by)
    _scan(
        session, numbers[6:7], "out", at=began + timedelta(minutes=55), by=by
    )  # its coming was scanned by a phone whose clock is wrong, and is held
    off = timedelta(minutes=25)
    coming = NewScan(
        "demo held", numbers[6], "in", "demo", began + timedelta(minutes=2) + off, now + off
    )
    services.record_scans(session=session, new=[coming], at=now, by=by)
    say(f"现场签到：{Scan.objects.count()} 次扫码")


def _numbers(path: str, *, on: datetime) -> list[str]:
    found = Volunteer.objects.filter(
        org__path__startswith=path, state="registered", registered_on__lt=local_day(on)
    )
    return list(found.order_by("pk").values_list("number", flat=True)[:7])


def _scan(session: Session, numbers: list[str], kind: str, *, at: datetime, by: Actor) -> None:
    for number in numbers:
        new = NewScan(f"demo {kind} {number}", number, kind, "demo")
        services.scan_card(session=session, new=new, at=at, by=by)
