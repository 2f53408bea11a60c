"""The tables and tones that the pages of assessments share, and how a step is taken from a button."""

from collections.abc import Callable
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import rules
from qinghe.systems.assessments.queries import AssessmentState, ObjectionState, SchemeState

SCHEME_TONES: dict[str, pages.Tone] = {
    SchemeState.DRAFT: pages.Tone.PLAIN,
    SchemeState.PUBLISHED: pages.Tone.WAIT,
    SchemeState.SHOWN: pages.Tone.INFO,
    SchemeState.FIXED: pages.Tone.INFO,
    SchemeState.ANNOUNCED: pages.Tone.GOOD,
    SchemeState.REPLACED: pages.Tone.PLAIN,
    SchemeState.DROPPED: pages.Tone.PLAIN,
}
SHEET_TONES: dict[str, pages.Tone] = {
    AssessmentState.DRAFT: pages.Tone.WAIT,
    AssessmentState.SUBMITTED: pages.Tone.GOOD,
    AssessmentState.MISSED: pages.Tone.LATE,
}
OBJECTION_TONES: dict[str, pages.Tone] = {
    ObjectionState.OPEN: pages.Tone.WAIT,
    ObjectionState.UPHELD: pages.Tone.GOOD,
    ObjectionState.REJECTED: pages.Tone.PLAIN,
    ObjectionState.WITHDRAWN: pages.Tone.PLAIN,
}


class Marks(columns.Number):
    """Marks that are kept in hundredths."""

    def __init__(self, **options: object) -> None:
        super().__init__(decimals=2, **options)

    def render(self, value: int | Decimal) -> str:
        """Show them on a page."""
        return rules.in_words(int(value))

    def value(self, value: int | Decimal) -> int | Decimal:
        """Give them to the workbook."""
        return rules.as_decimal(int(value))


class SchemeTable(Table):
    """Schemes."""

    name = Column("考核方案", linkify=("assessments:scheme", [A("pk")]))
    period = Column("考核期")
    audience = Column("考核对象", accessor="get_audience_display", order_by="audience")
    version = columns.Number(verbose_name="版本")
    sheets = columns.Number(verbose_name="单位数")
    self_by = columns.Day(verbose_name="自评截止")
    announced_on = columns.Day(verbose_name="通报日期")
    state = columns.State(verbose_name="状态", labels=dict(SchemeState.choices), tones=SCHEME_TONES)

    def render_period(self, value: str) -> str:
        """Name the period as reports do."""
        return periods.parse(value).label


class MissingTable(Table):
    """Organisations that have not handed in."""

    org = Column(
        "单位",
        accessor="org__name",
        order_by="org__path",
        linkify=("assessments:result", [A("pk")]),
    )
    state = columns.State(
        verbose_name="状态", labels=dict(AssessmentState.choices), tones=SHEET_TONES
    )
    due_on = columns.Day(verbose_name="截止日期")
    reminded_at = columns.Moment(verbose_name="最近提醒")
    reason = Column("说明")


class ObjectionTable(Table):
    """Objections."""

    item = Column(
        "项目",
        accessor="mark__item__name",
        linkify=("assessments:objection", [A("pk")]),
    )
    org = Column(
        "单位", accessor="mark__assessment__org__name", order_by="mark__assessment__org__path"
    )
    before = Marks(verbose_name="原分")
    after = Marks(verbose_name="答复后")
    filed_on = columns.Day(verbose_name="提出日期")
    answer_by = columns.Day(verbose_name="答复期限")
    state = columns.State(
        verbose_name="状态", labels=dict(ObjectionState.choices), tones=OBJECTION_TONES
    )


class OpinionTable(Table):
    """What was given for one item, for those whom it is about: not by whom."""

    marks = Marks(verbose_name="复核分")
    reason = Column("意见")
    at = columns.Moment(verbose_name="时间")


class ReviewTable(Table):
    """What reviewers gave for one item."""

    personal = True
    reviewer = columns.MaskedName(
        verbose_name="复核人", accessor="reviewer__name", at="mark__assessment__scheme__org"
    )
    marks = Marks(verbose_name="复核分")
    reason = Column("意见")
    at = columns.Moment(verbose_name="时间")


def step(
    request: Request, *, do: Callable[[], object], said: str, to: str, back: str = ""
) -> HttpResponse:
    """Take one step that a button asks for, and say there, or back where it was asked, what became of it."""
    try:
        do()
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        messages.error(request, refusal.reason)
        return redirect(back or to)
    messages.success(request, said)
    return redirect(to)
