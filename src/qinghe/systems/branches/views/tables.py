"""The tables that the pages of branches share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.branches import rules
from qinghe.systems.branches.queries import GradingState, Meeting, MeetingState, Standing

TONES: dict[str, pages.Tone] = {
    MeetingState.HELD: pages.Tone.GOOD,
    MeetingState.CANCELLED: pages.Tone.PLAIN,
    GradingState.DRAFT: pages.Tone.LATE,
    GradingState.SIGNING: pages.Tone.WAIT,
    GradingState.REVIEW: pages.Tone.WAIT,
    GradingState.REVIEWED: pages.Tone.INFO,
    GradingState.PUBLISHED: pages.Tone.GOOD,
}


class MeetingTable(Table):
    """Meetings."""

    topic = Column("主题", linkify=("branches:meeting", [A("pk")]))
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    org = Column("支部", accessor="org__name", order_by="org__path")
    day = columns.Day(verbose_name="日期")
    present = columns.Number(verbose_name="实到")
    entitled = columns.Number(verbose_name="应到")
    counts = Column("是否有效")
    state = columns.State(verbose_name="状态", labels=dict(MeetingState.choices), tones=TONES)

    class Meta:
        order_by = "-day"

    def render_counts(self, record: Meeting) -> str:
        """Say whether enough came."""
        return "有效" if record.counts else "人数不足，不计"


class StandingTable(Table):
    """Branches with what they lack."""

    name = Column(
        "支部", accessor="org__name", orderable=False, linkify=("branches:branch", [A("org__pk")])
    )
    parent = Column("上级组织", accessor="org__parent__name", orderable=False)
    members = columns.Number(verbose_name="团员", orderable=False)
    words = Column("缺项", orderable=False, empty_values=())

    def render_words(self, record: Standing) -> str:
        """Say what is missing, or that nothing is."""
        return record.words or "无"


class GradingTable(Table):
    """Branches in rounds of grading."""

    name = Column(
        "支部", accessor="org__name", order_by="org__path", linkify=("branches:grading", [A("pk")])
    )
    year = Column("年度", accessor="round__year")
    committee = Column(
        "复核单位", accessor="share__committee__name", order_by="share__committee__path"
    )
    points = columns.Number(verbose_name="得分")
    star = Column("等次")
    state = columns.State(verbose_name="状态", labels=dict(GradingState.choices), tones=TONES)

    def render_star(self, value: int) -> str:
        """Say the grade in words."""
        return rules.GRADES[value]
