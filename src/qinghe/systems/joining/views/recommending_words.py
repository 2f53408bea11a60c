"""What the trail of recommending is called on a page."""

VERBS = {
    "joining.propose_to_party": "提名推优入党",
    "joining.agree_to_proposal": "团委同意提名",
    "joining.hold_vote": "登记支部大会表决",
    "joining.recommend": "团委推荐",
    "joining.accept_by_party": "登记党组织接收",
    "joining.become_probationary": "登记预备党员",
    "joining.turn_down": "不同意、未接收",
    "joining.withdraw_proposal": "撤回提名",
    "joining.enter_past_recommendations": "补录推优台账",
    "joining.set_recommending_terms": "调整推优参数",
    "joining.nominate_pioneer": "提名推优入团",
    "joining.sign_nomination": "大队审核签章",
    "joining.take_up_pioneer": "团组织接收",
    "joining.decline_pioneer": "推优入团不通过",
}
DETAILS = {"joining.votes": "赞成/实到/应到"}
