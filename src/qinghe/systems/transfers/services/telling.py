"""Who is told of what happens to transfers (demand 16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.systems.transfers.models import Transfer


@dataclass(frozen=True)
class Telling:
    """What one act tells the members and whoever began for them; nobody of what they did themself."""

    at: datetime
    by: Actor | str

    def say(self, transfers: Sequence[Transfer], *, title: str, text: str) -> None:
        """Tell everybody whom these transfers concern."""
        doer = self.by.person_id if isinstance(self.by, Actor) else 0
        members = {one.person_id for one in transfers} - {doer}
        starters = {one.started_by_id for one in transfers} - members - {doer}
        self._notify(members, title=title, text=text, url=reverse("transfers:own"))
        self._notify(starters, title=title, text=text, url=_staff_url(transfers))

    def _notify(self, ids: set[int], *, title: str, text: str, url: str) -> None:
        notices.notify(
            person_ids=sorted(ids), kind=Kind.RESULT, title=title, text=text, url=url, at=self.at
        )


def _staff_url(transfers: Sequence[Transfer]) -> str:
    if len(transfers) == 1:
        return reverse("transfers:transfer", args=[transfers[0].pk])
    return reverse("transfers:transfers")
