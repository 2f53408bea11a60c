"""A subscription to events, and one thing sent for it, at every organisation."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from qinghe.edges.hooks.models import Dispatch, Happening, Subscription
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person

ENDS = datetime(2022, 3, 1, 11, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _subscription(at: Stands) -> Subscription:
    return Subscription.objects.create(
        org=at.org, person=at.person, name=f"平台{at.mark}", address="https://hooks.example/",
        events=["volunteering.hours_confirmed"], made_at=ENDS,
    )  # fmt: skip


def _dispatch(at: Stands) -> Dispatch:
    happening = Happening.objects.create(
        event="test", org=at.org, told={"mark": at.mark}, at=ENDS, spread=True
    )
    return Dispatch.objects.create(
        subscription=_subscription(at), happening=happening, next_try=ENDS
    )


MAKERS: dict[str, Callable[[Stands], object]] = {
    "subscription_id": lambda at: _subscription(at).pk,
    "dispatch_id": lambda at: _dispatch(at).pk,
}
