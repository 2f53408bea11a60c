from decimal import Decimal

from django import forms

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, queries

from .fields import CodeField, DayField

PARTS = [("", "全天"), ("morning", "上午"), ("afternoon", "下午"), ("evening", "晚上")]


class SignUpOtherForm(forms.Form):
    """Who is signed up at the desk, for which post of a session."""

    post = forms.ModelChoiceField(
        label="岗位", queryset=models.ServicePost.objects.none(), empty_label=None
    )
    volunteer = CodeField(label="志愿者编号", key="number")
    vouched = forms.BooleanField(label="本人具备岗位要求的技能和培训", required=False)

    def __init__(
        self, *args: object, actor: Actor, session: models.Session, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["post"].queryset = session.posts.all()
        self.fields["volunteer"].queryset = queries.volunteers_to_check_in(actor)


class RollForm(forms.Form):
    """The roll of a session: the ticks are read beside it, refusals stand on it."""


class FindForm(forms.Form):
    """What a volunteer looks for. What cannot be read is left aside: a list is shown in any case."""

    day = DayField(label="日期", required=False)
    part = forms.ChoiceField(label="时段", choices=PARTS, required=False)
    kind = forms.ChoiceField(
        label="类别", choices=[("", "全部类别"), *models.Activity.Kind.choices], required=False
    )
    street = forms.ChoiceField(label="街道", required=False)
    skill = forms.CharField(label="技能或岗位", max_length=40, required=False)
    latitude = forms.DecimalField(
        max_digits=8, decimal_places=6, min_value=-85, max_value=85, required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip
    longitude = forms.DecimalField(
        max_digits=9, decimal_places=6, min_value=-180, max_value=180, required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["street"].choices = [("", "全区"), *queries.streets(actor)]

    def as_wish(self) -> queries.Wish:
        """Return what could be read of it."""
        self.is_valid()
        said = self.cleaned_data
        near: tuple[Decimal, Decimal] | None = None
        if said.get("latitude") is not None and said.get("longitude") is not None:
            near = (said["latitude"], said["longitude"])
        return queries.Wish(
            day=said.get("day"),
            part=said.get("part", ""),
            kind=said.get("kind", ""),
            street=said.get("street", ""),
            skill=said.get("skill", ""),
            near=near,
        )
