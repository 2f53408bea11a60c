from qinghe.kernel.access.levels import Level, table

_WHY = "星级志愿者评定"
DATA = (
    *table(
        "volunteering.StarCase",
        _WHY,
        {
            "round": (Level.INTERNAL, "评定批次"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "org": (Level.INTERNAL, "申报时主组织"),
            "star": (Level.INTERNAL, "星级"),
            "minutes": (Level.INTERNAL, "计入分钟"),
            "carried": (Level.INTERNAL, "其中结转分钟"),
            "served": (Level.INTERNAL, "计入的服务记录"),
            "by_self": (Level.INTERNAL, "本人申请"),
            "proposed_by": (Level.INTERNAL, "申报人"),
            "proposed_on": (Level.INTERNAL, "申报日期"),
            "step": (Level.INTERNAL, "审核步骤"),
            "awaits": (Level.INTERNAL, "待审核单位"),
            "state": (Level.INTERNAL, "状态"),
            "notice_from": (Level.INTERNAL, "公示开始"),
            "notice_until": (Level.INTERNAL, "公示截止"),
            "issued_on": (Level.INTERNAL, "认定日期"),
            "ended_on": (Level.INTERNAL, "核减日期"),
            "lowered_from": (Level.INTERNAL, "核减自"),
        },
    ),
    *table(
        "volunteering.StarDecision",
        _WHY,
        {
            "case": (Level.INTERNAL, "星级档案"),
            "org": (Level.INTERNAL, "单位"),
            "person": (Level.INTERNAL, "审核人"),
            "verdict": (Level.INTERNAL, "意见"),
            "words": (Level.INTERNAL, "说明"),
            "at": (Level.INTERNAL, "时间"),
        },
    ),
    *table(
        "volunteering.StarObjection",
        _WHY,
        {
            "case": (Level.INTERNAL, "星级档案"),
            "person": (Level.INTERNAL, "提出人"),
            "words": (Level.INTERNAL, "异议内容"),
            "at": (Level.INTERNAL, "提出时间"),
            "state": (Level.INTERNAL, "状态"),
            "answer": (Level.INTERNAL, "核实结论"),
            "answered_by": (Level.INTERNAL, "核实人"),
            "answered_at": (Level.INTERNAL, "核实时间"),
        },
    ),
    *table(
        "volunteering.CarriedHours",
        "星级评定计入平台启用前的服务",
        {
            "volunteer": (Level.INTERNAL, "志愿者"),
            "minutes": (Level.INTERNAL, "分钟"),
            "served_until": (Level.INTERNAL, "服务截止"),
            "source": (Level.INTERNAL, "来源"),
            "entered_at": (Level.INTERNAL, "录入时间"),
            "entered_by": (Level.INTERNAL, "录入人"),
        },
    ),
)
