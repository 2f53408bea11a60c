from django.db import models
from django.db.models import Q


class Guidance(models.Model):
    """A visit to a volunteer federation to guide it (联系指导, S051): what was talked about."""

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("日期")
    topics = models.CharField("指导内容", max_length=200)
    summary = models.CharField("情况记录", max_length=600, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.org}（{self.day.isoformat()}）"


class Exchange(models.Model):
    """A meeting with a volunteer organisation of another district (交流互动, S098)."""

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    partner = models.CharField("对方组织", max_length=80)
    district = models.CharField("所在区", max_length=40)
    day = models.DateField("日期")
    topics = models.CharField("交流内容", max_length=200)
    people = models.PositiveIntegerField("参加人数")
    outcome = models.CharField("成效", max_length=600, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="exchange_once_a_day", fields=["org", "partner", "day", "topics"]
            ),
            models.CheckConstraint(name="exchange_of_somebody", condition=Q(people__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.partner}（{self.day.isoformat()}）"


class Lesson(models.Model):
    """Something learned that others can use (经验库): what, from where, under which words."""

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    exchange = models.ForeignKey(
        Exchange, null=True, blank=True, on_delete=models.PROTECT, related_name="lessons"
    )
    title = models.CharField("经验", max_length=80)
    text = models.CharField("做法", max_length=1000)
    source = models.CharField("来源", max_length=120)
    tags = models.CharField("标签", max_length=120, blank=True)
    entered_on = models.DateField("登记日期")

    class Meta:
        ordering = ["-entered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="lesson_once_an_org", fields=["org", "title"]),
        ]

    def __str__(self) -> str:
        return self.title
