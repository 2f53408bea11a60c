"""What is done with circulars."""

from .answering import accept, answer, ask_again, remind
from .issuing import issue
from .printing import PRINT, keep_pdf, print_pdf
from .reviewing import agree, send_back, send_for_review, take_back
from .setting_goals import About, set_goals, share_out
from .writing import Text, address, begin, choose, keep_text

__all__ = [
    "PRINT",
    "About",
    "Text",
    "accept",
    "address",
    "agree",
    "answer",
    "ask_again",
    "begin",
    "choose",
    "issue",
    "keep_pdf",
    "keep_text",
    "print_pdf",
    "remind",
    "send_back",
    "send_for_review",
    "set_goals",
    "share_out",
    "take_back",
]
