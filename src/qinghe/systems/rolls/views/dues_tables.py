"""The tables of dues."""

from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import rules
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.queries import DuesCategory, DuesPayment, DuesState

RATE, PAYMENT = "rolls.DuesRate", "rolls.DuesPayment"
CATEGORIES = dict(DuesCategory.choices)
TONES: dict[str, pages.Tone] = {
    DuesState.PROPOSED: pages.Tone.WAIT,
    DuesState.HOLDING: pages.Tone.GOOD,
    DuesState.REFUSED: pages.Tone.LATE,
}


def yuan(fen: int) -> str:
    """Return whole fen as yuan, such as 0.20."""
    return f"{fen // 100}.{fen % 100:02}"


class Yuan(columns.Personal):
    """An amount about a person, kept in fen and shown in yuan to who keeps the dues there."""

    act = Act.DUES

    def shown(self, value: object) -> str:
        """Write it for those who may read it."""
        return yuan(int(str(value)))


class Category(columns.Personal):
    """What a person's dues rest on; it tells the amount, too."""

    act = Act.DUES

    def shown(self, value: object) -> str:
        """Write it for those who may read it."""
        return str(CATEGORIES.get(str(value), value))


class Month(columns.Personal):
    """A month about a person, as 2022-06."""

    def shown(self, value: object) -> str:
        """Write it for those who may read it."""
        return f"{value:%Y-%m}"


class Behind(columns.Personal):
    """How many months in a row a member has not paid."""

    def render(self, record: Membership, table: Table) -> object:  # type: ignore[override]
        """Show it on a page."""
        since = getattr(record, "since", None)
        if since is None:
            return "没有核定"
        today, paid_to = timezone.localdate(), getattr(record, "paid_to", None)
        months = rules.months_behind(since=since, paid_to=paid_to, day=today)
        return super().render(months, record, table)

    def value(self, record: Membership, table: Table) -> object:  # type: ignore[override]
        """Give it to the workbook."""
        return self.render(record, table)


class PayerTable(Table):
    """Members with what they pay and how far they have."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("rolls:member", {"membership_id": A("pk")}),
    )
    number = Column("人员编号", accessor="person__number")
    org = Column("所在团组织", accessor="org__name", order_by="org__path")
    category = Category(field=f"{RATE}.category", verbose_name="类别")
    fen = Yuan(field=f"{RATE}.fen", verbose_name="每月（元）")
    paid_to = Month(field=f"{PAYMENT}.month", verbose_name="交到哪个月")
    behind = Behind(
        field=f"{PAYMENT}.month", verbose_name="连续未交月数", accessor="pk", empty_values=()
    )


class PaymentTable(Table):
    """Months that were paid."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("rolls:payment", {"dues_payment_id": A("pk")}),
    )
    org = Column("所在团组织", accessor="org__name", order_by="org__path")
    month = Month(field=f"{PAYMENT}.month", verbose_name="月份")
    fen = Yuan(field=f"{PAYMENT}.fen", verbose_name="金额（元）")
    paid_on = columns.Day(verbose_name="交纳日期")
    voided = Column("状态", accessor="pk", orderable=False)

    def render_voided(self, record: DuesPayment) -> str:
        """Say if it was taken back."""
        return "已作废" if record.voided_at else "有效"

    def value_voided(self, record: DuesPayment) -> str:
        """Give it to the workbook."""
        return self.render_voided(record)


class RateTable(Table):
    """What a member was to pay, beside the member."""

    entered_at = columns.Moment(
        verbose_name="登记时间", orderable=False, linkify=("rolls:rate", {"dues_rate_id": A("pk")})
    )
    starts_on = Column("从哪个月起", orderable=False)
    category = Category(field=f"{RATE}.category", verbose_name="类别")
    fen = Yuan(field=f"{RATE}.fen", verbose_name="每月（元）")
    state = columns.State(
        verbose_name="状态", labels=dict(DuesState.choices), tones=TONES, orderable=False
    )

    def render_starts_on(self, value: object) -> str:
        """Write the month."""
        return f"{value:%Y-%m}"
