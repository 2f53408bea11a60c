from django.db import models
from django.db.models import F, Q


class Kind(models.Model):
    """A kind of place: 志愿者之家, U站 (S050), 青年之家 (S093); a new one is a row, not code."""

    slug = models.SlugField("标识", max_length=20, unique=True)
    label = models.CharField("名称", max_length=20, unique=True)
    order = models.PositiveSmallIntegerField("顺序", default=100)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label


class Venues(models.QuerySet["Venue"]):
    """Places."""

    def held(self, pk: int) -> "Venue":
        """Return a place, its row held until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("org").get(pk=pk)


class Venue(models.Model):
    """A place that an organisation runs for volunteers and young people (阵地).

    `state` is that of its newest phase, kept beside it so that lists need not look.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", "筹备中"
        OPEN = "open", "开放"
        SUSPENDED = "suspended", "暂停开放"
        CLOSED = "closed", "已关闭"

    code = models.CharField("阵地编号", max_length=24, unique=True)
    name = models.CharField("名称", max_length=60)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="venues")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    address = models.CharField("地址", max_length=160)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    capacity = models.PositiveIntegerField("容纳人数")
    functions = models.CharField("功能", max_length=200)
    contact = models.CharField("工作联系方式", max_length=80, blank=True)
    auto_confirm = models.BooleanField("预约自动确认", default=True)
    cancel_hours = models.PositiveSmallIntegerField("取消截止（提前小时数）", default=2)
    entered_on = models.DateField("登记日期")
    opened_on = models.DateField("开放日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PREPARING)

    objects = Venues.as_manager()

    class Meta:
        ordering = ["org__path", "name", "pk"]
        indexes = [models.Index(name="venue_state", fields=["state"])]
        constraints = [
            models.UniqueConstraint(name="venue_once_an_org", fields=["org", "name"]),
            models.CheckConstraint(name="venue_holds_somebody", condition=Q(capacity__gt=0)),
            models.CheckConstraint(
                name="venue_is_on_the_map_or_not",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            models.CheckConstraint(
                name="open_venue_has_opened",
                condition=Q(state__in=["preparing", "closed"]) | Q(opened_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """One state of a place, from a day up to (not including) another; the newest has no end.

    `planned_until` is the day on which a suspended place means to open again.
    """

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="phases")
    state = models.CharField("状态", max_length=10, choices=Venue.State.choices)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    planned_until = models.DateField("预计恢复", null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_phase_at_a_time", fields=["venue"], condition=Q(ends_on__isnull=True)
            ),
            models.CheckConstraint(
                name="phase_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="suspended_phase_says_why", condition=~Q(state="suspended") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} from {self.starts_on}"


class Room(models.Model):
    """A room or area of a place that can be booked."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField("名称", max_length=40)
    capacity = models.PositiveIntegerField("容纳人数")
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ["venue", "name", "pk"]
        constraints = [
            models.UniqueConstraint(name="room_once_a_venue", fields=["venue", "name"]),
            models.CheckConstraint(name="venue_room_holds_somebody", condition=Q(capacity__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
