"""Forms and filters of joining: what is well-formed."""

from .cases import (ApplicationForm, CaseFilter, OwnApplicationForm, ReasonForm)
from .numbers import (AnswerForm, AskForm, BatchFilter, BatchForm, HandForm, NumberFilterSet, NumberReasonForm, NumberRequestFilter, QuotaFilter, TakeBackForm)
from .steps import (ArchiveForm, ConfirmForm, CultivationForm, DecisionForm, FillForm, LessonForm, MeetingForm, ObjectionAnswerForm, ObjectionForm, PlainForm, PreviewForm, ProposeForm, SponsorsForm, StepForm, TalkForm)
from .terms import (JoiningTermsForm)

__all__ = ["AnswerForm", "ApplicationForm", "ArchiveForm", "AskForm", "BatchFilter", "BatchForm", "CaseFilter", "ConfirmForm", "CultivationForm", "DecisionForm", "FillForm", "HandForm", "JoiningTermsForm", "LessonForm", "MeetingForm", "NumberFilterSet", "NumberReasonForm", "NumberRequestFilter", "ObjectionAnswerForm", "ObjectionForm", "OwnApplicationForm", "PlainForm", "PreviewForm", "ProposeForm", "QuotaFilter", "ReasonForm", "SponsorsForm", "StepForm", "TakeBackForm", "TalkForm"]
