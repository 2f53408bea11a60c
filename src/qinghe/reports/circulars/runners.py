"""Long work: printing a circular as PDF."""

import tempfile
from pathlib import Path

from django.urls import reverse

from qinghe.edges.jobs.runners import Result, Runner, Running
from qinghe.lib.verdicts import Refused
from qinghe.reports.half_year import printing

from . import docx, queries, services


def print_pdf(job: Running) -> Result:
    """Make the PDF of an issued circular from its document."""
    circular = queries.circulars_seen_by(job.by).filter(pk=job.arguments["circular"]).first()
    if circular is None:
        raise Refused("not_allowed", "您已没有查看这份通报的权限，没有生成 PDF。")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "circular.docx"
        source.write_bytes(docx.of(job.by, circular))
        content = printing.pdf_of(source)

    def settle() -> None:
        services.keep_pdf(circular=circular, content=content, at=job.at, by=job.by)

    url = reverse("circulars:circular", args=[circular.pk])
    return Result(url=url, words="PDF 已生成。", settle=settle)


RUNNERS = (Runner(kind=services.PRINT, label="生成通报PDF", run=print_pdf, cancellable=False),)
