"""What the forms of transfers are made of."""

from django import forms
from django.urls import reverse

from qinghe.edges.web.fields import OrgField, OrgInput


class TargetInput(OrgInput):
    """A box that proposes any organisation that takes members, in whoever's district part."""

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        """Say where the proposals come from."""
        context = super().get_context(name, value, attrs)
        asked = f"{reverse('transfers:targets')}?as=options"
        context["widget"]["attrs"] |= {"data-orgs": asked}  # type: ignore[index]
        return context


class TargetField(OrgField):
    """An organisation to go to, typed as its code or its full name."""

    widget = TargetInput


def text(label: str, *, required: bool = True, most: int = 200, **more: object) -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, widget=area, **more)
