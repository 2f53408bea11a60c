"""The tables that the pages of meetings share."""

from django.urls import reverse
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.meetings import queries
from qinghe.systems.meetings.queries import AgendaItem, Decision, Instruction, Sitting, Summons

TONES: dict[str, pages.Tone] = {
    Sitting.State.PREPARING: pages.Tone.WAIT,
    Sitting.State.CALLED: pages.Tone.INFO,
    Sitting.State.HELD: pages.Tone.WAIT,
    Sitting.State.MINUTED: pages.Tone.GOOD,
    Sitting.State.CANCELLED: pages.Tone.PLAIN,
    Sitting.State.REGISTERED: pages.Tone.GOOD,
    AgendaItem.State.PROPOSED: pages.Tone.WAIT,
    AgendaItem.State.LISTED: pages.Tone.GOOD,
    AgendaItem.State.DECLINED: pages.Tone.LATE,
    Decision.State.OPEN: pages.Tone.WAIT,
    Decision.State.REPORTED: pages.Tone.INFO,
    Decision.State.ACCEPTED: pages.Tone.GOOD,
    Decision.State.VOID: pages.Tone.PLAIN,
    Instruction.State.CLOSED: pages.Tone.GOOD,
    Summons.Reply.COMING: pages.Tone.GOOD,
    Summons.Reply.PROXY: pages.Tone.INFO,
    Summons.Reply.LEAVE: pages.Tone.LATE,
    Summons.Reply.NONE: pages.Tone.WAIT,
}


class Internal(Column):
    """Whether a record is for its named readers alone."""

    def __init__(self) -> None:
        super().__init__("内部", accessor="is_internal", orderable=False)

    def render(self, value: object) -> str:
        """Say it in a word."""
        return "内部" if value else "—"


class BodyTable(Table):
    """Bodies."""

    name = Column("名称", linkify=("meetings:body", [A("pk")]))
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    org = Column("办公室所在单位", accessor="org__name", order_by="org__path")
    convener = Column("总召集人")
    standing = columns.Number(verbose_name="成员单位")
    held = columns.Number(verbose_name="已开或已登记")
    founded_on = columns.Day(verbose_name="建立日期")
    ended_on = columns.Day(verbose_name="撤销日期")


class UnitTable(Table):
    """Member units of a body."""

    name = Column("成员单位", linkify=("meetings:unit", [A("pk")]))
    unit = Column("平台内组织", accessor="unit__name", order_by="unit__path")
    joined_on = columns.Day(verbose_name="加入日期")


class RepresentativeName(columns.MaskedName):
    """Who stands for a unit: somebody of the house as their level allows, others by name."""

    def render(  # type: ignore[override]
        self, value: object, record: queries.Representative, table: Table
    ) -> object:
        """Show it on a page."""
        return super().render(value, record, table) if record.person else record.name


class RepresentativeTable(Table):
    """Who stands for the units of a body, now and before."""

    personal = True
    member = Column("成员单位", accessor="member__name", orderable=False)
    role = Column("身份", accessor="get_role_display", orderable=False)
    name = RepresentativeName(
        verbose_name="姓名", accessor="person__name", at="member__body__org", empty_values=()
    )
    duty = Column("职务", orderable=False)
    starts_on = columns.Day(verbose_name="起始日期", orderable=False)
    ends_on = columns.Day(verbose_name="终止日期", orderable=False)


class SittingTable(Table):
    """Sittings."""

    title = Column("会议", linkify=("meetings:sitting", [A("pk")]))
    body = Column("会议机构", accessor="body__name", order_by="body__name")
    day = columns.Day(verbose_name="开会日期")
    place = Column("地点")
    came = columns.Number(verbose_name="实到")
    due = columns.Number(verbose_name="应到")
    is_internal = Internal()
    state = columns.State(verbose_name="状态", labels=dict(Sitting.State.choices), tones=TONES)


class AgendaTable(Table):
    """The agenda of a sitting, in its order."""

    place = Column("序号", accessor="item__place", orderable=False)
    times = Column("时间", orderable=False)
    title = Column(
        "议题",
        accessor="item__title",
        orderable=False,
        linkify=lambda record: reverse("meetings:item", args=[record.item.pk]),
    )
    member = Column("提出单位", accessor="item__member__name", orderable=False, default="办公室")
    theme = Column("主题", accessor="item__get_theme_display", orderable=False)


class ItemTable(Table):
    """Items that are not on the agenda yet, or were declined."""

    title = Column("议题", linkify=("meetings:item", [A("pk")]), orderable=False)
    member = Column("提出单位", accessor="member__name", orderable=False, default="办公室")
    is_internal = Internal()
    state = columns.State(verbose_name="状态", labels=dict(AgendaItem.State.choices), tones=TONES)


class InvitedName(columns.MaskedName):
    """Who is invited: somebody of the house as their level allows, others by name."""

    def render(self, value: object, record: Summons, table: Table) -> object:  # type: ignore[override]
        """Show it on a page."""
        one = record.representative
        if one is None:
            return record.name or "—"
        return super().render(value, record, table) if one.person else one.name


class SummonsTable(Table):
    """Invitations with their answers."""

    personal = True
    member = Column("单位", accessor="member__name", orderable=False, default="列席")
    name = InvitedName(
        verbose_name="参会人",
        accessor="representative__person__name",
        at="sitting__body__org",
        empty_values=(),
    )
    reply = columns.State(
        verbose_name="回执",
        labels=dict(Summons.Reply.choices),
        tones=TONES,
        empty_values=(None,),
        linkify=lambda record: _reply(record),
    )
    proxy_name = Column("代会人", orderable=False)
    reason = Column("请假原因", orderable=False)
    came_at = columns.Moment(verbose_name="签到时间", orderable=False)


class DecisionTable(Table):
    """Decisions."""

    text = Column("议定事项", linkify=("meetings:decision", [A("pk")]))
    sitting = Column("会议", accessor="sitting__title", order_by="sitting__title")
    owner = Column("承办单位", accessor="owner__name", order_by="owner__path")
    due_on = columns.Day(verbose_name="完成时限")
    reported_on = columns.Day(verbose_name="报结日期")
    state = columns.State(verbose_name="状态", labels=dict(Decision.State.choices), tones=TONES)


class DecisionsOfOneTable(Table):
    """Decisions beside their sitting: as much as fits."""

    place = columns.Number(verbose_name="序号")
    text = Column("议定事项", linkify=("meetings:decision", [A("pk")]))
    owner = Column("承办单位", accessor="owner__name")
    due_on = columns.Day(verbose_name="完成时限")
    state = columns.State(verbose_name="状态", labels=dict(Decision.State.choices), tones=TONES)


class InstructionTable(Table):
    """Instructions of leaders."""

    subject = Column("批示材料", linkify=("meetings:instruction", [A("pk")]))
    leader = Column("批示领导")
    day = columns.Day(verbose_name="批示日期")
    owner = Column("落实单位", accessor="owner__name", order_by="owner__path")
    due_on = columns.Day(verbose_name="落实时限")
    is_internal = Internal()
    state = columns.State(
        verbose_name="状态",
        labels=dict(Instruction.State.choices),
        tones={**TONES, Instruction.State.OPEN: pages.Tone.WAIT},
    )


class TalkTable(Table):
    """Talks on platforms above."""

    topic = Column("主题", linkify=("meetings:talk", [A("pk")]))
    platform = Column("平台", accessor="platform__name", order_by="platform__name")
    day = columns.Day(verbose_name="时间")
    speaker = Column("分享人")
    org = Column("登记单位", accessor="org__name", order_by="org__path")
    void_on = columns.Day(verbose_name="作废日期")


class PlatformTable(Table):
    """The district's list of platforms."""

    name = Column("平台")
    host = Column("主办单位")
    is_counted = Column("计入改革经验分享")
    given = columns.Number(verbose_name="已分享")
    opened_on = columns.Day(verbose_name="启用日期")
    ended_on = columns.Day(verbose_name="停用日期")
    off = Column(
        "",
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
        linkify=lambda record: _off(record),
    )

    def render_is_counted(self, value: object) -> str:
        """Say it in a word."""
        return "计入" if value else "不计入"

    def render_off(self, record: queries.TalkPlatform) -> str:
        """Offer to take it off the list."""
        return "" if record.ended_on else "停用"


def _off(record: queries.TalkPlatform) -> str | None:
    return None if record.ended_on else reverse("meetings:platform_end", args=[record.pk])


def _reply(record: Summons) -> str | None:
    waits = record.sitting.state == Sitting.State.CALLED and record.member_id
    return reverse("meetings:reply", args=[record.pk]) if waits else None
