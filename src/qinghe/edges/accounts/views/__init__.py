"""allauth's views with the house's pages, one address each; nothing of allauth's is mounted else."""

from .coming_in import Inactive, NewPassword, PasskeySignIn, SecondStep, SignIn, SignOut
from .factors import (
    AddKey,
    AddTotp,
    NewRecoveryCodes,
    RecoveryCodes,
    RemoveKey,
    RemoveTotp,
    RenameKey,
)
from .own import (
    Again,
    AgainByFactor,
    AgainByKey,
    Bindings,
    ChangePassword,
    Sessions,
    security,
)
from .providers import callback, cancelled, sign_in_by

__all__ = [
    "AddKey",
    "AddTotp",
    "Again",
    "AgainByFactor",
    "AgainByKey",
    "Bindings",
    "ChangePassword",
    "Inactive",
    "NewPassword",
    "NewRecoveryCodes",
    "PasskeySignIn",
    "RecoveryCodes",
    "RemoveKey",
    "RemoveTotp",
    "RenameKey",
    "SecondStep",
    "Sessions",
    "SignIn",
    "SignOut",
    "callback",
    "cancelled",
    "security",
    "sign_in_by",
]
