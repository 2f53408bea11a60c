"""Giving a signed report its number and its files. What is issued does not change any more."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.analytics import frozen
from qinghe.analytics.models import FrozenFigure
from qinghe.edges.jobs import services as jobs
from qinghe.edges.jobs.models import Job
from qinghe.edges.web import scope
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import File
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs.kinds import AREAS
from qinghe.lib import periods
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import services as drafting
from qinghe.reports.drafting.models import Report
from qinghe.reports.half_year import docx, printing
from qinghe.reports.half_year.outline import day_in_words
from qinghe.reports.issuing import annex, models, rules, steps, text
from qinghe.reports.issuing.access import Act

PRINT = "issuing.print"


@dataclass(frozen=True)
class Number:
    """The document number that is wanted: the next one of a word (G-12).

    `used` tells once how far the year's numbers had come outside of this house.
    """

    word: str
    used: int | None = None


@transaction.atomic
def issue(
    *,
    circulation: models.Circulation,
    dated_on: date,
    number: Number | None = None,
    at: datetime,
    by: Actor,
) -> models.Issue:
    """Issue a signed report: number, document and annex, all or nothing.

    Raises Refused: not_allowed, not_signed, changed_text, day_ahead, not_a_word, already_counted.
    """
    circulation = (
        models.Circulation.objects.select_for_update(of=("self",))
        .select_related("report__org", "freezing")
        .get(pk=circulation.pk)
    )
    report = circulation.report
    actors.require(by, Act.ISSUE, at=report.org)
    rules.check_signed(circulation.state)
    rules.check_day(dated_on, today=local_day(at))
    if text.sha256(circulation.text) != circulation.sha256:
        raise Refused("changed_text", "正文与签发时的校验值不符，没有印发；请通知系统管理员。")
    word, year, serial = _next(number, dated_on=dated_on)
    printed = text.dated(circulation.text, day=dated_on)
    made = models.Issue(
        report=report,
        circulation=circulation,
        freezing=circulation.freezing,
        word=word,
        year=year,
        serial=serial,
        dated_on=dated_on,
        issued_at=at,
        issued_by_id=by.person_id,
        text=printed,
        sha256=text.sha256(printed),
    )
    made.document = _document(made, at=at, by=by)
    made.document_sha256 = made.document.sha256
    made.annex = _annex(made, at=at, by=by)
    made.annex_sha256 = made.annex.sha256
    made.save(force_insert=True)
    _close(made, at=at, by=by)
    if printing.program():
        print_pdf(issue=made, at=at, by=by)
    return made


@transaction.atomic
def print_pdf(*, issue: models.Issue, at: datetime, by: Actor) -> Job:
    """Ask for the PDF of an issued report. Raises Refused: not_allowed, no_office, printed_already."""
    actors.require(by, Act.SEE, at=issue.report.org)
    if printing.program() is None:
        raise Refused("no_office", "服务器没有安装 LibreOffice，不能生成 PDF；文档和附件不受影响。")
    if models.Printed.objects.filter(issue=issue).exists():
        raise Refused("printed_already", "这份工作总结的 PDF 已经生成，没有重复生成。")
    return jobs.start(
        kind=PRINT,
        title=f"生成PDF：{issue.report.title}",
        arguments={"issue": issue.pk},
        at=at,
        by=by,
    )


@transaction.atomic
def keep_pdf(*, issue: models.Issue, content: bytes, at: datetime, by: Actor) -> models.Printed:
    """Keep the PDF that was made of an issued report's document, once."""
    known = models.Printed.objects.filter(issue=issue).first()
    if known:
        return known
    kept = _keep(content, name=f"{issue.report.title}.pdf", at=at, by=by)
    made = models.Printed(issue=issue, file=kept, sha256=kept.sha256, at=at)
    made.save(force_insert=True)
    audit.record(
        by=by, verb="issuing.print", subject=issue.report, at=at, detail={"sha256": kept.sha256}
    )
    return made


def _next(number: Number | None, *, dated_on: date) -> tuple[str, int | None, int | None]:
    """Take the next number of a word and year; the row is held, so nobody takes the same."""
    if number is None:
        return "", None, None
    word = rules.check_word(number.word)
    found, is_new = models.Numbering.objects.select_for_update().get_or_create(
        word=word, year=dated_on.year, defaults={"last": 0}
    )
    found.last += rules.check_start(used=number.used, is_new=is_new) + 1
    found.save(update_fields=["last"])
    return word, found.year, found.last


def _document(made: models.Issue, *, at: datetime, by: Actor) -> File:
    report = made.report
    draft = text.as_draft(made.text, org=report.org, period=report.span, as_of=made.freezing.as_of)
    head = docx.Head(organ=report.signature, number=made.number) if made.number else None
    content = docx.document(draft, head=head)
    return _keep(content, name=f"{report.title}.docx", at=at, by=by)


def _annex(made: models.Issue, *, at: datetime, by: Actor) -> File:
    report, freezing = made.report, made.freezing
    parts = list(
        scope.children_on(report.org, freezing.tree_on).filter(kind__in=AREAS).order_by("code")
    )
    org_ids = [report.org_id, *(each.pk for each in parts)]
    rows = FrozenFigure.objects.filter(gathering=freezing.gathering_id, org_id__in=org_ids)
    about = annex.Annex(
        title=report.title,
        number=made.number,
        org=report.org,
        parts=parts,
        freezing=freezing,
        owned_reason=made.circulation.owned_reason,
        dated=day_in_words(made.dated_on),
    )
    content = annex.workbook(
        about,
        told=frozen.told_of(freezing),
        figures={(row.code, row.org_id): row for row in rows},
    )
    return _keep(content, name=f"{report.title}附件.xlsx", at=at, by=by)


def _keep(content: bytes, *, name: str, at: datetime, by: Actor) -> File:
    return files.keep(upload=ContentFile(content, name=name), at=at, by=by)


def _close(made: models.Issue, *, at: datetime, by: Actor) -> None:
    """Mark the round and the report as issued, write it down and tell those who signed."""
    circulation, report = made.circulation, made.report
    circulation.state = models.Circulation.State.ISSUED
    circulation.save(update_fields=["state"])
    drafting.set_state(report=report, state=Report.State.ISSUED, at=at, by=by)
    detail = {
        "number": made.number,
        "sha256": made.sha256,
        "document": made.document_sha256,
        "annex": made.annex_sha256,
        "freezing": made.freezing.sha256,
    }
    audit.record(by=by, verb="issuing.issue", subject=report, at=at, detail=detail)
    people = circulation.signings.values_list("person_id", flat=True)
    notices.notify(
        person_ids=list(people),
        kind=Kind.RESULT,
        title="工作总结已印发",
        text=f"{report.org.name}：{report.title}{made.number}（{periods.parse(report.period).label}）",
        url=steps.issue_url(made),
        at=at,
    )
