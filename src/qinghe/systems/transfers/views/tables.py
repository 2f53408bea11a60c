"""The tables that the pages of transfers share."""

from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.transfers.queries import Kind, State, Transfer

TONES: dict[str, pages.Tone] = {
    State.OUT_PENDING: pages.Tone.WAIT,
    State.IN_PENDING: pages.Tone.WAIT,
    State.PLACED: pages.Tone.GOOD,
    State.REJECTED: pages.Tone.LATE,
    State.EXPIRED: pages.Tone.LATE,
}
WAITING = (State.OUT_PENDING, State.IN_PENDING)


class EitherName(columns.MaskedName):
    """A member's name to whoever may read it at one end or at the other."""

    def __init__(self, **options: object) -> None:
        super().__init__(accessor="person__name", at="from_org", **options)
        self.other = columns.MaskedName(accessor="person__name", at="to_org")

    def _may_be_read(self, record: object, table: Table) -> bool:
        return super()._may_be_read(record, table) or self.other._may_be_read(record, table)


class TransferTable(Table):
    """Transfers."""

    name = EitherName(verbose_name="姓名", linkify=("transfers:transfer", [A("pk")]))
    number = Column("人员编号", accessor="person__number", orderable=False)
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    origin = Column("转出", orderable=False)
    target = Column("转入", orderable=False)
    started_on = columns.Day(verbose_name="发起日期")
    state = columns.State(verbose_name="状态", labels=dict(State.choices), tones=TONES)
    desk = Column("经办", accessor="desk__name", order_by="desk__path")
    due_on = columns.Day(verbose_name="办理期限")
    closed_on = columns.Day(verbose_name="办结日期")

    def render_desk(self, value: str, record: Transfer) -> str:
        """Name who acts next; nobody once it is over."""
        return value if record.closed_on is None else "—"


class StayTable(Table):
    """Members who study abroad."""

    name = columns.MaskedName(
        verbose_name="姓名", accessor="person__name", linkify=("transfers:stay", [A("pk")])
    )
    number = Column("人员编号", accessor="person__number", orderable=False)
    org = Column("团籍保留在", accessor="org__name", order_by="org__path")
    starts_on = columns.Day(verbose_name="出国（境）日期")
    until = columns.Day(verbose_name="保留团籍至")
    returned_on = columns.Day(verbose_name="返回日期")


class BranchTable(Table):
    """Branches that a class may leave."""

    name = Column("团支部", linkify=("transfers:graduates_of", [A("pk")]))
    kind = Column("类型", accessor="get_kind_display", order_by="kind")
    members = columns.Number(verbose_name="在册团员")


def tag_of(one: Transfer) -> pages.Tag:
    """Return where a transfer stands, in words and colour."""
    if one.suspended_on:
        return pages.Tag("暂停办理", pages.Tone.PLAIN)
    state = State(one.state)
    label = state.label
    if state == State.IN_PENDING and one.kind == Kind.OUT:
        label = "待区外回执"
    elif state == State.IN_PENDING and one.accepted_on:
        label = "已接收，待编入团支部"
    if state in WAITING and one.due_on and one.due_on < timezone.localdate():
        return pages.Tag(f"{label}，已超期", pages.Tone.LATE)
    return pages.Tag(label, TONES.get(state, pages.Tone.PLAIN))
