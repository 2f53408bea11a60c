from django import forms
from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewTeam

from .fields import CodeField


class TeamForm(forms.Form):
    """A team to be founded."""

    code = forms.CharField(label="队伍编号", max_length=24)
    name = forms.CharField(label="队伍名称", max_length=80)
    org = CodeField(label="主组织代码")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.FOUND_TEAM)

    def as_new(self) -> NewTeam:
        """Return the team as the service takes it."""
        return NewTeam(**self.cleaned_data)


class TeamFilter(FilterSet):
    """What a list of teams can be narrowed to."""

    q = CharFilter(label="名称或编号", method="search")
    state = ChoiceFilter(label="状态", choices=models.Team.State.choices)

    class Meta:
        model = models.Team
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose name holds the text, or whose code it is."""
        return rows.filter(Q(name__icontains=value) | Q(code=value))
