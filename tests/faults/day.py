"""Run as a script on a house's records: work for a day without a worker, and what became of it.

day.py fill HOOK ROWS put something into every queue; print which export and upload wait, and the
                      keys of sessions of whoever waits for them and of whoever keeps the house
day.py look           do everything once more that a worker does, and print what is there
"""

import io
import json
import os
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from qinghe.config import schedule  # noqa: E402
from qinghe.edges.hooks import models as hook_models  # noqa: E402
from qinghe.edges.hooks import services as hooks  # noqa: E402
from qinghe.edges.jobs import ending, exports  # noqa: E402
from qinghe.edges.jobs import models as job_models  # noqa: E402
from qinghe.edges.jobs import rules as job_rules  # noqa: E402
from qinghe.edges.jobs import services as jobs  # noqa: E402
from qinghe.edges.sheets import loading, writing  # noqa: E402
from qinghe.edges.sheets import services as sheets  # noqa: E402
from qinghe.edges.web import asking  # noqa: E402
from qinghe.kernel.access.actors import Actor, Role  # noqa: E402
from qinghe.kernel.audit import verifying  # noqa: E402
from qinghe.kernel.audit.models import Entry  # noqa: E402
from qinghe.kernel.notices import models as notice_models  # noqa: E402
from qinghe.kernel.notices import services as notices  # noqa: E402
from qinghe.kernel.notices.kinds import Kind  # noqa: E402
from qinghe.kernel.people import services as people  # noqa: E402
from qinghe.kernel.people.models import Person  # noqa: E402
from qinghe.lib.periods import TZ  # noqa: E402
from qinghe.systems.targets import tasks as target_tasks  # noqa: E402
from qinghe.systems.targets.models import LadderStep, LightSpan, TaskList  # noqa: E402
from qinghe.systems.targets.services import charging, progress  # noqa: E402
from qinghe.systems.targets.tests import carried  # noqa: E402
from qinghe.systems.transfers.models import Transfer  # noqa: E402
from qinghe.systems.transfers.tests import makers as transfers  # noqa: E402
from qinghe.systems.volunteering import services as volunteering  # noqa: E402
from qinghe.systems.volunteering.models import SignUp, Volunteer  # noqa: E402
from qinghe.systems.volunteering.rules import Turn  # noqa: E402
from qinghe.systems.volunteering.tests import activity_makers as activities  # noqa: E402
from qinghe.systems.volunteering.tests import makers  # noqa: E402
from tests import cast as casting  # noqa: E402
from tests.faults import uploading  # noqa: E402

HOUR = timedelta(hours=1)
DAY = timedelta(hours=26)  # for which nobody works
VERBS = (
    "exports.export", "sheets.load", "transfers.expire", "targets.tell_waiting",
    "volunteering.expire_offers", "volunteering.mark_absent",
)  # fmt: skip


def fill(hook: str, rows: int) -> None:
    """Put something into every queue that a worker works off."""
    now = timezone.now()
    ground = transfers.make_ground()
    cast = ground.cast
    keys = [uploading.session_of(actor, at=now + DAY) for actor in (cast.lin, cast.xu)]
    bo = casting.with_role("P022", "薄岚", role=Role.STREET_SECRETARY, org=cast.bantian)
    _wish(bo, sms=True, now=now)
    _wish(cast.chen, sms=False, now=now)

    transfers.own(ground, at=now - timedelta(days=10))  # its last day is today
    _carry(cast, bo, behind=11, title="明天亮黄灯", now=now)
    _carry(cast, bo, behind=14, title="明天亮红灯", now=now)
    target_tasks.supervise(at=now)  # the last thing that a worker did
    _sign_up(cast, now=now)
    _serve(cast, hook, now=now)
    notices.notify(
        person_ids=[cast.chen.person_id],
        kind=Kind.LATE,
        title="昨天的邮件",
        text="",
        url="",
        at=now,
    )
    told = {
        "keys": keys,
        "export": _export(cast.lin, now=now),
        "upload": _upload(cast, rows, now=now),
    }
    Path(settings.QINGHE_DATA, "worker.lock").touch()
    os.utime(Path(settings.QINGHE_DATA, "worker.lock"))  # the sign of life of whoever did so far
    notice_models.Notice.objects.exclude(title="昨天的邮件").delete()
    sys.stdout.write(json.dumps(told))


def look() -> dict[str, object]:
    """Do all once more that a worker does, and say what is there: nothing of it is there twice."""
    for chore in schedule.OFTEN:
        call_command(chore.command, stdout=io.StringIO())
    done = job_models.Job.objects.order_by("pk")
    verbs = Entry.objects.filter(verb__in=VERBS).order_by().values("verb")
    told = notice_models.Notice.objects.order_by("person__number", "title")
    return {
        "jobs": [[job.kind, job.state, job.attempts, job.done] for job in done],
        "files": [ending.path_of(job).exists() for job in done if job.stored_as],
        "loaded": Volunteer.objects.filter(number__startswith="DAY").count(),
        "notices": [list(row) for row in told.values_list("person__number", "title")],
        "deliveries": _counts(notice_models.Delivery, "state"),
        "dispatches": _counts(hook_models.Dispatch, "state"),
        "sign_ups": dict(SignUp.objects.values_list("volunteer__number", "state")),
        "transfers": _counts(Transfer, "state"),
        "lights": [
            list(row)
            for row in LightSpan.objects.filter(ended_on=None)
            .order_by("charge__item__title")
            .values_list("charge__item__title", "light")
        ],
        "steps": sorted(LadderStep.objects.values_list("rung", "told")),
        "trail": {row["verb"]: row["count"] for row in verbs.annotate(count=Count("pk"))},
        "chain": str(verifying.verify().fault or ""),
    }


def _counts(model: type, field: str) -> dict[str, int]:
    return dict(Counter(model.objects.values_list(field, flat=True)))


def _wish(who: Actor, *, sms: bool, now: datetime) -> None:
    """Let somebody be told of what is late, by SMS or by e-mail."""
    notices.keep_preference(
        person_id=who.person_id,
        email="" if sms else "chen@youth.example",
        chosen={"late": ["sms" if sms else "email"]},
        quiet=None,
        digest_at=None,
        at=now,
        by=casting.CLERK,
    )
    person = Person.objects.get(pk=who.person_id)
    contact = people.NewContact(phone="13800008000" if sms else "13800008001")
    people.keep_contact(person=person, new=contact, at=now, by=casting.CLERK)


def _carry(
    cast: casting.WiderCast, teller: Actor, *, behind: int, title: str, now: datetime
) -> None:
    """Have a charge that began so many days ago, and of which 12 of 30 were done on its 8th day."""
    start = timezone.localdate(now) - timedelta(days=behind)
    task_list = TaskList.objects.create(
        title=title,
        org=cast.longgang,
        kind="annual",
        year=start.year,
        starts_on=start,
        ends_on=start + timedelta(days=29),
        published_on=start,
        state="published",
    )
    scene = SimpleNamespace(bantian=cast.bantian, task_list=task_list)
    item = carried.make_item(scene, title=title, entered_on=start)
    charging.enter_charges(at=_morning(start), by=casting.CLERK)
    day = start + timedelta(days=7)
    done = progress.NewProgress(day, Decimal(12), "走访并登记")
    filed = progress.tell(
        charge=item.charges.get(), kind="progress", new=done, at=_morning(day), by=teller
    )
    progress.accept_progress(progress=filed, at=_morning(day), by=cast.lin)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), TZ)


def _sign_up(cast: casting.WiderCast, *, now: datetime) -> None:
    """Leave one place offered, and have sessions: tomorrow's, soon's and one that nobody minds."""
    far, soon, missed = (
        activities.publish(
            cast,
            at=now,
            title=title,
            times=((now + begins * HOUR, now + (begins + 2) * HOUR),),
            posts=(volunteering.NewPost("净滩", 1),),
        )
        for title, begins in (("三天后", 72), ("明天", 27), ("夜里", 20))
    )
    (_, had), (_, asked), (_, waits), (_, comes), (_, stays_away) = activities.people(cast, 5)
    place = activities.join(activities.first_post(far), had, at=now)
    activities.join(activities.first_post(far), asked, at=now)
    activities.join(activities.first_post(far), waits, at=now)
    volunteering.cancel_sign_up(sign_up=place, at=now, by=had)
    activities.join(activities.first_post(soon), comes, at=now)
    activities.join(activities.first_post(missed), stays_away, at=now)


def _serve(cast: casting.WiderCast, hook: str, *, now: datetime) -> None:
    """Let hours take effect of which another house's system is to be told."""
    new = hooks.NewSubscription(cast.longgang, "数据平台", hook, list(Turn))
    hooks.subscribe(new=new, at=now, by=cast.lin)
    volunteer = makers.make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    session = makers.make_session("EARLY", org=cast.hongmian, starts_at=now - 3 * HOUR, hours=2)
    makers.serve(volunteer, session=session, came=now - 3 * HOUR, left=now - 2 * HOUR, by=cast.he)


def _export(by: Actor, *, now: datetime) -> int:
    """Ask for a list that a job writes; return the export."""
    job_rules.AT_ONCE = 0
    address = "/directory/orgs/?org=440307&period=2022H1"
    ledger = asking.ledger_at(address, actor=by, user=AnonymousUser(), at=now)
    why = exports.Reasons("work", "核对组织名册", "团区委")
    return exports.ask(ledger=ledger, address=address, why=why, at=now, by=by).pk


def _upload(cast: casting.WiderCast, count: int, *, now: datetime) -> int:
    """Ask for a large file to be loaded; return the upload."""
    sheet = sheets.sheet_of("volunteering.volunteers")
    columns = [column.label for column in sheet.columns[:7]]
    rows = [
        (
            f"DAY{n:06d}",
            f"D{n:06d}",
            f"日小{n}",
            "女",
            "1998-04-05",
            cast.hongmian.code,
            "2022-03-05",
        )
        for n in range(count)
    ]
    file = SimpleUploadedFile("志愿者.xlsx", writing.export(columns, rows))
    upload = sheets.preview(sheet=sheet, file=file, by=cast.lin, at=now)
    sheets.announce(upload=upload, by=cast.lin, at=now)
    arguments = {"upload": upload.pk}
    jobs.start(kind=loading.KIND, title="导入志愿者", arguments=arguments, at=now, by=cast.lin)
    return upload.pk


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(sys.argv[2], int(sys.argv[3]))
    else:
        sys.stdout.write(json.dumps(look()))
