from django.db import models
from django.db.models import F, Q

from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import rules


class Policy(models.Model):
    """An insurance that an organisation took out for those who serve with it (V-02, V-39)."""

    insurer = models.CharField("保险公司", max_length=80)
    number = models.CharField("保单号", max_length=60)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("保障开始")
    ends_on = models.DateField("保障截止", help_text="含当日")
    covers = models.CharField("保障内容", max_length=400)
    entered_at = models.DateTimeField("登记时间")
    ended_on = models.DateField("提前终止日期", null=True, blank=True)
    reason = models.CharField("终止原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="policy_number_once", fields=["insurer", "number"]),
            models.CheckConstraint(
                name="policy_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="policy_says_what_it_is",
                condition=~Q(insurer="") & ~Q(number="") & ~Q(covers=""),
            ),
            models.CheckConstraint(
                name="ended_policy_says_why",
                condition=Q(ended_on__isnull=True, reason="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("starts_on")) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insurer} {self.number}"

    def cover_at(self, host: Org) -> rules.Cover:
        """Return what it covers of a host's sessions, as the rules read it."""
        return rules.Cover(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            ended_on=self.ended_on,
            held_above=host.path.startswith(self.org.path),
        )
