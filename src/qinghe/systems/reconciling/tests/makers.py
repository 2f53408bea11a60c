"""Plain makers of exports: a workbook as the national platform would give it out, invented."""

from datetime import date
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.edges.books import Book
from qinghe.edges.jobs import worker
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership
from qinghe.systems.reconciling import forms, models, services
from tests.cast import CLERK, NOW, make_person

HEADINGS = (
    "序号",
    "姓名",
    "身份证号",
    "发展团员编号",
    "性别",
    "出生日期",
    "入团时间",
    "所在团支部",
    "支部编码",
    "团员状态",
)
COLUMNS = {
    "name": "姓名",
    "shown": "身份证号",
    "number": "发展团员编号",
    "sex": "性别",
    "birth": "出生日期",
    "joined_on": "入团时间",
    "branch": "所在团支部",
    "branch_code": "支部编码",
    "standing": "团员状态",
}
BORN, JOINED = date(2004, 5, 4), date(2019, 5, 4)
KE_ID, SHOWN = "440307200405041230", "4403**********1230"  # of an invented person, rightly checked


def make_member(number, name, *, org, league="", born=BORN, joined_on=JOINED, id_number=""):
    """Enter somebody on a roll, with a file."""
    person = make_person(number, name, birth_date=born)
    people.admit_member(person=person, org=org, starts_on=date(2021, 9, 1), at=NOW, by=CLERK)
    new = people.NewFile(joined_on, league)
    people.open_league_file(person=person, new=new, at=NOW, by=CLERK)
    if id_number:
        contact = people.NewContact(id_number=id_number)
        people.keep_contact(person=person, new=contact, at=NOW, by=CLERK)
    return Membership.objects.get(person=person)


def line(name, *, shown="", number="", sex="", born="", joined="", branch="", code="", standing=""):
    """Return one line of an export."""
    return ("1", name, shown, number, sex, born, joined, branch, code, standing)


def book(*lines, headings=HEADINGS, name="智慧团建.xlsx"):
    """Return a workbook as an upload."""
    made = Book(created=NOW)
    with made:
        made.rows(made.page("导出", headings), lines)
    return SimpleUploadedFile(name, made.content())


def make_source(by, org, *, name="智慧团建", columns=COLUMNS):
    """Name a source with its first columns."""
    source = services.name_roll_source(name=name, org=org, at=NOW, by=by)
    services.keep_roll_columns(source=source, columns=columns, headings=HEADINGS, at=NOW, by=by)
    return source


def upload(source, *lines, org, by, at=NOW, name="智慧团建.xlsx"):
    """Upload an export; nothing is compared yet."""
    columns, file = source.versions.first(), book(*lines, name=name)
    rows = forms.rows_of(file, columns=columns.columns)
    return services.upload_run(new=services.NewRun(columns, org, file, rows), at=at, by=by)


def compare(source, *lines, org, by, at=NOW, name="智慧团建.xlsx"):
    """Upload an export and let the job compare it."""
    run = upload(source, *lines, org=org, by=by, at=at, name=name)
    worker.work_off()
    run.refresh_from_db()
    return run


def found(run, *, live=False):
    """Return the differences of a run: kind, field, both values."""
    rows = run.differences.order_by("line", "pk")
    if live:
        rows = rows.filter(state__in=["open", "answered", "confirmed"])
    return list(rows.values_list("kind", "field", "ours", "theirs"))


def one(run, **chosen):
    """Return one difference of a run."""
    return models.Difference.objects.get(run=run, **chosen)


def answer(difference, said, *, by, at=NOW):
    """Answer a difference."""
    new = services.Said(said, "与入团志愿书核对一致")
    return services.answer_difference(difference=difference, said=new, at=at, by=by)


confirm = partial(services.confirm_answer, at=NOW)
