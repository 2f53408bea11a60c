from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.systems.pioneers import models
from qinghe.systems.pioneers.services import NewOutline, NewStep

OPTIONAL = "（可选）"


class OutlineForm(forms.Form):
    """A version to be set: one point a line."""

    kind = forms.ChoiceField(label="类别", choices=models.CeremonyKind.choices)
    title = forms.CharField(label="名称", max_length=60)
    source = forms.CharField(
        label="依据", max_length=200, help_text="文件的名称和文号，或会议和日期。"
    )
    starts_on = DayField(label="起用日期", help_text="从今天或以后起用；已登记的仪式不受影响。")
    lines = forms.CharField(
        label="要点",
        max_length=1_600,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=f"一行一条，按先后写。可以不做的在行末写“{OPTIONAL}”。",
    )

    def clean_lines(self) -> list[NewStep]:
        """Return the points as the service takes them."""
        found = []
        for line in self.cleaned_data["lines"].splitlines():
            text = line.strip()
            is_required = not text.endswith(OPTIONAL)
            text = text.removesuffix(OPTIONAL).strip()
            if len(text) > 80:
                raise forms.ValidationError(f"“{text[:12]}……”超过80字，请写短一些。")
            if text:
                found.append(NewStep(text, is_required))
        return found

    def as_new(self) -> NewOutline:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        return NewOutline(steps=told.pop("lines"), **told)
