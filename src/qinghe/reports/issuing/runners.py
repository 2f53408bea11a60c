"""Long work: freezing a period, counting a freezing again, printing a PDF."""

from django.urls import reverse

from qinghe.analytics import access as analytics
from qinghe.analytics import frozen, rebuild
from qinghe.analytics.models import Freezing
from qinghe.edges.jobs.runners import Result, Runner, Running
from qinghe.kernel.access import actors
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.reports.half_year import printing

from . import models, queries, services, steps
from .services.issuing import PRINT

FREEZE, RECOUNT = "issuing.freeze", "issuing.recount"


def freeze(job: Running) -> Result:
    """Make a freezing; it is named in the transaction that ends the job."""
    period, reason = periods.parse(str(job.arguments["period"])), str(job.arguments["reason"])
    _require(job)
    if job.arguments["rebuild"]:
        rebuild.in_child()
    made = frozen.make(period=period, by=job.by, at=job.at, reason=reason, progress=job.progress)

    def settle() -> None:
        frozen.keep(made=made, by=job.by, at=job.at, reason=reason)

    return Result(
        url=f"{reverse('issuing:freezings')}?period={period.name}",
        words=f"已封存{period.label}的{made.figures:,}个数字和{made.facts:,}行事实。",
        settle=settle,
    )


def recount(job: Running) -> Result:
    """Count a freezing again from its own facts and say whether it is equal."""
    _require(job)
    freezing = Freezing.objects.get(pk=job.arguments["freezing"])
    found = frozen.recount(freezing, progress=job.progress)
    words = f"一致：{found.figures:,}个数字、记录数和指纹与封存时完全相同。"
    if not found.equal:
        named = [*found.damaged, *dict.fromkeys(each.code for each in found.differences)]
        words = f"不一致：{'、'.join(named[:12])}。请通知系统管理员，用 recompute 命令查看明细。"
    return Result(url=reverse("issuing:freezing", args=[freezing.pk]), words=words)


def print_pdf(job: Running) -> Result:
    """Make the PDF of an issued report from its document."""
    issue = queries.issues_seen_by(job.by).filter(pk=job.arguments["issue"]).first()
    if issue is None:
        raise Refused("not_allowed", "您已没有查看这份工作总结的权限，没有生成 PDF。")
    url = steps.issue_url(issue)
    if models.Printed.objects.filter(issue=issue).exists():
        return Result(url=url, words="PDF 已经生成。")
    with files.laid_open(issue.document) as document:
        content = printing.pdf_of(document)

    def settle() -> None:
        services.keep_pdf(issue=issue, content=content, at=job.at, by=job.by)

    return Result(url=url, words="PDF 已生成。", settle=settle)


def _require(job: Running) -> None:
    top = orgs.root()
    if top is None:
        raise Refused("no_orgs", "还没有任何组织，没有可以封存的数字。")
    actors.require(job.by, analytics.FREEZE, at=top)


RUNNERS = (
    Runner(kind=FREEZE, label="封存数字", run=freeze, cancellable=False),
    Runner(kind=RECOUNT, label="重算核对", run=recount),
    Runner(kind=PRINT, label="生成PDF", run=print_pdf, cancellable=False),
)
