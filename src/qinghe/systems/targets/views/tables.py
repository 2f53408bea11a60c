"""The tables that the pages of lists of work share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.targets.queries import AdjustmentState, ClaimState, ListState

LIST_TONES: dict[str, pages.Tone] = {
    ListState.DRAFT: pages.Tone.WAIT,
    ListState.PUBLISHED: pages.Tone.INFO,
    ListState.CLOSED: pages.Tone.GOOD,
}
CLAIM_TONES: dict[str, pages.Tone] = {
    ClaimState.ASKED: pages.Tone.WAIT,
    ClaimState.GRANTED: pages.Tone.GOOD,
    ClaimState.REFUSED: pages.Tone.LATE,
    ClaimState.WITHDRAWN: pages.Tone.PLAIN,
}
ADJUSTMENT_TONES: dict[str, pages.Tone] = {
    AdjustmentState.ASKED: pages.Tone.WAIT,
    AdjustmentState.APPROVED: pages.Tone.GOOD,
    AdjustmentState.REFUSED: pages.Tone.LATE,
    AdjustmentState.WITHDRAWN: pages.Tone.PLAIN,
}


class ListTable(Table):
    """Lists."""

    title = Column("清单名称", linkify=("targets:list", [A("pk")]))
    number = Column("文号")
    org = Column("编制单位", accessor="org__name", order_by="org__path")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    year = Column("年度")
    fields_count = columns.Number(verbose_name="方面", accessor="fields", orderable=False)
    lasts = columns.Number(verbose_name="末级任务", orderable=False)
    ends_on = columns.Day(verbose_name="结束日期")
    state = columns.State(verbose_name="状态", labels=dict(ListState.choices), tones=LIST_TONES)


class ItemTable(Table):
    """Items of all lists."""

    number = Column("序号", order_by="path")
    title = Column("内容", linkify=("targets:item", [A("pk")]))
    task_list = Column("清单", accessor="task_list__title")
    lead = Column("牵头单位", accessor="lead__name", order_by="lead__path")
    due_on = columns.Day(verbose_name="完成时限")
    target = columns.Trimmed(verbose_name="目标值", decimals=2)
    unit = Column("单位", orderable=False)


class ItemsOfOneTable(Table):
    """Items under a record."""

    number = Column("序号")
    title = Column("内容", linkify=("targets:item", [A("pk")]))
    lead = Column("牵头单位", accessor="lead__name")
    due_on = columns.Day(verbose_name="完成时限")


class ClaimTable(Table):
    """Claims of an item."""

    org = Column("认领单位", accessor="org__name")
    words = Column("说明")
    asked_on = columns.Day(verbose_name="认领日期")
    answer = Column("答复")
    state = columns.State(verbose_name="状态", labels=dict(ClaimState.choices), tones=CLAIM_TONES)


class ShareTable(Table):
    """What a number is given on to."""

    org = Column("单位", accessor="org__name", linkify=("targets:share", [A("pk")]))
    base = columns.Trimmed(verbose_name="基数", decimals=2)
    number = columns.Number(verbose_name="分解数")
    succeeded = Column("现由谁承担", accessor="carried_by", orderable=False)
    handed_on = columns.Day(verbose_name="下达日期")


class StepTable(Table):
    """What a share was and became."""

    at = columns.Moment(verbose_name="时间")
    before = columns.Number(verbose_name="原数")
    after = columns.Number(verbose_name="新数")
    reason = Column("原因")


class AdjustmentTable(Table):
    """What was asked of a share."""

    asked_on = columns.Day(verbose_name="提出日期", linkify=("targets:adjustment", [A("pk")]))
    before = columns.Number(verbose_name="原数")
    after = columns.Number(verbose_name="新数")
    reason = Column("原因")
    state = columns.State(
        verbose_name="状态", labels=dict(AdjustmentState.choices), tones=ADJUSTMENT_TONES
    )
