"""The tables that the pages of resources share."""

from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.resources.queries import (
    AllocationState,
    DonationState,
    DriveState,
    NeedState,
    ResourceState,
    RoomState,
)

TONES: dict[str, pages.Tone] = {
    ResourceState.OFFERED: pages.Tone.GOOD,
    ResourceState.WITHDRAWN: pages.Tone.PLAIN,
    NeedState.OPEN: pages.Tone.WAIT,
    NeedState.MET: pages.Tone.GOOD,
    NeedState.CLOSED: pages.Tone.PLAIN,
    AllocationState.ASKED: pages.Tone.WAIT,
    AllocationState.AGREED: pages.Tone.INFO,
    AllocationState.DELIVERED: pages.Tone.GOOD,
    AllocationState.REFUSED: pages.Tone.LATE,
    AllocationState.CANCELLED: pages.Tone.PLAIN,
    DonationState.BROUGHT: pages.Tone.WAIT,
    DonationState.ACCEPTED: pages.Tone.GOOD,
    RoomState.PLANNED: pages.Tone.WAIT,
    RoomState.BUILT: pages.Tone.GOOD,
}


class ProviderTable(Table):
    """Units that offer something."""

    name = Column("单位名称", linkify=("resources:provider", [A("pk")]))
    org = Column("登记单位", accessor="org__name", order_by="org__path")
    joined_on = columns.Day(verbose_name="加入日期")
    left_on = columns.Day(verbose_name="退出日期")


class ResourceTable(Table):
    """Resources."""

    title = Column("名称", linkify=("resources:resource", [A("pk")]))
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    org = Column("管理单位", accessor="org__name", order_by="org__path")
    left = columns.Number(verbose_name="余量", orderable=False)
    unit = Column("单位", orderable=False)
    offered_on = columns.Day(verbose_name="入库日期")
    state = columns.State(verbose_name="状态", labels=dict(ResourceState.choices), tones=TONES)


class NeedTable(Table):
    """Needs."""

    title = Column("需求", linkify=("resources:need", [A("pk")]))
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    org = Column("提出单位", accessor="org__name", order_by="org__path")
    quantity = columns.Number(verbose_name="数量")
    unit = Column("单位", orderable=False)
    needed_by = columns.Day(verbose_name="希望到位")
    state = columns.State(verbose_name="状态", labels=dict(NeedState.choices), tones=TONES)


class ProposalTable(Table):
    """What would fit a need, and why."""

    title = Column("资源", linkify=("resources:ask", [A("need_id"), A("resource_id")]))
    org = Column("管理单位")
    left = Column("余量")
    reasons = Column("推荐理由")


class AllocationTable(Table):
    """What was asked for, agreed and received."""

    resource = Column(
        "资源", accessor="resource__title", linkify=("resources:allocation", [A("pk")])
    )
    org = Column("使用单位", accessor="need__org__name", order_by="need__org__path")
    quantity = columns.Number(verbose_name="数量")
    asked_on = columns.Day(verbose_name="申请日期")
    delivered_on = columns.Day(verbose_name="到位日期")
    state = columns.State(verbose_name="状态", labels=dict(AllocationState.choices), tones=TONES)


class DriveTable(Table):
    """Drives."""

    title = Column("名称", linkify=("resources:drive", [A("pk")]))
    org = Column("主办单位", accessor="org__name", order_by="org__path")
    item = Column("物品")
    collected = columns.Number(verbose_name="已入库")
    stock = columns.Number(verbose_name="库存")
    closes_on = columns.Day(verbose_name="截止日期")
    state = columns.State(verbose_name="状态", labels=dict(DriveState.choices), tones=TONES)


class DonationTable(Table):
    """Donations."""

    brought_on = columns.Day(verbose_name="捐赠日期")
    org = Column("接收单位", accessor="org__name", linkify=("resources:donation", [A("pk")]))
    donor = Column("捐赠人或单位", empty_values=(None,))
    quantity = columns.Number(verbose_name="送来")
    accepted = columns.Number(verbose_name="入库")
    state = columns.State(verbose_name="状态", labels=dict(DonationState.choices), tones=TONES)


class RoomTable(Table):
    """Reading rooms."""

    name = Column("名称", linkify=("resources:room", [A("pk")]))
    place = Column("所在地")
    org = Column("负责单位", accessor="org__name", order_by="org__path")
    sent = columns.Number(verbose_name="已配送")
    built_on = columns.Day(verbose_name="建成日期")
    state = columns.State(verbose_name="状态", labels=dict(RoomState.choices), tones=TONES)


class DeliveryTable(Table):
    """What was sent where."""

    sent_on = columns.Day(verbose_name="发出日期")
    room = Column("图书室", accessor="room__name", linkify=("resources:delivery", [A("pk")]))
    quantity = columns.Number(verbose_name="数量")
    received_on = columns.Day(verbose_name="签收日期")
