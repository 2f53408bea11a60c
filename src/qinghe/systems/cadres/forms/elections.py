from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Post, Service
from qinghe.systems.cadres.queries import Election, ElectionState
from qinghe.systems.cadres.rules import STANDING
from qinghe.systems.cadres.services import Chosen, NewElection

from .fields import NumberField, area

MOST = 100_000


class ElectionForm(forms.Form):
    """An election as it was held."""

    held_on = DayField(label="选举日期")
    entitled = forms.IntegerField(label="应到人数", min_value=1, max_value=MOST)
    present = forms.IntegerField(label="实到人数", min_value=0, max_value=MOST)
    votes = forms.IntegerField(label="收回有效票", min_value=0, max_value=MOST)
    years = forms.IntegerField(label="任期（年）", min_value=1, max_value=10)
    notes = area("选举情况", most=1000, required=False)
    size_reason = area(
        "委员人数说明",
        required=False,
        hint="换届后的委员人数不在一般幅度内（T-05）才填写；报送时会问。",
    )

    def as_new(self, org: Org) -> NewElection:
        """Return it as the service takes it."""
        return NewElection(org=org, **self.cleaned_data)


class ChosenForm(forms.Form):
    """Somebody who was elected."""

    person = NumberField(label="当选人")
    title = forms.CharField(label="职务", max_length=40, help_text="如：书记、副书记、组织委员")
    service = forms.ChoiceField(
        label="任职性质", choices=Service.choices, initial=Service.PART_TIME
    )
    votes = forms.IntegerField(label="得票", min_value=1, max_value=MOST)

    def as_chosen(self) -> Chosen:
        """Return it as the service takes it."""
        return Chosen(**self.cleaned_data)


class LeavingForm(forms.Form):
    """Which posts end with the election."""

    posts = forms.ModelMultipleChoiceField(
        label="换届后离任的职务",
        queryset=Post.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾选的职务在批复后于选举日离任；同一人再次当选同一职务的，职务延续，不会中断。",
    )

    def __init__(self, *args: object, held: QuerySet[Post], **options: object) -> None:
        super().__init__(*args, **options)
        choices = self.fields["posts"]
        choices.queryset = held  # type: ignore[attr-defined]
        choices.label_from_instance = (  # type: ignore[attr-defined]
            lambda post: f"{post.person.name} {post.title}（{post.starts_on.isoformat()}起）"
        )


class ElectionFilter(FilterSet):
    """What a list of elections can be narrowed to."""

    q = CharFilter(label="组织", field_name="org__name", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=ElectionState.choices)

    class Meta:
        model = Election
        fields: list[str] = []


class TenureFilter(FilterSet):
    """What a list of tenures can be narrowed to."""

    q = CharFilter(label="组织", field_name="org__name", lookup_expr="icontains")
    sector = ChoiceFilter(
        label="领域", field_name="org__sector", choices=Org._meta.get_field("sector").choices
    )
    standing = ChoiceFilter(label="届期", choices=list(STANDING.items()), method="by_standing")

    class Meta:
        model = Election
        fields: list[str] = []

    def by_standing(self, rows: QuerySet[Election], name: str, value: str) -> QuerySet[Election]:
        """Narrow to tenures that are over, that end soon, or that run."""
        other = Q(warn_on__gt=timezone.localdate())
        return rows.filter(due_conditions(timezone.localdate()).get(value, other))


def due_conditions(today: date) -> dict[str, Q]:
    """Return what makes a tenure one that is over on a day, or one that ends soon (T-06)."""
    return {
        "overdue": Q(term_ends_on__lt=today),
        "soon": Q(term_ends_on__gte=today, warn_on__lte=today),
    }
