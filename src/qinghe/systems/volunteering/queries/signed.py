"""What a certificate says in words that the house has signed (ADR 0092), and whether some are such."""

from dataclasses import dataclass

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.secrets import signing
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import models, rules


@dataclass(frozen=True)
class Genuine:
    """Words that the house has signed, and how what they speak of stands today."""

    facts: list[tuple[str, str]]
    revoked: bool


def signed_text(actor: Actor, certificate: models.Certificate, *, name: str) -> str:
    """Return what a certificate says, signed; `name` is as its reader may see it.

    Raises Refused: key_missing, key_damaged.
    """
    said = rules.statement({
        "编号": certificate.number,
        "类型": certificate.get_state_display(),
        "姓名": name,
        "志愿者编号": certificate.volunteer.number,
        "服务时间": f"{certificate.served_from.isoformat()}至{certificate.served_to.isoformat()}",
        "服务时长": f"{rules.tenths_of_hours(certificate.minutes)}小时",
        "服务次数": f"{certificate.sessions}次",
        "出具单位": certificate.issuer.name,
        "出具日期": f"{certificate.issued_at.astimezone(TZ):%Y-%m-%d}",
    })  # fmt: skip
    return rules.with_signature(said, signing.sign(said))


def genuine(actor: Actor, text: str) -> Genuine | None:
    """Return what some words say if the house has signed just them, without whose they are, or nothing.

    Raises Refused: key_damaged.
    """
    said, signature = rules.parted(text)
    if not signing.is_signed(said, signature=signature):
        return None
    facts = rules.facts_of(said)
    kept = models.Certificate.objects.filter(number=facts["编号"]).first()
    return Genuine(
        facts=[(label, told) for label, told in facts.items() if label not in rules.WHOSE],
        revoked=kept is not None and kept.state == models.Certificate.State.REVOKED,
    )
