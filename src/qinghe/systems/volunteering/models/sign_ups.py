from django.db import models
from django.db.models import Q

from .activities import ServicePost
from .volunteers import Volunteer


class SignUp(models.Model):
    """One volunteer for one post (报名), from signing up or waiting to what became of it.

    The order of waiting is the order of rows. What holds a place: signed, offered, absent.
    """

    class State(models.TextChoices):
        SIGNED = "signed", "已报名"
        WAITING = "waiting", "候补中"
        OFFERED = "offered", "待确认"
        CANCELLED = "cancelled", "已取消"
        DECLINED = "declined", "已放弃"
        EXPIRED = "expired", "逾期未确认"
        ABSENT = "absent", "未到场"

    post = models.ForeignKey(
        ServicePost, on_delete=models.PROTECT, related_name="sign_ups", db_index=False
    )
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="sign_ups")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    signed_at = models.DateTimeField("报名时间")
    moved_at = models.DateTimeField("状态时间")
    offer_until = models.DateTimeField("确认截止", null=True, blank=True)
    by_leader = models.BooleanField("代报", default=False)
    vouched = models.CharField("本人确认具备", max_length=200, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    told_evening = models.BooleanField("已提醒前一晚", default=False)
    told_soon = models.BooleanField("已提醒两小时", default=False)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="sign_up_of_post", fields=["post", "state", "id"]),
            models.Index(
                name="sign_up_offered", fields=["offer_until"], condition=Q(state="offered")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="signed_up_once",
                fields=["post", "volunteer"],
                condition=Q(state__in=["signed", "waiting", "offered", "absent"]),
            ),
            models.CheckConstraint(
                name="offer_says_until_when",
                condition=Q(state="offered", offer_until__isnull=False)
                | (~Q(state="offered") & Q(offer_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} for {self.post_id}"


class CalendarFeed(models.Model):
    """A secret address under which a person's shifts can be subscribed to; only its hash is kept."""

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField("地址摘要", max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间")

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
