"""The tables that the pages of places share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.venues.queries import (
    BookingState,
    RatingState,
    ShiftState,
    VenueState,
)

TONES: dict[str, pages.Tone] = {
    VenueState.PREPARING: pages.Tone.WAIT,
    VenueState.OPEN: pages.Tone.GOOD,
    VenueState.SUSPENDED: pages.Tone.LATE,
    VenueState.CLOSED: pages.Tone.PLAIN,
    BookingState.ASKED: pages.Tone.WAIT,
    BookingState.CONFIRMED: pages.Tone.INFO,
    BookingState.USED: pages.Tone.GOOD,
    BookingState.NO_SHOW: pages.Tone.LATE,
    ShiftState.FREE: pages.Tone.LATE,
    ShiftState.TAKEN: pages.Tone.INFO,
    ShiftState.ON: pages.Tone.GOOD,
    RatingState.WAITING: pages.Tone.WAIT,
    RatingState.SHOWN: pages.Tone.GOOD,
}


class VenueTable(Table):
    """Places."""

    name = Column("名称", linkify=("venues:venue", [A("pk")]))
    kind = Column("类别", accessor="kind__label", order_by="kind__order")
    org = Column("管理单位", accessor="org__name", order_by="org__path")
    address = Column("地址")
    capacity = columns.Number(verbose_name="容纳人数")
    opened_on = columns.Day(verbose_name="开放日期")
    state = columns.State(verbose_name="状态", labels=dict(VenueState.choices), tones=TONES)


class RoomTable(Table):
    """Rooms of a place."""

    name = Column("房间或区域", linkify=("venues:room", [A("pk")]))
    capacity = columns.Number(verbose_name="容纳人数")
    closed_on = columns.Day(verbose_name="停用日期")


class PhaseTable(Table):
    """What a place was, from when to when."""

    state = columns.State(verbose_name="状态", labels=dict(VenueState.choices), tones=TONES)
    starts_on = columns.Day(verbose_name="自")
    ends_on = columns.Day(verbose_name="至（不含）")
    planned_until = columns.Day(verbose_name="预计恢复")
    reason = Column("原因")


class ScheduleTable(Table):
    """Weekly hours."""

    venue = Column("阵地", accessor="venue__name", linkify=("venues:venue", [A("venue_id")]))
    valid_from = columns.Day(verbose_name="起用日期")
    valid_until = columns.Day(verbose_name="停用日期")
    texts = Column("每周开放时间", orderable=False)
    closed_in_words = Column("法定节假日不开放", orderable=False)

    def render_texts(self, record: object) -> str:
        """Say the week in one line."""
        return record.in_words  # type: ignore[attr-defined, no-any-return]


class SpecialDayTable(Table):
    """Days that are otherwise."""

    day = columns.Day(verbose_name="日期")
    hours = Column("开放时间", accessor="in_words")
    reason = Column("原因")


class KeptSpecialDayTable(SpecialDayTable):
    """Days that are otherwise, for who may take them back."""

    drop = Column(
        "办理", empty_values=(), orderable=False, linkify=("venues:special_day_drop", [A("pk")])
    )

    def render_drop(self) -> str:
        """Say what the link does."""
        return "取消"


class MonthTable(Table):
    """What a place did, by month."""

    month = Column("月份")
    visits = columns.Number(verbose_name="来访人次")
    services = columns.Number(verbose_name="服务人次")
    used = columns.Number(verbose_name="场地使用")


class BookingTable(Table):
    """Bookings."""

    purpose = Column("用途", linkify=("venues:booking", [A("pk")]))
    venue = Column("阵地", accessor="room__venue__name", order_by="room__venue__name")
    room = Column("房间", accessor="room__name")
    starts_at = columns.Moment(verbose_name="开始")
    ends_at = columns.Moment(verbose_name="结束")
    people = columns.Number(verbose_name="人数")
    org = Column("预约单位", accessor="for_org__name", order_by="for_org__path")
    state = columns.State(verbose_name="状态", labels=dict(BookingState.choices), tones=TONES)


class CountTable(Table):
    """Counts."""

    day = columns.Day(verbose_name="日期")
    venue = Column("阵地", accessor="venue__name", order_by="venue__name")
    kind = Column(
        "类别", accessor="get_kind_display", order_by="kind", linkify=("venues:count", [A("pk")])
    )
    people = columns.Number(verbose_name="人次")
    at = columns.Moment(verbose_name="登记时间")
    reason = Column("更正原因")


class RatingTable(Table):
    """Ratings."""

    at = columns.Moment(verbose_name="评价时间")
    venue = Column("阵地", accessor="venue__name", linkify=("venues:rating", [A("pk")]))
    stars = columns.Number(verbose_name="评分")
    words = Column("评价")
    state = columns.State(verbose_name="状态", labels=dict(RatingState.choices), tones=TONES)
