"""Writing together: who writes what by when, what others say of it, and who vouches for fixed words."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Department
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind as NoticeKind
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import access, models, queries
from qinghe.reports.drafting.rules import fixed, moves


@transaction.atomic
def assign(
    *,
    passage: models.Passage,
    department: str,
    street: Org | None,
    due_on: date | None,
    at: datetime,
    by: Actor,
) -> models.Passage:
    """Give a passage to a department or a street to write, by a day; to neither takes it back.

    Raises Refused: not_allowed, not_in_writing, one_assignee, not_below, already_past, no_assignee.
    """
    report = queries.to_write(by, passage.report)
    _check_assignee(report, department=department, street=street)
    if due_on and not (department or street):
        raise Refused("no_assignee", "请先选择主笔部门或街道，再填交稿日期；没有任何改动。")
    if due_on and due_on < local_day(at):
        raise Refused("already_past", "交稿日期已经过去，请改为今天或以后；没有任何改动。")
    found = models.Passage.objects.select_for_update(of=("self",)).get(pk=passage.pk, report=report)
    newly = street is not None and found.street_id != street.pk
    found.department, found.street, found.due_on = department, street, due_on
    found.save(update_fields=["department", "street", "due_on"])
    audit.record(
        by=by,
        verb="drafting.assign",
        subject=report,
        at=at,
        detail={
            "passage": found.pk,
            "department": department,
            "street": street.code if street else "",
            "due_on": str(due_on or ""),
        },
    )
    if street is not None and newly:
        _tell(report, street=street, due_on=due_on, at=at)
    return found


@transaction.atomic
def remark(*, passage: models.Passage, text: str, at: datetime, by: Actor) -> models.Remark:
    """Say something of a passage. Raises Refused: not_allowed, not_open, nothing_said."""
    found = _read(passage)
    if not access.may_remark(by, found):
        raise Refused("not_allowed", "您没有对这份工作总结提意见的权限，意见没有保存。")
    moves.check_open(found.report.state)
    if not text.strip():
        raise Refused("nothing_said", "请写明意见；没有保存。")
    made = models.Remark.objects.create(
        passage=found, text=text.strip()[:1000], at=at, by_id=by.person_id
    )
    audit.record(
        by=by,
        verb="drafting.remark",
        subject=found.report,
        at=at,
        detail={"passage": found.pk, "remark": made.pk},
    )
    return made


@transaction.atomic
def settle_remark(*, remark: models.Remark, at: datetime, by: Actor) -> models.Remark:
    """Mark a remark as dealt with: who writes the passage may, and who made it.

    Raises Refused: not_allowed, already_settled.
    """
    found = models.Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    passage = _read(found.passage)
    if found.by_id != by.person_id:
        access.check_writer(by, passage)
    if found.settled_at is not None:
        raise Refused("already_settled", "这条意见已经办结，没有任何改动。")
    found.settled_at, found.settled_by_id = at, by.person_id
    found.save(update_fields=["settled_at", "settled_by"])
    audit.record(
        by=by,
        verb="drafting.settle_remark",
        subject=passage.report,
        at=at,
        detail={"passage": passage.pk, "remark": found.pk},
    )
    return found


@transaction.atomic
def declare_fixed(
    *, report: models.Report, words: str, reason: str, at: datetime, by: Actor
) -> models.FixedWording:
    """Vouch that words with digits in them are a name and no figure (G-51).

    Raises Refused: not_allowed, not_in_writing, not_fixed, not_in_the_text, reason_needed,
    already_fixed.
    """
    report = queries.to_write(by, report)
    words = words.strip()
    fixed.check_words(words, reason=reason)
    texts = report.passages.filter(removed_at__isnull=True).values_list("heading", "text")
    if not any(words in heading or words in text for heading, text in texts):
        raise Refused("not_in_the_text", f"正文里没有“{words}”，没有登记；请照原文填写。")
    made, created = models.FixedWording.objects.get_or_create(
        report=report,
        words=words,
        defaults={"reason": reason.strip(), "person_id": by.person_id, "at": at},
    )
    if not created:
        raise Refused("already_fixed", f"“{words}”已经登记为固定表述，没有重复登记。")
    audit.record(
        by=by,
        verb="drafting.declare_fixed",
        subject=report,
        at=at,
        detail={"words": words, "reason": made.reason},
    )
    return made


@transaction.atomic
def withdraw_fixed(*, wording: models.FixedWording, at: datetime, by: Actor) -> None:
    """Take back that words are fixed; the trail keeps who had said so, and why.

    Raises Refused: not_allowed, not_in_writing.
    """
    found = models.FixedWording.objects.select_related("report__org").get(pk=wording.pk)
    report = queries.to_write(by, found.report)
    audit.record(
        by=by,
        verb="drafting.withdraw_fixed",
        subject=report,
        at=at,
        detail={"words": found.words, "reason": found.reason, "person": found.person_id},
    )
    found.delete()


def _read(passage: models.Passage) -> models.Passage:
    return models.Passage.objects.select_related("report__org", "street").get(pk=passage.pk)


def _check_assignee(report: models.Report, *, department: str, street: Org | None) -> None:
    if department and street:
        raise Refused("one_assignee", "一段只分给一个部门或一个街道；没有任何改动。")
    if department and (report.org.kind != OrgKind.DISTRICT or department not in Department.values):
        raise Refused("not_below", "只有区的工作总结可以分给团区委的部门；没有任何改动。")
    if street and not (street.parent_id == report.org_id and street.kind == OrgKind.STREET):
        raise Refused("not_below", f"{street.name}不是{report.org.name}的街道；没有任何改动。")


def _tell(report: models.Report, *, street: Org, due_on: date | None, at: datetime) -> None:
    limit = f"，请在{due_on:%Y-%m-%d}前交稿" if due_on else ""
    notices.notify(
        person_ids=access_queries.secretaries_over(street, local_day(at)),
        kind=NoticeKind.TODO,
        title="有一段工作总结请您执笔",
        text=f"{report.title}有一段分给{street.name}执笔{limit}。",
        url=reverse("drafting:report", args=[report.pk]),
        at=at,
    )
