"""Who is told of what happens to them (demand 16)."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind


def _tell(people: Collection[int], *, title: str, text: str, at: datetime, by: Actor | str) -> None:
    """Tell some people of something that leads to their own page; nobody of what they did."""
    doer = by.person_id if isinstance(by, Actor) else 0
    told = sorted(set(people) - {doer})
    if told:
        notices.notify(
            person_ids=told,
            kind=Kind.RESULT,
            title=title,
            text=text,
            url=reverse("cadres:own"),
            at=at,
        )
