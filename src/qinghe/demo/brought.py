"""Hours from another platform: its columns, a list that counts, and a later one with every kind of row."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from stdnum.cn import ric

from qinghe.edges.books import Book
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Account
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import forms, services
from qinghe.systems.volunteering.models import CarriedList, HoursSource, SourceColumns, Volunteer

from . import cast

DISTRICT, NAME = "440307", "志愿深圳"
HEADINGS = (
    "序号",
    "姓名",
    "证件号码",
    "志愿者号",
    "活动名称",
    "服务日期",
    "服务时长（小时）",
    "发起组织",
)
COLUMNS = {
    "name": "姓名",
    "shown": "证件号码",
    "number": "志愿者号",
    "activity": "活动名称",
    "day": "服务日期",
    "minutes": "服务时长（小时）",
    "host": "发起组织",
}
ACTIVITIES = ("地铁站文明引导", "图书馆整书", "口岸问询服务", "公园自然导览")
Say = Callable[[str], None]
Line = tuple[str, ...]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Load one list that another agrees to, and a later one that waits; told once."""
    if HoursSource.objects.exists():
        return
    volunteers = _volunteers()
    if len(volunteers) < 4:
        return
    first, second = cast.officer(), cast.officer(second=True)
    district = Org.objects.get(code=DISTRICT)
    columns = _name_platform(district, at=now - timedelta(days=9), by=first)
    for volunteer in volunteers[:3]:
        _know_number(volunteer.person, at=now)
    before, day = now - timedelta(days=8), local_day(now)
    april = [
        _line(one, place, day=day - timedelta(days=40)) for place, one in enumerate(volunteers)
    ]
    found = _load(
        columns, district, april[:3], name="志愿深圳服务记录（上期）.xlsx", at=before, by=first
    )
    services.agree_to_list(found=found, at=before + timedelta(days=1), by=second)
    later = [
        *april[:2],
        _said(april[2], "4.5"),
        _line(volunteers[0], 3, day=day - timedelta(days=12)),
        _line(volunteers[3], 3, day=day - timedelta(days=12)),
        ("7", "鲍无名", "4403**********0026", "SZ900007", ACTIVITIES[0], f"{day - timedelta(days=11)}", "2", NAME),
        ("8", "鲍待查", "4403**********0042", "SZ900008", ACTIVITIES[1], f"{day + timedelta(days=300)}", "3", NAME),
    ]  # fmt: skip
    _load(columns, district, later, name="志愿深圳服务记录（本期）.xlsx", at=now, by=first)
    say(f"其他平台：{CarriedList.objects.count()} 份清单")


def _volunteers() -> list[Volunteer]:
    """Return whose hours are told: who has an account first, then others with a birth date."""
    roll = Volunteer.objects.filter(
        state=Volunteer.State.REGISTERED,
        person__birth_date__isnull=False,
        person__birth_date__lt=date(2004, 1, 1),
        person__contact__isnull=True,
    ).select_related("person")
    signed = Account.objects.filter(user__username=cast.VOLUNTEER).values("person")
    own = list(roll.filter(person__in=signed))
    others = roll.exclude(person__in=signed).order_by("number")
    return [*own, *others[: 4 - len(own)]]


def _name_platform(district: Org, *, at: datetime, by: Actor) -> SourceColumns:
    source = services.name_source(name=NAME, org=district, at=at, by=by)
    new = services.NewColumns(columns=COLUMNS, unit="hours", headings=HEADINGS)
    return services.keep_columns(source=source, new=new, at=at, by=by)


def _know_number(person: Person, *, at: datetime) -> None:
    number = _number(person)
    people.keep_contact(
        person=person, new=people.NewContact(id_number=number), at=at, by=cast.officer()
    )


def _number(person: Person) -> str:
    """Return an invented identity number with the person's own birth date and sex."""
    digit = 1 if person.sex == "male" else 2
    head = f"440307{person.birth_date:%Y%m%d}{person.pk % 100:02}{digit}"
    return f"{head}{ric.calc_check_digit(head + '0')}"


def _line(volunteer: Volunteer, place: int, *, day: date) -> Line:
    number = _number(volunteer.person)
    return (
        f"{place + 1}",
        volunteer.person.name,
        f"{number[:4]}**********{number[-4:]}",
        f"SZ{900000 + volunteer.pk}",
        ACTIVITIES[place % len(ACTIVITIES)],
        f"{day + timedelta(days=place)}",
        f"{2 + place / 2:g}",
        "深圳市义工联合会",
    )


def _said(line: Line, hours: str) -> Line:
    return (*line[:6], hours, *line[7:])


def _load(
    columns: SourceColumns, org: Org, lines: Sequence[Line], *, name: str, at: datetime, by: Actor
) -> CarriedList:
    made = Book(created=at)
    with made:
        made.rows(made.page("服务记录", HEADINGS), lines)
    file = ContentFile(made.content(), name=name)
    read = forms.read_carried(file, columns=columns.columns, unit=columns.unit)
    new = services.NewList(columns, org, read.told, read.sha256, file, read.sealed)
    return services.confirm_list(found=services.check_list(new=new, at=at, by=by), at=at, by=by)
