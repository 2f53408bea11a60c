"""The tables of merging."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.merging.queries import MergeState

TONES: dict[str, pages.Tone] = {
    MergeState.PROPOSED: pages.Tone.WAIT,
    MergeState.DONE: pages.Tone.GOOD,
    MergeState.REFUSED: pages.Tone.LATE,
    MergeState.WITHDRAWN: pages.Tone.PLAIN,
    MergeState.LAPSED: pages.Tone.PLAIN,
}


class CandidateTable(Table):
    """Pairs of rows that may be one person; names are written as lists write them."""

    personal = True
    name = Column(
        "姓名", orderable=False, linkify=("merging:pair", [A("kept_id"), A("duplicate_id")])
    )
    numbers = Column("人员编号", orderable=False)
    places = Column("所在组织", orderable=False)
    alike = Column("相同之处", orderable=False)


class MergeTable(Table):
    """Merges that were proposed."""

    kept = columns.MaskedName(
        verbose_name="人员", accessor="kept__name", linkify=("merging:merge", [A("pk")])
    )
    number = Column("保留的编号", accessor="kept__number")
    duplicate = Column("重复的编号", accessor="duplicate__number")
    org = Column("共同上级组织", accessor="org__name", order_by="org__path")
    proposed_at = columns.Moment(verbose_name="提请时间")
    merged_on = columns.Day(verbose_name="合并日期")
    state = columns.State(verbose_name="状态", labels=dict(MergeState.choices), tones=TONES)
