"""The reads of signing and issuing. Each that shows something starts from an actor."""

from qinghe.reports.issuing.models import Circulation, Issue, Printed, Signing

from .freezings import (
    Opened,
    files_of,
    freezing_seen_by,
    freezings_seen_by,
    may_freeze,
    state_of_facts,
    told,
)
from .frozen_figures import FrozenShown, Slice, figure_seen_by, records_seen_by
from .issued import (
    CorrectionShown,
    DifferingShown,
    correction_of,
    differing_seen_by,
    issued_text,
    issues_seen_by,
    may_correct,
    replaced_by,
)
from .rounds import (
    circulations_of,
    figures_signed,
    reports_seen_by,
    sent_back_to,
    signers_for,
    signings_seen_by,
    signings_waiting_for,
    to_issue,
)
from .ways import Stage, Way, way_of

__all__ = [
    "Circulation",
    "CorrectionShown",
    "DifferingShown",
    "FrozenShown",
    "Issue",
    "Opened",
    "Printed",
    "Signing",
    "Slice",
    "Stage",
    "Way",
    "circulations_of",
    "correction_of",
    "differing_seen_by",
    "figure_seen_by",
    "figures_signed",
    "files_of",
    "freezing_seen_by",
    "freezings_seen_by",
    "issued_text",
    "issues_seen_by",
    "may_correct",
    "may_freeze",
    "records_seen_by",
    "replaced_by",
    "reports_seen_by",
    "sent_back_to",
    "signers_for",
    "signings_seen_by",
    "signings_waiting_for",
    "state_of_facts",
    "to_issue",
    "told",
    "way_of",
]
