from django.db import models
from django.db.models import F, Q


class Programme(models.Model):
    """What trainings and lectures belong to: a camp, an online school, a team of lecturers.

    S055, S056, S101 and S102 are rows of this table.
    """

    class Kind(models.TextChoices):
        CAMP = "camp", "训练营"
        SCHOOL = "school", "线上学堂"
        TEAM = "team", "讲师队、宣讲团"

    code = models.CharField("编号", max_length=20, unique=True)
    title = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    about = models.CharField("说明", max_length=400, blank=True)
    opened_on = models.DateField("设立日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="programme_once_an_org", fields=["org", "title"]),
            models.CheckConstraint(name="programme_has_a_code", condition=~Q(code="")),
            models.CheckConstraint(
                name="programme_ends_after_opening",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Course(models.Model):
    """What is taught in a programme; its 学时 are kept as whole quarters."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField("课程", max_length=80)
    quarters = models.PositiveSmallIntegerField("学时（四分之一学时）")
    is_examined = models.BooleanField("须考核", default=False)
    about = models.CharField("内容", max_length=400, blank=True)

    class Meta:
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(name="course_once_a_programme", fields=["programme", "title"]),
            models.CheckConstraint(name="course_takes_time", condition=Q(quarters__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Lecturer(models.Model):
    """Somebody who speaks for a team, from one day to another: a person here, or a guest's name."""

    team = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lecturers")
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("外请讲师姓名", max_length=40, blank=True)
    subjects = models.CharField("擅长领域", max_length=120)
    sender = models.CharField("派出单位", max_length=80)
    joined_on = models.DateField("入队日期")
    left_on = models.DateField("离队日期", null=True, blank=True)

    class Meta:
        ordering = ["team", "pk"]
        constraints = [
            models.CheckConstraint(
                name="lecturer_is_somebody",
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
            ),
            models.CheckConstraint(
                name="lecturer_leaves_after_joining",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
            ),
            models.UniqueConstraint(
                name="person_once_in_a_team",
                fields=["team", "person"],
                condition=Q(left_on__isnull=True, person__isnull=False),
            ),
            models.UniqueConstraint(
                name="guest_once_in_a_team",
                fields=["team", "name"],
                condition=Q(left_on__isnull=True, person__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"lecturer {self.pk}"
