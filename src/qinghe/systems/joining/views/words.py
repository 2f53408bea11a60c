"""What the verbs of the trail are called."""

from qinghe.edges.web import timeline


def name_verbs() -> None:
    """Name the verbs of joining and what their lines tell."""
    timeline.VERBS.update(
        {
            "joining.apply": "提交入团申请",
            "joining.enter_application": "登记入团申请",
            "joining.hold_talk": "派人谈话",
            "joining.propose_activist": "上报入团积极分子",
            "joining.confirm_activist": "批准入团积极分子",
            "joining.name_contacts": "指定培养联系人",
            "joining.add_lesson": "登记团课",
            "joining.strike_lesson": "划去团课记录",
            "joining.finish_cultivation": "完成培养考察",
            "joining.recommend": "推荐发展对象",
            "joining.preview": "预审通过",
            "joining.post_notice": "公示",
            "joining.object_to": "登记异议",
            "joining.answer_objection": "答复异议",
            "joining.close_notice": "公示期满",
            "joining.name_introducers": "确定入团介绍人",
            "joining.fill_form": "填写入团志愿书",
            "joining.hold_meeting": "支部大会表决",
            "joining.approve": "批准入团",
            "joining.file": "备案",
            "joining.tell_result": "反馈审批结果",
            "joining.hold_ceremony": "入团仪式",
            "joining.archive": "归档",
            "joining.refuse": "不予发展",
            "joining.withdraw": "撤回申请",
            "joining.lapse": "作失效处理",
            "joining.pause": "暂停",
            "joining.resume": "恢复办理",
            "joining.set_terms": "调整发展团员条件",
            "joining.set_ceiling": "设定团青比上限",
            "joining.enter_class": "登记毕业班",
            "joining.change_class": "更正毕业班学生数",
            "people.open_league_file": "建立团员档案",
        }
    )
    timeline.DETAILS.update(
        {
            "joining.on": "办理日期",
            "joining.until": "公示截止",
            "joining.number": "发展团员编号",
            "joining.joined_on": "入团日期",
            "joining.lasted": "学时",
            "joining.quarters": "学时的四倍",  # lines written before
            "joining.hours": "志愿服务小时",
            "joining.entitled": "应到",
            "joining.present": "实到",
            "joining.agreed": "赞成",
            "joining.opposed": "反对",
            "joining.abstained": "弃权",
            "joining.upheld": "异议成立",
            "joining.students": "学生数",
            "joining.per_mille": "上限（千分比）",
            "joining.days": "暂停天数",
        }
    )
