"""Which share of 优秀 holds at which branch."""

from dataclasses import dataclass

from qinghe.systems.appraisals.models import Campaign


@dataclass(frozen=True)
class Caps:
    """The share that the terms of a campaign allow, and the lower ones that committees set (T-42)."""

    most: int
    lower: tuple[tuple[str, int], ...]  # the path of who set it, and the share

    @classmethod
    def of(cls, campaign: Campaign) -> "Caps":
        """Return the shares of a campaign as they are now."""
        lower = campaign.caps.values_list("org__path", "percent")
        return cls(campaign.terms.top_percent, tuple(lower))

    def at(self, path: str) -> int:
        """Return the share at a branch: the lowest of those set above it."""
        return min([self.most, *(share for above, share in self.lower if path.startswith(above))])
