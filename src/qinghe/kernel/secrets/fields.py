"""The column that holds a sealed text."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models


class SealedField(models.BinaryField):
    """A sealed text, or null for none. Write `secrets.seal(...)` into it, read `secrets.unseal`.

    Every column of this kind is found by `manage rotate-keys` without being named anywhere.
    `index` names the column beside it that holds the blind index of the text.
    """

    def __init__(
        self,
        verbose_name: str | None = None,
        *,
        index: str = "",
        null: bool = True,
        blank: bool = True,
    ) -> None:
        self.index = index
        super().__init__(verbose_name, null=null, blank=blank)

    def deconstruct(self) -> tuple:
        """Describe the column to migrations as what it is in the database."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.BinaryField", args, options


@dataclass(frozen=True)
class SealedTable:
    """A table with sealed columns."""

    model: type[models.Model]
    columns: tuple[SealedField, ...]

    def place(self, column: SealedField) -> str:
        """Return how a column is named where something is sealed for it: "people_contact.phone"."""
        return f"{self.model._meta.db_table}.{column.name}"


def sealed_tables() -> Iterator[SealedTable]:
    """Find every table with sealed columns."""
    for model in apps.get_models():
        columns = tuple(
            field for field in model._meta.concrete_fields if isinstance(field, SealedField)
        )
        if columns:
            yield SealedTable(model=model, columns=columns)


def any_sealed() -> bool:
    """Tell whether the database holds a sealed value already."""
    return any(
        table.model._default_manager.filter(**{f"{column.name}__isnull": False}).exists()
        for table in sealed_tables()
        for column in table.columns
    )
