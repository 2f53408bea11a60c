"""`manage docs`: the generated pages say what the code declares, and say when they do not."""

import json

import pytest
from django.core.management import CommandError, call_command

from qinghe.analytics import catalogue
from qinghe.config import documents
from qinghe.edges import system
from qinghe.edges.system import System
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.reports.half_year.required import Wanted

ANSWERING = Grant(Role.TEAM_LEADER, "hotline.answer", Reach.OWN)
HOTLINE = System(slug="hotline", label="热线", urls="", grants=(ANSWERING,))


def figure(number, code):
    """Return a printed figure that an indicator of this code would feed."""
    return Wanted(
        figure=number,
        code=code,
        label="人数",
        unit="人",
        kind="distinct",
        owner="volunteering",
        phrase="exact",
        meaning="按人计。",
    )


def cells(page, first):
    """Return the cells of the row that begins with this one."""
    row = next(line for line in page.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in row.strip("|").split(" | ")]


def test_the_page_of_rights_shows_the_reach_of_each_role():
    page = documents.access([ANSWERING], systems=[HOTLINE])

    reaches = dict(zip(["act", *Role], cells(page, "`hotline.answer`"), strict=True))

    assert "## hotline · 热线" in page
    assert reaches.pop("act") == "`hotline.answer`"
    assert {role: reach for role, reach in reaches.items() if reach} == {Role.TEAM_LEADER: "own"}


def test_every_right_that_is_granted_is_on_the_page():
    page = documents.access(actors.GRANTS, systems=system.INSTALLED)

    acts = {str(grant.act) for grant in actors.GRANTS}

    assert acts
    assert {act for act in acts if f"| `{act}` |" not in page} == set()


def test_every_indicator_is_on_the_page_with_its_meaning():
    page = documents.indicators(system.INSTALLED, wanted=())

    assert catalogue.INDICATORS
    for code in catalogue.INDICATORS:
        for indicator in catalogue.readings(code):
            row = cells(page, f"{code} | {indicator.version}")
            assert row[:4] == [code, str(indicator.version), indicator.label, indicator.unit]
            assert row[-1] == indicator.meaning


def test_a_ratio_names_both_its_halves():
    page = documents.indicators(system.INSTALLED, wanted=())

    assert "VOL-06 ÷ VOL-07" in cells(page, "VOL-08")


def test_a_printed_figure_is_fed_once_a_system_declares_its_code():
    printed = [figure("F055", "VOL-01"), figure("F010", "NOT-01")]

    page = documents.indicators(system.INSTALLED, wanted=printed)

    assert "1 of 2 fed" in page
    assert "yes" in cells(page, "F055")
    assert "yes" not in cells(page, "F010")


def test_states_come_with_the_moves_that_the_rules_allow():
    page = documents.states()
    team = page.split("## volunteering.Team")[1].split("\n## ")[0]

    assert cells(team, "`applied` (start)") == [
        "`applied` (start)",
        "待审核",
        "approved, noticed, refused, withdrawn",
    ]
    assert cells(team, "`closed`") == ["`closed`", "已注销", "the end"]


def test_every_address_of_a_menu_is_on_the_page():
    named = {name for _, name, _ in documents.routes()}

    wanted = {item.url_name for each in system.INSTALLED for item in each.menu}

    assert wanted
    assert wanted <= named


def test_the_api_describes_itself():
    schema = json.loads(documents.openapi())

    assert schema["openapi"].startswith("3.")
    assert schema["info"]["title"] == "青禾 Qinghe"


def test_two_runs_write_the_same(tmp_path):
    first = documents.write(tmp_path)
    second = documents.write(tmp_path)

    assert first == sorted(documents.all_pages())
    assert second == []


@pytest.mark.parametrize("spoil", ["change", "remove", "add"])
def test_the_check_names_the_stale_file_and_changes_nothing(tmp_path, spoil):
    documents.write(tmp_path)
    name = "generated/extra.md" if spoil == "add" else "generated/access.md"
    path = tmp_path / name
    path.unlink() if spoil == "remove" else path.write_text("old")
    before = sorted(each.name for each in tmp_path.rglob("*"))

    with pytest.raises(CommandError, match=name):
        call_command("docs", check=True, folder=tmp_path)

    assert sorted(each.name for each in tmp_path.rglob("*")) == before
    assert documents.stale(tmp_path) == [name]


def test_writing_mends_what_is_stale(tmp_path, capsys):
    documents.write(tmp_path)
    (tmp_path / "assurance.md").write_text("old")
    (tmp_path / "generated" / "access.md").write_text("old")
    (tmp_path / "generated" / "extra.md").write_text("left over")
    (tmp_path / "written.md").write_text("by hand")

    call_command("docs", folder=tmp_path)

    assert documents.stale(tmp_path) == []
    assert "generated/access.md" in capsys.readouterr().out
    assert (tmp_path / "written.md").exists()


def test_a_fresh_folder_passes_the_check(tmp_path, capsys):
    documents.write(tmp_path)

    call_command("docs", check=True, folder=tmp_path)

    assert "一致" in capsys.readouterr().out
