"""The nouns of privacy: registrations under way, codes, requests, assessments, the nightly run."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qinghe.kernel.secrets.fields import SealedField


class Registration(models.Model):
    """Somebody's registration under way; what they typed is sealed and gone within a day (S-08)."""

    token_hash = models.CharField(max_length=64, unique=True)
    typed = SealedField()
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"registration {self.pk}"


class PhoneCode(models.Model):
    """A code sent to one phone for one registration; the code itself is never kept."""

    class Whose(models.TextChoices):
        OWN = "own", "本人"
        GUARDIAN = "guardian", "监护人"

    registration_hash = models.CharField(max_length=64)
    whose = models.CharField(max_length=10, choices=Whose.choices)
    phone_index = models.CharField(max_length=64)
    address_index = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="code_by_phone", fields=["phone_index", "sent_at"]),
            models.Index(name="code_by_address", fields=["address_index", "sent_at"]),
        ]

    def __str__(self) -> str:
        return f"code of {self.sent_at:%Y-%m-%d %H:%M}"


class Request(models.Model):
    """What a person asks for about their own data, and the answer (S-07)."""

    class Kind(models.TextChoices):
        CORRECT = "correct", "更正"
        ERASE = "erase", "删除"

    class State(models.TextChoices):
        OPEN = "open", "待答复"
        DONE = "done", "已办理"
        REFUSED = "refused", "不予办理"

    class Field(models.TextChoices):
        NAME = "name", "姓名"
        SEX = "sex", "性别"
        BIRTH_DATE = "birth_date", "出生日期"
        PHONE = "phone", "手机号码"
        ADDRESS = "address", "住址"
        OTHER = "other", "其他"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    field = models.CharField("内容", max_length=12, choices=Field.choices, blank=True)
    wish = SealedField()
    asked_at = models.DateTimeField("提交时间")
    due_on = models.DateField("答复期限")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.CharField("答复人", max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_erasure",
                fields=["person"],
                condition=Q(kind="erase", state="open"),
            ),
            models.CheckConstraint(
                name="answered_request_has_an_answer",
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="request_answered_after_it_was_asked",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}申请"


class Assessment(models.Model):
    """A personal information protection impact assessment (S-11), kept for three years at least."""

    class Conclusion(models.TextChoices):
        ACCEPTABLE = "acceptable", "风险可接受"
        MEASURES = "measures", "采取措施后可接受"
        STOP = "stop", "不得开展"

    title = models.CharField("评估事项", max_length=120)
    done_on = models.DateField("评估日期")
    conclusion = models.CharField("结论", max_length=12, choices=Conclusion.choices)
    measures = models.TextField("风险与措施", max_length=2000)
    by = models.CharField("登记人", max_length=80)

    class Meta:
        ordering: ClassVar = ["-done_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class RetentionRun(models.Model):
    """One night's work of the retention table: what was met, by entity."""

    at = models.DateTimeField("执行时间")
    counts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
