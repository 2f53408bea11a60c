from qinghe.kernel.access.levels import Level, table

_WHY = "志愿队伍的成员、负责人和年度确认"
_NOTICE = "核实队伍成立公示的异议"
_TRAINING = "登记志愿者培训学时"
DATA = (
    *table(
        "volunteering.TeamMember",
        _WHY,
        {
            "team": (Level.INTERNAL, "队伍"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "asked_on": (Level.INTERNAL, "提出日期"),
            "joined_on": (Level.INTERNAL, "加入日期"),
            "left_on": (Level.INTERNAL, "离队日期"),
            "state": (Level.INTERNAL, "状态"),
            "words": (Level.INTERNAL, "说明"),
        },
    ),
    *table(
        "volunteering.TeamPost",
        _WHY,
        {
            "team": (Level.INTERNAL, "队伍"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "post": (Level.INTERNAL, "职务"),
            "starts_on": (Level.INTERNAL, "任职日期"),
            "ends_on": (Level.INTERNAL, "卸任日期"),
        },
    ),
    *table(
        "volunteering.HeadChange",
        _WHY,
        {
            "team": (Level.INTERNAL, "队伍"),
            "volunteer": (Level.INTERNAL, "拟任负责人"),
            "reason": (Level.INTERNAL, "变更原因"),
            "applied_by": (Level.INTERNAL, "申请人"),
            "applied_on": (Level.INTERNAL, "申请日期"),
            "state": (Level.INTERNAL, "状态"),
            "decided_by": (Level.INTERNAL, "审核人"),
            "decided_on": (Level.INTERNAL, "审核日期"),
            "words": (Level.INTERNAL, "审核说明"),
        },
    ),
    *table(
        "volunteering.TeamConfirmation",
        _WHY,
        {
            "team": (Level.INTERNAL, "队伍"),
            "year": (Level.INTERNAL, "年度"),
            "head": (Level.INTERNAL, "负责人"),
            "members": (Level.INTERNAL, "成员数"),
            "sessions": (Level.INTERNAL, "年内活动场次"),
            "words": (Level.INTERNAL, "说明"),
            "submitted_by": (Level.INTERNAL, "提交人"),
            "submitted_on": (Level.INTERNAL, "提交日期"),
            "state": (Level.INTERNAL, "状态"),
            "decided_by": (Level.INTERNAL, "审核人"),
            "decided_on": (Level.INTERNAL, "审核日期"),
            "reason": (Level.INTERNAL, "退回原因"),
        },
    ),
    *table(
        "volunteering.TeamObjection",
        _NOTICE,
        {
            "team": (Level.INTERNAL, "队伍"),
            "person": (Level.INTERNAL, "提出人"),
            "words": (Level.INTERNAL, "异议内容"),
            "at": (Level.INTERNAL, "提出时间"),
            "state": (Level.INTERNAL, "状态"),
            "answer": (Level.INTERNAL, "核实情况"),
            "answered_by": (Level.INTERNAL, "核实人"),
            "answered_at": (Level.INTERNAL, "核实时间"),
        },
    ),
    *table(
        "volunteering.Credit",
        _TRAINING,
        {
            "training": (Level.INTERNAL, "培训"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "quarters": (Level.INTERNAL, "学时"),
            "credited_at": (Level.INTERNAL, "登记时间"),
            "struck_at": (Level.INTERNAL, "取消时间"),
            "reason": (Level.INTERNAL, "取消原因"),
        },
    ),
)
