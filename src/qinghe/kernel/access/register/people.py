"""Who people are, what they belong to, and what they may."""

from qinghe.kernel.access.levels import Level, table

_INTERNAL = Level.INTERNAL
_SENSITIVE = Level.SENSITIVE

PEOPLE = (
    *table(
        "people.Person",
        "认出同一个人，不重复登记",
        {
            "number": (_INTERNAL, "人员编号"),
            "name": (_INTERNAL, "姓名"),
            "sex": (_INTERNAL, "性别"),
            "birth_date": (_SENSITIVE, "出生日期"),
            "merged_into": (_INTERNAL, "合并到"),
            "merged_on": (_INTERNAL, "合并日期"),
        },
    ),
    *table(
        "people.Membership",
        "团员名册，按日统计团员数",
        {
            "person": (_INTERNAL, "团员"),
            "org": (_INTERNAL, "所在团组织"),
            "starts_on": (_INTERNAL, "入册日期"),
            "ends_on": (_INTERNAL, "终止日期"),
        },
    ),
    *table(
        "people.LeagueFile",
        "团员的入团日期和编号，一人一份",
        {
            "person": (_INTERNAL, "团员"),
            "joined_on": (_INTERNAL, "入团日期"),
            "number": (_INTERNAL, "发展团员编号"),
            "party_on": (_INTERNAL, "入党日期"),
            "left_on": (_INTERNAL, "离团日期"),
            "left_as": (_INTERNAL, "离团方式"),
        },
    ),
    *table(
        "people.FormerStay",
        "重新入团的人此前的团籍，编号不再使用",
        {
            "person": (_INTERNAL, "团员"),
            "joined_on": (_INTERNAL, "入团日期"),
            "number": (_INTERNAL, "发展团员编号"),
            "party_on": (_INTERNAL, "入党日期"),
            "left_on": (_INTERNAL, "离团日期"),
            "left_as": (_INTERNAL, "离团方式"),
        },
    ),
    *table(
        "people.Post",
        "团干部任职，按日统计团干部数",
        {
            "person": (_INTERNAL, "团干部"),
            "org": (_INTERNAL, "任职组织"),
            "title": (_INTERNAL, "职务"),
            "service": (_INTERNAL, "任职性质"),
            "starts_on": (_INTERNAL, "任职日期"),
            "ends_on": (_INTERNAL, "离任日期"),
        },
    ),
    *table(
        "people.Contact",
        "联系本人或监护人，核实身份；加密保存",
        {
            "person": (_INTERNAL, "本人"),
            "phone": (_SENSITIVE, "手机号"),
            "id_number": (_SENSITIVE, "身份证号"),
            "address": (_SENSITIVE, "住址"),
            "guardian_name": (_SENSITIVE, "监护人姓名"),
            "guardian_phone": (_SENSITIVE, "监护人电话"),
            "phone_index": (_SENSITIVE, "手机号索引"),
            "id_number_index": (_SENSITIVE, "身份证号索引"),
        },
    ),
    *table(
        "people.ChildAccess",
        "查看未成年人信息须经另一人批准（S-04、S-05）",
        {
            "person": (_INTERNAL, "未成年人"),
            "asked_by": (_INTERNAL, "申请人"),
            "reason": (_INTERNAL, "事由"),
            "asked_at": (_INTERNAL, "申请时间"),
            "state": (_INTERNAL, "状态"),
            "decided_by": (_INTERNAL, "审批人"),
            "decided_at": (_INTERNAL, "审批时间"),
            "answer": (_INTERNAL, "答复"),
            "valid_until": (_INTERNAL, "有效至"),
        },
    ),
)

ACCESS = (
    *table(
        "access.Account",
        "把登录账号对应到人",
        {"user": (_INTERNAL, "账号"), "person": (_INTERNAL, "本人")},
    ),
    *table(
        "access.Holding",
        "谁在何时何处有何权限",
        {
            "person": (_INTERNAL, "任职人"),
            "role": (_INTERNAL, "岗位"),
            "org": (_INTERNAL, "组织"),
            "starts_on": (_INTERNAL, "开始日期"),
            "ends_on": (_INTERNAL, "结束日期"),
            "department": (_INTERNAL, "部门"),
            "deputy_for": (_INTERNAL, "代理哪项任职"),
        },
    ),
    *table(
        "access.Invitation",
        "让被邀请的人开通账号并任职",
        {
            "code_hash": (_SENSITIVE, "邀请码的摘要"),
            "person": (_INTERNAL, "被邀请人"),
            "role": (_INTERNAL, "岗位"),
            "org": (_INTERNAL, "组织"),
            "department": (_INTERNAL, "部门"),
            "ends_on": (_INTERNAL, "任职结束日期"),
            "made_by": (_INTERNAL, "邀请人"),
            "made_at": (_INTERNAL, "发出时间"),
            "expires_at": (_INTERNAL, "有效至"),
            "accepted_at": (_INTERNAL, "接受时间"),
            "withdrawn_at": (_INTERNAL, "撤回时间"),
        },
    ),
    *table(
        "access.SupportSession",
        "系统管理员何时为何借用岗位",
        {
            "admin": (_INTERNAL, "系统管理员"),
            "org": (_INTERNAL, "组织"),
            "role": (_INTERNAL, "借用岗位"),
            "reason": (_INTERNAL, "事由"),
            "starts_at": (_INTERNAL, "开始"),
            "ends_at": (_INTERNAL, "最晚结束"),
            "ended_at": (_INTERNAL, "结束"),
        },
    ),
)
