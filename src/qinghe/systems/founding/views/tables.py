"""The tables that the pages of founding share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.founding.queries import ApplicationState, UnitState
from qinghe.systems.founding.rules import Light

UNIT_TONES: dict[str, pages.Tone] = {
    UnitState.OPEN: pages.Tone.WAIT,
    UnitState.APPLYING: pages.Tone.INFO,
    UnitState.FOUNDED: pages.Tone.GOOD,
    UnitState.JOINT: pages.Tone.GOOD,
    UnitState.NOT_FIT: pages.Tone.PLAIN,
    UnitState.GONE: pages.Tone.PLAIN,
}
APPLICATION_TONES: dict[str, pages.Tone] = {
    ApplicationState.SUBMITTED: pages.Tone.WAIT,
    ApplicationState.AGREED: pages.Tone.INFO,
    ApplicationState.APPROVED: pages.Tone.GOOD,
    ApplicationState.SENT_BACK: pages.Tone.LATE,
    ApplicationState.REFUSED: pages.Tone.LATE,
    ApplicationState.WITHDRAWN: pages.Tone.PLAIN,
}
LIGHT_TONES: dict[str, pages.Tone] = {
    Light.GREEN: pages.Tone.GOOD,
    Light.YELLOW: pages.Tone.WAIT,
    Light.RED: pages.Tone.LATE,
    Light.NONE: pages.Tone.PLAIN,
}


class UnitTable(Table):
    """Units."""

    name = Column("单位名称", linkify=("founding:unit", [A("pk")]))
    credit_code = Column("统一社会信用代码")
    org = Column("所在街道社区", accessor="org__name", order_by="org__path")
    industry = Column("牵引团工委", accessor="get_industry_display", order_by="industry")
    youths = columns.Number(verbose_name="35岁及以下")
    members = columns.Number(verbose_name="团员")
    visited_on = columns.Day(verbose_name="最近走访")
    next_on = columns.Day(verbose_name="下次走访")
    state = columns.State(verbose_name="状态", labels=dict(UnitState.choices), tones=UNIT_TONES)


class UnitsOfOneTable(Table):
    """Units beside a record: as much as fits."""

    name = Column("单位名称", linkify=("founding:unit", [A("pk")]))
    org = Column("所在街道社区", accessor="org__name")
    members = columns.Number(verbose_name="团员")
    state = columns.State(verbose_name="状态", labels=dict(UnitState.choices), tones=UNIT_TONES)


class VisitTable(Table):
    """Calls on a unit."""

    personal = True
    day = columns.Day(verbose_name="走访日期")
    visitor = columns.MaskedName(verbose_name="走访人", accessor="visitor__name", at="unit__org")
    met = Column("接待人")
    words = Column("走访情况")
    next_on = columns.Day(verbose_name="下次走访")


class ApplicationTable(Table):
    """Applications."""

    name = Column("拟建组织", linkify=("founding:application", [A("pk")]))
    unit = Column("单位", accessor="unit__name")
    org = Column("所在街道社区", accessor="unit__org__name", order_by="unit__org__path")
    kind = Column("类型", accessor="get_kind_display", order_by="kind")
    members = columns.Number(verbose_name="团员数")
    asked_on = columns.Day(verbose_name="申请日期")
    due_on = columns.Day(verbose_name="办结期限")
    state = columns.State(
        verbose_name="状态", labels=dict(ApplicationState.choices), tones=APPLICATION_TONES
    )


class ApplicationsOfOneTable(Table):
    """Applications beside a unit: as much as fits."""

    name = Column("拟建组织", linkify=("founding:application", [A("pk")]))
    kind = Column("类型", accessor="get_kind_display")
    asked_on = columns.Day(verbose_name="申请日期")
    state = columns.State(
        verbose_name="状态", labels=dict(ApplicationState.choices), tones=APPLICATION_TONES
    )


class ListedTable(Table):
    """League members whom an application lists."""

    personal = True
    number = Column("人员编号", accessor="person__number")
    name = columns.MaskedName(
        verbose_name="姓名", accessor="person__name", at="application__unit__org"
    )


class ChangeTable(Table):
    """What a target was and became."""

    at = columns.Moment(verbose_name="时间")
    before = columns.Number(verbose_name="原指标")
    after = columns.Number(verbose_name="新指标")
    reason = Column("原因")


class ShareTable(Table):
    """What a target is shared out into."""

    org = Column("单位", accessor="org__name", linkify=("founding:target", [A("pk")]))
    number = columns.Number(verbose_name="指标")
    handed_on = columns.Day(verbose_name="下达日期")


class ToldTable(Table):
    """What was told of an aim."""

    day = columns.Day(verbose_name="截至日期")
    org = Column("单位", accessor="org__name", order_by="org__path")
    percent = columns.Number(verbose_name="完成（%）", decimals=2, orderable=False)
    basis = Column("依据")
