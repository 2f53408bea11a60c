"""What is typed in assessments."""

from .marking import (
    UPHOLD,
    AnswerForm,
    CorrectForm,
    JudgeForm,
    KeepForm,
    ObjectForm,
    ObjectionFilter,
    hundredths_of,
)
from .schemes import HeadingForm, ItemForm, ReasonForm, SchemeFilter, SchemeForm

__all__ = [
    "UPHOLD",
    "AnswerForm",
    "CorrectForm",
    "HeadingForm",
    "ItemForm",
    "JudgeForm",
    "KeepForm",
    "ObjectForm",
    "ObjectionFilter",
    "ReasonForm",
    "SchemeFilter",
    "SchemeForm",
    "hundredths_of",
]
