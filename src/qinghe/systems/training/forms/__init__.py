"""Forms and filters of training."""

from .classes import ClassFilter, ClassForm, DeskForm, ReasonForm
from .own import AgreeForm, CheckForm
from .programmes import CourseForm, LecturerForm, ProgrammeForm
from .speaking import (
    AcceptForm,
    ChangeWebcastForm,
    HoldLectureForm,
    HoldWebcastForm,
    LectureFilter,
    LectureForm,
    RatingForm,
    ReplayForm,
    WebcastFilter,
    WebcastForm,
)

__all__ = [
    "AcceptForm",
    "AgreeForm",
    "ChangeWebcastForm",
    "CheckForm",
    "ClassFilter",
    "ClassForm",
    "CourseForm",
    "DeskForm",
    "HoldLectureForm",
    "HoldWebcastForm",
    "LectureFilter",
    "LectureForm",
    "LecturerForm",
    "ProgrammeForm",
    "RatingForm",
    "ReasonForm",
    "ReplayForm",
    "WebcastFilter",
    "WebcastForm",
]
