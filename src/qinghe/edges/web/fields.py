"""Fields that the forms of every system are made of."""

from datetime import datetime

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ


class DayField(forms.DateField):
    """A day picked from a calendar."""

    def __init__(self, **options: object) -> None:
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=picker, **options)


class MomentField(forms.DateTimeField):
    """A moment by the clock on the wall."""

    def __init__(self, **options: object) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=picker, **options)

    def clean(self, value: object) -> datetime | None:
        """Return the moment in 龙岗's own time, or nothing where it may be left empty."""
        moment = super().clean(value)
        return moment.astimezone(TZ) if moment else None


class OrgInput(forms.TextInput):
    """A box that proposes organisations of the reader's by what is typed."""

    template_name = "web/parts/org_input.html"

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        """Say where the proposals stand, and where they come from."""
        context = super().get_context(name, value, attrs)
        proposals = f"{context['widget']['attrs'].get('id') or f'id_{name}'}_orgs"
        asked = f"{reverse('web:org_choices')}?as=options"
        context["widget"]["attrs"] |= {
            "list": proposals,
            "data-orgs": asked,
            "autocomplete": "off",
        }
        return context


class OrgField(forms.CharField):
    """An organisation out of those the actor may choose, typed as its code or its full name."""

    widget = OrgInput
    rows: QuerySet[Org] = Org.objects.none()

    def clean(self, value: object) -> Org | None:
        """Return the organisation that was named, or nothing where it may be left empty."""
        typed = super().clean(value)
        if not typed:
            return None
        found = list(self.rows.filter(Q(code=typed.upper()) | Q(name=typed))[:2])
        if not found:
            raise forms.ValidationError(
                "没有找到这个组织，或者它不在您的工作范围内；请填组织代码或完整名称。"
            )
        if len(found) > 1:
            raise forms.ValidationError("有几个组织同名，请改填组织代码。")
        return found[0]


class CodeField(forms.ModelChoiceField):
    """A record out of those the actor may choose, typed as its code."""

    def __init__(self, *, key: str = "code", **options: object) -> None:
        super().__init__(
            queryset=None,
            to_field_name=key,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={
                "invalid_choice": "没有找到这个编号，或者它不在您的工作范围内，请核对。"
            },
            **options,
        )

    def prepare_value(self, value: object) -> object:
        """Show what was typed."""
        return value
