"""One form for each kind of step; each answers with the steps that it stands for."""

import re
from collections.abc import Mapping

from django import forms

from qinghe.edges.web.fields import DayField, OrgInput
from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import Industry, Level, NewOrgKind, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership
from qinghe.lib.verdicts import Refused
from qinghe.systems.reorganising import models, queries, rules
from qinghe.systems.reorganising.queries import Plan
from qinghe.systems.reorganising.services import NewStep

Step = models.Step
Kind = Step.Kind
UNSET, SAME = [("", "未填")], [("", "不变")]
KINDS = [each for each in OrgKind.choices if each[0] != OrgKind.DISTRICT]
NOT_FOUND = "没有找到“{}”：请填本方案组织以下的组织代码或完整名称；同名的填代码。"
PARTS = re.compile(r"[\n,，、;；]+")


class PlannedField(forms.CharField):
    """An organisation below the plan's, or one that the plan opens, typed as code or full name."""

    widget = OrgInput
    actor: Actor
    plan: Plan

    def __init__(self, **options: object) -> None:
        options.setdefault("help_text", "填组织代码或完整名称，也可填本方案新设的组织。")
        super().__init__(**options)

    def clean(self, value: object) -> str:
        """Return the code of the one organisation that was named."""
        typed = super().clean(value)
        if not typed:
            return ""
        found = queries.orgs_listed(self.actor, self.plan, [typed])
        if typed not in found:
            raise forms.ValidationError(NOT_FOUND.format(typed))
        return found[typed]


class PlannedListField(PlannedField):
    """Several of them, one a line."""

    def __init__(self, **options: object) -> None:
        options.setdefault("help_text", "每行一个，填组织代码或完整名称。")
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **options)

    def clean(self, value: object) -> list[str]:  # type: ignore[override]
        """Return the codes, each once, in the order in which they were typed."""
        typed = forms.CharField.clean(self, value)
        words = [word.strip() for word in PARTS.split(typed) if word.strip()]
        found = queries.orgs_listed(self.actor, self.plan, words)
        unknown = [word for word in words if word not in found]
        if unknown:
            raise forms.ValidationError(NOT_FOUND.format("、".join(unknown)))
        return list(dict.fromkeys(found[word] for word in words))


class StepForm(forms.Form):
    """A form that adds steps to a plan."""

    def __init__(self, *args: object, actor: Actor, plan: Plan, **options: object) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, PlannedField):
                field.actor, field.plan = actor, plan

    def steps(self) -> list[NewStep]:
        """Return the steps that were asked for."""
        raise NotImplementedError


class OpenForm(StepForm):
    """A new organisation."""

    parent = PlannedField(label="上级组织")
    code = forms.CharField(label="新组织代码", max_length=24, help_text="启用后不再更改。")
    name = forms.CharField(label="新组织名称", max_length=80)
    org_kind = forms.ChoiceField(label="类型", choices=KINDS, initial=OrgKind.BRANCH)
    level = forms.ChoiceField(label="层级", choices=Level.choices, initial=Level.UNIT)
    sector = forms.ChoiceField(label="领域", choices=UNSET + Sector.choices, required=False)
    new_org_kind = forms.ChoiceField(
        label="两新组织类别", choices=UNSET + NewOrgKind.choices, required=False
    )
    industry = forms.ChoiceField(
        label="行业团工委", choices=UNSET + Industry.choices, required=False
    )

    def steps(self) -> list[NewStep]:
        """Return one opening."""
        told = dict(self.cleaned_data)
        parent, code = told.pop("parent"), told.pop("code").strip().upper()
        return [NewStep(kind=Kind.OPEN, code=code, to_code=parent, **told)]


class MoveForm(StepForm):
    """Organisations, and another parent for all of them."""

    orgs = PlannedListField(label="调整隶属的组织")
    parent = PlannedField(label="新的上级组织")

    def steps(self) -> list[NewStep]:
        """Return a move for each."""
        told = self.cleaned_data
        return [NewStep(kind=Kind.MOVE, code=code, to_code=told["parent"]) for code in told["orgs"]]


class MergeForm(StepForm):
    """Organisations, and the one that takes them over, old or new."""

    orgs = PlannedListField(label="并入的组织")
    into = PlannedField(
        label="接收组织",
        help_text="填组织代码或完整名称；并成一个新组织的，先添加“新设”，再填它的代码。",
    )
    posts = forms.ChoiceField(
        label="并入组织的团干部职务", choices=Step.Posts.choices, initial=Step.Posts.END
    )

    def steps(self) -> list[NewStep]:
        """Return a merger for each."""
        told = self.cleaned_data
        return [
            NewStep(kind=Kind.MERGE, code=code, to_code=told["into"], posts=told["posts"])
            for code in told["orgs"]
        ]


class CloseForm(StepForm):
    """Organisations with nobody and nothing left."""

    orgs = PlannedListField(
        label="撤销的组织",
        help_text="每行一个；执行时名册上已没有团员、没有下级，否则改用并入，或先划转团员。",
    )

    def steps(self) -> list[NewStep]:
        """Return a closure for each."""
        return [NewStep(kind=Kind.CLOSE, code=code) for code in self.cleaned_data["orgs"]]


class ChangeForm(StepForm):
    """What is written about an organisation; what is left empty stays."""

    org = PlannedField(label="组织")
    name = forms.CharField(label="新名称", max_length=80, required=False, help_text="不改的留空。")
    sector = forms.ChoiceField(label="领域", choices=SAME + Sector.choices, required=False)
    new_org_kind = forms.ChoiceField(
        label="两新组织类别", choices=SAME + NewOrgKind.choices, required=False
    )
    industry = forms.ChoiceField(
        label="行业团工委", choices=SAME + Industry.choices, required=False
    )
    unmarks = forms.BooleanField(
        label="取消两新标记",
        required=False,
        help_text="不再是两新组织的勾选，两新组织类别和行业团工委一并清空。",
    )

    def clean(self) -> dict[str, object]:
        """Refuse a change of nothing, and a mark that is set and taken away at once."""
        told = super().clean() or self.cleaned_data
        if told.get("unmarks") and (told.get("new_org_kind") or told.get("industry")):
            self.add_error("unmarks", "取消两新标记时，两新组织类别和行业团工委须选“不变”。")
        if not any(value for name, value in told.items() if name != "org"):
            raise forms.ValidationError("没有填写要改的内容，没有保存。")
        return told

    def steps(self) -> list[NewStep]:
        """Return one change."""
        told = dict(self.cleaned_data)
        return [NewStep(kind=Kind.CHANGE, code=told.pop("org"), **told)]


class SourceForm(StepForm):
    """Whose members are moved; they are ticked on the next page."""

    source = PlannedField(label="拆分、划出团员的组织", help_text="填组织代码或完整名称。")


class TickedForm(StepForm):
    """Which members of an organisation go where: by hand or by when they came."""

    whom = forms.ChoiceField(
        label="划转哪些团员", choices=Step.Whom.choices, initial=Step.Whom.LISTED
    )
    persons = forms.MultipleChoiceField(
        label="指定的团员", required=False, widget=forms.CheckboxSelectMultiple
    )
    entered_from = DayField(label="入册日期自", required=False, help_text="按届别划转时填写。")
    entered_to = DayField(label="入册日期至", required=False)
    into = PlannedField(label="划入的组织", required=False)
    new_code = forms.CharField(
        label="或新设一个：代码",
        max_length=24,
        required=False,
        help_text="填了即先新设一个同类、同上级的组织。",
    )
    new_name = forms.CharField(label="或新设一个：名称", max_length=80, required=False)

    def __init__(
        self,
        *args: object,
        source: Org,
        members: list[Membership],
        actor: Actor,
        **options: object,
    ) -> None:
        super().__init__(*args, actor=actor, **options)
        self.source = source
        on = options["plan"].on
        self.fields["persons"].choices = [
            (
                str(one.person_id),
                f"{one.person.number} {levels.full_name(actor, one.person, at=source, on=on)}，"
                f"{one.starts_on.isoformat()}入册",
            )
            for one in members
        ]

    def clean(self) -> dict[str, object]:
        """Refuse a step that names nobody, or nowhere, or two places to go."""
        told = super().clean() or self.cleaned_data
        if told.get("whom") == Step.Whom.LISTED and not told.get("persons"):
            self.add_error("persons", "请勾选要划转的团员，或改选按入册日期、全部划转。")
        try:
            rules.check_span(
                first=told.get("entered_from"),
                last=told.get("entered_to"),
                whom=told.get("whom", ""),
            )
        except Refused as refusal:
            self.add_error("entered_from", refusal.reason)
        opens = bool(told.get("new_code")) and bool(told.get("new_name"))
        if "into" in told and bool(told["into"]) == opens:
            self.add_error("into", "请填划入的组织，或者新设组织的代码和名称，二者选一。")
        return told

    def steps(self) -> list[NewStep]:
        """Return the move, after the opening of the new organisation if one was named."""
        told, source = self.cleaned_data, self.source
        whom = told["whom"]
        into, first = told["into"], []
        if not into:
            into = told["new_code"].strip().upper()
            first = [
                NewStep(
                    kind=Kind.OPEN,
                    code=into,
                    to_code=source.parent.code if source.parent else "",
                    name=told["new_name"],
                    org_kind=source.kind,
                    level=source.level,
                    sector=source.sector,
                    new_org_kind=source.new_org_kind,
                    industry=source.industry,
                )
            ]
        by_days = whom == Step.Whom.ENTERED
        listed = told["persons"] if whom == Step.Whom.LISTED else []
        move = NewStep(
            kind=Kind.MEMBERS,
            code=source.code,
            to_code=into,
            whom=whom,
            entered_from=told["entered_from"] if by_days else None,
            entered_to=told["entered_to"] if by_days else None,
            persons=tuple(int(key) for key in listed),
        )
        return [*first, move]


STEP_FORMS: Mapping[str, tuple[str, type[StepForm]]] = {
    Kind.OPEN: ("新设组织", OpenForm),
    Kind.MERGE: ("并入", MergeForm),
    Kind.MEMBERS: ("拆分、划转团员", SourceForm),
    Kind.MOVE: ("调整隶属", MoveForm),
    Kind.CHANGE: ("更名、改信息", ChangeForm),
    Kind.CLOSE: ("撤销", CloseForm),
}
