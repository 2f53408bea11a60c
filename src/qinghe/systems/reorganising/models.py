"""The nouns of reorganising: a plan, its steps, whom a step moves, what was foreseen."""

from django.db import models
from django.db.models import F, Q

from qinghe.kernel.orgs.kinds import Industry, Level, NewOrgKind, OrgKind, Sector


class Plan(models.Model):
    """What becomes of some organisations on one day (机构调整方案), decided as a whole (T-02).

    Everything it touches stands below `org`, whose plan it is. It is carried out whole or not at all.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审批"
        APPROVED = "approved", "已批准，待执行"
        CARRIED_OUT = "carried_out", "已执行"
        REFUSED = "refused", "未通过"
        WITHDRAWN = "withdrawn", "已撤回"

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("方案名称", max_length=80)
    reason = models.CharField("调整原因", max_length=400)
    document = models.CharField("文号", max_length=40, blank=True)
    on = models.DateField("生效日期")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField("拟定日期")
    submitted_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("提交时间", null=True)
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("审批时间", null=True)
    answer = models.CharField("答复、撤回原因", max_length=400, blank=True)
    carried_out_at = models.DateTimeField("执行时间", null=True)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(name="plan_by_state", fields=["state", "on"])]
        constraints = [
            models.CheckConstraint(
                name="nobody_approves_their_own_plan",
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("made_by")) & ~Q(decided_by=F("submitted_by"))),
            ),
            models.CheckConstraint(
                name="submitted_plan_says_by_whom",
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decided_plan_says_by_whom",
                condition=~Q(state__in=["approved", "carried_out", "refused"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_is_carried_out_once",
                condition=Q(state="carried_out", carried_out_at__isnull=False)
                | (~Q(state="carried_out") & Q(carried_out_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="plan_that_ends_says_why",
                condition=~Q(state__in=["refused", "withdrawn"]) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"机构调整方案{self.pk}（{self.document or self.title}）"[:80]


class Step(models.Model):
    """One thing that a plan does, in its order: to the organisation `code`, with or at `to_code`.

    Organisations are named by code, which is given once for ever: a step may name one that an
    earlier step of the same plan opens. An empty particular of a change stays as it is.
    """

    class Kind(models.TextChoices):
        OPEN = "open", "新设"
        MOVE = "move", "调整隶属"
        MERGE = "merge", "并入"
        MEMBERS = "members", "划转团员"
        CLOSE = "close", "撤销"
        CHANGE = "change", "更名、改信息"

    class Posts(models.TextChoices):
        END = "end", "任职终止"
        CONTINUE = "continue", "在接收组织续任"

    class Whom(models.TextChoices):
        LISTED = "listed", "指定的团员"
        ENTERED = "entered", "某段时间入册的团员"
        ALL = "all", "全部团员"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("步骤", max_length=8, choices=Kind.choices)
    code = models.CharField("组织代码", max_length=24)
    to_code = models.CharField("上级、接收组织代码", max_length=24, blank=True)
    name = models.CharField("组织名称", max_length=80, blank=True)
    org_kind = models.CharField("类型", max_length=30, choices=OrgKind.choices, blank=True)
    level = models.CharField("层级", max_length=10, choices=Level.choices, blank=True)
    sector = models.CharField("领域", max_length=10, choices=Sector.choices, blank=True)
    new_org_kind = models.CharField(
        "两新组织类别", max_length=24, choices=NewOrgKind.choices, blank=True
    )
    industry = models.CharField("行业团工委", max_length=12, choices=Industry.choices, blank=True)
    unmarks = models.BooleanField("取消两新标记", default=False)
    posts = models.CharField("团干部职务", max_length=8, choices=Posts.choices, default=Posts.END)
    whom = models.CharField("划转哪些团员", max_length=8, choices=Whom.choices, blank=True)
    entered_from = models.DateField("入册日期自", null=True, blank=True)
    entered_to = models.DateField("入册日期至", null=True, blank=True)
    org = models.ForeignKey(
        "orgs.Org", null=True, on_delete=models.PROTECT, related_name="+"
    )  # whom it was done to, once it is

    class Meta:
        ordering = ["plan", "place", "pk"]
        indexes = [models.Index(name="step_by_code", fields=["code"])]
        constraints = [
            models.CheckConstraint(
                name="step_leads_elsewhere", condition=~Q(code=F("to_code")) & ~Q(code="")
            ),
            models.CheckConstraint(
                name="step_says_where_to",
                condition=Q(kind__in=["close", "change"], to_code="")
                | (~Q(kind__in=["close", "change"]) & ~Q(to_code="")),
            ),
            models.CheckConstraint(
                name="new_org_is_described",
                condition=~Q(kind="open") | (~Q(name="") & ~Q(org_kind="") & ~Q(level="")),
            ),
            models.CheckConstraint(
                name="only_a_change_takes_a_mark_away",
                condition=Q(unmarks=False) | Q(kind="change", new_org_kind="", industry=""),
            ),
            models.CheckConstraint(
                name="moved_members_are_told",
                condition=(Q(kind="members") & ~Q(whom="")) | (~Q(kind="members") & Q(whom="")),
            ),
            models.CheckConstraint(
                name="entered_between_two_days",
                condition=Q(
                    whom="entered",
                    entered_from__isnull=False,
                    entered_to__gte=F("entered_from"),
                )
                | (~Q(whom="entered") & Q(entered_from__isnull=True, entered_to__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.code}"


class StepMember(models.Model):
    """A member whom a step names by hand."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="once_in_a_step", fields=["step", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} by {self.step_id}"


class Preview(models.Model):
    """What a plan would do, as found by doing it and taking it back: numbers and names, no persons."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="preview")
    made_at = models.DateTimeField("生成时间")
    trouble = models.CharField("不能执行的原因", max_length=400, blank=True)
    content = models.JSONField("内容", default=dict)

    def __str__(self) -> str:
        return f"preview of {self.plan_id}"
