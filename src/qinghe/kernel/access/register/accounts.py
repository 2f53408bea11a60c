"""How people sign in: Django's and allauth's tables, and our own beside them."""

from qinghe.kernel.access.levels import Level, table

_INTERNAL = Level.INTERNAL
_SENSITIVE = Level.SENSITIVE
_SIGN_IN = "让本人登录，并证明是本人"
_LINK = "连接两张表"

ACCOUNTS = (
    *table(
        "auth.User",
        _SIGN_IN,
        {
            "password": (_SENSITIVE, "口令摘要"),
            "last_login": (_INTERNAL, "上次登录"),
            "is_superuser": (_INTERNAL, "不使用"),
            "username": (_INTERNAL, "账号名"),
            "first_name": (_INTERNAL, "不使用"),
            "last_name": (_INTERNAL, "不使用"),
            "email": (_SENSITIVE, "电子邮箱"),
            "is_staff": (_INTERNAL, "不使用"),
            "is_active": (_INTERNAL, "是否启用"),
            "date_joined": (_INTERNAL, "开通时间"),
        },
    ),
    *table("auth.User_groups", _LINK, {"user": (_INTERNAL, "账号"), "group": (_INTERNAL, "组")}),
    *table(
        "auth.User_user_permissions",
        _LINK,
        {"user": (_INTERNAL, "账号"), "permission": (_INTERNAL, "权限")},
    ),
    *table(
        "account.EmailAddress",
        _SIGN_IN,
        {
            "user": (_INTERNAL, "账号"),
            "email": (_SENSITIVE, "电子邮箱"),
            "verified": (_INTERNAL, "是否验证"),
            "primary": (_INTERNAL, "是否主要"),
        },
    ),
    *table(
        "account.EmailConfirmation",
        _SIGN_IN,
        {
            "email_address": (_SENSITIVE, "电子邮箱"),
            "created": (_INTERNAL, "生成时间"),
            "sent": (_INTERNAL, "发出时间"),
            "key": (_SENSITIVE, "验证码"),
        },
    ),
    *table(
        "mfa.Authenticator",
        _SIGN_IN,
        {
            "user": (_INTERNAL, "账号"),
            "type": (_INTERNAL, "第二重验证类别"),
            "data": (_SENSITIVE, "第二重验证密钥"),
            "created_at": (_INTERNAL, "登记时间"),
            "last_used_at": (_INTERNAL, "上次使用"),
        },
    ),
    *table(
        "usersessions.UserSession",
        "让本人看到并结束自己的登录",
        {
            "user": (_INTERNAL, "账号"),
            "created_at": (_INTERNAL, "登录时间"),
            "ip": (_SENSITIVE, "登录地址"),
            "last_seen_at": (_INTERNAL, "最近使用"),
            "session_key": (_SENSITIVE, "会话标识"),
            "user_agent": (_SENSITIVE, "浏览器"),
            "data": (_INTERNAL, "其他"),
        },
    ),
    *table(
        "sessions.Session",
        "保持登录",
        {
            "session_key": (_SENSITIVE, "会话标识"),
            "session_data": (_SENSITIVE, "会话内容"),
            "expire_date": (_INTERNAL, "到期时间"),
        },
    ),
    *table(
        "socialaccount.SocialAccount",
        _SIGN_IN,
        {
            "user": (_INTERNAL, "账号"),
            "provider": (_INTERNAL, "身份来源"),
            "uid": (_SENSITIVE, "来源处的标识"),
            "last_login": (_INTERNAL, "上次登录"),
            "date_joined": (_INTERNAL, "绑定时间"),
            "extra_data": (_SENSITIVE, "来源给出的资料"),
        },
    ),
    *table(
        "socialaccount.SocialToken",
        _SIGN_IN,
        {
            "app": (_INTERNAL, "身份来源"),
            "account": (_INTERNAL, "账号"),
            "token": (_SENSITIVE, "令牌"),
            "token_secret": (_SENSITIVE, "令牌密钥"),
            "expires_at": (_INTERNAL, "到期时间"),
        },
    ),
    *table(
        "accounts.FactorSecret",
        _SIGN_IN,
        {"user": (_INTERNAL, "账号"), "sealed": (_SENSITIVE, "第二重验证密钥（密文）")},
    ),
    *table(
        "accounts.FormerPassword",
        "不重复使用旧密码",
        {
            "user": (_INTERNAL, "账号"),
            "encoded": (_SENSITIVE, "旧口令摘要"),
            "replaced_at": (_INTERNAL, "更换时间"),
        },
    ),
    *table(
        "api.Token",
        "程序代本人办理",
        {
            "user": (_INTERNAL, "账号"),
            "name": (_INTERNAL, "名称"),
            "begins": (_INTERNAL, "开头几位"),
            "digest": (_SENSITIVE, "令牌摘要"),
            "scopes": (_INTERNAL, "权限范围"),
            "made_at": (_INTERNAL, "生成时间"),
            "expires_at": (_INTERNAL, "到期时间"),
            "used_at": (_INTERNAL, "上次使用"),
            "revoked_at": (_INTERNAL, "停用时间"),
        },
    ),
    *table(
        "api.Answer",
        "重复提交得到同样的答复",
        {
            "user": (_INTERNAL, "账号"),
            "key": (_INTERNAL, "请求键"),
            "asked": (_INTERNAL, "请求指纹"),
            "status": (_INTERNAL, "状态码"),
            "media_type": (_INTERNAL, "类型"),
            "body": (_SENSITIVE, "答复内容"),
            "made_at": (_INTERNAL, "时间"),
        },
    ),
    *table(
        "hooks.Subscription",
        "其他系统接收事件，有人负责",
        {
            "org": (_INTERNAL, "组织"),
            "person": (_INTERNAL, "负责人"),
            "name": (_INTERNAL, "名称"),
            "address": (_INTERNAL, "接收地址"),
            "events": (_INTERNAL, "事件"),
            "secret": (_SENSITIVE, "签名密钥"),
            "state": (_INTERNAL, "状态"),
            "why": (_INTERNAL, "暂停原因"),
            "made_at": (_INTERNAL, "建立时间"),
        },
    ),
    *table(
        "hooks.Happening",
        "告诉其他系统，不含姓名和证件号",
        {
            "key": (_INTERNAL, "事件编号"),
            "event": (_INTERNAL, "事件"),
            "org": (_INTERNAL, "组织"),
            "told": (_INTERNAL, "内容：志愿者编号、场次、分钟、日期"),
            "at": (_INTERNAL, "发生时间"),
            "spread": (_INTERNAL, "是否已分发"),
        },
    ),
    *table(
        "hooks.Dispatch",
        "核对送达情况",
        {
            "subscription": (_INTERNAL, "订阅"),
            "happening": (_INTERNAL, "事件"),
            "state": (_INTERNAL, "状态"),
            "tries": (_INTERNAL, "次数"),
            "next_try": (_INTERNAL, "下次推送"),
            "tried_at": (_INTERNAL, "最近推送"),
            "status": (_INTERNAL, "应答状态码"),
            "said": (_INTERNAL, "应答说明"),
        },
    ),
)
