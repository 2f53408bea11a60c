from collections.abc import Collection

from django import forms

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.services import NewPerson
from qinghe.systems.transfers import queries
from qinghe.systems.transfers.access import Act
from qinghe.systems.transfers.queries import Kind, Side, Transfer
from qinghe.systems.transfers.services import Mended, NewTransfer

from .fields import TargetField, sendable_by_number, text

GOES = (Kind.STUDY, Kind.WORK, Kind.HOME, Kind.ARMY, Kind.OTHER, Kind.OUT)
COMES = (Kind.STUDY, Kind.WORK, Kind.HOME, Kind.OTHER, Kind.IN)
WHERE = (  # T-61
    "就业的转往单位团组织，单位没有的转往单位所在社区，再没有的转往街道流动团员团支部；"
    "待业的转往居住地社区，再没有的转往户籍地社区。"
)


class RouteForm(forms.Form):
    """Why somebody goes, and where to."""

    kind = forms.ChoiceField(label="类别")
    to_org = TargetField(
        label="转入组织", required=False, help_text=f"填组织名称或代码。{WHERE}转出本区的不填。"
    )
    outside = forms.CharField(
        label="区外团组织", max_length=80, required=False, help_text="转出本区的填写全称。"
    )
    term_on = DayField(label="开学日期", required=False, help_text="升学的填写，开学后30日内办结。")
    letter = forms.CharField(
        label="介绍信编号", max_length=40, required=False, help_text="参军的必填；其他有就填。"
    )
    note = text("说明", required=False)

    def __init__(
        self,
        *args: object,
        actor: Actor,
        kinds: Collection[Transfer.Kind] = GOES,
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["to_org"].rows = queries.committees(actor)

    def route(self) -> dict[str, object]:
        """Return what every transfer is told by."""
        names = ("kind", "to_org", "outside", "term_on", "letter", "note")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def as_mended(self) -> Mended:
        """Return it as the service takes it."""
        return Mended(**self.route())


class MendForm(RouteForm):
    """What was returned, or is still a draft, written anew."""


class OwnForm(RouteForm):
    """A member's own wish to be transferred."""

    def as_new(self, person: Person) -> NewTransfer:
        """Return it as the service takes it."""
        return NewTransfer(person=person, side=Side.MEMBER, **self.route())


class SendForm(RouteForm):
    """A member whom the sending side lets go."""

    number = forms.CharField(label="人员编号", max_length=20, help_text="在团员名册上可以看到。")
    as_draft = forms.BooleanField(label="先存为草稿，以后再提交", required=False)
    field_order = ("number", "kind", "to_org", "outside", "term_on", "letter", "note", "as_draft")

    def clean_number(self) -> Person:
        """Return the member with this number, of an organisation of the actor's."""
        return sendable_by_number(self.actor, self.cleaned_data["number"])

    def as_new(self) -> NewTransfer:
        """Return it as the service takes it."""
        person = self.cleaned_data["number"]
        return NewTransfer(person=person, side=Side.SENDER, **self.route())


class ReceiveForm(RouteForm):
    """A member whom the receiving side asks for, or somebody who comes from outside."""

    number = forms.CharField(label="人员编号", max_length=20)
    name = forms.CharField(label="姓名", max_length=60, help_text="须与登记的姓名一致。")
    birth_date = DayField(
        label="出生日期", required=False, help_text="从区外转入、平台内还没有登记的填写。"
    )
    to_org = OrgField(  # type: ignore[assignment]
        label="转入组织", help_text="填您管理的组织的名称或代码。"
    )
    field_order = (
        "number", "name", "birth_date", "kind", "to_org", "outside", "term_on", "letter", "note",
    )  # fmt: skip

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, actor=actor, kinds=COMES, **options)
        self.fields["to_org"].rows = queries.orgs_for(actor, Act.RECEIVE)
        self.fields["outside"].help_text = "从区外转入的填写原团组织全称。"

    def clean(self) -> dict[str, object]:
        """Look whom the number and the name mean together."""
        told = super().clean() or {}
        number, name = str(told.get("number", "")).strip(), str(told.get("name", "")).strip()
        known = queries.person_named(self.actor, number, name)
        told["person"] = known
        if known or self.errors:
            return told
        if told.get("kind") != Kind.IN:
            self.add_error("number", "没有这个编号和姓名的团员，请向本人或原团支部核对。")
        elif queries.is_number_taken(self.actor, number):
            self.add_error("name", "这个人员编号登记的是另一个姓名，请核对。")
        elif not told.get("birth_date"):
            self.add_error("birth_date", "平台内还没有这个人，请填写出生日期。")
        return told

    def as_new(self) -> NewTransfer:
        """Return it as the service takes it."""
        told = self.cleaned_data
        person = told["person"]
        newcomer = None
        if person is None:
            newcomer = NewPerson(
                told["number"].strip(), told["name"].strip(), birth_date=told["birth_date"]
            )
        return NewTransfer(person=person, newcomer=newcomer, side=Side.RECEIVER, **self.route())
