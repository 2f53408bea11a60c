from qinghe.kernel.access.levels import Level, table

_INTERNAL = Level.INTERNAL

PROGRESS_DATA = (
    *table(
        "targets.Progress",
        "办理任务进度和销号",
        {
            "charge": (_INTERNAL, "责任事项"),
            "kind": (_INTERNAL, "类别"),
            "day": (_INTERNAL, "截至日期"),
            "number": (_INTERNAL, "累计完成"),
            "words": (_INTERNAL, "进展情况"),
            "filed_by": (_INTERNAL, "填报人"),
            "filed_on": (_INTERNAL, "提交日期"),
            "decided_by": (_INTERNAL, "审核人"),
            "decided_on": (_INTERNAL, "审核日期"),
            "reason": (_INTERNAL, "退回原因"),
            "reopened_on": (_INTERNAL, "重新办理日期"),
            "reopened_why": (_INTERNAL, "重新办理原因"),
            "state": (_INTERNAL, "状态"),
        },
    ),
    *table(
        "targets.Pause",
        "说明督办为何暂停",
        {
            "charge": (_INTERNAL, "责任事项"),
            "starts_on": (_INTERNAL, "暂停起"),
            "until": (_INTERNAL, "暂停至"),
            "reason": (_INTERNAL, "原因"),
            "ended_on": (_INTERNAL, "恢复日期"),
            "entered_by": (_INTERNAL, "办理人"),
        },
    ),
    *table(
        "targets.Slip",
        "发出督办单",
        {
            "charge": (_INTERNAL, "责任事项"),
            "issuer": (_INTERNAL, "发出单位"),
            "year": (_INTERNAL, "年度"),
            "number": (_INTERNAL, "编号"),
            "day": (_INTERNAL, "发出日期"),
            "answer_by": (_INTERNAL, "反馈期限"),
            "words": (_INTERNAL, "督办要求"),
            "stood": (_INTERNAL, "发出时的情况"),
            "issued_by": (_INTERNAL, "签发人"),
        },
    ),
    *table(
        "targets.SupervisionTerms",
        "说明参数由谁设定",
        {
            "title": (_INTERNAL, "名称"),
            "starts_on": (_INTERNAL, "施行日期"),
            "green_percent": (_INTERNAL, "绿灯"),
            "yellow_percent": (_INTERNAL, "黄灯"),
            "quiet_percent": (_INTERNAL, "起步"),
            "soon_days": (_INTERNAL, "到期提醒"),
            "named_days": (_INTERNAL, "点名通报"),
            "file_days": (_INTERNAL, "填报间隔"),
            "answer_days": (_INTERNAL, "填报期限"),
            "source": (_INTERNAL, "依据"),
            "reason": (_INTERNAL, "调整原因"),
            "entered_by": (_INTERNAL, "设定人"),
        },
    ),
)
