"""A document as PDF, by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from qinghe.lib.verdicts import Refused

PROGRAMS = ("soffice", "libreoffice")
LONGEST = 180  # seconds


def program() -> str | None:
    """Return LibreOffice's program, if there is one on this machine."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def pdf_of(document: Path) -> bytes:
    """Return a .docx file as PDF. Raises Refused: no_office, not_printed."""
    office = program()
    if office is None:
        raise Refused("no_office", "服务器没有安装 LibreOffice，不能生成 PDF；文档和附件不受影响。")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        shutil.copy(document, source)
        # A profile of its own: two conversions at once would wait for each other's.
        asked = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(asked, capture_output=True, timeout=LONGEST, check=True)  # noqa: S603 - a program of ours
            return (Path(folder) / "report.pdf").read_bytes()
        except (subprocess.SubprocessError, FileNotFoundError):
            raise Refused(
                "not_printed", "LibreOffice 没有生成 PDF，请稍后重试；文档和附件不受影响。"
            ) from None
