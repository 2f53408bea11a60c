from qinghe.kernel.access.levels import Level, table

DATA = (
    *table(
        "volunteering.Certificate",
        "出具和查验志愿服务证明",
        {
            "number": (Level.INTERNAL, "编号"),
            "check_code": (Level.INTERNAL, "查验码"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "served_from": (Level.INTERNAL, "服务起始"),
            "served_to": (Level.INTERNAL, "服务截止"),
            "minutes": (Level.INTERNAL, "服务分钟"),
            "sessions": (Level.INTERNAL, "服务次数"),
            "issuer": (Level.INTERNAL, "出具单位"),
            "issued_at": (Level.INTERNAL, "出具时间"),
            "by_self": (Level.INTERNAL, "本人开具"),
            "state": (Level.INTERNAL, "状态"),
            "notice_from": (Level.INTERNAL, "公示开始"),
            "notice_until": (Level.INTERNAL, "公示截止"),
            "sealed_at": (Level.INTERNAL, "盖章时间"),
            "head": (Level.INTERNAL, "负责人"),
            "handler": (Level.INTERNAL, "经办人"),
            "contact": (Level.INTERNAL, "联系方式"),
            "revoked_at": (Level.INTERNAL, "撤销时间"),
            "reason": (Level.INTERNAL, "撤销原因"),
        },
    ),
)
