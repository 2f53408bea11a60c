"""The closing report as a document: what was done by whom, with what, in time or not (S086)."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from django.http import HttpResponse

from qinghe.edges import official
from qinghe.edges.web import downloads
from qinghe.kernel.access.actors import Actor
from qinghe.lib import sentences
from qinghe.lib.periods import day_in_words
from qinghe.lib.verdicts import Refused
from qinghe.systems.projects import queries
from qinghe.systems.projects.queries import Closing, JointProject, Part, ProjectState


def closing_report(actor: Actor, project: JointProject) -> HttpResponse:
    """Send the report of a closed project. Raises Refused: wrong_state."""
    if project.state != ProjectState.CLOSED:
        raise Refused("wrong_state", "项目还没有结项，没有报告可下载；请先办理结项。")
    return downloads.docx(report_of(actor, project), name=f"{project.title}结项报告")


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
    official.add(made, official.ENDING, day_in_words(closed))
    stamp = datetime.combine(closed, time(), tzinfo=UTC)
    official.name(made, title=f"{project.title}结项报告", author=project.org.name, at=stamp)
    return official.packed(made, at=stamp)


def _lines(project: JointProject, closing: Closing) -> Iterator[tuple[official.Form, str]]:
    yield official.HEADING1, "一、项目概况"
    founded = day_in_words(project.founded_on or project.starts_on)
    yield (
        official.BODY,
        f"{project.org.name}于{founded}立项，实施时间为{day_in_words(project.starts_on)}至"
        f"{day_in_words(project.ends_on)}。项目目标：{sentences.inside(project.aim)}。",
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
        yield (
            official.BODY,
            f"{one.org.name}：{one.title}，未实施（{sentences.inside(one.reason)}）。",
        )
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
    late = "" if one.is_in_time else "（逾期交验）"
    return f"{number}.{one.org.name}：{one.title}{late}。{sentences.inside(one.outcome)}。"
