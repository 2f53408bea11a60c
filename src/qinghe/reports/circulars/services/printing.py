"""The PDF of an issued circular: made from its document in the background, kept as a file with it."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.edges.jobs import services as jobs
from qinghe.edges.jobs.models import Job
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import Attachment
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import queries, rules
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Circular
from qinghe.reports.half_year import printing

PRINT = "circulars.print"


@transaction.atomic
def print_pdf(*, circular: Circular, at: datetime, by: Actor) -> Job:
    """Ask for the PDF of an issued circular.

    Raises Refused: not_allowed, not_issued, no_office, printed_already.
    """
    actors.require(by, Act.ISSUE, at=circular.org)
    rules.check_issued(circular.state)
    if printing.program() is None:
        raise Refused("no_office", "服务器没有安装 LibreOffice，不能生成 PDF；请用 .docx。")
    if queries.printed_of(by, circular):
        raise Refused("printed_already", "这份通报的 PDF 已经生成，没有重复生成。")
    return jobs.start(
        kind=PRINT,
        title=f"生成PDF：{circular.title}",
        arguments={"circular": circular.pk},
        at=at,
        by=by,
    )


@transaction.atomic
def keep_pdf(*, circular: Circular, content: bytes, at: datetime, by: Actor) -> Attachment:
    """Keep the PDF that was made of a circular's document, once. Raises Refused: not_allowed."""
    actors.require(by, Act.ISSUE, at=circular.org)
    known = queries.printed_of(by, circular)
    if known:
        return known
    upload = ContentFile(content, name=f"{circular.title}.pdf")
    return files.attach(subject=circular, upload=upload, label=queries.PDF, at=at, by=by)
