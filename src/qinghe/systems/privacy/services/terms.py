"""The retention table's own lines: what is kept how long (S-08), and what plain deletion cannot do.

Systems add theirs in their manifests.
"""

from datetime import datetime
from functools import partial
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from qinghe.kernel.access.models import Account, Holding
from qinghe.kernel.audit import services as audit
from qinghe.kernel.consent.retention import THREE_YEARS, Action, Retention
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import File
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Contact, ContactField, Membership, Post
from qinghe.lib.periods import local_day

BY = "manage retention"
A_YEAR = 366
LEAST_TRAIL = 184  # S-14: six months can be 184 days
PIECE = 500


def _prune_trail(until: datetime, now: datetime) -> int:
    return audit.prune(before=until, at=now, by=BY)


def _drop_sessions(until: datetime, now: datetime) -> int:
    return _drop(Session.objects.filter(expire_date__lt=until))


def _drop_files(until: datetime, now: datetime) -> int:
    """Drop files that no record refers to any more, row first, content when the row is gone."""
    found = File.objects.filter(at__lt=until)
    for relation in File._meta.related_objects:
        used = relation.related_model._default_manager.filter(
            **{relation.field.name: OuterRef("pk")}
        )
        found = found.filter(~Exists(used))
    unused = list(found)
    for file in unused:
        path: Path = files.path_of(file)
        file.delete()
        transaction.on_commit(partial(path.unlink, missing_ok=True))
    return len(unused)


def _forget_contacts(until: datetime, now: datetime) -> int:
    """Erase how people are reached who left everything they were in before a moment."""
    day = local_day(until)
    ended = Q(ends_on__lt=day)
    left = [
        kind._default_manager.filter(ended, person=OuterRef("person"))
        for kind in (Holding, Membership, Post)
    ]
    stays = [
        kind._default_manager.filter(~ended | Q(ends_on__isnull=True), person=OuterRef("person"))
        for kind in (Holding, Membership, Post)
    ]
    signs_in = Account.objects.filter(person=OuterRef("person"), user__is_active=True)
    gone = Contact.objects.filter(Exists(left[0]) | Exists(left[1]) | Exists(left[2]))
    for still in stays:
        gone = gone.filter(~Exists(still))
    found = list(gone.filter(~Exists(signs_in)).select_related("person"))
    for contact in found:
        people.erase_contact(
            person=contact.person, fields=list(ContactField), reason="超过保存期限", at=now, by=BY
        )
        contact.delete()
    return len(found)


def _drop(rows: QuerySet[Model]) -> int:
    """Delete rows in pieces, and return how many they were."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), PIECE):
        rows.model._default_manager.filter(pk__in=keys[start : start + PIECE]).delete()
    return len(keys)


TABLE = (
    Retention(
        "privacy.Registration", "未完成的注册", 1, "started_at", Action.DELETE, "只为办完注册"
    ),
    Retention("privacy.PhoneCode", "短信验证码", 2, "sent_at", Action.DELETE, "只为限制发送次数"),
    Retention(
        "sessions.Session",
        "登录会话",
        0,
        "expire_date",
        Action.DELETE,
        "到期即删",
        run=_drop_sessions,
    ),
    Retention(
        "usersessions.UserSession",
        "登录设备清单",
        LEAST_TRAIL,
        "last_seen_at",
        Action.DELETE,
        "让本人看到自己的登录",
    ),
    Retention(
        "sheets.Upload",
        "导入的台账原件",
        A_YEAR,
        "at",
        Action.DELETE,
        "核对导入差错；记录本身不受影响，文件随后删除",
    ),
    Retention(
        "files.Attachment",
        "已移除的附件",
        30,
        "removed_at",
        Action.DELETE,
        "误删可查",
    ),
    Retention("files.File", "没有记录引用的文件", 30, "at", Action.DELETE, "", run=_drop_files),
    Retention("notices.Notice", "站内通知", A_YEAR, "at", Action.DELETE, "方便本人回看"),
    Retention(
        "notices.Outgoing", "演示用的短信和邮件", 7, "at", Action.DELETE, "只在演示和测试中产生"
    ),
    Retention(
        "people.Contact",
        "已退出人员的联系方式",
        2 * A_YEAR,
        "person",
        Action.ANONYMISE,
        "职务、团籍都已终止且不再登录的",
        run=_forget_contacts,
    ),
    Retention(
        "privacy.Request",
        "更正、删除申请",
        THREE_YEARS,
        "answered_at",
        Action.DELETE,
        "证明已经答复",
        least=THREE_YEARS,
    ),
    Retention(
        "consent.Consent",
        "已撤回的同意",
        THREE_YEARS,
        "withdrawn_at",
        Action.DELETE,
        "证明曾经同意、何时撤回（S-10）",
        least=THREE_YEARS,
    ),
    Retention(
        "privacy.Assessment",
        "影响评估",
        2 * THREE_YEARS,
        "done_on",
        Action.DELETE,
        "至少三年（S-11）",
        least=THREE_YEARS,
    ),
    Retention(
        "audit.Entry",
        "操作记录",
        THREE_YEARS,
        "at",
        Action.DELETE,
        "至少六个月（S-14）",
        least=LEAST_TRAIL,
        run=_prune_trail,
    ),
    Retention(
        "people.Person", "人员基本信息", 0, "pk", Action.KEEP, "统计的依据；本人申请删除时匿名化"
    ),
)
