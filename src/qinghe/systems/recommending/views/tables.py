"""The tables that the pages of recommending share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.kernel.access.queries import NOBODY
from qinghe.systems.recommending import queries
from qinghe.systems.recommending.queries import PartyState, PioneerNomination, PioneerState

TONES: dict[str, pages.Tone] = {
    PartyState.PROPOSED: pages.Tone.WAIT,
    PartyState.AGREED: pages.Tone.WAIT,
    PartyState.VOTED: pages.Tone.WAIT,
    PartyState.RECOMMENDED: pages.Tone.INFO,
    PartyState.ACCEPTED: pages.Tone.GOOD,
    PartyState.PROBATIONARY: pages.Tone.GOOD,
    PartyState.FAILED: pages.Tone.LATE,
    PartyState.REFUSED: pages.Tone.LATE,
    PartyState.DECLINED: pages.Tone.LATE,
    PartyState.WITHDRAWN: pages.Tone.PLAIN,
}
PIONEER_TONES: dict[str, pages.Tone] = {
    PioneerState.NOMINATED: pages.Tone.WAIT,
    PioneerState.SIGNED: pages.Tone.INFO,
    PioneerState.TAKEN_UP: pages.Tone.GOOD,
    PioneerState.DECLINED: pages.Tone.LATE,
}


class RecommendationTable(Table):
    """Recommendations to the Party."""

    person = columns.MaskedName(
        verbose_name="被推荐人",
        accessor="person__name",
        linkify=("recommending:recommendation", [A("pk")]),
    )
    org = Column("所在团支部", accessor="org__name", order_by="org__path")
    aim = Column("推荐为", accessor="get_aim_display", order_by="aim")
    way = Column("推荐方式", accessor="get_way_display", order_by="way")
    proposed_on = columns.Day(verbose_name="提名日期")
    voted_on = columns.Day(verbose_name="支部大会")
    recommended_on = columns.Day(verbose_name="团委推荐")
    valid_until = columns.Day(verbose_name="有效期至")
    state = columns.State(verbose_name="状态", labels=dict(PartyState.choices), tones=TONES)


class TermsTable(Table):
    """The numbers by which recommending goes."""

    starts_on = columns.Day(verbose_name="施行日期")
    league_months = columns.Number(verbose_name="团龄（月）")
    application_months = columns.Number(verbose_name="递交申请书（月）")
    validity_months = columns.Number(verbose_name="有效期（月）")
    cap_percent = columns.Number(verbose_name="比例上限（%，0为不限）")
    counted = Column("推优入党人数的口径", accessor="get_counted_display", order_by="counted")
    source = Column("依据")


class PioneerTable(Table):
    """Pioneers nominated for the League: by surname, but to those of their school."""

    personal = True
    name = Column("队员", orderable=False, linkify=("recommending:pioneer", [A("pk")]))
    org = Column("学校", accessor="org__name", order_by="org__path")
    school_year = Column("学年")
    nominated_on = columns.Day(verbose_name="提名日期")
    signed_on = columns.Day(verbose_name="大队签章")
    taken_up_on = columns.Day(verbose_name="团组织接收")
    state = columns.State(
        verbose_name="状态", labels=dict(PioneerState.choices), tones=PIONEER_TONES
    )

    def render_name(self, record: PioneerNomination) -> str:
        """Show the name as far as the reader may know it."""
        request = getattr(self, "request", None)
        return queries.pioneer_name(request.actor if request else NOBODY, record)

    def value_name(self, record: PioneerNomination) -> str:
        """Give the workbook no more than the page."""
        return self.render_name(record)
