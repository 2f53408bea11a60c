from django import forms
from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import models, queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewCertificate, Seal

from .fields import CodeField, DayField


class SpanForm(forms.Form):
    """Which days, and who speaks for them."""

    served_from = DayField(label="服务起始日期")
    served_to = DayField(label="服务截止日期")


class OwnCertificateForm(SpanForm):
    """A record of one's own service."""

    issuer: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, to_field_name="code", label="出具单位", empty_label=None
    )
    field_order = ("issuer", "served_from", "served_to")

    def __init__(
        self, *args: object, actor: Actor, volunteer: models.Volunteer, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.volunteer = volunteer
        self.fields["issuer"].queryset = queries.issuers_for(actor, volunteer)

    def as_new(self) -> NewCertificate:
        """Return what is to be certified."""
        return NewCertificate(volunteer=self.volunteer, **self.cleaned_data)


class CertificateForm(SpanForm):
    """A record of somebody's service, made by the organisation."""

    volunteer = CodeField(label="志愿者编号", key="number")
    field_order = ("volunteer", "served_from", "served_to")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["volunteer"].queryset = queries.volunteers_served_for(actor, Act.CERTIFY)

    def as_new(self, *, issuer: Org) -> NewCertificate:
        """Return what is to be certified."""
        return NewCertificate(issuer=issuer, **self.cleaned_data)


class SealForm(forms.Form):
    """Who answers for a certificate (V-11)."""

    head = forms.CharField(label="单位负责人", max_length=60)
    handler = forms.CharField(label="经办人", max_length=60)
    contact = forms.CharField(label="单位联系方式", max_length=60)

    def as_seal(self) -> Seal:
        """Return the names as the service takes them."""
        return Seal(**self.cleaned_data)


class CheckForm(forms.Form):
    """A number and the code beside it."""

    number = forms.CharField(label="编号", max_length=24)
    code = forms.CharField(label="查验码", max_length=12)


class SignedForm(forms.Form):
    """The words of a certificate with their signature, as they were scanned or downloaded."""

    text = forms.CharField(
        label="签名文本", max_length=2000, strip=False, widget=forms.Textarea(attrs={"rows": 12})
    )


class CertificateFilter(FilterSet):
    """What a list of certificates can be narrowed to."""

    q = CharFilter(label="编号或志愿者编号", method="search")
    state = ChoiceFilter(label="状态", choices=models.Certificate.State.choices)

    class Meta:
        model = models.Certificate
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the one with this number, or those of the volunteer with it."""
        return rows.filter(Q(number=value.strip().upper()) | Q(volunteer__number=value.strip()))
