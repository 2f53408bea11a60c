"""Which figures somebody wants on their desk."""

from collections.abc import Collection

from django import forms

from qinghe.analytics import catalogue


class DeskForm(forms.Form):
    """Boxes for the figures of each system, and one for what every desk shows."""

    def __init__(
        self,
        *args: object,
        open_to: list[tuple[str, list[str]]],
        shown: Collection[str],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        for place, (label, codes) in enumerate(open_to):
            self.fields[f"of_{place}"] = forms.MultipleChoiceField(
                label=label,
                choices=[(code, _named(code)) for code in codes],
                initial=[code for code in codes if code in shown],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["usual"] = forms.BooleanField(
            label="恢复为每个业务一项", required=False, help_text="勾选后，上面的选择不再使用。"
        )

    @property
    def codes(self) -> list[str]:
        """Return what was ticked, in the order of the page."""
        ticked = (self.cleaned_data[name] for name in self.fields if name != "usual")
        return [code for codes in ticked for code in codes]


def _named(code: str) -> str:
    known = catalogue.indicator(code)
    return f"{known.label}（{known.unit}）"
