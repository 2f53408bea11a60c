"""Forms and filters of resources, needs and drives."""

from .drives import (
    AcceptForm,
    DeliveryForm,
    DonationForm,
    DriveForm,
    RoomForm,
)
from .pool import (
    AskForm,
    DeliverForm,
    NeedFilter,
    NeedForm,
    ProviderForm,
    ReasonForm,
    ResourceFilter,
    ResourceForm,
)

__all__ = [
    "AcceptForm",
    "AskForm",
    "DeliverForm",
    "DeliveryForm",
    "DonationForm",
    "DriveForm",
    "NeedFilter",
    "NeedForm",
    "ProviderForm",
    "ReasonForm",
    "ResourceFilter",
    "ResourceForm",
    "RoomForm",
]
