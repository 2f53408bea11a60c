"""The tables that the pages of pioneers share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.pioneers.queries import CeremonyState

TONES: dict[str, pages.Tone] = {
    CeremonyState.DRAFT: pages.Tone.PLAIN,
    CeremonyState.SUBMITTED: pages.Tone.WAIT,
    CeremonyState.ACCEPTED: pages.Tone.GOOD,
    CeremonyState.SENT_BACK: pages.Tone.LATE,
    CeremonyState.CANCELLED: pages.Tone.PLAIN,
}


class CeremonyTable(Table):
    """Ceremonies."""

    kind = Column(
        "类别",
        accessor="get_kind_display",
        order_by="kind",
        linkify=("pioneers:ceremony", [A("pk")]),
    )
    org = Column("学校", accessor="org__name", order_by="org__path")
    day = columns.Day(verbose_name="日期")
    place = Column("地点")
    people = columns.Number(verbose_name="参加人数")
    state = columns.State(verbose_name="状态", labels=dict(CeremonyState.choices), tones=TONES)


class SchoolTable(Table):
    """Schools with what each held in the period."""

    name = Column("学校")
    parent = Column("所在街道", accessor="parent__name", order_by="parent__path")
    educations = columns.Number(verbose_name="入团教育")
    admissions = columns.Number(verbose_name="入队仪式")
