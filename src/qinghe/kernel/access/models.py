from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .actors import ADMINISTRATORS, Role

ROLES = [(role.value, role.label) for role in Role]


class Department(models.TextChoices):
    """The departments of the district committee."""

    OFFICE = "office", "办公室"
    ORGANISATION = "organisation", "组织部"
    PUBLICITY = "publicity", "宣传部"
    YOUTH_DEVELOPMENT = "youth_development", "青年发展部"
    SCHOOLS = "schools", "学校部"
    RIGHTS = "rights", "权益部"
    VOLUNTEERING = "volunteering", "志愿者工作部"


class Account(models.Model):
    """Binds a sign-in account to the person behind it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"account of {self.person_id}"


class Holding(models.Model):
    """A role that a person holds at one organisation, from one day up to (not including) another.

    Ended today it holds no more today: rights stop with the next request (bar 23).
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField("角色", max_length=30, choices=ROLES)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="holdings")
    department = models.CharField(
        "部门", max_length=20, choices=Department.choices, blank=True, default=""
    )
    deputy_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies"
    )
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("到期日", null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="holding_at", fields=["org", "role"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_holding",
                fields=["person", "role", "org"],
                condition=Q(ends_on__isnull=True),
            ),
            models.UniqueConstraint(  # S-50
                name="one_administrator_role",
                fields=["person"],
                condition=Q(
                    ends_on__isnull=True, role__in=sorted(role.value for role in ADMINISTRATORS)
                ),
            ),
            models.CheckConstraint(
                name="holding_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_deputy_has_an_end",
                condition=Q(deputy_for__isnull=True) | Q(ends_on__isnull=False),
            ),
            models.CheckConstraint(
                name="only_officers_have_a_department",
                condition=Q(department="") | Q(role=Role.DISTRICT_OFFICER.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.org_id}"


class Invitation(models.Model):
    """A role offered to a person without an account, against a code that is shown once.

    Only the code's hash is kept: who reads the database cannot accept for another.
    """

    code_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField("角色", max_length=30, choices=ROLES)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="invitations")
    department = models.CharField(
        "部门", max_length=20, choices=Department.choices, blank=True, default=""
    )
    ends_on = models.DateField("到期日", null=True, blank=True)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="invitations_made"
    )
    made_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("有效至")
    accepted_at = models.DateTimeField("接受时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_invitation",
                fields=["person"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accepted_or_withdrawn",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.org_id} for {self.person_id}"


class SupportSession(models.Model):
    """A role lent to a system administrator at one organisation, for a reason and at most 2 hours."""

    admin = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="support_sessions"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="support_sessions")
    role = models.CharField("借用角色", max_length=30, choices=ROLES)
    reason = models.CharField("事由", max_length=200)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("最晚结束")
    ended_at = models.DateTimeField("结束", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_support_session",
                fields=["admin"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="support_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"支持会话{self.pk}"
