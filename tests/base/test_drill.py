"""A backup is tried out beside the house, and what nobody tried for a month is red (bar 10)."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from qinghe.config import backups
from qinghe.config.backups import databases
from qinghe.edges.health import probes
from qinghe.edges.health.probes import State
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.kernel.secrets import keyring
from qinghe.lib.verdicts import Refused
from tests.accounts.conftest import make_account
from tests.cast import CLERK, NOW, make_cast

MONTH = timedelta(days=31)


def state(at):
    found = {each.probe.code: each.answer for each in probes.ask_all(at)}
    return found["drill"].state


@pytest.fixture
def backed_up(transactional_db, settings, tmp_path):
    """Return where the backup of a house with an account and a sealed text lies, and its keys."""
    cast = make_cast()
    keyring.make_first()
    make_account(cast.he.person_id, "hehe")
    person = Person.objects.get(pk=cast.he.person_id)
    people.keep_contact(person=person, new=people.NewContact(phone="13800000000"), at=NOW, by=CLERK)
    call_command("backup", tmp_path / "kept", keys=tmp_path / "apart")
    return tmp_path / "kept", tmp_path / "apart"


@pytest.mark.slow
def test_the_newest_backup_is_restored_aside_signed_in_to_and_written_down(
    backed_up, settings, capsys
):
    kept, keys = backed_up
    mine = Person.objects.count()

    call_command("drill", kept, keys=keys)

    said = capsys.readouterr().out
    assert "全部完好。" in said
    assert "登录：可以登录" in said
    assert "敏感信息：试读1项，都读得出" in said
    assert "演练通过" in said
    assert Entry.objects.get(verb="backups.drill").outcome == "done"
    assert Person.objects.count() == mine
    assert not (databases.data_folder() / ".drill").exists()
    assert state(timezone.now()) == State.OK
    assert state(timezone.now() + MONTH + timedelta(hours=1)) == State.FAILED


@pytest.mark.slow
def test_a_backup_without_its_keys_fails_the_drill_and_that_is_red(backed_up, tmp_path):
    kept, _ = backed_up

    with pytest.raises(CommandError, match="演练没有通过，在用的数据没有改动"):
        call_command("drill", kept, keys=tmp_path / "elsewhere")

    assert Entry.objects.get(verb="backups.drill").outcome == "refused"
    assert state(timezone.now()) == State.FAILED


@pytest.mark.django_db
def test_a_new_house_is_reminded_and_after_a_month_it_is_red():
    assert state(timezone.now()) == State.WARN
    assert state(timezone.now() + MONTH + timedelta(days=3)) == State.FAILED


@pytest.mark.django_db
def test_nobody_s_password_is_drawn_anew_in_the_house_itself():
    with pytest.raises(Refused, match="只在演练恢复出来的数据里"):
        list(backups.look_inside())
