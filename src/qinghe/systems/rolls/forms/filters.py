"""What lists can be narrowed to."""

from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from qinghe.kernel.access import levels
from qinghe.kernel.orgs.kinds import Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Sex
from qinghe.systems.rolls import queries, rules
from qinghe.systems.rolls.queries import (
    BranchSize,
    Expulsion,
    ExpulsionState,
    Gap,
    Leaving,
    LeavingKind,
    LeavingState,
)

BANDS = {band.key: band for band in rules.BANDS}


def _day(label: str) -> DateFilter:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DateFilter(label=label, method="leave", widget=picker)


class PeopleFilter(FilterSet):
    """What every list of people can be narrowed to."""

    q = CharFilter(label="姓名或人员编号", method="search")

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose whole name, as far as it may be read, or number is the text."""
        known = levels.names_known_to(
            self.request.actor, person="person", org="org", on=timezone.localdate()
        )
        return rows.filter((Q(person__name=value) & known) | Q(person__number=value))


class RollFilter(PeopleFilter):
    """What a roll can be narrowed to, as it stood on a day: today's unless another is chosen."""

    day = _day("截至日期")
    sector = ChoiceFilter(label="领域", field_name="org__sector", choices=Sector.choices)
    sex = ChoiceFilter(label="性别", field_name="person__sex", choices=Sex.choices)
    age = ChoiceFilter(
        label="年龄", choices=[(one.key, one.label) for one in rules.BANDS], method="of_age"
    )
    gap = ChoiceFilter(label="情况", choices=Gap.choices, method="standing_out")

    class Meta:
        model = Membership
        fields: list[str] = []

    @property
    def on(self) -> date:
        """Return the day that the roll is shown of."""
        return self.form.cleaned_data.get("day") or timezone.localdate()

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Keep what held on the day, unless who is on no roll is looked for; then what is asked for."""
        if self.form.cleaned_data.get("gap") != Gap.OFF:
            queryset = queryset.filter(queries.holding(self.request.actor, self.on))
        return super().filter_queryset(queryset)

    def leave(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        """Leave the rows: the day has been asked first."""
        return rows

    def of_age(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those of a band of ages."""
        return rows.filter(queries.aged(self.request.actor, band=BANDS[value], day=self.on))

    def standing_out(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those about whom something stands out."""
        return queries.short_of(self.request.actor, rows, Gap(value), day=self.on)


class OfAgeFilter(PeopleFilter):
    """What the list of those of 28 can be narrowed to."""

    sector = ChoiceFilter(label="领域", field_name="org__sector", choices=Sector.choices)

    class Meta:
        model = Membership
        fields: list[str] = []


class BranchFilter(FilterSet):
    """What the list of branches can be narrowed to."""

    q = CharFilter(label="名称或代码", method="search")
    size = ChoiceFilter(label="规模", choices=BranchSize.choices, method="of_size")
    sector = ChoiceFilter(label="领域", choices=Sector.choices)

    class Meta:
        model = Org
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose name or code holds the text."""
        return rows.filter(Q(name__icontains=value) | Q(code__icontains=value))

    def of_size(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that are too small, or too large."""
        return queries.of_size(self.request.actor, rows, BranchSize(value))


class LeavingFilter(PeopleFilter):
    """What the list of leavings can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=LeavingState.choices)
    kind = ChoiceFilter(label="离团方式", choices=[(one.value, one.label) for one in LeavingKind])

    class Meta:
        model = Leaving
        fields: list[str] = []


class ExpulsionFilter(PeopleFilter):
    """What the list of expulsions can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=ExpulsionState.choices)

    class Meta:
        model = Expulsion
        fields: list[str] = []
