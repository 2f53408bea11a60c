"""The tables that the pages of review and registration share."""

from datetime import date
from typing import cast

from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.appraisals import rules
from qinghe.systems.appraisals.queries import Grade, Roll, RollState

TONES: dict[str, pages.Tone] = {
    RollState.STUDY: pages.Tone.PLAIN,
    RollState.RATING: pages.Tone.INFO,
    RollState.GRADING: pages.Tone.INFO,
    RollState.PROPOSED: pages.Tone.WAIT,
    RollState.APPROVED: pages.Tone.INFO,
    RollState.REGISTERED: pages.Tone.GOOD,
}
GRADE_TONES: dict[str, pages.Tone] = {
    Grade.TOP: pages.Tone.GOOD,
    Grade.GOOD: pages.Tone.PLAIN,
    Grade.BASIC: pages.Tone.WAIT,
    Grade.FAILED: pages.Tone.LATE,
}


class CampaignTable(Table):
    """The years' reviews."""

    year = Column("年度", linkify=("appraisals:campaign", [A("pk")]))
    org = Column("发起单位", accessor="org__name")
    reference_on = columns.Day(verbose_name="在册基准日")
    opens_on = columns.Day(verbose_name="开始日期")
    closes_on = columns.Day(verbose_name="截止日期")
    listed_at = columns.Moment(verbose_name="名单生成", default="待生成")


class Progress(columns.State):
    """Where a branch stands; late once the campaign is over and it is not registered."""

    def _tag(self, record: object, bound_column: object) -> pages.Tag:
        roll = cast(Roll, record)
        state = RollState(roll.state)
        late = is_late(roll, today=timezone.localdate())
        tone = pages.Tone.LATE if late else TONES[state]
        return pages.Tag(f"逾期：{state.label}" if late else state.label, tone)


class RollTable(Table):
    """Branches in a campaign."""

    org = Column(
        "团支部", accessor="org__name", order_by="org__path",
        linkify=("appraisals:roll", [A("pk")]),
    )  # fmt: skip
    above = Column("上级", accessor="org__parent__name", orderable=False)
    year = Column("年度", accessor="campaign__year")
    due = columns.Number(verbose_name="应评议")
    top = columns.Number(verbose_name="优秀")
    graded = columns.Number(verbose_name="已评议")
    registered = columns.Number(verbose_name="已注册")
    deferred = columns.Number(verbose_name="暂缓")
    state = Progress(verbose_name="状态", labels={}, tones={})


class NotReadyTable(Table):
    """Branches that cannot be registered yet, and what each of them waits for."""

    org = Column(
        "团支部", accessor="org__name", order_by="org__path",
        linkify=("appraisals:roll", [A("pk")]),
    )  # fmt: skip
    above = Column("上级", accessor="org__parent__name", orderable=False)
    due = columns.Number(verbose_name="应评议")
    state = Column("还不能注册的原因")

    def render_state(self, record: Roll) -> str:
        """Say what the branch has to do first."""
        return rules.WORDS[record.state]


class DecideTable(Table):
    """Grades that wait for approval."""

    org = Column(
        "团支部", accessor="org__name", order_by="org__path",
        linkify=("appraisals:roll", [A("pk")]),
    )  # fmt: skip
    year = Column("年度", accessor="campaign__year")
    took_part = columns.Number(verbose_name="参加评议")
    top = columns.Number(verbose_name="优秀")
    top_percent = columns.Number(verbose_name="比例上限（%）")
    met_on = columns.Day(verbose_name="支部大会")
    proposed_at = columns.Moment(verbose_name="上报时间")


class LineTable(Table):
    """Members in a campaign."""

    number = Column(
        "人员编号", accessor="person__number", orderable=False,
        linkify=("appraisals:line", [A("pk")]),
    )  # fmt: skip
    name = columns.MaskedName(verbose_name="姓名", accessor="person__name", at="roll__org")
    org = Column("团支部", accessor="roll__org__name", order_by="roll__org__path")
    year = Column("年度", accessor="campaign__year")
    standing = Column("参评情况", accessor="get_standing_display", order_by="standing")
    grade = columns.State(
        verbose_name="等次", labels=dict(Grade.choices), tones=GRADE_TONES, empty_values=(None, "")
    )
    registered_on = columns.Day(verbose_name="注册日期")
    deferred_until = columns.Day(verbose_name="暂缓至")


def is_late(roll: Roll, *, today: date) -> bool:
    """Test if a branch is not registered although its campaign is over."""
    return roll.campaign.closes_on < today and roll.state != RollState.REGISTERED
