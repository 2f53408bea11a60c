"""Lists and their items for other programs: the same queries as the pages. Nothing is filed here."""

from datetime import date
from decimal import Decimal

from ninja import Query, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.targets import queries
from qinghe.systems.targets.access import Act

router = Router(tags=["任务清单"])


class TaskListOut(Schema):
    id: int
    title: str
    number: str
    org: str
    kind: str
    year: int
    starts_on: date
    ends_on: date
    published_on: date | None
    closed_on: date | None
    state: str

    @staticmethod
    def resolve_org(task_list: queries.TaskList) -> str:
        """Name who keeps it by its code."""
        return task_list.org.code


class ListItemOut(Schema):
    id: int
    task_list: int
    number: str
    level: int
    title: str
    lead: str | None
    joints: list[str]
    is_open: bool
    starts_on: date | None
    due_on: date | None
    deliverable: str
    code: str
    target: Decimal | None
    unit: str
    offer_key: str
    dropped_on: date | None

    @staticmethod
    def resolve_task_list(item: queries.Item) -> int:
        """Name its list by its key."""
        return item.task_list_id

    @staticmethod
    def resolve_lead(item: queries.Item) -> str | None:
        """Name who answers for it by its code."""
        return item.lead.code if item.lead else None

    @staticmethod
    def resolve_joints(item: queries.Item) -> list[str]:
        """Name who works along by their codes."""
        return [org.code for org in item.joints.all()]


class ListItemQuery(Schema):
    task_list: int | None = None


@router.get("/lists", response=list[TaskListOut])
@paginate(ByKey, order=["-pk"])
def task_lists(request: Request) -> object:
    """List the lists of work in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    return queries.lists_seen_by(request.actor)


@router.get("/items", response=list[ListItemOut])
@paginate(ByKey, order=["-pk"])
def list_items(request: Request, asked: Query[ListItemQuery]) -> object:
    """List the items of the lists in the caller's sight, or of one list, newest first."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    found = queries.items_seen_by(request.actor).prefetch_related("joints")
    return found.filter(task_list=asked.task_list) if asked.task_list else found
