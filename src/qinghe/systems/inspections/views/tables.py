"""The tables that the pages of inspections share."""

from collections.abc import Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.inspections.queries import (
    VERDICT_WORDS,
    Finding,
    FindingState,
    Rectification,
    Visit,
    VisitState,
)

TONES: dict[str, pages.Tone] = {
    VisitState.SUBMITTED: pages.Tone.GOOD,
    VisitState.VOID: pages.Tone.PLAIN,
    FindingState.OPEN: pages.Tone.WAIT,
    FindingState.RECTIFIED: pages.Tone.INFO,
    FindingState.CLOSED: pages.Tone.GOOD,
    FindingState.CANCELLED: pages.Tone.PLAIN,
    "waiting": pages.Tone.INFO,
    "passed": pages.Tone.GOOD,
    "returned": pages.Tone.LATE,
    "cancelled": pages.Tone.PLAIN,
    "pass": pages.Tone.GOOD,
    "fail": pages.Tone.LATE,
    "not_here": pages.Tone.PLAIN,
    "": pages.Tone.PLAIN,
}


def files(links: Sequence[tuple[str, str]]) -> SafeString:
    """Return the files beside a row as links."""
    return format_html_join("、", '<a href="{1}">{0}</a>', links)


class PointTable(Table):
    """Service points."""

    name = Column("名称", linkify=("inspections:point", [A("pk")]))
    code = Column("点位编号")
    kind = Column("类别", accessor="kind__label", order_by="kind__order")
    org = Column("责任单位", accessor="org__name", order_by="org__path")
    address = Column("地点")
    opened_on = columns.Day(verbose_name="启用日期")
    closed_on = columns.Day(verbose_name="停用日期")
    last_on = columns.Day(verbose_name="最近巡查")


class ChecklistTable(Table):
    """Versions of checklists."""

    title = Column("名称", linkify=("inspections:checklist", [A("pk")]))
    kind = Column("适用类别", accessor="kind__label", default="其他所有类别", orderable=False)
    version = columns.Number(verbose_name="版本")
    lines = columns.Number(verbose_name="条数")
    pass_mark = columns.Number(verbose_name="达标分")
    starts_on = columns.Day(verbose_name="起用日期")


class ItemTable(Table):
    """The items of a version."""

    place = columns.Number(verbose_name="序号")
    text = Column("检查项")
    weight = columns.Number(verbose_name="分值")
    veto = Column("一票否决")
    photo = Column("照片", accessor="get_photo_display")
    days = columns.Number(verbose_name="整改期限（工作日）")

    def render_veto(self, value: bool) -> str:  # noqa: FBT001
        """Say it in a word."""
        return "是" if value else "否"


class VisitTable(Table):
    """Visits that were handed in."""

    point = Column("点位", accessor="point__name", linkify=("inspections:visit", [A("pk")]))
    org = Column("责任单位", accessor="org__name", order_by="org__path")
    day = columns.Day(verbose_name="巡查日期")
    inspector = columns.MaskedName(verbose_name="巡查人", accessor="inspector__name", at="org")
    score = Column("得分", accessor="scored", order_by="scored")
    passed = Column("结论")
    state = columns.State(verbose_name="状态", labels=dict(VisitState.choices), tones=TONES)

    def render_score(self, record: Visit) -> str:
        """Show the points of those that could be had."""
        return f"{record.scored} / {record.full}"

    def render_passed(self, record: Visit) -> SafeString:
        """Say if the point passed."""
        return passed_tag(record).__html__()


class AnswerTable(Table):
    """What a visit says of each item."""

    item = Column("检查项", accessor="item__text")
    weight = columns.Number(verbose_name="分值", accessor="item__weight")
    verdict = columns.State(verbose_name="结论", labels=VERDICT_WORDS, tones=TONES)
    note = Column("问题说明")
    photos = Column("照片")
    finding = Column(
        "整改", accessor="finding", linkify=("inspections:finding", [A("finding__pk")])
    )

    def render_photos(self, value: Sequence[tuple[str, str]]) -> SafeString:
        """Lead to the photos."""
        return files(value)

    def render_finding(self, value: Finding) -> str:
        """Show how far it has been put right."""
        return value.get_state_display()


class FindingTable(Table):
    """What is to be put right."""

    words = Column("问题", linkify=("inspections:finding", [A("pk")]))
    state = columns.State(verbose_name="状态", labels=dict(FindingState.choices), tones=TONES)
    origin = Column("来源", empty_values=(), orderable=False)
    org = Column("责任单位", accessor="org__name", order_by="org__path")
    found_on = columns.Day(verbose_name="发现日期")
    due_on = columns.Day(verbose_name="整改期限")
    closed_on = columns.Day(verbose_name="办结日期")

    def render_origin(self, record: Finding) -> str:
        """Say where it was found."""
        return record.answer.visit.point.name if record.answer else "联系指导"

    def value_origin(self, record: Finding) -> str:
        """Give it to the workbook."""
        return self.render_origin(record)


class FindingHereTable(FindingTable):
    """What is to be put right, on the page of where it was found."""

    class Meta:
        exclude = ("origin",)


class RectificationTable(Table):
    """Attempts to put a finding right."""

    words = Column("整改情况")
    files = Column("佐证")
    state = columns.State(
        verbose_name="结果", labels=dict(Rectification.State.choices), tones=TONES
    )
    reason = Column("退回原因")
    done_by = columns.MaskedName(verbose_name="整改人", accessor="done_by__name", at="finding__org")
    done_at = columns.Moment(verbose_name="整改时间")
    checked_by = columns.MaskedName(
        verbose_name="复查人", accessor="checked_by__name", at="finding__org"
    )

    def render_files(self, value: Sequence[tuple[str, str]]) -> SafeString:
        """Lead to the evidence."""
        return files(value)


class GuidanceTable(Table):
    """Guidance visits."""

    org = Column("义工联", accessor="org__name", linkify=("inspections:guidance", [A("pk")]))
    day = columns.Day(verbose_name="日期")
    topics = Column("指导内容")
    problems = columns.Number(verbose_name="问题")


class ExchangeTable(Table):
    """Exchanges."""

    partner = Column("对方组织", linkify=("inspections:exchange", [A("pk")]))
    district = Column("所在区")
    day = columns.Day(verbose_name="日期")
    topics = Column("交流内容")
    people = columns.Number(verbose_name="参加人数")
    org = Column("登记单位", accessor="org__name", order_by="org__path")


class LessonTable(Table):
    """Lessons."""

    title = Column("经验", linkify=("inspections:lesson", [A("pk")]))
    tags = Column("标签", orderable=False)
    source = Column("来源")
    org = Column("登记单位", accessor="org__name", order_by="org__path")
    entered_on = columns.Day(verbose_name="登记日期")


def passed_tag(visit: Visit) -> pages.Tag:
    """Return if a point passed, in words and colour."""
    if visit.passed:
        return pages.Tag("达标", pages.Tone.GOOD)
    return pages.Tag("不达标", pages.Tone.LATE)
