from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.resources import models, queries
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.rules import Kind
from qinghe.systems.resources.services import NewNeed, NewProvider, NewResource

KINDS = [(kind.value, kind.label) for kind in Kind]
MOST = 1_000_000


def text(label: str, *, required: bool = False, most: int = 400) -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, widget=area)


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", required=True, most=200)


class ProviderForm(forms.Form):
    """A unit that offers something."""

    name = forms.CharField(label="单位名称", max_length=80)
    org = OrgField(label="登记单位")
    about = text("简介")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.OFFER)

    def as_new(self) -> NewProvider:
        """Return it as the service takes it."""
        return NewProvider(**self.cleaned_data)


class ResourceForm(forms.Form):
    """A resource to be put into the pool."""

    title = forms.CharField(label="名称", max_length=80)
    kind = forms.ChoiceField(label="类别", choices=KINDS)
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=MOST)
    unit = forms.CharField(
        label="计量单位", max_length=8, help_text="如：支、人次、场、张、平方米。"
    )
    org = OrgField(label="管理单位")
    open_to = OrgField(
        label="使用范围", help_text="哪个组织及其下级可以申请；填管理单位或它的上级。"
    )
    provider: forms.ModelChoiceField = forms.ModelChoiceField(
        label="爱心单位", queryset=None, required=False, empty_label="本单位自有"
    )
    free_until = DayField(label="可用至", required=False, help_text="长期可用的不填。")
    about = text("说明")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.OFFER)
        self.fields["open_to"].rows = queries.orgs_above(actor, Act.OFFER)
        self.fields["provider"].queryset = queries.providers_seen_by(actor).filter(
            left_on__isnull=True
        )

    def as_new(self) -> NewResource:
        """Return it as the service takes it."""
        return NewResource(**self.cleaned_data)


class NeedForm(forms.Form):
    """A need to be raised."""

    title = forms.CharField(label="需求", max_length=80)
    kind = forms.ChoiceField(label="类别", choices=KINDS)
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=MOST)
    unit = forms.CharField(label="计量单位", max_length=8)
    org = OrgField(label="提出单位")
    needed_by = DayField(label="希望到位日期")
    about = text("说明")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.ASK)

    def as_new(self) -> NewNeed:
        """Return it as the service takes it."""
        return NewNeed(**self.cleaned_data)


class AskForm(forms.Form):
    """How much of a resource is asked for."""

    quantity = forms.IntegerField(label="申请数量", min_value=1, max_value=MOST)
    words = text("说明", most=200)


class DeliverForm(forms.Form):
    """Whom what has come has served."""

    served = forms.IntegerField(label="受益人次", min_value=0, max_value=MOST)


class ResourceFilter(FilterSet):
    """What a list of resources can be narrowed to."""

    q = CharFilter(label="名称", field_name="title", lookup_expr="icontains")
    kind = ChoiceFilter(label="类别", choices=KINDS)
    state = ChoiceFilter(label="状态", choices=models.Resource.State.choices)

    class Meta:
        model = models.Resource
        fields: list[str] = []


class NeedFilter(FilterSet):
    """What a list of needs can be narrowed to."""

    q = CharFilter(label="需求", method="search")
    kind = ChoiceFilter(label="类别", choices=KINDS)
    state = ChoiceFilter(label="状态", choices=models.Need.State.choices)

    class Meta:
        model = models.Need
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose title holds the text."""
        return rows.filter(title__icontains=value)
