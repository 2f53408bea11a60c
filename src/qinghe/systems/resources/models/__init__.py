"""The nouns of the resource pool and of donation drives."""

from .drives import Delivery, Donation, Drive, Room
from .pool import Allocation, Need, Provider, Resource

__all__ = [
    "Allocation",
    "Delivery",
    "Donation",
    "Drive",
    "Need",
    "Provider",
    "Resource",
    "Room",
]
