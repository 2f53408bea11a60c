"""Projects and their parts for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.projects import queries, services
from qinghe.systems.projects.access import Act

router = Router(tags=["项目统筹"])


class JointProjectOut(Schema):
    id: int
    title: str
    org: Code
    aim: str
    starts_on: date
    ends_on: date
    founded_on: date | None
    ended_on: date | None
    state: str


class ProjectPartOut(Schema):
    id: int
    project: int
    parent: int | None
    org: Code
    title: str
    starts_on: date
    due_on: date
    submitted_on: date | None
    accepted_on: date | None
    state: str

    @staticmethod
    def resolve_project(found: queries.Part) -> int:
        """Name the project by its key."""
        return found.project_id

    @staticmethod
    def resolve_parent(found: queries.Part) -> int | None:
        """Name the part of which it is a piece by its key."""
        return found.parent_id


class ProjectPartQuery(Schema):
    project: int | None = None


@router.get("/projects", response=list[JointProjectOut])
@paginate(ByKey, order=["-pk"])
def joint_projects(request: Request) -> object:
    """List the joint projects in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.projects_seen_by(request.actor)


@router.get("/parts", response=list[ProjectPartOut])
@paginate(ByKey, order=["-pk"])
def project_parts(request: Request, asked: Query[ProjectPartQuery]) -> object:
    """List the parts of the projects in the caller's sight, or of one project, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    found = queries.parts_seen_by(request.actor)
    return found.filter(project=asked.project) if asked.project else found


@router.post("/parts/{int:project_part_id}/take", response=ProjectPartOut)
def take_project_part(request: Request, project_part_id: int) -> object:
    """Say yes to a part that the caller's organisation was given."""
    found = get_object_or_404(queries.parts_seen_by(request.actor), pk=project_part_id)
    return services.take_part(part=found, at=timezone.now(), by=request.actor)
