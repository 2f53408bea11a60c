from collections.abc import Sequence

from django import forms

from qinghe.edges.web import agreeing
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.models import Notice
from qinghe.systems.training.services import Agreed


class AgreeForm(agreeing.AgreeForm):
    """What still has to be agreed to before somebody is signed up."""

    def __init__(
        self,
        *args: object,
        actor: Actor,
        notices: Sequence[Notice],
        relation: str = "",
        **options: object,
    ) -> None:
        super().__init__(*args, notices=notices, by_guardian=bool(relation), **options)
        self.actor, self.relation = actor, relation

    def as_agreed(self) -> Agreed:
        """Return what was agreed to; of a child, by whom."""
        guardian = self.guardian(name=self.actor.name, relation=self.relation)
        return Agreed(notices=self.ticked, guardian=guardian)


class CheckForm(forms.Form):
    """A number and the code beside it."""

    number = forms.CharField(label="证书编号", max_length=24)
    code = forms.CharField(label="查验码", max_length=8)

    def clean_number(self) -> str:
        """Return it as it is printed."""
        return self.cleaned_data["number"].strip().upper()

    def clean_code(self) -> str:
        """Return it as it is printed."""
        return self.cleaned_data["code"].strip().upper()
