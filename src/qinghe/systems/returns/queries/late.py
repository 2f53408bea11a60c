"""What whoever fills after the close said about it."""

from qinghe.kernel.access.actors import Actor
from qinghe.systems.returns import models


def words_said_late(actor: Actor, filing: models.Filing) -> str:
    """Return why a filing that this actor was shown comes late, as last said; "" when in time."""
    if filing.late_reason:
        return filing.late_reason
    said = models.ValueChange.objects.filter(
        value__filing=filing, at__date__gt=filing.round.closes_on
    ).exclude(reason="")
    return said.values_list("reason", flat=True).first() or ""
