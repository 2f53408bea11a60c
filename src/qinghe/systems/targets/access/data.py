from qinghe.kernel.access.levels import Level, table

_INTERNAL = Level.INTERNAL

DATA = (
    *table(
        "targets.Claim",
        "办理任务认领",
        {
            "item": (_INTERNAL, "任务"),
            "org": (_INTERNAL, "认领单位"),
            "words": (_INTERNAL, "认领说明"),
            "asked_by": (_INTERNAL, "认领人"),
            "asked_on": (_INTERNAL, "认领日期"),
            "decided_by": (_INTERNAL, "确认人"),
            "decided_on": (_INTERNAL, "办结日期"),
            "answer": (_INTERNAL, "答复"),
            "state": (_INTERNAL, "状态"),
        },
    ),
    *table(
        "targets.Adjustment",
        "办理指标调整",
        {
            "share": (_INTERNAL, "指标"),
            "before": (_INTERNAL, "原数"),
            "after": (_INTERNAL, "新数"),
            "reason": (_INTERNAL, "原因"),
            "asked_by": (_INTERNAL, "提出人"),
            "asked_on": (_INTERNAL, "提出日期"),
            "decided_by": (_INTERNAL, "批准人"),
            "decided_on": (_INTERNAL, "办结日期"),
            "answer": (_INTERNAL, "答复"),
            "state": (_INTERNAL, "状态"),
        },
    ),
    *table(
        "targets.ShareStep",
        "说明指标为何调整",
        {
            "share": (_INTERNAL, "指标"),
            "at": (_INTERNAL, "时间"),
            "before": (_INTERNAL, "原数"),
            "after": (_INTERNAL, "新数"),
            "reason": (_INTERNAL, "原因"),
            "adjustment": (_INTERNAL, "调整"),
            "entered_by": (_INTERNAL, "调整人"),
        },
    ),
)
