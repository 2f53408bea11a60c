"""The pages of projects: the project, its parts, means, calendar, chart and closing report."""

from qinghe.edges.web import timeline

from .calendar import (
    calendar,
    event,
    event_cancel,
    event_new,
    milestone_drop,
    milestone_new,
    milestone_reach,
)
from .charts import gantt, gantt_all
from .parts import (
    allot,
    part,
    part_accept,
    part_back,
    part_decline,
    part_drop,
    part_new,
    part_submit,
    part_take,
)
from .projects import (
    board,
    means_new,
    project,
    project_cancel,
    project_change,
    project_close,
    project_extend,
    project_new,
    project_start,
    projects,
    report,
)

timeline.VERBS.update(
    {
        "projects.propose_project": "提出项目",
        "projects.change_project": "更正项目",
        "projects.start_project": "立项",
        "projects.extend_project": "延期",
        "projects.close_project": "结项",
        "projects.cancel_project": "终止项目",
        "projects.offer_part": "安排分工",
        "projects.take_part": "承接分工",
        "projects.decline_part": "不承接分工",
        "projects.drop_part": "取消分工",
        "projects.submit_part": "交验分工",
        "projects.accept_part": "验收分工",
        "projects.send_back_part": "退回分工",
        "projects.add_means": "登记资源",
        "projects.allot": "分配资源",
        "projects.set_milestone": "设定节点",
        "projects.reach_milestone": "达到节点",
        "projects.drop_milestone": "撤下节点",
        "projects.enter_event": "排日程",
        "projects.cancel_event": "取消日程",
    }
)
timeline.DETAILS.update(
    {
        "projects.before": "原结束日期",
        "projects.after": "新结束日期",
        "projects.quantity": "数量",
        "projects.milestone": "节点",
    }
)

__all__ = [
    "allot",
    "board",
    "calendar",
    "event",
    "event_cancel",
    "event_new",
    "gantt",
    "gantt_all",
    "means_new",
    "milestone_drop",
    "milestone_new",
    "milestone_reach",
    "part",
    "part_accept",
    "part_back",
    "part_decline",
    "part_drop",
    "part_new",
    "part_submit",
    "part_take",
    "project",
    "project_cancel",
    "project_change",
    "project_close",
    "project_extend",
    "project_new",
    "project_start",
    "projects",
    "report",
]
