from django.db import models
from django.db.models import F, Q

from .venues import Room

FORGOTTEN = "已匿名"


class Booking(models.Model):
    """A room for a time (预约); two that stand never meet: `services.book` holds the room's row.

    `for_org` is the organisation or the team's organisation that asks, `person` whoever asks; who
    comes in from the street (`walk_in`) is nobody by name. What was used long ago is counted on, but
    nobody's any more, and says nothing: its purpose is FORGOTTEN (S-08).
    """

    class State(models.TextChoices):
        ASKED = "asked", "待确认"
        CONFIRMED = "confirmed", "已确认"
        USED = "used", "已使用"
        NO_SHOW = "no_show", "未到场"
        REFUSED = "refused", "未同意"
        CANCELLED = "cancelled", "已取消"

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    for_org = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField("用途", max_length=100)
    people = models.PositiveIntegerField("人数")
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    day = models.DateField("日期")
    series = models.UUIDField("重复预约", null=True, blank=True)
    walk_in = models.BooleanField("现场使用", default=False)
    asked_at = models.DateTimeField("提出时间")
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(name="booking_of_a_room", fields=["room", "starts_at"]),
            models.Index(name="booking_of_a_person", fields=["person", "starts_at"]),
            models.Index(
                name="booking_waits",
                fields=["starts_at"],
                condition=Q(state__in=["asked", "confirmed"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="booking_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="booking_for_somebody", condition=Q(people__gt=0)),
            models.CheckConstraint(
                name="booking_is_somebodys",
                condition=Q(walk_in=True, person__isnull=True)
                | Q(walk_in=False, person__isnull=False)
                | Q(walk_in=False, person__isnull=True, state="used", purpose=FORGOTTEN),
            ),
            models.CheckConstraint(
                name="refused_booking_says_why", condition=~Q(state="refused") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} in {self.room_id}"
