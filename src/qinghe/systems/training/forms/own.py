from collections.abc import Sequence

from django import forms

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.models import Notice
from qinghe.kernel.consent.services import Guardian
from qinghe.systems.training.services import Agreed


class AgreeForm(forms.Form):
    """One box, not ticked, for each notice that still has to be agreed to (S-02)."""

    def __init__(
        self,
        *args: object,
        actor: Actor,
        notices: Sequence[Notice],
        relation: str = "",
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.actor, self.notices, self.relation = actor, notices, relation
        for notice in notices:
            self.fields[f"notice_{notice.pk}"] = forms.BooleanField(
                label=f"我已阅读并同意《{notice.title}》",
                error_messages={"required": "请阅读后勾选；不同意的不能报名。"},
            )
        if relation and notices:
            self.fields["phone"] = forms.CharField(
                label="您的手机号码", max_length=20, help_text="作为监护人留存，加密保管。"
            )

    def as_agreed(self) -> Agreed:
        """Return what was agreed to; of a child, by whom."""
        guardian = None
        if "phone" in self.fields:
            guardian = Guardian(self.actor.name, self.cleaned_data["phone"], self.relation)
        ticked = [one.pk for one in self.notices if self.cleaned_data[f"notice_{one.pk}"]]
        return Agreed(notices=ticked, guardian=guardian)


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
