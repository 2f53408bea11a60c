from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Sex(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class Person(models.Model):
    """A human being, once, whatever posts and memberships they hold."""

    number = models.CharField("人员编号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A League member's place in one organisation, from one day up to another (T-65)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_branch_at_a_time", fields=["person"], condition=Q(ends_on__isnull=True)
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.org_id}"


class Service(models.TextChoices):
    """How a cadre serves (T-80)."""

    FULL_TIME = "full_time", "专职"
    SECONDED = "seconded", "挂职"
    PART_TIME = "part_time", "兼职"


class Post(models.Model):
    """A cadre's post in one organisation; one person may hold several (T-81)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=40)
    service = models.CharField("任职性质", max_length=10, choices=Service.choices)
    starts_on = models.DateField("任职日期")
    ends_on = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_title_once",
                fields=["person", "org", "title"],
                condition=Q(ends_on__isnull=True),
            ),
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
