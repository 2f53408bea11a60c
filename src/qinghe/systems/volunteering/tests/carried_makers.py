"""Plain makers of other platforms' lists: a workbook as 志愿深圳 would give it out, invented."""

from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.edges.books import Book
from qinghe.kernel.people import services as people
from qinghe.systems.volunteering import forms, models, services

from .makers import at

HEADINGS = ("序号", "姓名", "身份证号", "志愿者号", "活动名称", "服务日期", "服务时长", "发起组织")
COLUMNS = {
    "name": "姓名",
    "shown": "身份证号",
    "number": "志愿者号",
    "activity": "活动名称",
    "day": "服务日期",
    "minutes": "服务时长",
    "host": "发起组织",
}
LOADED, DECIDED = at(9, day=20), at(9, day=21)
MING_ID = "440307199503011232"  # of an invented person, with its right check digit
SHOWN = "4403**********1232"


def line(
    name="明小麦", shown=SHOWN, number="SZ1", activity="图书整理", day="2022-04-02", said="2.5"
):
    """Return one line of a list."""
    return ("1", name, shown, number, activity, day, said, "深圳图书馆")


def book(*lines, headings=HEADINGS, name="志愿深圳.xlsx"):
    """Return a workbook as an upload."""
    made = Book(created=at(8))  # the same lines are the same file
    with made:
        made.rows(made.page("导出", headings), lines)
    return SimpleUploadedFile(name, made.content())


def make_source(by, org, *, name="志愿深圳", unit="hours", columns=COLUMNS):
    """Name a platform with its first columns."""
    source = services.name_source(name=name, org=org, at=LOADED, by=by)
    new = services.NewColumns(columns=columns, unit=unit, headings=HEADINGS)
    services.keep_columns(source=source, new=new, at=LOADED, by=by)
    return source


def check(source, *lines, org, by, name="志愿深圳.xlsx", when=LOADED):
    """Upload a list and look at it."""
    columns, file = source.versions.first(), book(*lines, name=name)
    read = forms.read_carried(file, columns=columns.columns, unit=columns.unit)
    new = services.NewList(columns, org, read.told, read.sha256, file, read.sealed)
    return services.check_list(new=new, at=when, by=by)


def load(source, *lines, org, by, **told):
    """Upload a list and load it."""
    found = check(source, *lines, org=org, by=by, **told)
    return services.confirm_list(found=found, at=told.get("when", LOADED), by=by)


def agree(found, by, when=DECIDED):
    """Let what waits count."""
    return services.agree_to_list(found=found, at=when, by=by)


def states(found):
    """Return the state of each line of a list."""
    return list(found.rows.order_by("line").values_list("state", flat=True))


def with_id(person, number=MING_ID):
    """Put an identity number on the books."""
    people.keep_contact(
        person=person, new=people.NewContact(id_number=number), at=at(8), by="the tests"
    )


def hours_of(volunteer):
    """Return the minutes from other platforms that count."""
    rows = models.CarriedHours.objects.filter(volunteer=volunteer, ended_at__isnull=True)
    return sorted(rows.values_list("minutes", flat=True))
