"""What a notice can be about, and by which ways it can leave the house."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a notice is about. A person chooses for each kind which channels may carry it."""

    SECURITY = "security", "账号安全"
    LATE = "late", "待办逾期"
    TODO = "todo", "新的待办"
    RESULT = "result", "办理结果"
    PRIVACY = "privacy", "个人信息"
    JOB = "job", "后台任务"
    SYSTEM = "system", "平台公告"


class Channel(TextChoices):
    """A way out of the house. The list inside it is no channel: it always has every notice."""

    EMAIL = "email", "邮件"
    SMS = "sms", "短信"
    WECOM = "wecom", "企业微信"
    DINGTALK = "dingtalk", "钉钉"
