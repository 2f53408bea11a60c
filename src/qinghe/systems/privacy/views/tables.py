"""Ledgers of those who oversee privacy, as tables."""

from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.kernel.consent.models import Purpose
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person
from qinghe.lib import identifiers
from qinghe.lib.periods import local_day

READS = {
    "people.reveal": "查看",
    "people.ask_child_access": "申请查看",
    "people.approve_child_access": "批准查看",
    "people.refuse_child_access": "不批准查看",
}
CONCLUSIONS = {
    "acceptable": "风险可接受",
    "measures": "采取措施后可接受",
    "stop": "不得开展",
}


class NoName(Column):
    """A person as overseers see them: 张*, and 张同学 while under eighteen."""

    def render(self, value: Person) -> str:
        """Show it on a page."""
        minor = people.is_minor(value, local_day(timezone.now()))
        return (
            identifiers.mask_child_name(value.name) if minor else identifiers.mask_name(value.name)
        )

    def value(self, value: Person) -> str:
        """Give it to the workbook."""
        return self.render(value)


class YesNo(Column):
    """One of two words."""

    def __init__(self, *, yes: str, no: str, **options: object) -> None:
        super().__init__(**options)
        self.words = {True: yes, False: no}

    def render(self, value: object) -> str:
        """Show it on a page."""
        return self.words[bool(value)]

    def value(self, value: object) -> str:
        """Give it to the workbook."""
        return self.words[bool(value)]


class ConsentTable(Table):
    """Consents, newest first."""

    person = NoName("本人", accessor="person")
    purpose = columns.State(
        verbose_name="用途",
        accessor="notice__purpose",
        labels=dict(Purpose.choices),
        tones={},
    )
    version = columns.Number(verbose_name="告知书版本", accessor="notice__version")
    given_at = columns.Moment(verbose_name="同意时间")
    by_guardian = YesNo(verbose_name="同意人", yes="监护人", no="本人")
    withdrawn_at = columns.Moment(verbose_name="撤回时间")

    class Meta:
        fields = ("person", "purpose", "version", "given_at", "by_guardian", "withdrawn_at")
        order_by = "-given_at"


class MinorTable(Table):
    """Minors for whom no guardian's consent stands."""

    number = Column("人员编号")
    name = columns.ChildName(verbose_name="姓名", accessor="name")
    birth_year = Column("出生年份", accessor="birth_date__year")

    class Meta:
        fields = ("number", "name", "birth_year")


class ReadTable(Table):
    """Who asked for, gave or used access to minors' data."""

    at = columns.Moment(verbose_name="时间")
    by = Column("办理人")
    verb = columns.State(verbose_name="事项", labels=READS, tones={})
    person_number = Column("未成年人编号")
    person_name = columns.ChildName(verbose_name="未成年人", accessor="person_name")
    field = Column("内容", accessor="detail__field", orderable=False)
    reason = Column("事由", accessor="detail__reason", orderable=False)

    class Meta:
        fields = ("at", "by", "verb", "person_number", "person_name", "field", "reason")
        order_by = "at"


class NoticeTable(Table):
    """All versions of all notices."""

    title = Column("标题", linkify=("privacy:notice", [A("pk")]))
    purpose = columns.State(verbose_name="用途", labels=dict(Purpose.choices), tones={})
    version = columns.Number(verbose_name="版本")
    starts_on = columns.Day(verbose_name="启用日期")
    responsible = Column("负责人", default="未指定")

    class Meta:
        fields = ("title", "purpose", "version", "starts_on", "responsible")


class AssessmentTable(Table):
    """Impact assessments, newest first."""

    title = Column("评估事项")
    done_on = columns.Day(verbose_name="评估日期")
    conclusion = columns.State(
        verbose_name="结论",
        labels=CONCLUSIONS,
        tones={"acceptable": pages.Tone.GOOD, "stop": pages.Tone.LATE},
    )
    measures = Column("风险与措施")
    by = Column("登记人")

    class Meta:
        fields = ("title", "done_on", "conclusion", "measures", "by")
