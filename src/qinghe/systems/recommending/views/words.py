"""What the trail of recommending is called on a page."""

VERBS = {
    "recommending.propose_to_party": "提名推优入党",
    "recommending.agree_to_proposal": "团委同意提名",
    "recommending.hold_vote": "登记支部大会表决",
    "recommending.recommend": "团委推荐",
    "recommending.accept_by_party": "登记党组织接收",
    "recommending.become_probationary": "登记预备党员",
    "recommending.turn_down": "不同意、未接收",
    "recommending.withdraw_proposal": "撤回提名",
    "recommending.enter_past_recommendations": "补录推优台账",
    "recommending.set_recommending_terms": "调整推优参数",
    "recommending.nominate_pioneer": "提名推优入团",
    "recommending.sign_nomination": "大队审核签章",
    "recommending.take_up_pioneer": "团组织接收",
    "recommending.decline_pioneer": "推优入团不通过",
}
DETAILS = {
    "recommending.votes": "赞成/实到/应到",
    "recommending.aim": "推荐为",
    "recommending.source": "来源",
    "recommending.starts_on": "施行日期",
    "recommending.counted": "口径",
}
