from django.db import models
from django.db.models import F, Q


class Kind(models.Model):
    """A kind of service point; a new one is a row, not code."""

    slug = models.SlugField("标识", max_length=20, unique=True)
    label = models.CharField("名称", max_length=20, unique=True)
    order = models.PositiveSmallIntegerField("顺序", default=100)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label


class Point(models.Model):
    """A place where volunteers serve and that is inspected (志愿服务点位, S054).

    `org` cares for it and puts right what is found. It is closed from `closed_on` on.
    """

    code = models.CharField("点位编号", max_length=24, unique=True)
    name = models.CharField("名称", max_length=60)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="points")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    address = models.CharField("地点", max_length=160)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ["org__path", "code"]
        constraints = [
            models.UniqueConstraint(name="point_once_an_org", fields=["org", "name"]),
            models.CheckConstraint(
                name="point_closes_after_it_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="point_is_on_the_map_or_not",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
