from django import forms

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import queries

from .fields import CodeField, MomentField, ReasonForm


class CheckInForm(forms.Form):
    """Who has come."""

    volunteer = CodeField(label="志愿者编号", key="number")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["volunteer"].queryset = queries.volunteers_to_check_in(actor)


class CorrectionForm(ReasonForm):
    """Other times in the place of the recorded ones."""

    came_at = MomentField(label="实际签到时间")
    left_at = MomentField(label="实际签退时间")
    field_order = ("came_at", "left_at", "reason")
