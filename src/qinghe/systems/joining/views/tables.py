"""The tables that the pages of the road share."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.joining import rules
from qinghe.systems.joining.queries import (
    Case,
    CaseState,
    GraduatingClass,
    Lesson,
    Objection,
    RatioCeiling,
)

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


class ClassTable(Table):
    """Graduating classes."""

    org = Column(
        "团支部",
        accessor="org__name",
        linkify=("joining:class", {"graduating_class_id": A("pk")}),
        order_by="org__path",
    )
    parent = Column("上级组织", accessor="org__parent__name", order_by="org__path")
    year = Column("毕业年份")
    stage = Column("学段", accessor="get_stage_display", order_by="stage")
    students = columns.Number(verbose_name="学生数")
    members = columns.Number(verbose_name="今天在册团员")

    class Meta:
        model = GraduatingClass
        fields = ("org", "parent", "year", "stage", "students", "members")


class CeilingTable(Table):
    """Ceilings, the newest first."""

    stage = Column("适用", accessor="get_stage_display", orderable=False)
    starts_on = columns.Day(verbose_name="施行日期", orderable=False)
    per_mille = Column("上限", orderable=False)
    is_hard = Column("超过时", orderable=False)
    source = Column("依据", orderable=False)
    reason = Column("调整原因", orderable=False)

    class Meta:
        model = RatioCeiling
        fields = ("stage", "starts_on", "per_mille", "is_hard", "source", "reason")

    def render_per_mille(self, value: int) -> str:
        """Write it in percent."""
        return f"{value // 10}.{value % 10}%"

    def render_is_hard(self, record: RatioCeiling) -> str:
        """Say what it means."""
        return "不能批准" if record.is_hard else "写明理由后可批准"
