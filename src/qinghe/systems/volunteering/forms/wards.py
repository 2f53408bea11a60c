from collections.abc import Sequence

from django import forms

from qinghe.edges.web.agreeing import AgreeForm
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.models import Notice
from qinghe.kernel.people.models import Sex
from qinghe.systems.volunteering.services import NewWard, WardAgreed

from .fields import DayField


class EnlistForm(AgreeForm):
    """What a guardian agrees to for a child who is on the books already."""

    def __init__(
        self,
        *args: object,
        actor: Actor,
        notices: Sequence[Notice],
        relation: str = "",
        **options: object,
    ) -> None:
        super().__init__(*args, notices=notices, by_guardian=True, **options)
        self.actor, self.relation = actor, relation

    def as_agreed(self) -> WardAgreed:
        """Return what was agreed to, and by whom."""
        guardian = self.guardian(name=self.actor.name, relation=self.told_relation)
        return WardAgreed(self.ticked, guardian)

    @property
    def told_relation(self) -> str:
        """Return what the guardian is to the child."""
        return self.relation


class BringForm(EnlistForm):
    """A child who is not on the books, as the guardian tells of them."""

    name = forms.CharField(label="孩子姓名", max_length=40)
    sex = forms.ChoiceField(label="性别", choices=[("", "不填"), *Sex.choices], required=False)
    birth_date = DayField(label="出生日期", help_text="未满14周岁的在这里登记；已满的请本人注册。")
    told = forms.CharField(label="您与孩子的关系", max_length=20, help_text="如：母亲、父亲。")

    @property
    def told_relation(self) -> str:
        """Return what the guardian is to the child."""
        return self.cleaned_data["told"]

    def as_new(self) -> NewWard:
        """Return the child as the service takes it."""
        said = self.cleaned_data
        return NewWard(said["name"].strip(), said["sex"], said["birth_date"], said["told"])
