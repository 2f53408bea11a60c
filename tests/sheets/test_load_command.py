import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from qinghe.edges.sheets import services
from qinghe.kernel.people.models import Person
from tests.cast import NOW

from . import makers

pytestmark = pytest.mark.django_db


def run(capsys, *arguments) -> str:
    call_command("load-sheet", *map(str, arguments))
    return capsys.readouterr().out


def test_a_file_is_loaded_by_somebody_named(people, saved, capsys):
    path = saved(makers.book(makers.people_rows(3)))

    assert "已导入3行" in run(capsys, "testing.people", path, "--as", "P001")
    assert Person.objects.filter(number__startswith="N").count() == 3


def test_an_upload_of_the_pages_is_loaded_for_who_uploaded_it(people, capsys):
    content = ContentFile(makers.book(makers.people_rows(3)), name="台账.xlsx")
    upload = services.preview(sheet=makers.PEOPLE, file=content, by=people.lin, at=NOW)

    assert "已导入3行" in run(capsys, "--upload", upload.pk)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["testing.nothing", "BOOK", "--as", "P001"], "没有名为testing.nothing的台账"),
        (["testing.people", "missing.xlsx", "--as", "P001"], "没有找到文件"),
        (["testing.people", "BOOK", "--as", "P999"], "没有编号为P999的人员"),
        (["testing.people", "BOOK", "--as", "P006"], "没有导入"),
        (["testing.people", "BOOK"], "请给出"),
        (["testing.places", "BOOK", "--as", "P001"], "这是“人员台账”表"),
        (["--upload", "999"], "没有第999号上传"),
    ],
)
def test_each_mistake_gets_a_sentence_and_changes_nothing(arguments, said, people, saved, capsys):
    path = saved(makers.book(makers.people_rows(3)))

    with pytest.raises(CommandError, match=said):
        run(capsys, *[path if word == "BOOK" else word for word in arguments])

    assert not Person.objects.filter(number__startswith="N").exists()


def test_bad_rows_are_listed(people, saved, capsys):
    path = saved(makers.book([["N1", "甲", "", ""], ["N2", "", "", ""]]))

    with pytest.raises(CommandError, match="1处问题"):
        run(capsys, "testing.people", path, "--as", "P001")

    assert "第3行“姓名”列：必填" in capsys.readouterr().err
