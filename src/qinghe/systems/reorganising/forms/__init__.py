"""What the forms of reorganising ask: a plan, its steps, a reason."""

from .plans import CopyForm, NewPlanForm, PlanFilter, PlanForm, ReasonForm
from .steps import STEP_FORMS, SourceForm, StepForm, TickedForm

__all__ = [
    "STEP_FORMS",
    "CopyForm",
    "NewPlanForm",
    "PlanFilter",
    "PlanForm",
    "ReasonForm",
    "SourceForm",
    "StepForm",
    "TickedForm",
]
