from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Sex
from qinghe.kernel.people.services import NewPerson
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewVolunteer

from .fields import UNSET, CodeField, DayField


class VolunteerForm(forms.Form):
    """An application: who, and where they belong."""

    number = forms.CharField(label="志愿者编号", max_length=20)
    person_number = forms.CharField(
        label="人员编号",
        max_length=20,
        help_text="已登记的人填原编号，姓名须一致；不要填身份证号。",
    )
    name = forms.CharField(label="姓名", max_length=60)
    sex = forms.ChoiceField(label="性别", choices=UNSET + Sex.choices, required=False)
    birth_date = DayField(label="出生日期")
    guardian_agreed_on = DayField(
        label="监护人同意日期", required=False, help_text="未满18周岁的必填。"
    )
    org = CodeField(label="主组织代码")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.REGISTER)

    def as_new(self) -> NewVolunteer:
        """Return the application as the service takes it."""
        typed = self.cleaned_data
        return NewVolunteer(
            number=typed["number"],
            person=NewPerson(
                number=typed["person_number"],
                name=typed["name"],
                sex=typed["sex"],
                birth_date=typed["birth_date"],
            ),
            org=typed["org"],
            guardian_agreed_on=typed["guardian_agreed_on"],
        )


class VolunteerFilter(FilterSet):
    """What a list of volunteers can be narrowed to."""

    q = CharFilter(label="姓名或编号", method="search")
    state = ChoiceFilter(label="状态", choices=models.Volunteer.State.choices)

    class Meta:
        model = models.Volunteer
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose whole name, as far as it may be read, or number is the text."""
        known = levels.names_known_to(
            self.request.actor, person="person", org="org", on=timezone.localdate()
        )
        return rows.filter((Q(person__name=value) & known) | Q(number=value))
