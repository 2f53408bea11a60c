from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.transfers.services import NewStay

from .fields import sendable_by_number


class StayForm(forms.Form):
    """A member who goes abroad."""

    number = forms.CharField(label="人员编号", max_length=20)
    place = forms.CharField(label="国家（地区）和学校", max_length=80)
    starts_on = DayField(label="出国（境）日期")
    until = DayField(label="保留团籍至", help_text="最长5年；期限见“转接期限”。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def clean_number(self) -> Person:
        """Return the member with this number, of an organisation of the actor's."""
        return sendable_by_number(self.actor, self.cleaned_data["number"])

    def as_new(self) -> NewStay:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        return NewStay(person=told.pop("number"), **told)


class ReturnForm(forms.Form):
    """When somebody came back."""

    on = DayField(label="返回日期")
