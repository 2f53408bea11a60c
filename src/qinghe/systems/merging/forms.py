"""Forms and filters of merging: what is well-formed."""

from collections.abc import Sequence

from django import forms
from django_filters import ChoiceFilter, FilterSet

from qinghe.kernel.orgs.models import Org
from qinghe.systems.merging.queries import Choice, Merge, MergeState, Pair
from qinghe.systems.merging.services import NewMerge

BRANCH = "branch"


def _reason(help_text: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label="理由", max_length=200, widget=area, help_text=help_text)


class MergeFilter(FilterSet):
    """What the list of merges can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=MergeState.choices)

    class Meta:
        model = Merge
        fields: list[str] = []


class PairForm(forms.Form):
    """Two numbers typed by hand."""

    kept = forms.CharField(label="保留的人员编号", max_length=20)
    duplicate = forms.CharField(label="重复的人员编号", max_length=20)


class MergeForm(forms.Form):
    """Why two rows are one person, and what stands where both say something."""

    reason = _reason("怎样核实了是同一个人，如“当面核对身份证，两份都是本人”。不要写号码本身。")

    def __init__(self, *args: object, choices: Sequence[Choice], **options: object) -> None:
        super().__init__(*args, **options)
        self._names = [one.name for one in choices if one.name != BRANCH]
        for one in choices:
            self.fields[one.name] = forms.TypedChoiceField(
                label=one.label, coerce=int, choices=one.options, widget=forms.RadioSelect
            )

    def as_new(self, pair: Pair) -> NewMerge:
        """Return it as the service takes it."""
        branch = self.cleaned_data.get(BRANCH)
        return NewMerge(
            kept=pair.kept,
            duplicate=pair.duplicate,
            reason=self.cleaned_data["reason"],
            branch=Org.objects.get(pk=branch) if branch else None,
            stands={name.replace("-", "."): self.cleaned_data[name] for name in self._names},
        )


class ApartForm(forms.Form):
    """Why two who look alike are two."""

    reason = _reason("怎样核实了不是同一个人，如“双胞胎”“同名，身份证号不同”。")


class MergeReasonForm(forms.Form):
    """Why not."""

    reason = _reason("对方会收到。")


class SureForm(forms.Form):
    """A decision that cannot be taken back."""

    sure = forms.BooleanField(label="已核对两份档案是同一人，知道合并后不能撤销")
