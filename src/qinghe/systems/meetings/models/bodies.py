from django.db import models
from django.db.models import F, Q


class Body(models.Model):
    """What meets: a joint conference, a youth affairs committee; or a body above us (S025, S028, S029).

    Of the bodies above (常委会 and others) only the sittings that concern youth work are registered.
    `org` is where its office is seated (T-83), for a body above whoever keeps the register.
    """

    class Kind(models.TextChoices):
        JOINT = "joint", "青少年工作联席会议"
        VOLUNTEER = "volunteer", "志愿服务工作联席会议"
        COMMITTEE = "committee", "青年工作委员会"
        STANDING = "standing", "党委常委会"
        OTHER = "other", "其他上级会议"

    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    convener = models.CharField("总召集人", max_length=80, blank=True)
    office = models.CharField("办公室", max_length=80, blank=True)
    founded_on = models.DateField("建立日期")
    ended_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        ordering = ["org__path", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(name="body_once_an_org", fields=["org", "name"]),
            models.UniqueConstraint(
                name="one_youth_conference_an_org",
                fields=["org"],
                condition=Q(kind="joint", ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="committee_is_in_the_tree",
                condition=Q(kind="committee", committee__isnull=False)
                | (~Q(kind="committee") & Q(committee__isnull=True)),
            ),
            models.CheckConstraint(
                name="body_ends_after_founding",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_above(self) -> bool:
        """Test if its sittings are only registered here."""
        return self.kind in (self.Kind.STANDING, self.Kind.OTHER)


class MemberUnit(models.Model):
    """A unit of a body, from one day to another; one of our tree is linked, others go by name."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="units")
    name = models.CharField("成员单位", max_length=80)
    unit = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joined_on = models.DateField("加入日期")
    left_on = models.DateField("退出日期", null=True, blank=True)

    class Meta:
        ordering = ["body", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="unit_once_a_body", fields=["body", "name"], condition=Q(left_on__isnull=True)
            ),
            models.CheckConstraint(
                name="unit_leaves_after_joining",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Representative(models.Model):
    """Who stands for a unit, from one day up to another: a person here, or a name and a duty."""

    class Role(models.TextChoices):
        DELEGATE = "delegate", "成员"
        LIAISON = "liaison", "联络员"

    member = models.ForeignKey(MemberUnit, on_delete=models.PROTECT, related_name="people")
    role = models.CharField("身份", max_length=10, choices=Role.choices)
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("姓名", max_length=40, blank=True)
    duty = models.CharField("职务", max_length=60)
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        ordering = ["member", "role", "-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_of_a_role_a_unit",
                fields=["member", "role"],
                condition=Q(ends_on__isnull=True),
            ),
            models.CheckConstraint(
                name="representative_is_somebody",
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
            ),
            models.CheckConstraint(
                name="representative_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role}"
