"""allauth's views with the house's pages, one address each; nothing of allauth's is mounted else."""

from qinghe.edges.accounts import trail
from qinghe.edges.web import timeline

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

timeline.VERBS.update(trail.VERBS)
timeline.DETAILS.update({"account": "账号名", "by": "方式", "provider": "外部账号"})
timeline.VALUES.update(
    {
        "totp": "身份验证器",
        "webauthn": "通行密钥",
        "recovery_codes": "备用码",
        "second_factor": "第二重验证",
        "passkey": "通行密钥",
    }
)
