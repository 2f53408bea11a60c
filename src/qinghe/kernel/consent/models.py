"""What people were told, what they agreed to, and who answers for a child."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qinghe.kernel.secrets.fields import SealedField


class Purpose(models.TextChoices):
    """What personal data is used for; each is agreed to, and withdrawn, by itself (S-02)."""

    VOLUNTEERING = "volunteering", "志愿服务"
    TRAINING = "training", "培训"
    CONTACT = "contact", "联系方式"
    LOCATION = "location", "位置"
    PHOTO = "photo", "影像"
    CHILD = "child", "儿童个人信息"


class Notice(models.Model):
    """One version of what people are told before their data is used (S-01). Never changed."""

    purpose = models.CharField("用途", max_length=20, choices=Purpose.choices)
    version = models.PositiveIntegerField("版本")
    title = models.CharField("标题", max_length=80)
    text = models.TextField("全文")
    responsible = models.CharField("负责人", max_length=60, blank=True)
    renews = models.BooleanField("须重新同意", default=False)
    starts_on = models.DateField("启用日期")

    class Meta:
        ordering: ClassVar = ["purpose", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_notice_a_version", fields=["purpose", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）"


class Consent(models.Model):
    """One person's yes to one version of a notice; a withdrawal dates it and erases nothing."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField("同意时间")
    by_guardian = models.BooleanField("监护人同意", default=False)
    guardian_name = SealedField()
    guardian_phone = SealedField()
    guardian_relation = SealedField()
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-given_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_consent",
                fields=["person", "notice"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_it_was_given",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.notice_id}"


class Guardianship(models.Model):
    """A child below fourteen is on the books only beside a guardian (V-21)."""

    ward = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, related_name="guardianship"
    )
    guardian = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="wards")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField("关系", max_length=20)
    since = models.DateField("起始日期")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="nobody_guards_themself", condition=~Q(ward=F("guardian"))),
        ]

    def __str__(self) -> str:
        return f"{self.guardian_id} for {self.ward_id}"


class RetentionTerm(models.Model):
    """From one day on, how many days records of an entity are kept (S-08)."""

    entity = models.CharField("记录", max_length=60)
    days = models.PositiveIntegerField("保存天数")
    starts_on = models.DateField("生效日期")
    document = models.CharField("依据", max_length=120)

    class Meta:
        ordering: ClassVar = ["entity", "-starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_term_a_day", fields=["entity", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.days}"
