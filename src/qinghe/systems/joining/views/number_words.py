"""What the trail of development numbers is called on a page."""

VERBS = {
    "joining.enter_batch": "登记号段",
    "joining.hand_down_numbers": "下发编号",
    "joining.take_back_numbers": "收回编号",
    "joining.return_numbers": "年末退回编号",
    "joining.void_number": "作废编号",
    "joining.reserve_number": "预留编号",
    "joining.use_number": "使用编号",
    "joining.release_number": "释放编号",
    "joining.ask_for_numbers": "申请编号",
    "joining.answer_request": "答复编号申请",
    "joining.refuse_request": "不同意编号申请",
    "joining.withdraw_request": "撤回编号申请",
}
DETAILS = {
    "joining.amount": "数量",
    "joining.given": "下发给",
    "joining.wanted": "申请数",
    "joining.first": "起始编号",
    "joining.last": "终止编号",
    "joining.for": "入团所在组织",
    "joining.person": "人员",
    "joining.joined_on": "入团日期",
}
