"""The tables that the pages of pioneers share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.pioneers.queries import CeremonyState, SlateState

TONES: dict[str, pages.Tone] = {
    CeremonyState.DRAFT: pages.Tone.PLAIN,
    CeremonyState.SUBMITTED: pages.Tone.WAIT,
    CeremonyState.ACCEPTED: pages.Tone.GOOD,
    CeremonyState.SENT_BACK: pages.Tone.LATE,
    CeremonyState.CANCELLED: pages.Tone.PLAIN,
    SlateState.DECIDED: pages.Tone.GOOD,
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


class BadgeTable(Table):
    """The catalogue."""

    title = Column("名称", linkify=("pioneers:badge", [A("pk")]))
    family = Column("类别", accessor="get_family_display", order_by="family")
    level = Column("颁发层级", accessor="get_level_display", order_by="level")
    subject = Column("对象", accessor="is_collective", order_by="is_collective")
    star = Column("星级")
    opened_on = columns.Day(verbose_name="启用日期")
    closed_on = columns.Day(verbose_name="停用日期")

    def render_subject(self, value: object) -> str:
        """Say it in words."""
        return "集体" if value else "个人"

    def render_star(self, value: int) -> str:
        """Write nothing where there is no star."""
        return f"{value}星" if value else "—"


class RoundTable(Table):
    """Rounds."""

    title = Column("名称", linkify=("pioneers:round", [A("pk")]))
    level = Column("层级", accessor="get_level_display", order_by="level")
    term = Column("学期")
    opens_on = columns.Day(verbose_name="申报开始")
    closes_on = columns.Day(verbose_name="申报截止")


class SlateTable(Table):
    """Lists of schools with their two counters."""

    round = Column("轮次", accessor="round__title", linkify=("pioneers:slate", [A("pk")]))
    org = Column("学校", accessor="org__name", order_by="org__path")
    level = Column("层级", accessor="round__get_level_display", order_by="round__level")
    submitted_on = columns.Day(verbose_name="提交日期")
    put_up = columns.Number(verbose_name="申报枚数")
    given = columns.Number(verbose_name="颁发枚数")
    state = columns.State(verbose_name="状态", labels=dict(SlateState.choices), tones=TONES)


class NominationTable(Table):
    """Lines of a list."""

    troop = Column("中队")
    grade = Column("年级")
    badge = Column("奖章")
    count = columns.Number(verbose_name="申报")
    awarded = columns.Number(verbose_name="颁发")
    consented_on = columns.Day(verbose_name="监护人同意")


class NomineeTable(Table):
    """Children of a list: a code and an initial, for those who may know them."""

    code = Column("校内编号")
    initial = Column("首字母")
    troop = Column("中队", accessor="nomination__troop")
    badge = Column("奖章", accessor="nomination__badge")
    consented_on = columns.Day(verbose_name="监护人同意")
    is_awarded = Column("已颁章")

    def render_is_awarded(self, value: object) -> str:
        """Say it in words."""
        return "是" if value else "—"
