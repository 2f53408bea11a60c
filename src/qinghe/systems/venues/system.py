from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.access import actors

from . import access, api, facts, indicators, queries, services, sheets
from .access import Act

SYSTEM = System(
    slug="venues",
    label="阵地",
    urls="qinghe.systems.venues.urls",
    router=api.router,
    menu=(
        MenuItem("阵地概况", "venues:board", Act.SEE),
        MenuItem("阵地", "venues:venues", Act.SEE),
        MenuItem("场地预约", "venues:bookings", Act.SEE),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("venues.Phase", "开放阵地", queries.phase_lines),
        RecordKind("venues.Schedule", "开放时间", queries.schedule_lines),
        RecordKind("venues.OpenDay", "开放日", queries.open_day_lines),
        RecordKind("venues.Booking", "场地预约", queries.booking_lines),
        RecordKind("venues.Count", "服务量", queries.count_lines),
    ),
    inbox=(
        Queue(
            code="venues.bookings",
            label="场地预约",
            state="待确认",
            act=Act.KEEP,
            waiting=queries.bookings_waiting_for,
            items=queries.booking_items,
            since="asked_at",
            due="starts_at",
            org="room__venue__org",
        ),
        Queue(
            code="venues.arrivals",
            label="预约到场情况",
            state="待登记",
            act=Act.KEEP,
            waiting=queries.arrivals_waiting_for,
            items=queries.arrival_items,
            since="ends_at",
            org="room__venue__org",
            days=3,
        ),
        Queue(
            code="venues.gaps",
            label="值班空缺",
            state="两周内没有人值班",
            act=Act.KEEP,
            waiting=queries.venues_short_of_duty,
            items=queries.short_items,
            since="opened_on",
            org="org",
        ),
        Queue(
            code="venues.swaps",
            label="换班知会",
            state="待阅",
            act=Act.KEEP,
            waiting=queries.swaps_waiting_for,
            items=queries.swap_items,
            since="answered_at",
            org="shift__venue__org",
        ),
        Queue(
            code="venues.ratings",
            label="阵地评价",
            state="待审核",
            act=Act.KEEP,
            waiting=queries.ratings_waiting_for,
            items=queries.rating_items,
            since="at",
            org="venue__org",
            days=7,
        ),
        Queue(
            code="venues.suspended",
            label="暂停开放的阵地",
            state="应恢复开放",
            act=Act.KEEP,
            waiting=queries.suspended_waiting_for,
            items=queries.suspended_items,
            since="starts_on",
            due="planned_until",
            org="venue__org",
        ),
    ),
    attachable=(
        Attachable(
            model="venues.Venue",
            seen_by=queries.venues_seen_by,
            may_change=lambda actor, venue: actors.may(
                actor, Act.KEEP, at=cast(queries.Venue, venue).org
            ),
        ),
    ),
    data=access.DATA,
    retention=services.RETENTION,
    about_person=queries.about_person,
    about_me=queries.cards_of,
)
