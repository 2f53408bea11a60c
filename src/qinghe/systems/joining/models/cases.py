from django.db import models
from django.db.models import F, Q

OPEN = ("open", "paused")
ENDED = ("refused", "withdrawn", "lapsed")


class Way(models.TextChoices):
    """Who put somebody forward as 积极分子 (rules §1.2, step 3)."""

    MEMBERS = "members", "团员推荐"
    PIONEERS = "pioneers", "少先队推优"


class Case(models.Model):
    """One applicant's road into the League at one branch: five stages, fifteen steps (rules §1.2).

    `step` is the step that is next; 16 says that all are done. `awaits` says whose turn it is and
    `due_on` until when, where a rule sets a limit. `joined_on` is the day of the branch's meeting
    (T-10), known from the approval above it on.
    """

    class State(models.TextChoices):
        OPEN = "open", "办理中"
        PAUSED = "paused", "已暂停"
        FINISHED = "finished", "已办结"
        REFUSED = "refused", "未通过"
        WITHDRAWN = "withdrawn", "本人撤回"
        LAPSED = "lapsed", "已失效"

    class Awaits(models.TextChoices):
        NOBODY = "", "—"
        BRANCH = "branch", "团支部"
        COMMITTEE = "committee", "上级团委"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("申请日期")
    letter = models.TextField("入团申请书", max_length=6000, blank=True)
    nationality = models.CharField("国籍", max_length=20)
    by_desk = models.BooleanField("由团支部登记", default=False)
    step = models.PositiveSmallIntegerField("当前步骤", default=2)
    awaits = models.CharField(
        "由谁办理", max_length=10, choices=Awaits.choices, default=Awaits.BRANCH, blank=True
    )
    due_on = models.DateField("办理期限", null=True, blank=True)
    number = models.CharField("发展团员编号", max_length=20, blank=True)
    joined_on = models.DateField("入团日期", null=True, blank=True)
    age = models.PositiveSmallIntegerField("入团年龄", null=True, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    paused_on = models.DateField("暂停日期", null=True, blank=True)
    closed_on = models.DateField("终结日期", null=True, blank=True)
    reason = models.CharField("原因", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        indexes = [
            models.Index(
                name="joining_waiting", fields=["awaits", "step"], condition=Q(state="open")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_case_a_person", fields=["person"], condition=Q(state__in=OPEN)
            ),
            models.UniqueConstraint(
                name="one_case_for_a_joining_number",
                fields=["number"],
                condition=~Q(number=""),
            ),
            models.CheckConstraint(
                name="case_stands_on_a_step", condition=Q(step__gte=2, step__lte=16)
            ),
            models.CheckConstraint(
                name="finished_case_took_all_steps",
                condition=(Q(state="finished", step=16, joined_on__isnull=False))
                | (~Q(state="finished") & Q(step__lte=15)),
            ),
            models.CheckConstraint(
                name="only_an_approved_case_joined",
                condition=Q(joined_on__isnull=True, age__isnull=True, step__lte=12)
                | (Q(joined_on__isnull=False, age__isnull=False, step__gte=13) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="ended_case_says_when_and_why",
                condition=(Q(state__in=ENDED, closed_on__isnull=False) & ~Q(reason=""))
                | Q(state="paused", paused_on__isnull=False, closed_on__isnull=True)
                | Q(state="open", closed_on__isnull=True)
                | Q(state="finished", closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="only_an_open_case_awaits_somebody",
                condition=Q(awaits="") | Q(state__in=OPEN),
            ),
        ]

    def __str__(self) -> str:
        return f"case of {self.person_id} at {self.org_id}"


class Step(models.Model):
    """One step of a case: next from `since` on, taken `on` a day, settled on `done_on`.

    Two steps take two hands or two days: what the branch proposed as 积极分子 is approved above it,
    and a public notice is up until it has run out. All others are settled the day they are taken.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField("步骤")
    since = models.DateField("起始日期")
    due_on = models.DateField("办理期限", null=True, blank=True)
    on = models.DateField("办理日期", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    posted_until = models.DateField("公示截止日期", null=True, blank=True)
    opinion_on = models.DateField("介绍人意见日期", null=True, blank=True)
    way = models.CharField("推荐方式", max_length=10, choices=Way.choices, blank=True)
    words = models.CharField("说明", max_length=1000, blank=True)
    hours = models.PositiveSmallIntegerField("志愿服务时长（小时）", null=True, blank=True)
    volunteer_number = models.CharField("注册志愿者编号", max_length=40, blank=True)
    by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(name="one_step_once", fields=["case", "number"]),
            models.CheckConstraint(
                name="step_is_one_of_fifteen", condition=Q(number__gte=1, number__lte=15)
            ),
            models.CheckConstraint(
                name="step_is_settled_after_it_is_taken",
                condition=Q(done_on__isnull=True)
                | Q(on__isnull=False, done_on__gte=F("on"), on__gte=F("since")),
            ),
            models.CheckConstraint(
                name="nobody_decides_what_they_handed_in",
                condition=Q(decided_by__isnull=True) | Q(by__isnull=True) | ~Q(decided_by=F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of {self.case_id}"
