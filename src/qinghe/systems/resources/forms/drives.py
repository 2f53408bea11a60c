from django import forms

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.resources import models, queries
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.services import NewDonation, NewDrive, NewRoom

from .pool import MOST, text


class DriveForm(forms.Form):
    """A drive to be opened."""

    title = forms.CharField(label="名称", max_length=80)
    org = OrgField(label="主办单位", help_text="它和它的下级都可以接收捐赠。")
    item = forms.CharField(label="募集物品", max_length=20, initial="图书")
    unit = forms.CharField(label="计量单位", max_length=8, initial="册")
    opens_on = DayField(label="开始日期")
    closes_on = DayField(label="截止日期")
    about = text("说明")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.RUN_DRIVE)

    def as_new(self) -> NewDrive:
        """Return it as the service takes it."""
        return NewDrive(**self.cleaned_data)


class DonationForm(forms.Form):
    """What somebody brought."""

    org = OrgField(label="接收单位")
    quantity = forms.IntegerField(label="送来数量", min_value=1, max_value=MOST)
    donor = forms.CharField(
        label="捐赠人或单位",
        max_length=60,
        required=False,
        help_text="按捐赠人愿意公开的称呼写；不愿具名的不填。",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.TAKE_DONATION)

    def as_new(self, drive: models.Drive) -> NewDonation:
        """Return it as the service takes it."""
        return NewDonation(drive=drive, **self.cleaned_data)


class AcceptForm(forms.Form):
    """How much of it is fit."""

    accepted = forms.IntegerField(label="入库数量", min_value=1, max_value=MOST)
    reason = forms.CharField(
        label="差额原因", max_length=200, required=False, help_text="少于送来数量的必填。"
    )


class RoomForm(forms.Form):
    """A reading room to be planned."""

    name = forms.CharField(label="名称", max_length=80)
    org = OrgField(label="负责单位")
    place = forms.CharField(
        label="所在地", max_length=120, help_text="写到学校，如“河源市××县××小学”。"
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.RUN_DRIVE)

    def as_new(self) -> NewRoom:
        """Return it as the service takes it."""
        return NewRoom(**self.cleaned_data)


class DeliveryForm(forms.Form):
    """What is sent where."""

    room: forms.ModelChoiceField = forms.ModelChoiceField(label="图书室", queryset=None)
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=MOST)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        open_rooms = queries.rooms_seen_by(actor).exclude(state=queries.RoomState.CLOSED)
        self.fields["room"].queryset = open_rooms
