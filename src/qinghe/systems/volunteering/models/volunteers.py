from datetime import date

from django.db import models
from django.db.models import F, Q


class Volunteer(models.Model):
    """A person registered to serve, under one number of their own (V-13) and one 主组织 (V-23).

    A child serves `beside` a guardian up to the day before the fourteenth birthday (V-21): by the
    guardian's account, at the guardian's side, counted apart.
    """

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
    beside = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip
    beside_until = models.DateField("随监护人服务至", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(name="volunteer_registered", fields=["registered_on"]),
            models.Index(
                name="volunteer_beside", fields=["beside"], condition=Q(beside__isnull=False)
            ),
            models.Index(  # the few; see Attendance for why it is written as OR
                name="volunteer_not_registered",
                fields=["state"],
                condition=Q(state="applied") | Q(state="refused") | Q(state="withdrawn"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="child_beside_a_guardian_grows_up",
                condition=Q(beside__isnull=True, beside_until__isnull=True)
                | (Q(beside__isnull=False, beside_until__isnull=False) & ~Q(beside=F("person"))),
            ),
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

    def is_child_on(self, day: date) -> bool:
        """Test if this is a child who serves beside a guardian on a day (V-21)."""
        return self.beside_until is not None and day < self.beside_until

    def spoken_for_by(self, day: date) -> int:
        """Return whom to tell, and who may act, on a day: the guardian of a child, else themself."""
        if self.beside_id is not None and self.is_child_on(day):
            return self.beside_id
        return self.person_id
