from django.db import models
from django.db.models import F, Q


class Volunteer(models.Model):
    """A person registered to serve, under one number of their own (V-13) and one 主组织 (V-23)."""

    class State(models.TextChoices):
        APPLIED = "applied", "待审核"
        REGISTERED = "registered", "已注册"
        REFUSED = "refused", "未通过"
        WITHDRAWN = "withdrawn", "已退出"

    number = models.CharField("志愿者编号", max_length=20, unique=True)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField("申请日期")
    registered_on = models.DateField("注册日期", null=True, blank=True)
    withdrawn_on = models.DateField("退出日期", null=True, blank=True)
    guardian_agreed_on = models.DateField("监护人同意日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(name="volunteer_registered", fields=["registered_on"]),
            models.Index(  # the few; see Attendance for why it is written as OR
                name="volunteer_not_registered",
                fields=["state"],
                condition=Q(state="applied") | Q(state="refused") | Q(state="withdrawn"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="registered_volunteer_has_a_day",
                condition=Q(state__in=["registered", "withdrawn"], registered_on__isnull=False)
                | Q(state__in=["applied", "refused"], registered_on__isnull=True),
            ),
            models.CheckConstraint(
                name="withdrawn_volunteer_has_a_day",
                condition=Q(
                    state="withdrawn",
                    withdrawn_on__isnull=False,  # a CHECK over NULL would pass
                    withdrawn_on__gte=F("registered_on"),
                )
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number
