from django.db import models
from django.db.models import F, Q

from qinghe.kernel.orgs.kinds import OrgKind

from .units import Unit

PLANNED = [
    (kind.value, kind.label)
    for kind in (
        OrgKind.BRANCH,
        OrgKind.GENERAL_BRANCH,
        OrgKind.LEAGUE_COMMITTEE,
        OrgKind.JOINT_BRANCH,
    )
]
_LIVING = Q(state__in=["submitted", "agreed", "sent_back"])


class Application(models.Model):
    """A unit asks for a League organisation; approved, that organisation stands (T-02, T-04).

    `members` are those that it would have: as many as are listed, or as were told. `parent` is
    where it would stand in the tree.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", "待街道同意"
        AGREED = "agreed", "待批准"
        APPROVED = "approved", "已批准"
        SENT_BACK = "sent_back", "已退回"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField("拟建组织类型", max_length=30, choices=PLANNED)
    name = models.CharField("拟建组织名称", max_length=80)
    parent = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    members = models.PositiveIntegerField("团员数")
    secretary = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.CharField("依据和说明", max_length=400)
    applicant = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("申请日期")
    street_by = models.DateField("街道办理期限")
    due_on = models.DateField("办结期限")
    agreed_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_on = models.DateField("街道同意日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("办结日期", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    founded = models.OneToOneField(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SUBMITTED)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(
                name="application_waits",
                fields=["state", "due_on"],
                condition=Q(state="submitted") | Q(state="agreed"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_living_application_a_unit", fields=["unit"], condition=_LIVING
            ),
            models.CheckConstraint(
                name="approved_application_has_its_organisation",
                condition=Q(state="approved", founded__isnull=False)
                | (~Q(state="approved") & Q(founded__isnull=True)),
            ),
            models.CheckConstraint(
                name="decided_application_has_its_day",
                condition=Q(
                    state__in=["approved", "refused", "withdrawn"],
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                )
                | (
                    ~Q(state__in=["approved", "refused", "withdrawn"])
                    & Q(decided_on__isnull=True, decided_by__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="application_is_approved_by_another",
                condition=~Q(state="approved")
                | (
                    Q(agreed_by__isnull=False, agreed_on__isnull=False)
                    & ~Q(decided_by=F("applicant"))
                    & ~Q(decided_by=F("agreed_by"))
                ),
            ),
            models.CheckConstraint(
                name="application_is_due_after_it_was_asked",
                condition=Q(street_by__gte=F("asked_on"), due_on__gte=F("street_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JoinedUnit(models.Model):
    """Another unit that would share a joint branch, for a unit with less than three members (T-04)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="joined")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="joins")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unit_joins_once", fields=["application", "unit"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} joins {self.application_id}"


class ListedMember(models.Model):
    """A League member whom an application lists by number."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="listed")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="member_listed_once", fields=["application", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.application_id}"
