"""What resources tell analytics."""

from django.db.models import F, QuerySet

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact

from .models import Allocation, Donation, Need, Provider, Resource, Room


def _donation_rows() -> QuerySet:
    accepted = Donation.objects.filter(state=Donation.State.ACCEPTED)
    return accepted.order_by().values(
        "org_id", "accepted", record_id=F("pk"), day=F("decided_on"), item=F("drive__item")
    )


def _room_rows() -> QuerySet:
    built = Room.objects.filter(built_on__isnull=False)
    return built.order_by().values(
        "org_id", record_id=F("pk"), day=F("built_on"), until=or_still("closed_on")
    )


def _provider_rows() -> QuerySet:
    return Provider.objects.order_by().values(
        "org_id", record_id=F("pk"), day=F("joined_on"), until=or_still("left_on")
    )


def _resource_rows() -> QuerySet:
    return Resource.objects.order_by().values(
        "org_id", record_id=F("pk"), day=F("offered_on"), until=or_still("withdrawn_on")
    )


def _need_rows() -> QuerySet:
    raised = Need.objects.exclude(state=Need.State.CLOSED)
    return raised.order_by().values("org_id", "state", record_id=F("pk"), day=F("raised_on"))


def _allocation_rows() -> QuerySet:
    delivered = Allocation.objects.filter(state=Allocation.State.DELIVERED)
    return delivered.order_by().values(
        "served", record_id=F("pk"), org_id=F("need__org_id"), day=F("delivered_on")
    )


DONATION = Fact(
    name="resources_donation",
    label="入库捐赠",
    grain="one donation taken into stock, on the day it was looked over (F062)",
    model="resources.Donation",
    columns={**REQUIRED, "item": "string", "accepted": "int64"},
    records=_donation_rows,
)

ROOM = Fact(
    name="resources_room",
    label="图书室",
    grain="one reading room, from the day it stood until it was given up (F063)",
    model="resources.Room",
    columns={**REQUIRED, "until": "date"},
    records=_room_rows,
)

PROVIDER = Fact(
    name="resources_provider",
    label="爱心单位",
    grain="one unit, from joining until leaving",
    model="resources.Provider",
    columns={**REQUIRED, "until": "date"},
    records=_provider_rows,
)

RESOURCE = Fact(
    name="resources_resource",
    label="专库资源",
    grain="one resource in the pool, from its offer until it was withdrawn",
    model="resources.Resource",
    columns={**REQUIRED, "until": "date"},
    records=_resource_rows,
)

NEED = Fact(
    name="resources_need",
    label="资源需求",
    grain="one need that was not taken back, on the day it was raised",
    model="resources.Need",
    columns={**REQUIRED, "state": "string"},
    records=_need_rows,
)

ALLOCATION = Fact(
    name="resources_allocation",
    label="资源调配",
    grain="one allocation that has arrived, at the organisation that needed it",
    model="resources.Allocation",
    columns={**REQUIRED, "served": "int64"},
    records=_allocation_rows,
)

FACTS = [DONATION, ROOM, PROVIDER, RESOURCE, NEED, ALLOCATION]
