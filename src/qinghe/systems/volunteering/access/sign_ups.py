from qinghe.kernel.access.levels import Level, table

_WHY = "组织志愿服务活动报名"
DATA = (
    *table(
        "volunteering.SignUp",
        _WHY,
        {
            "post": (Level.INTERNAL, "岗位"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "state": (Level.INTERNAL, "状态"),
            "signed_at": (Level.INTERNAL, "报名时间"),
            "moved_at": (Level.INTERNAL, "状态时间"),
            "offer_until": (Level.INTERNAL, "确认截止"),
            "by_leader": (Level.INTERNAL, "代报"),
            "vouched": (Level.INTERNAL, "本人确认具备"),
            "reason": (Level.INTERNAL, "原因"),
            "told_evening": (Level.INTERNAL, "已提醒前一晚"),
            "told_soon": (Level.INTERNAL, "已提醒两小时"),
        },
    ),
    *table(
        "volunteering.CalendarFeed",
        "按本人要求提供日历订阅",
        {
            "person": (Level.INTERNAL, "本人"),
            "code_hash": (Level.INTERNAL, "订阅地址摘要"),
            "made_at": (Level.INTERNAL, "生成时间"),
        },
    ),
)
