"""Forms and filters of joining: what is well-formed."""

from .numbers import (
    AnswerForm,
    AskForm,
    BatchFilter,
    BatchForm,
    HandForm,
    NumberFilterSet,
    NumberReasonForm,
    NumberRequestFilter,
    QuotaFilter,
    TakeBackForm,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "BatchFilter",
    "BatchForm",
    "HandForm",
    "NumberFilterSet",
    "NumberReasonForm",
    "NumberRequestFilter",
    "QuotaFilter",
    "TakeBackForm",
]
