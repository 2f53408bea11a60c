"""The screen on which a school puts up: a line for each 中队, a column for each badge."""

from collections.abc import Sequence

from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.systems.pioneers import models, rules
from qinghe.systems.pioneers.queries import Badge, Nomination, Nominee, Slate
from qinghe.systems.pioneers.services import Listed, NewChild, NewEligible, NewLine

MOST = 9_999
MOST_LINES = 200
EMPTY_LINES, EMPTY_CHILDREN = 5, 3
GRADES = [("", "—"), *((n, f"{n}年级") for n in range(1, 10))]


def is_named(badge: Badge) -> bool:
    """Test if a badge is put up for child by child."""
    return badge.star >= rules.NAMED_FROM and not badge.is_collective


def _number(label: str) -> forms.IntegerField:
    box = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST, widget=box)


def _day(label: str, *, required: bool = False) -> DayField:
    field = DayField(label=label, required=required)
    field.widget.attrs["class"] = "form-control"
    return field


class TroopForm(forms.Form):
    """One 中队: how many of each badge; a line whose name is emptied is taken out."""

    troop = forms.CharField(
        label="中队",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    grade = forms.TypedChoiceField(
        label="年级",
        choices=GRADES,
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: object, badges: Sequence[Badge], **options: object) -> None:
        super().__init__(*args, **options)
        self.badges = badges
        self.fields["consented_on"] = _day("监护人同意日期")
        for badge in badges:
            self.fields[f"b{badge.pk}"] = _number(str(badge))

    def clean(self) -> dict[str, object]:
        """Ask for the grade of a 中队 that has a name, and for the name where numbers stand."""
        told = super().clean() or self.cleaned_data
        numbers = [told.get(f"b{badge.pk}") for badge in self.badges]
        if any(numbers) and not told.get("troop"):
            self.add_error("troop", "请填中队名称。")
        if told.get("troop") and not told.get("grade"):
            self.add_error("grade", "请选年级。")
        return told

    def lines(self) -> list[NewLine]:
        """Return what this 中队 is put up for."""
        told = self.cleaned_data
        if not told.get("troop"):
            return []
        return [
            NewLine(told["troop"], told["grade"], badge, count, told["consented_on"])
            for badge in self.badges
            if (count := told.get(f"b{badge.pk}"))
        ]


class ChildForm(forms.Form):
    """One child; a line whose code is emptied is taken out."""

    code = forms.CharField(label="校内编号", max_length=12, required=False)
    letter = forms.CharField(label="姓氏首字母", max_length=1, required=False)
    troop = forms.CharField(label="中队", max_length=20, required=False)
    grade = forms.TypedChoiceField(
        label="年级", choices=GRADES, coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: object, badges: Sequence[Badge], **options: object) -> None:
        super().__init__(*args, **options)
        self.badges = {badge.pk: badge for badge in badges}
        self.fields["badge"] = forms.TypedChoiceField(
            label="奖章",
            choices=[("", "—"), *((badge.pk, badge.title) for badge in badges)],
            coerce=int,
            required=False,
            empty_value=None,
        )
        self.fields["consented_on"] = _day("监护人同意日期")
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = kind

    def clean(self) -> dict[str, object]:
        """Ask for everything of a child whose code is there."""
        told = super().clean() or self.cleaned_data
        if told.get("code"):
            for name in ("letter", "troop", "grade", "badge", "consented_on"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, "请填写。")
        return told

    def child(self) -> NewChild | None:
        """Return the child of this line, if there is one."""
        told = dict(self.cleaned_data)
        if not told.get("code"):
            return None
        badge = self.badges[told.pop("badge")]
        code, initial = told.pop("code").upper(), told.pop("letter").upper()
        return NewChild(badge=badge, code=code, initial=initial, **told)


class EligibleForm(forms.Form):
    """How many of each grade hold all basic badges."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for grade in range(1, 10):
            self.fields[f"p{grade}"] = _number(f"{grade}年级队员")
            self.fields[f"t{grade}"] = _number(f"{grade}年级中队")

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Return both boxes of each grade."""
        return [(grade, self[f"p{grade}"], self[f"t{grade}"]) for grade in range(1, 10)]

    def eligible(self) -> list[NewEligible]:
        """Return the grades that have any."""
        told = self.cleaned_data
        found = [(n, told.get(f"p{n}") or 0, told.get(f"t{n}") or 0) for n in range(1, 10)]
        return [NewEligible(*one) for one in found if one[1] or one[2]]


TroopFormSet = forms.formset_factory(
    TroopForm, extra=EMPTY_LINES, max_num=MOST_LINES, validate_max=True
)
ChildFormSet = forms.formset_factory(
    ChildForm, extra=EMPTY_CHILDREN, max_num=MOST_LINES, validate_max=True
)


class SlateSheet:
    """The whole screen: grades, 中队 by badge, children."""

    def __init__(
        self, posted: object, *, badges: Sequence[Badge], slate: Slate | None,
        lines: Sequence[Nomination] = (), children: Sequence[Nominee] = (),
    ) -> None:  # fmt: skip
        counted = [badge for badge in badges if not is_named(badge)]
        named = [badge for badge in badges if is_named(badge)]
        self.counted, self.named = counted, named
        self.asks_eligible = any(badge.star == 1 for badge in badges)
        self.eligible = EligibleForm(posted, prefix="e", initial=_eligible(slate))
        self.troops = TroopFormSet(
            posted, prefix="t", form_kwargs={"badges": counted}, initial=_troops(lines)
        )
        self.children = ChildFormSet(
            posted, prefix="c", form_kwargs={"badges": named}, initial=_children(children)
        )

    def is_valid(self) -> bool:
        """Test if all of it is well-formed."""
        valid = [part.is_valid() for part in (self.eligible, self.troops, self.children)]
        return all(valid)

    def as_listed(self) -> Listed:
        """Return it as the service takes it."""
        return Listed(
            lines=[line for form in self.troops.forms for line in form.lines()],
            children=[one for form in self.children.forms if (one := form.child())],
            eligible=self.eligible.eligible(),
        )


def _eligible(slate: Slate | None) -> dict[str, int]:
    found = list(slate.eligible.all()) if slate else []
    return {f"p{one.grade}": one.people for one in found} | {
        f"t{one.grade}": one.troops for one in found
    }


def _troops(lines: Sequence[Nomination]) -> list[dict[str, object]]:
    rows: dict[tuple[int, str], dict[str, object]] = {}
    for one in lines:
        if is_named(one.badge):
            continue
        row = rows.setdefault((one.grade, one.troop), {"troop": one.troop, "grade": one.grade})
        row[f"b{one.badge_id}"] = one.count
        row["consented_on"] = one.consented_on or row.get("consented_on")
    return list(rows.values())


def _children(children: Sequence[Nominee]) -> list[dict[str, object]]:
    return [
        {
            "code": one.code,
            "letter": one.initial,
            "troop": one.nomination.troop,
            "grade": one.nomination.grade,
            "badge": one.nomination.badge_id,
            "consented_on": one.consented_on,
        }
        for one in children
    ]


class DecisionForm(forms.Form):
    """How many of each line are given, which children, and on which day."""

    awarded_on = _day("颁章日期", required=True)

    def __init__(
        self, *args: object, lines: Sequence[Nomination], children: Sequence[Nominee],
        **options: object,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.lines, self.people = lines, children
        named = {one.nomination_id for one in children}
        self.counted = [one for one in lines if one.pk not in named]
        for one in self.counted:
            self.fields[f"n{one.pk}"] = _number(str(one))
            self.initial.setdefault(f"n{one.pk}", one.count)
        for child in children:
            self.fields[f"c{child.pk}"] = forms.BooleanField(required=False)

    def counts(self) -> list[tuple[Nomination, forms.BoundField]]:
        """Return the lines that are counted, each with its box."""
        return [(one, self[f"n{one.pk}"]) for one in self.counted]

    def ticks(self) -> list[tuple[Nominee, forms.BoundField]]:
        """Return the children, each with its box."""
        return [(one, self[f"c{one.pk}"]) for one in self.people]

    def given(self) -> dict[int, int]:
        """Return how many are given by line."""
        return {one.pk: self.cleaned_data[f"n{one.pk}"] or 0 for one in self.counted}

    def chosen(self) -> list[int]:
        """Return the children who are given theirs."""
        return [one.pk for one in self.people if self.cleaned_data[f"c{one.pk}"]]


class SlateFilter(FilterSet):
    """What a list of lists can be narrowed to."""

    q = CharFilter(label="学校", field_name="org__name", lookup_expr="icontains")
    level = ChoiceFilter(label="层级", field_name="round__level", choices=models.Level.choices)
    state = ChoiceFilter(label="状态", choices=models.Slate.State.choices)

    class Meta:
        model = Slate
        fields: list[str] = []
