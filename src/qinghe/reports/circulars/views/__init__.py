"""The pages of circulars. What each verb of the trail is called on a page stands here."""

from qinghe.edges.web import timeline

timeline.VERBS.update(
    {
        "circulars.begin": "开始起草",
        "circulars.choose": "选定指标",
        "circulars.keep_text": "修改正文",
        "circulars.address": "调整下发街道",
        "circulars.set_goals": "设定目标",
        "circulars.send_for_review": "送核稿",
        "circulars.take_back": "退回起草",
        "circulars.agree": "核稿同意",
        "circulars.send_back": "核稿退回",
        "circulars.issue": "印发",
        "circulars.answer": "街道反馈",
        "circulars.accepted": "接受反馈",
        "circulars.again": "要求重新反馈",
        "circulars.remind": "催办反馈",
    }
)
timeline.DETAILS.update(
    {
        "codes": "指标",
        "noted": "知悉",
        "asked": "需反馈",
        "document": "文号",
    }
)
