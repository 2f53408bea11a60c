"""The tables of progress and supervision."""

from decimal import Decimal

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.targets.queries.charges import (
    Charge,
    ProgressKind,
    ProgressState,
    Rung,
    Shining,
)

LIGHT_TONES: dict[str, pages.Tone] = {
    Shining.GREEN: pages.Tone.GOOD,
    Shining.YELLOW: pages.Tone.WAIT,
    Shining.RED: pages.Tone.LATE,
}
PROGRESS_TONES: dict[str, pages.Tone] = {
    ProgressState.DRAFT: pages.Tone.PLAIN,
    ProgressState.SUBMITTED: pages.Tone.WAIT,
    ProgressState.SENT_BACK: pages.Tone.LATE,
    ProgressState.ACCEPTED: pages.Tone.GOOD,
    ProgressState.REOPENED: pages.Tone.PLAIN,
}


class Done(Column):
    """A number done with its unit, as it was told; the workbook gets the number itself."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"attrs": columns.RIGHT, **options})

    def render(self, value: Decimal, record: Charge) -> str:
        """Show it on a page."""
        return f"{value.normalize():f}{record.unit}"

    def value(self, value: Decimal) -> Decimal:
        """Give it to the workbook."""
        return value


class ChargeTable(Table):
    """What organisations carry."""

    title = Column("任务", accessor="item__title", linkify=("targets:charge", [A("pk")]))
    org = Column("责任单位", accessor="org__name", order_by="org__path")
    task_list = Column("清单", accessor="item__task_list__title")
    due_on = columns.Day(verbose_name="时限")
    done = Done(verbose_name="完成")
    light = columns.State(verbose_name="亮灯", labels=dict(Shining.choices), tones=LIGHT_TONES)
    lit_on = columns.Day(verbose_name="亮灯日期")
    struck_on = columns.Day(verbose_name="销号日期")


class ChargesOfItemTable(Table):
    """Who carries one item, and how far each is."""

    org = Column("责任单位", accessor="org__name", linkify=("targets:charge", [A("pk")]))
    target = columns.Trimmed(verbose_name="目标", decimals=2, orderable=False)
    expected = columns.Trimmed(verbose_name="应完成", decimals=1, orderable=False)
    done = columns.Trimmed(verbose_name="完成", decimals=2)
    percent = columns.Trimmed(verbose_name="完成率（%）", decimals=1, orderable=False)
    light = columns.State(verbose_name="亮灯", labels=dict(Shining.choices), tones=LIGHT_TONES)
    lit_on = columns.Day(verbose_name="亮灯日期")
    struck_on = columns.Day(verbose_name="销号日期")


class ProgressTable(Table):
    """What was told of a charge."""

    day = columns.Day(verbose_name="截至日期", linkify=("targets:progress", [A("pk")]))
    kind = columns.State(verbose_name="类别", labels=dict(ProgressKind.choices), tones={})
    number = columns.Trimmed(verbose_name="累计完成", decimals=2)
    words = Column("进展情况")
    state = columns.State(
        verbose_name="状态", labels=dict(ProgressState.choices), tones=PROGRESS_TONES
    )


class LadderTable(Table):
    """The steps that were taken."""

    due_on = columns.Day(verbose_name="应办日期")
    rung = columns.State(verbose_name="步骤", labels=dict(Rung.choices), tones={})
    at = columns.Moment(verbose_name="办理时间")
    told = columns.Number(verbose_name="通知人数")


class PauseTable(Table):
    """When it was not watched."""

    starts_on = columns.Day(verbose_name="暂停起")
    until = columns.Day(verbose_name="暂停至")
    ended_on = columns.Day(verbose_name="恢复日期")
    reason = Column("原因")


class SlipTable(Table):
    """The papers that pressed."""

    number = Column("督办单", accessor="printed", linkify=("targets:slip", [A("pk")]))
    day = columns.Day(verbose_name="发出日期")
    answer_by = columns.Day(verbose_name="反馈期限")
    words = Column("督办要求")
