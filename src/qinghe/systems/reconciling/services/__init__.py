"""What is done with exports and differences. Each is one use case and one transaction."""

from .answering import Said, answer_difference, choose_member, confirm_answer, return_answer
from .erasing import RETENTION, erase_rows
from .finishing import finish_run
from .runs import (
    CHUNK,
    KIND,
    NewRun,
    discard_run,
    drop_unfinished,
    fail_run,
    keep_extras,
    keep_rows,
    upload_run,
)
from .sources import keep_roll_columns, name_roll_source

__all__ = [
    "CHUNK",
    "KIND",
    "RETENTION",
    "NewRun",
    "Said",
    "answer_difference",
    "choose_member",
    "confirm_answer",
    "discard_run",
    "drop_unfinished",
    "erase_rows",
    "fail_run",
    "finish_run",
    "keep_extras",
    "keep_roll_columns",
    "keep_rows",
    "name_roll_source",
    "return_answer",
    "upload_run",
]
