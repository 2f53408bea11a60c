"""Forms and filters of joining: what is well-formed."""

from .cases import (ApplicationForm, CaseFilter, OwnApplicationForm, ReasonForm)
from .numbers import (AnswerForm, AskForm, BatchFilter, BatchForm, HandForm, NumberFilterSet, NumberReasonForm, NumberRequestFilter, QuotaFilter, TakeBackForm)
from .recommending import (DayForm, DecisionForm, EndForm, PioneerFilter, PioneerForm, ProposalForm, RecommendationFilter, RecommendingReasonForm, TermsForm, VoteForm)
from .steps import (ArchiveForm, ConfirmForm, CultivationForm, DecisionForm, FillForm, LessonForm, MeetingForm, ObjectionAnswerForm, ObjectionForm, PlainForm, PreviewForm, ProposeForm, SponsorsForm, StepForm, TalkForm)
from .terms import (JoiningTermsForm)

__all__ = ["AnswerForm", "ApplicationForm", "ArchiveForm", "AskForm", "BatchFilter", "BatchForm", "CaseFilter", "ConfirmForm", "CultivationForm", "DayForm", "DecisionForm", "EndForm", "FillForm", "HandForm", "JoiningTermsForm", "LessonForm", "MeetingForm", "NumberFilterSet", "NumberReasonForm", "NumberRequestFilter", "ObjectionAnswerForm", "ObjectionForm", "OwnApplicationForm", "PioneerFilter", "PioneerForm", "PlainForm", "PreviewForm", "ProposalForm", "ProposeForm", "QuotaFilter", "ReasonForm", "RecommendationFilter", "RecommendingReasonForm", "SponsorsForm", "StepForm", "TakeBackForm", "TalkForm", "TermsForm", "VoteForm"]
