"""The numbers of one organisation, year and field, held alone while they change hands.

Whoever moves numbers from one organisation to another locks the higher one first, so that two at once
wait for each other and no number is handed out twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Length

from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining.models import Number, Quota
from qinghe.systems.joining.rules import numbers as rules


@dataclass(frozen=True)
class Kept:
    """Which numbers: of a year and a field."""

    year: int
    sector: str

    @property
    def words(self) -> str:
        """Return what they are called."""
        return f"{self.year}年度{rules.SECTORS[self.sector]}编号"

    def quota_for(self, org: Org) -> Quota | None:
        """Return the quota out of which an organisation takes: its own, or the nearest above it.

        Never the district's own: what was not handed down is nobody's yet.
        """
        return self._nearest_first(org).filter(giver__isnull=False, amount__gt=0).first()

    def giver_for(self, org: Org) -> Org | None:
        """Return whom an organisation asks: who gave it some, or the nearest above that has any."""
        found = self._nearest_first(org)
        own = found.filter(org=org, amount__gt=0, giver__isnull=False).first()
        if own is not None:
            return own.giver
        higher = found.exclude(org=org).filter(amount__gt=F("handed")).first()
        if higher is not None:
            return higher.org
        root = Org.objects.filter(parent__isnull=True, code=_codes(org)[0])
        return root.exclude(pk=org.pk).first()

    def _nearest_first(self, org: Org) -> QuerySet[Quota]:
        found = Quota.objects.filter(org__code__in=_codes(org), year=self.year, sector=self.sector)
        return found.select_related("org", "giver").order_by(Length("org__path").desc())


@dataclass(frozen=True)
class Pool:
    """A quota whose row is locked until the transaction ends, and the numbers that lie there."""

    quota: Quota

    @classmethod
    def locked(cls, *, org: Org, kept: Kept) -> Pool:
        """Return an organisation's pool once nobody else holds it. Raises Refused: no_numbers."""
        found = Quota.objects.select_for_update(of=("self",)).select_related("org", "giver")
        quota = found.filter(org=org, year=kept.year, sector=kept.sector).first()
        if quota is None:
            raise Refused("no_numbers", f"{org}还没有{kept.words}，没有改动；请先向上级申请。")
        return cls(quota)

    @classmethod
    def opened(cls, *, org: Org, giver: Org | None, kept: Kept, on: date) -> Pool:
        """Return a pool, begun if there is none: by who gives it its first numbers.

        Raises Refused: other_giver.
        """
        Quota.objects.get_or_create(
            org=org,
            year=kept.year,
            sector=kept.sector,
            defaults={"giver": giver, "given_on": on},
        )
        pool = cls.locked(org=org, kept=kept)
        if pool.quota.amount and giver is not None:
            rules.check_giver(giver=str(pool.quota.giver), other=str(giver), name=org.name)
        pool.quota.giver = giver
        return pool

    @property
    def free(self) -> QuerySet[Number]:
        """Return the numbers that nobody has."""
        return Number.objects.filter(
            org_id=self.quota.org_id,
            year=self.quota.year,
            sector=self.quota.sector,
            state=Number.State.ISSUED,
        )

    def check_left(self, wanted: int) -> None:
        """Refuse to take more than lie here. Raises Refused: not_enough."""
        rules.check_enough(wanted=wanted, left=self.free.count(), whose=str(self.quota.org))

    def hand(self, amount: int, *, to: Pool) -> None:
        """Give an organisation below the lowest numbers; that there are enough has been checked."""
        last = self.free.order_by("number").values_list("number", flat=True)[amount - 1]
        self.free.filter(number__lte=last).update(org=to.quota.org)
        self._give(amount, to=to)

    def take_back(self, amount: int, *, of: Pool) -> None:
        """Take the highest numbers back from an organisation below."""
        first = of.free.order_by("-number").values_list("number", flat=True)[amount - 1]
        of.free.filter(number__gte=first).update(org=self.quota.org)
        self._give(-amount, to=of)

    def _give(self, amount: int, *, to: Pool) -> None:
        to.quota.amount += amount
        to.quota.save(update_fields=["amount", "giver"])
        self.quota.handed += amount
        self.quota.save(update_fields=["handed"])


def _codes(org: Org) -> list[str]:
    return org.path.strip("/").split("/")
