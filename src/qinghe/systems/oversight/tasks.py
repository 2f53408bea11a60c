"""The check of the whole chain, as a job."""

from django.urls import reverse
from django.utils import timezone

from qinghe.edges.jobs.runners import Result, Runner, Running
from qinghe.kernel.access import actors
from qinghe.kernel.audit import services as audit
from qinghe.kernel.audit import verifying
from qinghe.lib.verdicts import Refused

from . import services
from .access import Act


def verify(running: Running) -> Result:
    """Walk the chain and write down what was found. Raises Refused: not_allowed."""
    if not actors.may_anywhere(running.by, Act.VERIFY):
        raise Refused("not_allowed", "您没有校验操作记录的权限，没有校验。")
    checked = verifying.verify(progress=running.progress)
    audit.note_check(checked=checked, at=timezone.now(), by=running.by)
    if checked.fault:
        words = f"校验未通过：第{checked.fault.seq}条，{checked.fault.kind.label}"
    else:
        words = f"校验通过：共{checked.count:,}条"
    return Result(url=reverse("oversight:chain"), words=words)


CHECK = Runner(kind=services.KIND, label="校验操作记录", run=verify)
