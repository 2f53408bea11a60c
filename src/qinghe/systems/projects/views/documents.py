"""The closing report as a document: what was done by whom, with what, in time or not (S086)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

from qinghe.edges import official
from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.systems.projects import queries
from qinghe.systems.projects.queries import Closing, JointProject, Part, ProjectState

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def closing_report(actor: Actor, project: JointProject) -> HttpResponse:
    """Send the report of a closed project. Raises Refused: wrong_state."""
    if project.state != ProjectState.CLOSED:
        raise Refused("wrong_state", "项目还没有结项，没有报告可下载；请先办理结项。")
    answer = HttpResponse(report_of(actor, project), content_type=DOCX)
    name = f"{project.title}结项报告.docx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    add_never_cache_headers(answer)
    return answer


def report_of(actor: Actor, project: JointProject) -> bytes:
    """Return the closing report; the same records make the same bytes."""
    closing = queries.closing_of(actor, project)
    made = official.blank()
    official.add(made, official.TITLE, f"{project.title}结项报告")
    official.add(made, official.TITLE)
    for form, line in _lines(project, closing):
        official.add(made, form, line)
    official.add(made, official.BODY)
    official.add(made, official.ENDING, project.org.name)
    closed = project.ended_on or project.ends_on
    official.add(made, official.ENDING, _spoken(closed))
    known = made.core_properties
    known.title = known.subject = f"{project.title}结项报告"
    known.author = known.last_modified_by = project.org.name
    known.comments = known.keywords = ""
    stamp = datetime.combine(closed, time(), tzinfo=UTC)
    known.created = known.modified = stamp
    return official.packed(made, at=stamp)


def _lines(project: JointProject, closing: Closing) -> Iterator[tuple[official.Form, str]]:
    yield official.HEADING1, "一、项目概况"
    founded = _spoken(project.founded_on or project.starts_on)
    yield (
        official.BODY,
        f"{project.org.name}于{founded}立项，实施时间为{_spoken(project.starts_on)}至"
        f"{_spoken(project.ends_on)}。项目目标：{project.aim.rstrip('。')}。",
    )
    yield official.HEADING1, "二、分工完成情况"
    yield (
        official.BODY,
        f"共{len(closing.accepted)}项分工通过验收，其中按时交验{closing.in_time}项；"
        f"不承接和取消{len(closing.left_out)}项。",
    )
    for number, one in enumerate(closing.accepted, start=1):
        yield official.BODY, _accepted(number, one)
    for one in closing.left_out:
        yield official.BODY, f"{one.org.name}：{one.title}，未实施（{one.reason.rstrip('。')}）。"
    yield official.HEADING1, "三、资源使用和日程节点"
    for means in closing.means:
        yield (
            official.BODY,
            f"{means.name}共{means.quantity}{means.unit}，分到各单位{means.given or 0}"
            f"{means.unit}，使用{means.used or 0}{means.unit}。",
        )
    yield (
        official.BODY,
        f"设定节点{len(closing.milestones)}个，达到{closing.reached}个，其中按时达到"
        f"{closing.reached_in_time}个；安排日程{closing.events}项。",
    )
    yield official.HEADING1, "四、总结"
    for line in project.summary.splitlines():
        if line.strip():
            yield official.BODY, line.strip()


def _accepted(number: int, one: Part) -> str:
    late = "" if one.submitted_on and one.submitted_on <= one.due_on else "（逾期交验）"
    return f"{number}.{one.org.name}：{one.title}{late}。{one.outcome.rstrip('。')}。"


def _spoken(day: date) -> str:
    """Write a day as documents do (G-22)."""
    return f"{day.year}年{day.month}月{day.day}日"
