"""What the forms of cadres are made of."""

from django import forms
from django.urls import reverse

from qinghe.edges.web.fields import OrgField, OrgInput
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.cadres import queries


class NumberField(forms.CharField):
    """A person, typed as their number and name: a wrong number is found by the wrong name."""

    def __init__(self, *, label: str, required: bool = True) -> None:
        super().__init__(
            label=label,
            max_length=90,
            required=required,
            help_text="人员编号和姓名，中间空一格，如：G000001 张三",
        )

    def clean(self, value: object) -> Person | None:
        """Return the person, or refuse a number that is nobody's or somebody else's."""
        typed = super().clean(value)
        if not typed:
            return None
        number, _, name = typed.strip().partition(" ")
        found = Person.objects.filter(number=number, name=name.strip()).first()
        if found is None:
            raise forms.ValidationError(
                "没有找到编号和姓名相符的人员，请核对；还没有录入的请先在组织名册登记。"
            )
        return found

    def prepare_value(self, value: object) -> object:
        """Show what was typed."""
        return f"{value.number} {value.name}" if isinstance(value, Person) else value


class OtherOrgInput(OrgInput):
    """A box for an organisation that may lie out of the reader's reach."""

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        """Say where the proposals come from."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {  # type: ignore[index]
            "data-orgs": f"{reverse('cadres:sides')}?as=options"
        }
        return context


class OtherOrgField(OrgField):
    """Any organisation that is there, typed as its code or its full name."""

    widget = OtherOrgInput

    def __init__(self, *, actor: Actor, label: str) -> None:
        super().__init__(label=label)
        self.rows = queries.orgs_of_house(actor)


class EmptyForm(forms.Form):
    """Nothing but the button."""


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


def area(label: str, *, most: int = 200, required: bool = True, hint: str = "") -> forms.CharField:
    """Return a field for some lines."""
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=most, required=required, widget=box, help_text=hint
    )
