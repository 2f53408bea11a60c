from django.db import models
from django.db.models import F, Q

from .volunteers import Volunteer


class Certificate(models.Model):
    """What an organisation says a volunteer served with it, as it stood when it was said (V-11).

    It begins as a record of the platform and is called a certificate only once the organisation has
    shown it within the unit and sealed it (V-15). Revoking keeps the row (V-14).
    """

    class State(models.TextChoices):
        RECORD = "record", "平台志愿服务记录"
        NOTICED = "noticed", "单位内公示中"
        SEALED = "sealed", "志愿服务证明"
        REVOKED = "revoked", "已撤销"

    number = models.CharField("编号", max_length=24, unique=True)
    check_code = models.CharField("查验码", max_length=12)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="certificates")
    served_from = models.DateField("服务起始")
    served_to = models.DateField("服务截止")
    minutes = models.PositiveIntegerField("服务分钟")
    sessions = models.PositiveIntegerField("服务次数")
    issuer = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("出具时间")
    by_self = models.BooleanField("本人开具", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.RECORD)
    notice_from = models.DateField("公示开始", null=True)
    notice_until = models.DateField("公示截止", null=True)
    sealed_at = models.DateTimeField("盖章时间", null=True)
    head = models.CharField("负责人", max_length=60, blank=True)
    handler = models.CharField("经办人", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=60, blank=True)
    revoked_at = models.DateTimeField("撤销时间", null=True)
    reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(name="certificate_issued", fields=["issued_at"])]
        constraints = [
            models.CheckConstraint(
                name="certificate_ends_after_it_starts",
                condition=Q(served_to__gte=F("served_from")),
            ),
            models.CheckConstraint(name="certificate_certifies_some", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="revoked_certificate_says_why",
                condition=(Q(state="revoked", revoked_at__isnull=False) & ~Q(reason=""))
                | (~Q(state="revoked") & Q(revoked_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="sealed_certificate_names_its_people",
                condition=~Q(state="sealed")
                | (Q(sealed_at__isnull=False) & ~Q(head="") & ~Q(handler="") & ~Q(contact="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number
