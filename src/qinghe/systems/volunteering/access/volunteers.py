from qinghe.kernel.access.levels import Level, table

_SERVICE = "计算服务时长、人次，出具证明"
DATA = (
    *table(
        "volunteering.Volunteer",
        "志愿者注册与审核",
        {
            "number": (Level.INTERNAL, "志愿者编号"),
            "person": (Level.INTERNAL, "本人"),
            "org": (Level.INTERNAL, "主组织"),
            "applied_on": (Level.INTERNAL, "申请日期"),
            "registered_on": (Level.INTERNAL, "注册日期"),
            "withdrawn_on": (Level.INTERNAL, "退出日期"),
            "guardian_agreed_on": (Level.INTERNAL, "监护人同意日期"),
            "beside": (Level.CHILD, "同行的监护人"),
            "beside_until": (Level.CHILD, "随监护人服务至"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "volunteering.Attendance",
        _SERVICE,
        {
            "session": (Level.INTERNAL, "场次"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "state": (Level.INTERNAL, "状态"),
            "minutes": (Level.INTERNAL, "分钟"),
            "how": (Level.INTERNAL, "登记方式"),
            "superseded": (Level.INTERNAL, "让位于"),
            "for_district": (Level.INTERNAL, "当天超过12小时"),
        },
    ),
    *table(
        "volunteering.Stay",
        _SERVICE,
        {
            "attendance": (Level.INTERNAL, "服务记录"),
            "came_at": (Level.INTERNAL, "签到时间"),
            "left_at": (Level.INTERNAL, "签退时间"),
            "recorded_at": (Level.INTERNAL, "登记时间"),
            "recorded_by": (Level.INTERNAL, "登记人"),
            "supersedes": (Level.INTERNAL, "更正自"),
            "superseded": (Level.INTERNAL, "是否已更正"),
            "reason": (Level.INTERNAL, "更正原因"),
            "approved_by": (Level.INTERNAL, "更正人"),
        },
    ),
    *table(
        "volunteering.Scan",
        _SERVICE,
        {
            "nonce": (Level.INTERNAL, "随机号"),
            "session": (Level.INTERNAL, "场次"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "kind": (Level.INTERNAL, "签到或签退"),
            "how": (Level.INTERNAL, "方式"),
            "device": (Level.INTERNAL, "设备号"),
            "device_at": (Level.INTERNAL, "设备扫码时间"),
            "sent_at": (Level.INTERNAL, "设备发送时间"),
            "at": (Level.INTERNAL, "计入时间"),
            "received_at": (Level.INTERNAL, "收到时间"),
            "verdict": (Level.INTERNAL, "结果"),
            "code": (Level.INTERNAL, "原因代码"),
            "latitude": (Level.SENSITIVE, "纬度"),
            "longitude": (Level.SENSITIVE, "经度"),
        },
    ),
)
