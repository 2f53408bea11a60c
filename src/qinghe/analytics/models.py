from collections.abc import Iterable
from typing import ClassVar, NoReturn

from django.db import models
from django.db.models.base import ModelBase


class Unchangeable(models.QuerySet["FrozenFigure"]):
    """Rows that are added and read, never changed."""

    def update(self, **changes: object) -> NoReturn:
        """Refuse: a frozen figure is what was printed."""
        raise TypeError(f"frozen figures do not change ({', '.join(changes)})")

    def delete(self) -> NoReturn:
        """Refuse: a frozen figure is what was printed."""
        raise TypeError("frozen figures are not deleted")


class FrozenFigure(models.Model):
    """One figure of a closed period as it was printed, whatever is mended or merged later.

    `value` is the printed number and `exact` the unrounded one, as text; both are empty where there
    is none (a ratio over nothing). `sha256` is the fingerprint of the records behind it; a ratio's
    is that of its two halves' fingerprints.
    """

    period = models.CharField(max_length=8)
    code = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    unit = models.CharField(max_length=16)
    decimals = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=40)
    exact = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    as_of = models.DateTimeField()
    records = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=80)

    objects = Unchangeable.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="frozen_once_a_period", fields=["period", "code", "org"]),
            models.CheckConstraint(
                name="frozen_from_a_whole_period",
                condition=models.Q(state__in=["complete", "missing"]),
            ),
            models.CheckConstraint(
                name="frozen_value_goes_with_exact",
                condition=models.Q(value="", exact="")
                | (~models.Q(value="") & ~models.Q(exact="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.period} at {self.org_id}"

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Keep a new figure; refuse to change one that is kept."""
        if not self._state.adding:
            raise TypeError(f"{self} is frozen")
        super().save(
            force_insert=force_insert,
            force_update=force_update,
            using=using,
            update_fields=update_fields,
        )

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse: a frozen figure is what was printed."""
        raise TypeError(f"{self} is frozen")
