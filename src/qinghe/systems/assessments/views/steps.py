"""What comes next of a scheme, for whoever reads its page."""

from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.assessments import queries
from qinghe.systems.assessments.access import Act
from qinghe.systems.assessments.queries import Scheme, SchemeState


def actions_of(request: Request, found: Scheme) -> list[pages.Action]:
    """Return what the reader may do next with a scheme."""
    actions = _making(found) if actors.may(request.actor, Act.MAKE, at=found.org) else []
    if queries.may_watch(request.actor, found) and found.state not in (
        SchemeState.DRAFT,
        SchemeState.DROPPED,
        SchemeState.REPLACED,
    ):
        actions.append(_go("复核台", "desk", found))
    if queries.rankings_seen_by(request.actor, found).exists():
        actions.append(_go("排名", "ranking", found))
    return actions


def _making(found: Scheme) -> list[pages.Action]:
    match found.state:
        case SchemeState.DRAFT:
            ask = "发布后各单位开始自评。确定发布吗？"
            return [
                _do("发布", "scheme_publish", found, ask=ask),
                _go("添加分类", "heading_new", found),
                _go("修改", "scheme_change", found),
                _go("作废", "scheme_drop", found),
            ]
        case SchemeState.PUBLISHED:
            ask = "公示后不能再复核，各单位可以提出异议。确定公示吗？"
            return [
                _do("公示结果", "show_results", found, ask=ask),
                pages.Action("取数", _url("take_figures", found), post=True),
                _go("未提交名单", "missing", found),
                _go("修订", "scheme_revise", found),
            ]
        case SchemeState.SHOWN:
            ask = "排名确定后得分封存，改分要用“更正”并留下新版。确定吗？"
            return [_do("确定排名", "fix_ranking", found, ask=ask)]
        case SchemeState.FIXED:
            return [_do("通报", "announce", found, ask="通报后各被考核单位都能看到排名。确定吗？")]
        case _:
            return []


def _do(label: str, name: str, found: Scheme, *, ask: str) -> pages.Action:
    return pages.Action(label, _url(name, found), primary=True, post=True, ask=ask)


def _go(label: str, name: str, found: Scheme) -> pages.Action:
    return pages.Action(label, _url(name, found))


def _url(name: str, found: Scheme) -> str:
    return reverse(f"assessments:{name}", args=[found.pk])
