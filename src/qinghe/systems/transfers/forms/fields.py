"""What the forms of transfers are made of."""

from django import forms
from django.urls import reverse

from qinghe.edges.web.fields import OrgField, OrgInput
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.transfers import queries


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


def sendable_by_number(actor: Actor, number: str) -> Person:
    """Return the member with a number, of an organisation whose members the actor lets go."""
    found = queries.member_by_number(actor, number.strip())
    if found is None or not queries.may_send(actor, found.org):
        raise forms.ValidationError("没有找到这位团员，或者不在您的工作范围内；请核对人员编号。")
    return found.person


def text(label: str, *, required: bool = True, most: int = 200, **more: object) -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, widget=area, **more)
