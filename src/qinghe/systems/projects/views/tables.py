"""The tables that the pages of projects share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.projects.queries import PartState, ProjectState

TONES: dict[str, pages.Tone] = {
    ProjectState.DRAFT: pages.Tone.WAIT,
    ProjectState.RUNNING: pages.Tone.INFO,
    ProjectState.CLOSED: pages.Tone.GOOD,
    ProjectState.CANCELLED: pages.Tone.PLAIN,
    PartState.OFFERED: pages.Tone.WAIT,
    PartState.TAKEN: pages.Tone.INFO,
    PartState.SUBMITTED: pages.Tone.WAIT,
    PartState.ACCEPTED: pages.Tone.GOOD,
    PartState.DECLINED: pages.Tone.LATE,
    PartState.DROPPED: pages.Tone.PLAIN,
}


class ProjectTable(Table):
    """Projects."""

    title = Column("项目", linkify=("projects:project", [A("pk")]))
    org = Column("牵头单位", accessor="org__name", order_by="org__path")
    starts_on = columns.Day(verbose_name="开始日期")
    ends_on = columns.Day(verbose_name="结束日期")
    parts_count = columns.Number(verbose_name="分工", orderable=False)
    accepted_count = columns.Number(verbose_name="已验收", orderable=False)
    state = columns.State(verbose_name="状态", labels=dict(ProjectState.choices), tones=TONES)


class PartTable(Table):
    """The parts of a project, each street's with its communities'."""

    title = Column("分工", linkify=("projects:part", [A("pk")]))
    org = Column("承接单位", accessor="org__name")
    above = Column("下达单位", accessor="above__name")
    starts_on = columns.Day(verbose_name="开始")
    due_on = columns.Day(verbose_name="完成日期")
    state = columns.State(verbose_name="状态", labels=dict(PartState.choices), tones=TONES)


class MeansTable(Table):
    """What a project has to work with."""

    kind = Column("类别", accessor="get_kind_display")
    name = Column("资源")
    quantity = columns.Number(verbose_name="总数")
    given = columns.Number(verbose_name="已分")
    used = columns.Number(verbose_name="已用")
    unit = Column("单位")


class AllotmentTable(Table):
    """What a part was given."""

    name = Column("资源", accessor="means__name")
    quantity = columns.Number(verbose_name="分到")
    given_on = columns.Number(verbose_name="分给下级")
    used = columns.Number(verbose_name="本级使用")
    unit = Column("单位", accessor="means__unit")


class EventTable(Table):
    """Appointments."""

    title = Column("日程", linkify=("projects:event", [A("pk")]))
    org = Column("单位", accessor="org__name")
    starts_at = columns.Moment(verbose_name="开始时间")
    place = Column("地点")
    cancelled_on = columns.Day(verbose_name="取消日期")
