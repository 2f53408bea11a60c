"""The tables that the pages of development numbers share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.joining.queries import NumberState, RequestState

TONES: dict[str, pages.Tone] = {
    NumberState.ISSUED: pages.Tone.PLAIN,
    NumberState.RESERVED: pages.Tone.WAIT,
    NumberState.USED: pages.Tone.GOOD,
    NumberState.VOID: pages.Tone.LATE,
    RequestState.ASKED: pages.Tone.WAIT,
    RequestState.ANSWERED: pages.Tone.GOOD,
    RequestState.REFUSED: pages.Tone.LATE,
    RequestState.WITHDRAWN: pages.Tone.PLAIN,
}


class QuotaTable(Table):
    """Quotas, with how the numbers stand that lie at the organisation itself."""

    org = Column("组织", accessor="org__name", linkify=("joining:quota", [A("pk")]))
    year = Column("年度")
    sector = Column("领域", accessor="get_sector_display", order_by="sector")
    giver = Column("下发组织", accessor="giver__name", order_by="giver__path")
    amount = columns.Number(verbose_name="下发数")
    handed = columns.Number(verbose_name="再下发")
    issued_here = columns.Number(verbose_name="本级未使用")
    reserved_here = columns.Number(verbose_name="已预留")
    used_here = columns.Number(verbose_name="已使用")
    void_here = columns.Number(verbose_name="已作废")
    returned = columns.Number(verbose_name="年末退回")


class NumberTable(Table):
    """The numbers themselves."""

    number = Column("发展团员编号", linkify=("joining:number", [A("pk")]))
    sector = Column("领域", accessor="get_sector_display", order_by="sector")
    org = Column("持有组织", accessor="org__name", order_by="org__path")
    state = columns.State(verbose_name="状态", labels=dict(NumberState.choices), tones=TONES)
    person = columns.MaskedName(verbose_name="使用人", accessor="person__name", at="for_org")
    for_org = Column("入团所在组织", accessor="for_org__name", order_by="for_org__path")
    used_on = columns.Day(verbose_name="入团日期")
    reason = Column("作废原因", orderable=False)


class BatchTable(Table):
    """Ranges as they came from above."""

    first = Column("起始编号")
    last = Column("终止编号")
    size = columns.Number(verbose_name="个数")
    year = Column("年度")
    sector = Column("领域", accessor="get_sector_display", order_by="sector")
    received_on = columns.Day(verbose_name="接收日期")
    source = Column("来文")


class NumberRequestTable(Table):
    """Requests for more numbers."""

    org = Column("申请组织", accessor="org__name", linkify=("joining:number_request", [A("pk")]))
    year = Column("年度")
    sector = Column("领域", accessor="get_sector_display", order_by="sector")
    wanted = columns.Number(verbose_name="申请数")
    given = columns.Number(verbose_name="下发数")
    giver = Column("答复组织", accessor="giver__name", order_by="giver__path")
    asked_on = columns.Day(verbose_name="申请日期")
    state = columns.State(verbose_name="状态", labels=dict(RequestState.choices), tones=TONES)
