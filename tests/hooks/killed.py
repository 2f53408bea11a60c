"""Run as a script: hours take effect in a database of its own, and the process dies before or while
they are sent.

killed.py ADDRESS committed    kill -9 after the act is committed and before anything is sent
killed.py ADDRESS sending      kill -9 when the other house has it and we have not written so
killed.py ADDRESS              send what is due
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from qinghe.edges.hooks import rules, sending, services, wire  # noqa: E402
from qinghe.kernel.access import services as access  # noqa: E402
from qinghe.kernel.people.models import Person  # noqa: E402
from qinghe.systems.volunteering.rules import Turn  # noqa: E402
from qinghe.systems.volunteering.tests import makers  # noqa: E402
from tests import cast  # noqa: E402


def act(address: str) -> None:
    """Subscribe, and let somebody serve for an hour."""
    people = cast.make_cast()
    officer = Person.objects.get(pk=people.lin.person_id)
    access.open_account(person=officer, username="lin", at=cast.NOW, by=cast.CLERK)
    new = services.NewSubscription(people.longgang, "数据平台", address, list(Turn))
    services.subscribe(new=new, at=makers.at(8), by=people.lin)
    ming = makers.make_volunteer("ZY1", person=people.xiaoming, org=people.hongmian)
    session = makers.make_session("CC1", org=people.hongmian)
    makers.serve(ming, session=session, came=makers.at(9), left=makers.at(10), by=people.he)


def die() -> None:
    """Leave no time for anything."""
    os.kill(os.getpid(), signal.SIGKILL)


def send_and_die(address: str, **letter: object) -> wire.Answer:
    """Send, and die before it is written down."""
    answer = wire.post(address, **letter)
    die()
    return answer


def main(address: str, when: str = "") -> None:
    """Do as the arguments say."""
    settings.QINGHE_HOOKS_INSIDE, settings.QINGHE_HOOKS_HTTP = ["127.0.0.0/8"], True
    if when:
        act(address)
    if when == "committed":
        die()
    if when == "sending":
        sending.deliver_due(post=send_and_die)
    later = timezone.now() + rules.LEASE + timedelta(seconds=1)
    run = sending.deliver_due(clock=lambda: later)
    sys.stdout.write(f"{run.sent}")


if __name__ == "__main__":
    main(*sys.argv[1:])
