from django.db import models
from django.db.models import F, Q


class AbroadStay(models.Model):
    """A member who studies or researches abroad and stays on the roll of the old school (T-61).

    It is no move: the place on the roll does not change, and no transfer begins before the return.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    place = models.CharField("国家（地区）和学校", max_length=80)
    starts_on = models.DateField("出国（境）日期")
    until = models.DateField("保留团籍至")
    returned_on = models.DateField("返回日期", null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_stay_abroad_at_a_time",
                fields=["person"],
                condition=Q(returned_on__isnull=True),
            ),
            models.CheckConstraint(
                name="stay_abroad_ends_after_it_starts", condition=Q(until__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="return_comes_after_leaving",
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} abroad"
