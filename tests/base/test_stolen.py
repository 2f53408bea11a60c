"""The database, its dump, a backup, the facts, the logs or the kept files are stolen: nothing sealed is read (bar 28)."""

import io
import logging
import subprocess
import zipfile
from datetime import date

import duckdb
import openpyxl
import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.models import User
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client

from qinghe.config import logs
from qinghe.config.backups import databases
from qinghe.edges.accounts import sealed as factors
from qinghe.edges.jobs import rules as job_rules
from qinghe.edges.jobs import worker
from qinghe.edges.sheets import services as loading
from qinghe.kernel.consent import services as consents
from qinghe.kernel.files import services as files
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Contact
from qinghe.kernel.secrets.fields import sealed_tables
from qinghe.systems.directory import sheets
from qinghe.systems.directory.tests.makers import make_branch
from qinghe.systems.privacy import services as privacy
from qinghe.systems.privacy.tests import makers as privacy_makers
from tests import desk
from tests.cast import CLERK, NOW, make_cast
from tests.hooks.conftest import subscribe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# They are not sealed: where they are found, the right bytes are looked at.
READABLE, BRANCH = "金丝雀街道", "B1团支部"
TYPED = {
    "phone": "13566771234",
    "id_number": "440307199503011232",
    "address": "金丝雀路1号2栋303",
    "guardian_name": "金丝雀监护人",
    "guardian_phone": "13566775678",
}
MOTHER = consents.Guardian(name="金丝雀母亲", phone="13566779012", relation="金丝雀关系")
WISH, UNDER_WAY, LOADED = "金丝雀路3号5栋606", "13566773456", "13566777890"
WAITING, WAITING_ID, ATTACHED = "13566772468", "440307199604022344", b"13566771357"


@pytest.fixture
def planted(caplog, tmp_path, monkeypatch):
    """Have a mark in every sealed column, by the doors that people use; return the marks."""
    caplog.set_level("DEBUG")
    logging.getLogger("django.db.backends").setLevel("INFO")  # SQL is logged by nothing that serves
    cast = make_cast()
    cast.henggang.name = READABLE
    cast.henggang.save()
    privacy_makers.tell(in_charge="林")
    person = people.add_person(
        new=people.NewPerson(number="JS-1", name=READABLE, birth_date=date(1995, 3, 1)),
        at=NOW,
        by=CLERK,
    )
    people.keep_contact(person=person, new=people.NewContact(**TYPED), at=NOW, by=CLERK)
    child = privacy_makers.described(org=cast.hongmian, born=privacy_makers.TEEN)
    code = privacy_makers.asked_guardian(child, guardian=MOTHER)
    privacy.complete_by_guardian(registration=child, code=code, at=NOW, by=privacy_makers.BY)
    privacy_makers.described(org=cast.hongmian, phone=UNDER_WAY)
    privacy.ask(wish=privacy.Wish("correct", "address", WISH), at=NOW, by=cast.lin)
    _, secret = subscribe(cast.longgang, by=cast.lin)
    factor = generate_totp_secret()
    factors.put_away(factor, user=User.objects.create_user("one"))
    load_a_list(tmp_path, cast)
    let_a_list_wait(tmp_path, cast)
    attach_a_paper(cast)
    take_the_list_out(cast, monkeypatch)
    call_command("rebuild-facts", stdout=io.StringIO())
    return [*TYPED.values(), MOTHER.name, MOTHER.phone, MOTHER.relation, WISH, UNDER_WAY, LOADED,
            WAITING, WAITING_ID, ATTACHED.decode(), secret.removeprefix("whsec_"), factor]  # fmt: skip


def load_a_list(folder, cast):
    """Load a workbook that tells of a telephone; its content is wiped then."""
    make_branch("B1", cast.hongmian)
    upload = uploaded(
        folder / "loaded.xlsx",
        ["M2", "禾苗", "", "1995-03-01", "B1", "2022-03-01", LOADED, ""],
        cast,
    )
    loading.load(sheet=sheets.MEMBERS, upload=upload, by=cast.lin, at=NOW)
    assert Contact.objects.get(person__name="禾苗").phone


def let_a_list_wait(folder, cast):
    """Upload a workbook with a telephone and an identity number, that nobody has loaded yet."""
    row = ["M3", "禾穗", "", "1996-04-02", "B1", "2022-03-01", WAITING, WAITING_ID]
    upload = uploaded(folder / "waiting.xlsx", row, cast)
    assert loading.problems_of(sheet=sheets.MEMBERS, upload=upload, by=cast.lin, at=NOW) == []
    with files.opened(upload.file) as content, zipfile.ZipFile(content) as packed:
        assert WAITING.encode() in b"".join(packed.read(name) for name in packed.namelist())


def uploaded(path, row, cast):
    book = openpyxl.Workbook()
    book.active.append([column.label for column in sheets.MEMBERS.columns])
    book.active.append(row)
    book.save(path)
    with path.open("rb") as content:
        return loading.preview(
            sheet=sheets.MEMBERS, file=File(content, name=path.name), by=cast.lin, at=NOW
        )


def attach_a_paper(cast):
    """Keep a paper with a record, in which there stands a telephone."""
    paper = ContentFile(b"%PDF-1.7\n" + ATTACHED, name="说明.pdf")
    files.attach(subject=cast.hongmian, upload=paper, at=NOW, by=cast.lin)


def take_the_list_out(cast, monkeypatch):
    """Have the list of people written into a workbook that is kept until it is fetched."""
    monkeypatch.setattr(job_rules, "AT_ONCE", 0)
    browser = desk.sign_in(Client(), cast.lin)
    form = browser.get("/directory/members/?export=xlsx")
    browser.post(form.url, {"purpose": "work", "note": "核对名册", "receiver": "横岗街道团工委"})
    worker.work_off()


def everything(folder):
    """Return every file below a folder as bytes, and each packed one with what is packed in it."""
    told = []
    for path in folder.rglob("*"):
        if path.is_file():
            told.append(path.read_bytes())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    told += [packed.read(name) for name in packed.namelist()]
    return b"\n".join(told)


def shapes(mark):
    """Return the bytes as which a mark may stand somewhere."""
    plain = mark.encode()
    return plain, mark.encode("unicode_escape"), plain.hex().encode(), mark.encode("utf-16-le")


def assert_not_in(told, marks, *, readable=READABLE):
    assert not readable or readable.encode() in told
    assert [mark for mark in marks if any(shape in told for shape in shapes(mark))] == []


def dumped(path):
    """Return what a dump of PostgreSQL says, unpacked; of SQLite it is the file."""
    if connection.vendor == "sqlite":
        return path.read_bytes()
    done = subprocess.run(
        [databases._find_program("pg_restore"), "--file=-", path], capture_output=True, check=True
    )
    return done.stdout


def test_every_sealed_column_has_a_mark(planted):
    empty = [
        table.place(column)
        for table in sealed_tables()
        for column in table.columns
        if not table.model._default_manager.filter(**{f"{column.name}__isnull": False}).exists()
    ]

    assert empty == []


def test_who_has_the_database_or_a_backup_reads_nothing_of_it(planted, tmp_path, data_folder):
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse battery staple")
    phrase.chmod(0o600)
    databases.dump(tmp_path / "dump")
    call_command("backup", tmp_path / "plain", stdout=io.StringIO())
    call_command("backup", tmp_path / "sealed", passphrase=phrase, stdout=io.StringIO())

    assert_not_in(dumped(tmp_path / "dump"), planted)
    (dump,) = (tmp_path / "plain").rglob(databases.FILES[connection.vendor])
    assert_not_in(dumped(dump), planted)
    assert_not_in(everything(tmp_path / "plain"), planted, readable="")
    assert_not_in(everything(tmp_path / "sealed"), [*planted, READABLE], readable="")


def test_who_has_the_facts_the_kept_files_or_the_log_reads_nothing_of_it(
    planted, data_folder, caplog
):
    facts = (data_folder / "facts" / "current.duckdb").resolve(strict=True)
    with duckdb.connect(str(facts), read_only=True) as store:
        tables = [
            name for (name,) in store.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        ]
        rows = [store.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables]

    assert any(rows)
    assert_not_in(repr(rows).encode(), planted, readable="")
    assert list((data_folder / "results").iterdir())
    assert_not_in(everything(data_folder), planted, readable=BRANCH)
    for form in (logs.Line(), logs.JsonLine()):
        lines = "\n".join(form.format(record) for record in caplog.records)
        assert_not_in(lines.encode(), planted, readable="")
