"""The tables that the pages of training share."""

from django.urls import reverse
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.training.queries import (
    ClassState,
    Enrolment,
    EnrolmentState,
    Lecturer,
    LectureState,
    Result,
    WebcastState,
)

TONES: dict[str, pages.Tone] = {
    ClassState.PLANNED: pages.Tone.WAIT,
    ClassState.HELD: pages.Tone.GOOD,
    ClassState.CANCELLED: pages.Tone.PLAIN,
    EnrolmentState.SIGNED: pages.Tone.INFO,
    EnrolmentState.ATTENDED: pages.Tone.GOOD,
    EnrolmentState.ABSENT: pages.Tone.LATE,
    LectureState.ASKED: pages.Tone.WAIT,
    LectureState.ACCEPTED: pages.Tone.INFO,
    LectureState.REFUSED: pages.Tone.LATE,
    WebcastState.DRAFT: pages.Tone.PLAIN,
    WebcastState.PUBLISHED: pages.Tone.INFO,
}


class ProgrammeTable(Table):
    """Programmes."""

    title = Column("名称", linkify=("training:programme", [A("pk")]))
    code = Column("编号")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    org = Column("管理单位", accessor="org__name", order_by="org__path")
    opened_on = columns.Day(verbose_name="设立日期")
    ended_on = columns.Day(verbose_name="结束日期")


class CourseTable(Table):
    """Courses of a programme."""

    title = Column("课程")
    quarters = Column("学时")
    is_examined = Column("考核")
    held = columns.Number(verbose_name="已开班")

    def render_quarters(self, value: int) -> str:
        """Write quarters as hours."""
        return f"{value / 4:g}"

    def render_is_examined(self, value: object) -> str:
        """Say it in words."""
        return "须考核" if value else "不考核"


class LecturerName(columns.MaskedName):
    """A lecturer: somebody of the house as their level allows, a guest by the name they go by."""

    def render(self, value: object, record: Lecturer, table: Table) -> object:  # type: ignore[override]
        """Show it on a page."""
        return super().render(value, record, table) if record.person else record.name


class LecturerTable(Table):
    """Lecturers."""

    name = LecturerName(
        verbose_name="讲师",
        accessor="person__name",
        at="team__org",
        empty_values=(),
        linkify=("training:lecturer", [A("pk")]),
    )
    team = Column("讲师队", accessor="team__title", order_by="team__title")
    subjects = Column("擅长领域")
    sender = Column("派出单位")
    given = columns.Number(verbose_name="已宣讲")
    stars = columns.Number(verbose_name="平均星级", decimals=1)
    joined_on = columns.Day(verbose_name="入队日期")
    left_on = columns.Day(verbose_name="离队日期")


class ClassTable(Table):
    """Classes."""

    title = Column("班次", linkify=("training:class", [A("pk")]))
    course = Column("课程", accessor="course__title", order_by="course__title")
    org = Column("主办单位", accessor="org__name", order_by="org__path")
    starts_at = columns.Moment(verbose_name="开始时间")
    taken = columns.Number(verbose_name="已报名")
    capacity = columns.Number(verbose_name="名额")
    attended = columns.Number(verbose_name="到课")
    state = columns.State(verbose_name="状态", labels=dict(ClassState.choices), tones=TONES)


class EnrolmentTable(Table):
    """Who signed up for a class."""

    number = Column("人员编号", accessor="person__number", orderable=False)
    name = columns.MaskedName(
        verbose_name="姓名", accessor="person__name", at="training_class__org"
    )
    signed_at = columns.Moment(verbose_name="报名时间")
    by_guardian = Column("监护人", orderable=False)
    state = columns.State(verbose_name="状态", labels=dict(EnrolmentState.choices), tones=TONES)
    result = columns.State(
        verbose_name="考核",
        labels=dict(Result.choices),
        tones={Result.PASSED: pages.Tone.GOOD, Result.FAILED: pages.Tone.LATE},
        empty_values=(None,),
    )
    paper = Column(
        "结业证书",
        accessor="completion__number",
        orderable=False,
        linkify=lambda record: _paper(record),
    )
    off = Column(
        "",
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
        linkify=lambda record: _off(record),
    )

    def render_by_guardian(self, value: object) -> str:
        """Say whether a guardian agreed."""
        return "已同意" if value else "—"

    def render_off(self, record: Enrolment) -> str:
        """Offer to take somebody off the list."""
        return "移出" if record.state == EnrolmentState.SIGNED else ""


class LectureTable(Table):
    """Booked lectures."""

    topic = Column("主题", linkify=("training:lecture", [A("pk")]))
    team = Column("队伍", accessor="team__title", order_by="team__title")
    host = Column("预约单位", accessor="host__name", order_by="host__path")
    first_day = columns.Day(verbose_name="希望日期")
    starts_at = columns.Moment(verbose_name="宣讲时间")
    people = columns.Number(verbose_name="人次")
    stars = columns.Number(verbose_name="星级")
    state = columns.State(verbose_name="状态", labels=dict(LectureState.choices), tones=TONES)


class WebcastTable(Table):
    """Online sessions."""

    title = Column("题目", linkify=("training:webcast", [A("pk")]))
    programme = Column("线上学堂", accessor="programme__title", order_by="programme__title")
    number = columns.Number(verbose_name="期数")
    org = Column("开展单位", accessor="org__name", order_by="org__path")
    day = columns.Day(verbose_name="播出日期")
    platform = Column("平台")
    views = columns.Number(verbose_name="观看人次")
    state = columns.State(verbose_name="状态", labels=dict(WebcastState.choices), tones=TONES)


def _off(record: Enrolment) -> str | None:
    is_signed = record.state == EnrolmentState.SIGNED
    return reverse("training:take_off", args=[record.pk]) if is_signed else None


def _paper(record: Enrolment) -> str | None:
    paper = getattr(record, "completion", None)
    return reverse("training:completion", args=[paper.pk]) if paper else None
