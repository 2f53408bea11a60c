from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from .kinds import Industry, Level, NewOrgKind, OrgKind, Sector


class Org(models.Model):
    """One organisation of the tree: an area, a League organisation, a federation (T-01).

    `parent` and `path` say where it stands today; where it stood on another day is told by its
    placements. Codes never change and are never given twice, so a path of codes is stable.
    """

    code = models.CharField("代码", max_length=24, unique=True)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=30, choices=OrgKind.choices)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    sector = models.CharField("领域", max_length=10, choices=Sector.choices, blank=True)
    new_org_kind = models.CharField(
        "两新组织类别", max_length=24, choices=NewOrgKind.choices, blank=True
    )
    industry = models.CharField("行业团工委", max_length=12, choices=Industry.choices, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=240, unique=True, help_text="/440307/440307017/")
    opened_on = models.DateField("成立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        ordering: ClassVar = ["path"]
        indexes: ClassVar = [models.Index(name="org_kind", fields=["kind", "level"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="org_closes_after_it_opens",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="only_a_closed_org_has_a_successor",
                condition=Q(successor__isnull=True) | Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="code_fits_a_path", condition=~Q(code__contains="/") & ~Q(code="")
            ),
            # SQLite compares the start of a path without regard to case: one case only.
            models.CheckConstraint(name="code_is_upper_case", condition=Q(code=Upper("code"))),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Which organisation answered for another, from one day up to (not including) another.

    A merged organisation is placed under its successor, so its records count there from that
    day's tree on.
    """

    org = models.ForeignKey(Org, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(
        Org, null=True, on_delete=models.PROTECT, related_name="placements_below"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_placement", fields=["org"], condition=Q(ends_on__isnull=True)
            ),
            models.CheckConstraint(
                name="placement_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} under {self.parent_id} from {self.starts_on}"
