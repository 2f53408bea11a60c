from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, MomentField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.meetings import models, queries
from qinghe.systems.meetings.services import (
    Answer,
    NewAbove,
    NewItem,
    NewSitting,
    NewTopic,
)

from .fields import NO_SECRETS, NamedField, internal, text

THEMES = models.AgendaItem.Theme.choices
KINDS = [
    (models.Sitting.Kind.PLENARY, models.Sitting.Kind.PLENARY.label),
    (models.Sitting.Kind.SPECIAL, models.Sitting.Kind.SPECIAL.label),
]


class SittingForm(forms.Form):
    """A sitting to be prepared."""

    body = NamedField(label="会议机构")
    kind = forms.ChoiceField(
        label="类别", choices=KINDS, help_text="全体会议自动接着上一次编届次。"
    )
    topic = forms.CharField(label="专题", max_length=40, required=False, help_text="专题会议填写。")
    starts_at = MomentField(label="开会时间")
    place = forms.CharField(label="地点", max_length=120)
    items_by = DayField(label="议题报送截止")
    is_internal = internal()

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["body"].queryset = queries.bodies_to_run(actor)

    def as_new(self) -> NewSitting:
        """Return it as the service takes it."""
        return NewSitting(**self.cleaned_data)


class TopicForm(forms.Form):
    """A topic of a sitting above."""

    title = forms.CharField(label="议题", max_length=120, help_text=NO_SECRETS)
    theme = forms.ChoiceField(label="主题", choices=THEMES)
    about = text("说明", most=1000)

    def as_new(self) -> NewTopic:
        """Return it as the service takes it."""
        told = self.cleaned_data
        return NewTopic(told["title"], told["theme"], told["about"])


class AboveForm(TopicForm):
    """A sitting above, with its first topic."""

    body = NamedField(label="会议机构")
    name = forms.CharField(
        label="会议名称", max_length=120, help_text="如“七届区委常委会第20次会议”。"
    )
    day = DayField(label="开会日期")
    is_internal = internal()
    field_order = ("body", "name", "day", "title", "theme", "about", "is_internal")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["body"].queryset = queries.bodies_above(actor)

    def as_above(self) -> NewAbove:
        """Return it as the service takes it."""
        told = self.cleaned_data
        return NewAbove(
            body=told["body"],
            title=told["name"],
            day=told["day"],
            topics=[self.as_new()],
            is_internal=told["is_internal"],
        )


class ItemForm(forms.Form):
    """An item to be proposed."""

    member = NamedField(label="提出单位", required=False, empty_label="会议办公室")
    title = forms.CharField(label="议题", max_length=120)
    theme = forms.ChoiceField(label="主题", choices=THEMES)
    about = text("说明", most=1000)
    length = forms.IntegerField(label="时长（分钟）", min_value=1, max_value=240, initial=15)
    is_internal = internal()

    def __init__(
        self,
        *args: object,
        actor: Actor,
        sitting: queries.Sitting,
        is_office: bool,
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.sitting = sitting
        member = self.fields["member"]
        if is_office:
            member.queryset = queries.units_of(actor, sitting.body)
        else:
            member.queryset = queries.units_answered_by(actor).filter(body=sitting.body)
            member.required, member.empty_label = True, "请选择"
            member.initial = member.queryset.first()

    def as_new(self) -> NewItem:
        """Return it as the service takes it."""
        return NewItem(sitting=self.sitting, **self.cleaned_data)


class OrderForm(forms.Form):
    """In which order the listed items come: a number for each."""

    def __init__(self, *args: object, lines: list[queries.AgendaItem], **options: object) -> None:
        super().__init__(*args, **options)
        for place, item in enumerate(lines, start=1):
            self.fields[f"item_{item.pk}"] = forms.IntegerField(
                label=item.title, min_value=1, max_value=99, initial=place
            )

    def keys(self) -> list[int]:
        """Return the keys of the items in the order that was typed."""
        typed = [(number, name) for name, number in self.cleaned_data.items()]
        return [int(name.removeprefix("item_")) for _, name in sorted(typed)]


class ReplyForm(forms.Form):
    """A unit's answer."""

    reply = forms.ChoiceField(
        label="回执", choices=[one for one in models.Summons.Reply.choices if one[0]]
    )
    proxy_name = forms.CharField(
        label="代会人", max_length=40, required=False, help_text="派人代会的填写。"
    )
    proxy_duty = forms.CharField(label="代会人职务", max_length=60, required=False)
    reason = text("请假原因", most=200)

    def as_answer(self) -> Answer:
        """Return it as the service takes it."""
        return Answer(**self.cleaned_data)


class GuestForm(forms.Form):
    """Somebody who attends beside the units."""

    name = forms.CharField(label="姓名", max_length=40)
    duty = forms.CharField(label="单位和职务", max_length=80, required=False)


class HoldForm(forms.Form):
    """Who presides."""

    host = forms.CharField(label="主持人", max_length=60, help_text="姓名和职务。")


class MinutesForm(forms.Form):
    """The text of the minutes."""

    number = forms.CharField(
        label="纪要编号", max_length=40, required=False, help_text="如“〔2022〕1号”，没有的不填。"
    )
    text = forms.CharField(
        label="正文",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=f"一段一行，“一、”开头的作一级标题；议定事项自动列在后面。{NO_SECRETS}",
    )


class SittingFilter(FilterSet):
    """What a list of sittings can be narrowed to."""

    q = CharFilter(label="会议", field_name="title", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.Sitting.State.choices)
    kind = ChoiceFilter(label="会议机构", field_name="body__kind", choices=models.Body.Kind.choices)

    class Meta:
        model = models.Sitting
        fields: list[str] = []
