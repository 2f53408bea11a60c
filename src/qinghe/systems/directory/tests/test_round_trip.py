"""What goes out as a sheet comes in as the same: one definition of columns both ways."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.base import File
from django.utils import timezone

from qinghe.edges.books import Watermark
from qinghe.edges.sheets import services as loading
from qinghe.edges.web import asking, export
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.models import Account
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Contact, Membership, Person, Post
from qinghe.lib.verdicts import Refused
from qinghe.systems.directory import sheets
from qinghe.systems.directory.access import Act
from tests.cast import NOW, TODAY, make_org, make_person

from .makers import make_branch, make_cadre, make_member

MARK = Watermark("DC-1", "林青", NOW, "核对", "横岗街道")


@pytest.fixture
def keeper(cast, monkeypatch):
    """Somebody who may load lists at a community, where children's data may be read too."""
    grants = [Grant(Role.COMMUNITY_SECRETARY, Act.UPLOAD, Reach.BELOW)]
    monkeypatch.setattr(actors, "GRANTS", [*actors.GRANTS, *grants])
    return cast.zhou


def taken(address, actor, *, tmp_path):
    """Take a list out in the columns of its sheet; return the file."""
    user = Account.objects.none()
    ledger = asking.ledger_at(address, actor=actor, user=user, at=timezone.now())
    target = BytesIO()
    export.write_loadable(target, ledger=ledger, watermark=MARK, on=TODAY)
    path = tmp_path / f"{ledger.sheet.slug}.xlsx"
    path.write_bytes(target.getvalue())
    return path


def cells_of(path):
    page = openpyxl.load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def notes_of(path):
    page = openpyxl.load_workbook(path)["导出说明"]
    return {row[0].value: row[1].value for row in page.iter_rows()}


def came_in(sheet, path, actor):
    outcome = loading.load_file(sheet=sheet, path=path, by=actor, at=NOW)
    assert outcome.problems == []
    return outcome.written


def roll():
    return list(
        Membership.objects.order_by("person__number").values_list(
            "person__number", "person__name", "person__birth_date", "org__code", "starts_on"
        )
    )


def test_members_come_back_as_they_went_out(cast, keeper, tmp_path):
    branch = make_branch("B9", cast.xiangjiaotang)
    make_member(make_person("M1", "禾苗", birth_date=date(2000, 2, 29)), branch)
    make_member(make_person("M2", "小鱼", birth_date=date(2007, 1, 1)), branch)  # a minor
    before = roll()

    path = taken("/directory/members/", keeper, tmp_path=tmp_path)
    Membership.objects.all().delete()
    Person.objects.filter(number__startswith="M").delete()

    assert came_in(sheets.MEMBERS, path, keeper) == 2
    assert roll() == before


def test_cadres_come_back_as_they_went_out(cast, keeper, tmp_path):
    branch = make_branch("B9", cast.xiangjiaotang)
    make_cadre(make_person("G1", "禾苗"), branch, title="=书记")
    before = list(Post.objects.values_list("person__number", "org__code", "title", "service"))

    path = taken("/directory/cadres/", keeper, tmp_path=tmp_path)
    Post.objects.all().delete()

    assert came_in(sheets.CADRES, path, keeper) == 1
    assert before == list(
        Post.objects.values_list("person__number", "org__code", "title", "service")
    )


def test_organisations_come_back_as_they_went_out(cast, tmp_path):
    committee = make_org(
        "E1", "某企业团委", kind="league_committee", level="unit", parent=cast.hongmian
    )
    make_branch("E2", committee, sector="society")
    fields = ("code", "name", "kind", "level", "path", "sector", "opened_on")
    wanted = Org.objects.filter(code__in=["E1", "E2"])
    before = list(wanted.values_list(*fields))

    path = taken("/directory/orgs/", cast.lin, tmp_path=tmp_path)
    book = openpyxl.load_workbook(path)
    for line in range(book.worksheets[0].max_row, 1, -1):  # the streets stay
        if not str(book.worksheets[0].cell(line, 1).value).startswith("E"):
            book.worksheets[0].delete_rows(line)
    book.save(path)
    Placement.objects.filter(org__in=wanted).delete()
    for org in wanted.order_by("-path"):
        org.delete()

    assert came_in(sheets.ORGS, path, cast.lin) == 2
    assert list(wanted.values_list(*fields)) == before


def test_loading_a_list_where_it_came_from_adds_nobody(cast, keeper, tmp_path):
    make_member(make_person("M1", "禾苗"), make_branch("B9", cast.xiangjiaotang))
    path = taken("/directory/members/", keeper, tmp_path=tmp_path)

    outcome = loading.load_file(sheet=sheets.MEMBERS, path=path, by=keeper, at=NOW)

    assert outcome.written == 0
    assert [problem.column for problem in outcome.problems] == ["人员编号"]


def test_what_the_reader_may_not_read_stays_empty_and_is_told(cast, tmp_path):
    branch = make_branch("B9", cast.hongmian)
    make_member(make_person("M1", "禾苗"), branch)
    make_member(make_person("M2", "小鱼", birth_date=date(2007, 1, 1)), branch)

    path = taken("/directory/members/?sort=number", cast.lin, tmp_path=tmp_path)

    names = {row[0]: row[1] for row in cells_of(path)[1:]}
    assert names == {"M1": "禾苗", "M2": None}
    assert notes_of(path)["姓名"] == "有1行您无权查看，留空，补填后才能再次导入。"
    assert notes_of(path)["未带出的列"] == "手机号、身份证号加密保存，不随表导出。"


def test_what_a_sheet_cannot_hold_is_left_out_and_told(cast, keeper, tmp_path):
    branch = make_branch("B9", cast.xiangjiaotang)
    make_member(make_person("M1", "禾苗"), branch, ends_on=date(2022, 5, 1))

    path = taken("/directory/members/", keeper, tmp_path=tmp_path)

    assert len(cells_of(path)) == 1
    assert "已终止" in notes_of(path)["未列出"]


def test_only_who_may_load_a_sheet_takes_its_list_out_in_its_columns(cast):
    user = Account.objects.none()

    ledger = asking.ledger_at("/directory/members/", actor=cast.chen, user=user, at=NOW)

    assert ledger.sheet is None


# ── 手机号 and 身份证号 ───────────────────────────────────────────────────────────────────────────

PHONE, OTHER = "13912345678", "13687654321"
ID_NUMBER = "440307199503010010"


def row(line=2, **changed):
    given = {
        "number": f"M{line}",
        "name": "禾苗",
        "sex": None,
        "birth_date": date(1995, 3, 1),
        "org_code": "B1",
        "starts_on": date(2022, 3, 1),
        "phone": PHONE,
        "id_number": None,
    }
    return sheets.MemberRow(line=line, **{**given, **changed})


def load_rows(actor, *rows):
    found = sheets.resolve_members(actor, rows, NOW)
    assert found.problems == []
    sheets.write_members(
        ready=found.ready, at=NOW, by=actor, source={"file": "f", "sheet": "s", "lines": [2, 3]}
    )


def refusals(actor, *rows):
    found = sheets.resolve_members(actor, rows, NOW)
    return [(one.line, one.column) for one in found.problems]


def test_numbers_are_sealed_when_they_are_loaded(cast):
    make_branch("B1", cast.hongmian)

    load_rows(cast.lin, row(id_number=ID_NUMBER))

    person = Person.objects.get(number="M2")
    kept = Contact.objects.get(person=person)
    assert PHONE.encode() not in bytes(kept.phone)
    assert people.by_phone(PHONE) == [person]
    assert people.by_id_number(ID_NUMBER) == person


def test_what_is_kept_of_a_person_outweighs_the_line(cast):
    make_branch("B1", cast.hongmian)
    load_rows(cast.lin, row())
    Membership.objects.all().delete()

    load_rows(cast.lin, row(phone=OTHER))

    assert people.by_phone(OTHER) == []
    assert [person.number for person in people.by_phone(PHONE)] == ["M2"]


def test_an_identity_number_is_one_persons(cast):
    make_branch("B1", cast.hongmian)
    load_rows(cast.lin, row(id_number=ID_NUMBER))

    assert refusals(cast.lin, row(3, id_number=ID_NUMBER)) == [(3, "身份证号")]
    assert refusals(
        cast.lin, row(4, id_number="440307199503010037"), row(5, id_number="440307199503010037")
    ) == [(5, "身份证号")]


def test_an_identity_number_tells_the_day_of_birth_and_the_sex(cast):
    make_branch("B1", cast.hongmian)

    wrong = row(3, birth_date=date(1996, 3, 1), id_number=ID_NUMBER)

    assert refusals(cast.lin, wrong) == [(3, "身份证号")]


def members_book(tmp_path, *, id_number=ID_NUMBER):
    path = tmp_path / "members.xlsx"
    book = openpyxl.Workbook()
    book.active.append([column.label for column in sheets.MEMBERS.columns])
    book.active.append(["M2", "禾苗", "", "1995-03-01", "B1", "2022-03-01", PHONE, id_number])
    book.save(path)
    return path


def sent(path, actor):
    with path.open("rb") as content:
        file = File(content, name=path.name)
        return loading.preview(sheet=sheets.MEMBERS, file=file, by=actor, at=NOW)


def test_no_reason_repeats_a_number(cast, tmp_path):
    make_branch("B1", cast.hongmian)
    path = members_book(tmp_path, id_number=ID_NUMBER[:-1] + "9")

    outcome = loading.load_file(sheet=sheets.MEMBERS, path=path, by=cast.lin, at=NOW)

    assert [problem.column for problem in outcome.problems] == ["身份证号"]
    assert ID_NUMBER[:-1] not in outcome.problems[0].reason


def test_no_preview_shows_a_number_and_a_loaded_file_is_wiped(
    cast, tmp_path, django_capture_on_commit_callbacks
):
    make_branch("B1", cast.hongmian)
    upload = sent(members_book(tmp_path), cast.lin)
    kept = files.path_of(upload.file)
    there = kept.exists()

    with django_capture_on_commit_callbacks(execute=True):
        loading.load(sheet=sheets.MEMBERS, upload=upload, by=cast.lin, at=NOW)

    upload.refresh_from_db()
    assert upload.findings["sample"][0][-2:] == ["已填", "已填"]
    assert PHONE not in str(upload.findings)
    assert there
    assert not kept.exists()


def test_a_file_with_numbers_that_nobody_loads_is_wiped_after_a_day(
    cast, tmp_path, django_capture_on_commit_callbacks
):
    make_branch("B1", cast.hongmian)
    path = members_book(tmp_path)
    upload = sent(path, cast.lin)

    with django_capture_on_commit_callbacks(execute=True):
        early = loading.purge(at=NOW + timedelta(hours=23), by="夜间任务")
        late = loading.purge(at=NOW + timedelta(hours=25), by="夜间任务")

    upload.refresh_from_db()
    assert (early, late) == (0, 1)
    with pytest.raises(Refused, match="重新上传"):
        loading.load(sheet=sheets.MEMBERS, upload=upload, by=cast.lin, at=NOW)
    again = sent(path, cast.lin)
    assert files.path_of(again.file).exists()
    assert loading.load(sheet=sheets.MEMBERS, upload=again, by=cast.lin, at=NOW).written == 1
