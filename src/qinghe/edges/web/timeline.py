"""A record's life, from its audit lines, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db.models import Model
from django.utils import timezone

from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import LeftAs
from qinghe.lib import identifiers, periods

from .parts import Event

# What each verb of the trail is called on a page. A system adds its own in views.py:
# timeline.VERBS.update({"volunteering.check_in": "签到"}).
VERBS: dict[str, str] = {
    "analytics.export_facts": "导出汇总数据供多区汇总",
    "backups.drill": "恢复演练",
    "orgs.open_org": "成立组织",
    "orgs.open_many": "批量导入组织",
    "orgs.change_org": "修改组织信息",
    "orgs.move_org": "调整隶属",
    "orgs.merge_org": "合并组织",
    "orgs.close_org": "撤销组织",
    "people.add_person": "登记人员",
    "people.add_many": "批量导入人员",
    "people.keep_contacts": "批量登记手机号、身份证号",
    "people.many_looks": "一小时内大量查看个人记录",
    "people.find_by_number": "按号码查找人员",
    "files.seal": "加密从前保存的文件",
    "files.wipe": "清除文件内容",
    "people.admit_member": "接收团员",
    "people.admit_many": "批量导入团员",
    "people.end_membership": "转出团员",
    "people.transfer_member": "转接团员组织关系",
    "people.transfer_many": "成批转接团员组织关系",
    "people.appoint": "任职",
    "people.appoint_many": "批量导入任职",
    "people.end_post": "离任",
    "access.give_role": "授予角色",
    "access.open_account": "开通账号",
    "files.keep": "上传附件",
}
# What each word of a line's detail is called. What one part of the house calls otherwise stands with
# the first word of its verbs: {"volunteering.before": "此前分钟"}.
DETAILS: dict[str, str] = {
    "file": "文件",
    "sheet": "工作表",
    "lines": "行",
    "org": "组织",
    "role": "角色",
    "reason": "事由",
    "from": "原",
    "to": "现",
    "on": "日期",
    "period": "期间",
    "starts_on": "起始日期",
    "ends_on": "到期日",
    "parent": "上级",
    "found": "找到人数",
    "looks": "打开次数",
    "analytics.figures": "数字个数",
    "backups.backup": "备份",
    "backups.code": "原因",
    "backups.seconds": "用时（秒）",
    "people.as": "离团方式",
    "people.joined_on": "入团日期",
    "consent.by_guardian": "由监护人",
    "consent.entity": "记录种类",
    "consent.guardian": "监护人编号",
    "consent.person": "人员序号",
    "consent.ward": "被监护人编号",
    "hooks.why": "原因",
    "sheets.problems": "问题行",
}
# What a value that stands for a choice is called; words that somebody typed are not among them.
VALUES: dict[str, str] = {way.value: str(way.label) for way in LeftAs}
CHOSEN = ("kind", "by", "as", "purpose")
SHORT_HASH = 12


def of(record: Model, *, reader: Actor, parts: Iterable[Model] = ()) -> list[Event]:
    """Return what was done to a record and to its parts, newest first.

    Each part costs a question: name few. Minors are named only to who may (S-04).
    """
    told = [
        entry for one in (record, *parts) for entry in audit.entries_about(one._meta.label, one.pk)
    ]
    entries = sorted(told, key=lambda entry: (entry.at, entry.seq), reverse=True)
    masked = _masked(entries, reader=reader)
    return [replace(line(one), by=masked.get(one.seq, one.by)) for one in entries]


def _masked(entries: Sequence[Entry], *, reader: Actor) -> dict[int, str]:
    """Return by line how those who signed it are named, where that is not in full."""
    today = timezone.localdate()
    signed = {one.person_id for one in entries} - {0, reader.person_id}
    minors = {one.pk: one for one in people.minors_among(signed, today)} if signed else {}
    theirs = [one for one in entries if one.person_id in minors]
    places = Org.objects.in_bulk({one.org_id for one in theirs}) if theirs else {}
    return {
        one.seq: f"{identifiers.mask_child_name(minor.name)}（{minor.pk}）"
        for one in theirs
        for minor in [minors[one.person_id]]
        if not levels.may_see_of(reader, levels.NAME, of=minor, at=places.get(one.org_id), on=today)
    }


def line(entry: Entry) -> Event:
    """Return one entry in words."""
    return Event(
        at=entry.at,
        verb=VERBS.get(entry.verb, entry.verb),
        by=entry.by,
        detail=_details(entry.detail, part=entry.verb.partition(".")[0]),
    )


def _details(detail: Mapping[str, object], *, part: str) -> list[tuple[str, str]]:
    return [
        (DETAILS.get(f"{part}.{key}", DETAILS.get(key, key)), _words(key, value))
        for key, value in detail.items()
        if key != "ids" and value not in ("", None)
    ]


def _words(key: str, value: object) -> str:
    if key in ("file", "sha256"):
        return str(value)[:SHORT_HASH]
    if isinstance(value, bool):
        return "是" if value else "否"
    if key == "period":
        return periods.parse(str(value)).label
    if key == "lines" and isinstance(value, list):
        return "–".join(f"{number}" for number in value)
    return VALUES.get(str(value), str(value)) if key in CHOSEN else str(value)
