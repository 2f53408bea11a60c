"""What is typed and uploaded, and what is well-formed of it."""

from .differences import AnswerForm, ChooseMemberForm, DifferenceFilter, ReturnForm, RunRowFilter
from .exports import LABELS, Export, example_of, read_export, rows_of
from .sources import RollExampleForm, RollMappingForm, RollSourceForm, UploadForm

__all__ = [
    "LABELS",
    "AnswerForm",
    "ChooseMemberForm",
    "DifferenceFilter",
    "Export",
    "ReturnForm",
    "RollExampleForm",
    "RollMappingForm",
    "RollSourceForm",
    "RunRowFilter",
    "UploadForm",
    "example_of",
    "read_export",
    "rows_of",
]
