"""The tables that the pages of the road share."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.joining import rules
from qinghe.systems.joining.queries import Case, CaseState, Lesson, Objection

TONES: dict[str, pages.Tone] = {
    CaseState.OPEN: pages.Tone.INFO,
    CaseState.PAUSED: pages.Tone.WAIT,
    CaseState.FINISHED: pages.Tone.GOOD,
    CaseState.REFUSED: pages.Tone.LATE,
    CaseState.WITHDRAWN: pages.Tone.PLAIN,
    CaseState.LAPSED: pages.Tone.PLAIN,
}
MARKS: dict[str, str] = {
    "done": "已完成",
    "next": "待办",
    "late": "已逾期",
    "blocked": "条件未到",
    "stopped": "停在这一步",
    "ahead": "未开始",
}
MARK_TONES: dict[str, pages.Tone] = {
    "done": pages.Tone.GOOD,
    "next": pages.Tone.INFO,
    "late": pages.Tone.LATE,
    "blocked": pages.Tone.WAIT,
    "stopped": pages.Tone.PLAIN,
    "ahead": pages.Tone.PLAIN,
}


class CaseTable(Table):
    """Applications."""

    name = columns.MaskedName(
        verbose_name="申请人", accessor="person__name", linkify=("joining:case", [A("pk")])
    )
    org = Column("团支部", accessor="org__name", order_by="org__path")
    opened_on = columns.Day(verbose_name="申请日期")
    stage = Column("阶段", accessor="step", order_by="step")
    step = Column("下一步", order_by="step")
    awaits = Column("由谁办理", accessor="get_awaits_display", order_by="awaits")
    due_on = columns.Day(verbose_name="期限")
    state = columns.State(verbose_name="状态", labels=dict(CaseState.choices), tones=TONES)

    def render_stage(self, value: int) -> str:
        """Name the stage."""
        return rules.STAGES[rules.stage_of(value)]

    def render_step(self, value: int) -> str:
        """Name the step."""
        return rules.title_of(value)

    def render_due_on(self, value: date, record: Case) -> object:
        """Say that a limit has passed."""
        late = record.state == CaseState.OPEN and value < timezone.localdate()
        return pages.Tag(f"{value} 已逾期", pages.Tone.LATE) if late else value.isoformat()


class FilingTable(Table):
    """Who was admitted and waits to be put on record."""

    name = columns.MaskedName(
        verbose_name="新团员", accessor="person__name", linkify=("joining:case", [A("pk")])
    )
    org = Column("团支部", accessor="org__name", order_by="org__path")
    joined_on = columns.Day(verbose_name="入团日期")
    number = Column("发展团员编号")


class TrackTable(Table):
    """The fifteen steps of one case."""

    number = Column("步")
    title = Column("步骤")
    state = columns.State(verbose_name="进展", labels=MARKS, tones=MARK_TONES)
    day = columns.Day(verbose_name="完成日期")
    who = Column("由谁办")
    due_on = columns.Day(verbose_name="期限")
    words = Column("说明")

    class Meta:
        row_attrs = {"id": lambda record: f"step-{record.number}"}


class LessonTable(Table):
    """Lessons of one applicant."""

    on = columns.Day(verbose_name="日期")
    title = Column("主题")
    quarters = Column("学时")
    struck = Column("记录", accessor="reason", empty_values=())

    def render_quarters(self, value: int) -> str:
        """Write quarters as hours."""
        return f"{value / 4:g}"

    def render_struck(self, record: Lesson) -> object:
        """Say that it counts no longer, or offer to strike it out."""
        if record.struck_at:
            return f"已划去：{record.reason}"
        if record.case.step > 5 or record.case.state != CaseState.OPEN:
            return "有效"
        return pages.Link("划去", reverse("joining:lesson_strike", args=[record.pk]))


class ObjectionTable(Table):
    """Objections to one applicant."""

    on = columns.Day(verbose_name="提出日期")
    words = columns.Personal(
        field="joining.Objection.words",
        person="case__person",
        at="case__org",
        verbose_name="异议内容",
    )
    answer = Column("核实结果", empty_values=())

    def render_answer(self, record: Objection) -> object:
        """Say what was found out, or offer to answer."""
        if record.answered_on:
            return "成立" if record.upheld else "不成立"
        return pages.Link("答复", reverse("joining:objection_answer", args=[record.pk]))
