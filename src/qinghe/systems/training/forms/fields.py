"""What the forms of training are made of."""

from datetime import date

from django import forms
from django.db.models import QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.training import queries
from qinghe.systems.training.queries import Course, Lecturer, Programme

MOST = 1_000_000


def text(label: str, *, required: bool = False, most: int = 400) -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, widget=area)


class ProgrammeField(forms.ModelChoiceField):
    """A programme out of those given, named with whose it is."""

    def __init__(self, *, empty_label: str = "请选择", **options: object) -> None:
        super().__init__(queryset=None, empty_label=empty_label, **options)

    def label_from_instance(self, one: Programme) -> str:
        """Name it."""
        return f"{one.title}（{one.org.name}）"


class CourseField(forms.ModelChoiceField):
    """A course out of those given, named with its programme."""

    def __init__(self, *, empty_label: str = "请选择", **options: object) -> None:
        super().__init__(queryset=None, empty_label=empty_label, **options)

    def label_from_instance(self, one: Course) -> str:
        """Name it."""
        return f"{one.programme.title}：{one.title}"


class LecturerField(forms.ModelChoiceField):
    """A lecturer out of those given, named as far as the reader may know them."""

    def __init__(self, *, empty_label: str = "请选择", **options: object) -> None:
        super().__init__(queryset=None, empty_label=empty_label, **options)
        self.actor: Actor | None = None
        self.on: date | None = None

    def take(self, rows: QuerySet[Lecturer], *, actor: Actor, on: date) -> None:
        """Say who chooses among whom."""
        self.queryset = rows
        self.actor, self.on = actor, on

    def label_from_instance(self, one: Lecturer) -> str:
        """Name them."""
        if self.actor is None or self.on is None:
            return str(one)
        name = queries.name_of(self.actor, one, on=self.on)
        return f"{name}（{one.team.title}，{one.subjects}）"
