from qinghe.edges.system import MenuItem, RecordKind, System

from . import access, facts, indicators, queries, sheets

SYSTEM = System(
    slug="directory",
    label="组织",
    urls="qinghe.systems.directory.urls",
    menu=(
        MenuItem("组织概况", "directory:board", access.Act.SEE),
        MenuItem("组织名册", "directory:orgs", access.Act.SEE),
        MenuItem("团员名册", "directory:members", access.Act.SEE),
        MenuItem("团干部", "directory:cadres", access.Act.SEE),
    ),
    grants=tuple(access.GRANTS),
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind(model="orgs.Org", label="组织", rows=queries.org_lines),
        RecordKind(model="people.Membership", label="团员名册", rows=queries.member_lines),
        RecordKind(model="people.Post", label="团干部任职", rows=queries.cadre_lines),
    ),
    about_person=queries.about_person,
)
