"""What a text is checked against beside its figures: the names of the directory, the fixed words."""

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.reports.drafting import models
from qinghe.reports.drafting.rules.findings import Surroundings

from . import seen

NAMED = (
    OrgKind.STREET,
    OrgKind.COMMUNITY,
    OrgKind.WORKING_COMMITTEE,
    OrgKind.INDUSTRY_WORKING_COMMITTEE,
)


def surroundings(actor: Actor, report: models.Report) -> Surroundings:
    """Return the report's period, its fixed words and the names that the directory knows.

    Names are public: streets and communities are looked up whoever asks. Raises Refused:
    not_allowed.
    """
    seen.require_seen(actor, report)
    return Surroundings(
        period=report.span,
        fixed=frozenset(report.fixed_wordings.values_list("words", flat=True)),
        org_names=frozenset(Org.objects.filter(kind__in=NAMED).values_list("name", flat=True)),
    )
