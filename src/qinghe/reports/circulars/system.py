from django.db.models import Model

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, System
from qinghe.kernel.access.actors import Actor

from . import access, queries
from .access import Act
from .runners import RUNNERS


def _never(actor: Actor, record: Model) -> bool:
    return False  # papers come with an answer and stay with it; the PDF with its circular


SYSTEM = System(
    slug="circulars",
    label="工作情况通报",
    urls="qinghe.reports.circulars.urls",
    menu=(MenuItem("工作情况通报", "circulars:index", tuple(Act), group="工作台"),),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    data=access.DATA,
    attachable=(
        Attachable("circulars.Feedback", queries.feedback_seen_by, _never),
        Attachable("circulars.Circular", queries.circulars_seen_by, _never),
    ),
    jobs=RUNNERS,
    inbox=(
        Queue(
            code="circulars.review",
            label="通报核稿",
            state="待核稿",
            act=Act.REVIEW,
            waiting=queries.waiting_for_review,
            items=queries.review_items,
            since="sent_at",
            org="org",
            days=3,
        ),
        Queue(
            code="circulars.issue",
            label="通报印发",
            state="待印发",
            act=Act.ISSUE,
            waiting=queries.waiting_to_issue,
            items=queries.issue_items,
            since="reviewed_at",
            org="org",
            days=3,
        ),
        Queue(
            code="circulars.answer",
            label="通报反馈",
            state="待反馈",
            act=Act.ANSWER,
            waiting=queries.waiting_for_answer,
            items=queries.answer_items,
            since="asked_at",
            org="org",
            due="answer_by",
        ),
        Queue(
            code="circulars.answered",
            label="通报反馈审阅",
            state="待审阅",
            act=Act.WRITE,
            waiting=queries.answers_to_read,
            items=queries.answered_items,
            since="answered_at",
            org="org",
            days=7,
        ),
    ),
)
