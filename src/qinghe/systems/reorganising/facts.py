"""What reorganising tells analytics: plans that were carried out, and their steps, on their day."""

from django.db.models import F, QuerySet

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.facts import REQUIRED, Fact

from .models import Plan, Step


def _plan_rows() -> QuerySet:
    done = Plan.objects.filter(state=Plan.State.CARRIED_OUT)
    return done.order_by().values("org_id", record_id=F("pk"), day=F("on"))


def _step_rows() -> QuerySet:
    done = Step.objects.filter(plan__state=Plan.State.CARRIED_OUT, org__isnull=False)
    return done.order_by().values("kind", "org_id", record_id=F("pk"), day=F("plan__on"))


PLAN = Fact(
    name="reorganising_plan",
    label="执行的机构调整方案",
    grain="one plan that was carried out, at the organisation whose plan it is, on its day",
    model="reorganising.Plan",
    columns=REQUIRED,
    records=_plan_rows,
)

STEP = Fact(
    name="reorganising_step",
    label="机构调整步骤",
    grain="one step of a plan that was carried out, at the organisation that it was done to",
    model="reorganising.Step",
    columns={**REQUIRED, "kind": "string"},
    records=_step_rows,
    within=PLAN,
)

FACTS = [PLAN, STEP]


CHECKS = [
    Check(
        code="reorganising.step_without_org",
        label="已执行而没有记下组织的步骤",
        severity=Severity.ERROR,
        records=lambda: Step.objects.filter(plan__state=Plan.State.CARRIED_OUT, org__isnull=True),
        model="reorganising.Step",
        advice="核对该方案的办理记录和组织沿革，报系统管理员处理。",
    ),
]
