from django.db import models
from django.db.models import F, Q

from qinghe.systems.volunteering import rules

from .training import Training


class Project(models.Model):
    """A cause that goes on (项目), under which activities are held."""

    title = models.CharField("项目名称", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    about = models.CharField("项目简介", max_length=400, blank=True)
    opened_on = models.DateField("设立日期")

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="project_once_an_org", fields=["org", "title"]),
            models.CheckConstraint(name="project_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class Activity(models.Model):
    """What people are asked to come to (活动): told whole and true, the risks with it (V-01).

    Its sittings are sessions. `dangerous` work is not for minors (V-21). Places are let go until
    `cancel_hours` before a session; a freed place is offered to the next for `offer_minutes`.
    """

    class Kind(models.TextChoices):
        COMMUNITY = "community", "社区服务"
        ENVIRONMENT = "environment", "环境保护"
        CARE = "care", "助老助残"
        YOUTH = "youth", "关爱青少年"
        CULTURE = "culture", "文化文艺"
        EVENT = "event", "赛会服务"
        TRAFFIC = "traffic", "文明劝导"
        HEALTH = "health", "卫生健康"
        SAFETY = "safety", "应急安全"
        OTHER = "other", "其他服务"

    class State(models.TextChoices):
        PUBLISHED = "published", "已发布"
        CANCELLED = "cancelled", "已取消"

    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("活动名称", max_length=120)
    kind = models.CharField("服务类别", max_length=12, choices=Kind.choices)
    about = models.CharField("活动内容", max_length=1000)
    risks = models.CharField("风险提示", max_length=400)
    contact = models.CharField("咨询联系方式", max_length=80)
    dangerous = models.BooleanField("有人身危险", default=False)
    cancel_hours = models.PositiveSmallIntegerField("开始前几小时截止取消", default=24)
    offer_minutes = models.PositiveSmallIntegerField("候补确认分钟数", default=120)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PUBLISHED)
    published_at = models.DateTimeField("发布时间")

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(name="activity_when", fields=["-published_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="activity_tells_all",  # V-01
                condition=~Q(title="") & ~Q(about="") & ~Q(risks="") & ~Q(contact=""),
            ),
            models.CheckConstraint(
                name="no_activity_is_named_late_entry", condition=~Q(title__contains="补录")
            ),
            models.CheckConstraint(
                name="activity_offers_for_some_minutes", condition=Q(offer_minutes__gte=5)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CoOrganiser(models.Model):
    """An organisation that holds an activity together with its host (协办).

    In the facts it is one record a session: session times EACH plus its own key.
    """

    EACH = 10**9

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="co_organisers", db_index=False
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="co_organises_once", fields=["activity", "org"]),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} in {self.activity_id}"


class ActivityTemplate(models.Model):
    """An activity to be made again (模板): what its form said, without days."""

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("模板名称", max_length=80)
    said = models.JSONField("表单内容")
    kept_at = models.DateTimeField("保存时间")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="template_once_an_org", fields=["org", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class ServicePost(models.Model):
    """Work at one session (岗位) and how many may do it. `taken` never passes `capacity`.

    Whoever changes `taken` holds the row's lock; the database refuses one place too many whatever
    the code does.
    """

    session = models.ForeignKey(
        "volunteering.Session", on_delete=models.PROTECT, related_name="posts", db_index=False
    )
    name = models.CharField("岗位", max_length=40)
    capacity = models.PositiveIntegerField("招募人数")
    taken = models.PositiveIntegerField("已占名额", default=0)
    skills = models.CharField("技能要求", max_length=120, blank=True)
    training = models.CharField(
        "须参加的培训", max_length=10, choices=Training.Kind.choices, blank=True
    )
    min_age = models.PositiveSmallIntegerField("最小年龄", null=True, blank=True)
    max_age = models.PositiveSmallIntegerField("最大年龄", null=True, blank=True)
    minors = models.BooleanField("接受未成年人", default=False)
    children = models.BooleanField("可由监护人带儿童", default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="post_once_a_session", fields=["session", "name"]),
            models.CheckConstraint(
                name="post_is_never_oversold",
                condition=Q(capacity__gte=1, taken__gte=0, taken__lte=F("capacity")),
            ),
            models.CheckConstraint(
                name="post_ages_are_a_range",
                condition=Q(min_age__isnull=True)
                | Q(max_age__isnull=True)
                | Q(min_age__isnull=False, max_age__isnull=False, max_age__gte=F("min_age")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int:
        """Return how many places are free."""
        return self.capacity - self.taken

    @property
    def terms(self) -> rules.Terms:
        """Return whom it may take and what it asks of them, as the rules read it."""
        return rules.Terms(self.min_age, self.max_age, self.minors, self.skills, self.children)
