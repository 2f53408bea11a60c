from django import forms

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import queries
from qinghe.systems.volunteering.rules import FARTHEST, NEAREST, Spot
from qinghe.systems.volunteering.services import PlaceCheck

from .fields import CodeField, MomentField, ReasonForm


class CheckInForm(forms.Form):
    """Who has come."""

    volunteer = CodeField(label="志愿者编号", key="number")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["volunteer"].queryset = queries.volunteers_to_check_in(actor)


class OwnScanForm(forms.Form):
    """The tap of whoever scanned the code at the door, with where the browser says they are."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    latitude = forms.DecimalField(
        widget=forms.HiddenInput, required=False, min_value=-90, max_value=90
    )
    longitude = forms.DecimalField(
        widget=forms.HiddenInput, required=False, min_value=-180, max_value=180
    )

    @property
    def there(self) -> Spot | None:
        """Return the place that the browser told, if it told any."""
        latitude, longitude = (self.cleaned_data.get(name) for name in ("latitude", "longitude"))
        return None if latitude is None or longitude is None else Spot(latitude, longitude)


class DigitsField(forms.RegexField):
    """The six digits, typed in one or, as the screen shows them, in two groups."""

    def to_python(self, value: object) -> str:
        """Return them in one."""
        return "".join(str(super().to_python(value)).split())


class DigitsForm(OwnScanForm):
    """The code at the door, typed where a camera fails."""

    session = forms.IntegerField(label="场次号", min_value=1, max_value=2**31)
    digits = DigitsField(
        label="6位数字",
        regex=r"^\d{6}$",
        error_messages={"invalid": "请输入屏幕上的6位数字。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    field_order = ("session", "digits")


class PlaceCheckForm(forms.Form):
    """Where a session is, and how near one has to be to check oneself in."""

    latitude = forms.DecimalField(
        label="纬度", min_value=-90, max_value=90, max_digits=8, decimal_places=6, required=False
    )
    longitude = forms.DecimalField(
        label="经度", min_value=-180, max_value=180, max_digits=9, decimal_places=6, required=False
    )
    metres = forms.IntegerField(
        label="签到范围（米）",
        min_value=NEAREST,
        max_value=FARTHEST,
        required=False,
        help_text=f"{NEAREST}至{FARTHEST}米；不填则不核对位置。",
    )

    def clean(self) -> dict[str, object]:
        """Refuse half a place, and a distance from nowhere."""
        given = super().clean() or {}
        place = [given.get(name) is not None for name in ("latitude", "longitude")]
        if any(place) != all(place):
            raise forms.ValidationError("经度和纬度要一起填写，或一起留空。")
        if given.get("metres") is not None and not all(place):
            raise forms.ValidationError("要核对位置，请先填写活动地点的经纬度。")
        return given

    def as_new(self) -> PlaceCheck | None:
        """Return the place as the service takes it; nothing for none."""
        given = self.cleaned_data
        if given["latitude"] is None:
            return None
        return PlaceCheck(given["latitude"], given["longitude"], given["metres"])


class CorrectionForm(ReasonForm):
    """Other times in the place of the recorded ones."""

    came_at = MomentField(label="实际签到时间")
    left_at = MomentField(label="实际签退时间")
    field_order = ("came_at", "left_at", "reason")
