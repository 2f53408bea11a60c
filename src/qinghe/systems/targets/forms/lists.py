from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.handing import Offer
from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.targets import models, queries
from qinghe.systems.targets.queries import Item, Level, ListKind, ListState, TaskList
from qinghe.systems.targets.services import NewItem, NewList

SIX = 6  # joint organisations in one form
OF = [
    ("open", "可认领的"),
    ("late", "已到期的"),
    ("without", "没有牵头单位的"),
    ("split", "有目标值的"),
]


def text(label: str, *, required: bool = False, most: int = 200, hint: str = "") -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=most, required=required, widget=area, help_text=hint
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", required=True)


class AnswerForm(forms.Form):
    """Why not."""

    reason = text("答复", required=True, hint="对方会看到。")


class ListForm(forms.Form):
    """What a list says about itself."""

    title = forms.CharField(label="清单名称", max_length=80)
    number = forms.CharField(label="文号", max_length=60, required=False)
    org = OrgField(label="编制单位")
    kind = forms.ChoiceField(label="类别", choices=ListKind.choices)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.keepers_for(actor)

    def as_new(self) -> NewList:
        """Return it as the service takes it."""
        return NewList(**self.cleaned_data)


class PublishForm(forms.Form):
    """The day on which a list was given out."""

    day = DayField(label="发布日期", help_text="按文件印发的日期填；统计从这一天起计入。")


class ParentField(forms.ModelChoiceField):
    """A field or a measure of a list, named with its number."""

    def __init__(self, **options: object) -> None:
        super().__init__(queryset=None, required=False, empty_label="作为方面（第一级）", **options)

    def label_from_instance(self, one: Item) -> str:
        """Name it."""
        return f"{one.number} {one.title}"


class ItemForm(forms.Form):
    """An item of a list."""

    title = text("内容", required=True)
    lead = OrgField(label="牵头单位", required=False)
    is_open = forms.BooleanField(
        label="开放认领", required=False, help_text="没有牵头单位时，下级可以认领。"
    )
    starts_on = DayField(label="开始日期", required=False)
    due_on = DayField(label="完成时限", required=False)
    deliverable = forms.CharField(label="成果", max_length=200, required=False)
    target = forms.DecimalField(
        label="目标值", min_value=0, max_digits=14, decimal_places=2, required=False
    )
    unit = forms.CharField(label="单位", max_length=12, required=False)
    code = forms.ChoiceField(
        label="用哪个指标计量",
        required=False,
        help_text="平台里有这个数的才选；没有的不选，只填目标值和单位。",
    )

    def __init__(
        self,
        *args: object,
        actor: Actor,
        task_list: TaskList,
        item: Item | None = None,
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        carriers = queries.carriers_for(actor, task_list)
        self.fields["code"].choices = [("", "不用指标"), *queries.measures(actor)]
        self.fields["lead"].rows = carriers
        for place in range(SIX):
            self.fields[f"joint_{place}"] = OrgField(label=f"配合单位{place + 1}", required=False)
            self.fields[f"joint_{place}"].rows = carriers
        if item is None:
            self.fields["parent"] = ParentField(label="列在")
            self.fields["parent"].queryset = queries.parents_in(actor, task_list)
            self.order_fields(["parent", "title"])
        elif task_list.state != ListState.DRAFT:
            self.fields["reason"] = text("更正原因", required=True)

    def as_new(self) -> NewItem:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        told.pop("parent", None)
        told.pop("reason", None)
        joints = [told.pop(f"joint_{place}") for place in range(SIX)]
        return NewItem(joints=list(dict.fromkeys(filter(None, joints))), **told)


def said_of(item: Item) -> dict[str, object]:
    """Return what a form about an item begins with."""
    names = ("title", "is_open", "starts_on", "due_on", "deliverable", "target", "unit", "code")
    said = {name: getattr(item, name) for name in names}
    said["lead"] = item.lead.code if item.lead else ""
    joints = item.joints.order_by("path").values_list("code", flat=True)[:SIX]
    return said | {f"joint_{place}": code for place, code in enumerate(joints)}


class TakeForm(forms.Form):
    """Which of what was promised or decided elsewhere goes on a list, and where."""

    parent = ParentField(label="列在")
    offers = forms.MultipleChoiceField(
        label="可以列入的", widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(
        self,
        *args: object,
        actor: Actor,
        task_list: TaskList,
        offers: list[Offer],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.by_key = {offer.key: offer for offer in offers}
        self.fields["parent"].queryset = queries.parents_in(actor, task_list)
        groups: dict[str, list[tuple[str, str]]] = {}
        for offer in offers:
            groups.setdefault(offer.group, []).append((offer.key, _said(offer)))
        self.fields["offers"].choices = list(groups.items())

    def chosen(self) -> list[Offer]:
        """Return what was ticked."""
        return [self.by_key[key] for key in self.cleaned_data["offers"]]


def _said(offer: Offer) -> str:
    who = f"（{offer.owner.name}）" if offer.owner else ""
    when = f"，{offer.due_on.isoformat()}前" if offer.due_on else ""
    return f"{offer.title}{who}{when}"


class ListFilter(FilterSet):
    """What the list of lists can be narrowed to."""

    q = CharFilter(label="名称或文号", method="search")
    kind = ChoiceFilter(label="类别", choices=ListKind.choices)
    state = ChoiceFilter(label="状态", choices=ListState.choices)

    class Meta:
        model = models.TaskList
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose title or number holds the text."""
        return rows.filter(Q(title__icontains=value) | Q(number__icontains=value))


class ItemFilter(FilterSet):
    """What the items of all lists can be narrowed to."""

    q = CharFilter(label="内容", field_name="title", lookup_expr="icontains")
    lead = CharFilter(label="牵头单位", field_name="lead__name", lookup_expr="icontains")
    level = ChoiceFilter(label="层级", choices=Level.choices)
    of = ChoiceFilter(label="名单", choices=OF, method="on_list")

    class Meta:
        model = models.Item
        fields: list[str] = []

    def on_list(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that can be claimed, are due, have nobody responsible or have a number."""
        today: date = timezone.localdate()
        return rows.filter(
            {
                "open": Q(is_open=True),
                "late": Q(due_on__lt=today),
                "without": Q(lead__isnull=True, level__gt=Level.FIELD),
                "split": Q(target__isnull=False),
            }[value]
        )
