"""The tables of reconciling's pages; names and values as their levels allow."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.lib import identifiers
from qinghe.systems.reconciling import queries
from qinghe.systems.reconciling.queries import (
    Answer,
    Difference,
    DifferenceField,
    DifferenceKind,
    DifferenceState,
    Outcome,
    Recurs,
    RunRow,
    RunState,
)

RUN_TONES: dict[str, pages.Tone] = {
    RunState.WAITING: pages.Tone.WAIT,
    RunState.DONE: pages.Tone.GOOD,
    RunState.FAILED: pages.Tone.LATE,
    RunState.DISCARDED: pages.Tone.PLAIN,
}
STATE_TONES: dict[str, pages.Tone] = {
    DifferenceState.OPEN: pages.Tone.WAIT,
    DifferenceState.ANSWERED: pages.Tone.INFO,
    DifferenceState.CONFIRMED: pages.Tone.GOOD,
    DifferenceState.SETTLED: pages.Tone.GOOD,
    DifferenceState.CARRIED: pages.Tone.PLAIN,
}
KIND_TONES: dict[str, pages.Tone] = {
    DifferenceKind.EXTRA: pages.Tone.INFO,
    DifferenceKind.MISSING: pages.Tone.LATE,
    DifferenceKind.CHANGED: pages.Tone.WAIT,
    DifferenceKind.UNSURE: pages.Tone.PLAIN,
}
RECURS_TONES: dict[str, pages.Tone] = {Recurs.BACK: pages.Tone.LATE}
OUTCOME_TONES: dict[str, pages.Tone] = {
    Outcome.AGREED: pages.Tone.GOOD,
    Outcome.CHANGED: pages.Tone.WAIT,
    Outcome.MISSING: pages.Tone.LATE,
    Outcome.UNSURE: pages.Tone.PLAIN,
}


class SourceTable(Table):
    """Systems of record beside this one."""

    name = Column("来源名称", linkify=("reconciling:source", [A("pk")]))
    org = Column("登记组织", accessor="owner", order_by="owner")
    made_at = columns.Moment(verbose_name="登记时间")


class ColumnsTable(Table):
    """The versions of a source's columns."""

    version = columns.Number(verbose_name="版本")
    made_at = columns.Moment(verbose_name="保存时间")
    made_by = Column("保存人", accessor="made_by__name")


class RunTable(Table):
    """Runs."""

    file_name = Column("文件", linkify=("reconciling:run", [A("pk")]))
    source = Column("来源", accessor="source__name")
    org = Column("组织", accessor="org__name", order_by="org__path")
    rows = columns.Number(verbose_name="行数")
    uploaded_at = columns.Moment(verbose_name="上传时间")
    state = columns.State(verbose_name="状态", labels=dict(RunState.choices), tones=RUN_TONES)


class TallyTable(Table):
    """What a run came to, organisation by organisation."""

    org = Column(
        "团组织",
        accessor="org__name",
        order_by="org__path",
        linkify=("reconciling:branch", [A("pk")]),
    )
    members = columns.Number(verbose_name="本平台团员")
    rows = columns.Number(verbose_name="来源行数")
    agreed = columns.Number(verbose_name="一致")
    changed = columns.Number(verbose_name="变动")
    extra = columns.Number(verbose_name="多出")
    missing = columns.Number(verbose_name="缺少")
    unsure = columns.Number(verbose_name="无法确定")
    to_answer = columns.Number(verbose_name="待答复")
    to_decide = columns.Number(verbose_name="待确认")
    answered_on = columns.Day(verbose_name="答复完")


class ToldName(columns.Personal):
    """The name of whom a line or a difference is about, masked in a list, known here or not."""

    def __init__(self, *, field: str, at: str, **options: object) -> None:
        super().__init__(field=field, person="about", at=at, verbose_name="姓名", **options)

    def shown(self, value: object) -> str:
        """Write it for those who may read it."""
        return identifiers.mask_name(str(value))

    def hidden(self, value: object) -> str:
        """Write it for all others."""
        return identifiers.mask_child_name(str(value))


class Value(columns.Personal):
    """One side of a difference: a name stays masked, all else as its level allows."""

    def __init__(self, *, side: str, **options: object) -> None:
        field = f"reconciling.Difference.{side}"
        super().__init__(field=field, person="about", at="org", **options)

    def render(self, value: object, record: object, table: Table) -> object:
        """Show it on a page."""
        if not isinstance(record, Difference):
            raise TypeError("this column shows differences")
        if record.field == DifferenceField.NAME:
            may = self._may_be_read(record, table)
            mask = identifiers.mask_name if may else identifiers.mask_child_name
            return mask(str(value))
        if record.field in ("", DifferenceField.BRANCH, DifferenceField.STANDING):
            return value
        return super().render(value, record, table)


class RunRowTable(Table):
    """The lines of a run."""

    personal = True
    line = columns.Number(verbose_name="行")
    name = ToldName(field="reconciling.RunRow.name", at="run__org")
    shown = columns.Personal(
        field="reconciling.RunRow.shown", person="about", at="run__org", verbose_name="证件号"
    )
    branch = Column("团支部")
    org = Column("计入", accessor="org__name", orderable=False)
    how = columns.State(verbose_name="匹配依据", labels=dict(RunRow.How.choices), tones={})
    words = Column("说明", orderable=False)
    outcome = columns.State(verbose_name="结果", labels=dict(Outcome.choices), tones=OUTCOME_TONES)


class DifferenceTable(Table):
    """Differences."""

    personal = True
    org = Column("团组织", accessor="org__name", order_by="org__path")
    name = ToldName(
        field="reconciling.Difference.name",
        at="org",
        accessor="told_name",
        linkify=("reconciling:difference", [A("pk")]),
    )
    kind = columns.State(verbose_name="类别", labels=dict(DifferenceKind.choices), tones=KIND_TONES)
    field = Column("项目", accessor="get_field_display", order_by="field")
    ours = Value(side="ours", verbose_name="本平台")
    theirs = Value(side="theirs", verbose_name="来源")
    line = columns.Number(verbose_name="文件行")
    recurs = columns.State(verbose_name="与上次", labels=dict(Recurs.choices), tones=RECURS_TONES)
    answer = columns.State(verbose_name="答复", labels=dict(Answer.choices), tones={})
    state = columns.State(
        verbose_name="状态", labels=dict(DifferenceState.choices), tones=STATE_TONES
    )


class BranchDifferenceTable(DifferenceTable):
    """Differences of one branch."""

    class Meta:
        exclude = ("org",)


def told_in(found: queries.RollColumns, labels: dict[str, str]) -> str:
    """Say which column is which."""
    return "；".join(f"{labels[key]}＝{label}" for key, label in found.columns.items())
