"""`manage audit`: what an operator is told, and with which exit."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from qinghe.kernel.audit import services
from qinghe.kernel.audit.models import Entry, Head
from tests import guards
from tests.cast import CLERK

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def five_entries():
    for _ in range(5):
        services.record_event(by=CLERK, verb="accounts.sign_in", at=timezone.now())


def audit(*arguments):
    said = StringIO()
    call_command("audit", *map(str, arguments), stdout=said, stderr=said)
    return said.getvalue()


def test_a_whole_chain_passes_and_the_check_is_written_down():
    assert "校验通过：第1至5条，共5条" in audit("verify")
    assert Entry.objects.get(verb="audit.verify").detail == {"count": 5, "first": 1, "last": 5}


def test_the_first_wrong_entry_is_named():
    with guards.lifted():
        Entry.objects.filter(seq=3).update(by="别人")

    with pytest.raises(CommandError, match="第3条，内容被改动") as failed:
        audit("verify")

    assert failed.value.returncode == 1
    assert Entry.objects.get(verb="audit.verify").outcome == "refused"


def test_a_cut_tail_is_found_by_the_anchors_of_a_file(tmp_path):
    file = tmp_path / "qinghe.anchor"
    audit("anchor", file)
    audit("anchor", file)
    last = Entry.objects.get(seq=4)
    assert [json.loads(line)["seq"] for line in file.read_text().splitlines()] == [5, 6]
    assert "与2个锚点相符" in audit("verify", "--anchor", file)

    with guards.lifted():
        Entry.objects.filter(seq__gt=4).delete()
    Head.objects.update(seq=last.seq, hash=last.hash)

    assert "校验通过" in audit("verify")
    with guards.lifted():
        Entry.objects.filter(seq__gt=4).delete()
    Head.objects.update(seq=last.seq, hash=last.hash)
    with pytest.raises(CommandError, match="第5条，末尾的记录被删除"):
        audit("verify", "--anchor", file)


def test_a_file_that_is_no_anchor_is_refused(tmp_path):
    file = tmp_path / "qinghe.anchor"
    file.write_text("nonsense\n")

    with pytest.raises(CommandError, match="读不出来"):
        audit("verify", "--anchor", file)
    with pytest.raises(CommandError, match="没有写入"):
        audit("anchor", tmp_path / "nowhere" / "file")


def test_missing_triggers_are_told():
    with guards.lifted():
        assert "触发器不全" in audit("verify")


def test_young_entries_are_not_pruned():
    with pytest.raises(CommandError, match="至少保存184天"):
        audit("prune", "--days", 30)
    assert "0条操作记录" in audit("prune", "--days", 184)
