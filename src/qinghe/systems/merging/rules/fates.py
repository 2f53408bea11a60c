"""What becomes of every key to a person when two rows become one (docs/adr/0068).

A test walks all models: a key that is neither here nor a signature stops it, and a merge too. When
in doubt a key STAYS: nothing is then gained by merging.
"""

from qinghe.kernel.people.keys import Fate, KeyRule

SIGNED = KeyRule(Fate.STAYS, "经办签名")


class _Register(dict[str, KeyRule]):
    """The fates by key; a key called …_by says who acted, and what is signed stays signed."""

    def __missing__(self, name: str) -> KeyRule:
        if name.endswith(("_by", ".by")):
            return SIGNED
        raise KeyError(f"{name} leads to a person and has no fate; see docs/adr/0068")


def _all(fate: Fate, labels: dict[str, str]) -> dict[str, KeyRule]:
    return {name: KeyRule(fate, label) for name, label in labels.items()}


FATES = _Register(
    {
        **_all(
            Fate.SETTLED,
            {
                "people.Membership.person": "团员名册",
                "people.Post.person": "团内职务",
                "people.Contact.person": "联系方式",
            },
        ),
        **_all(
            Fate.FOLDS,
            {
                "people.LeagueFile.person": "团员档案",
                "volunteering.Volunteer.person": "志愿者登记",
            },
        ),
        **_all(
            Fate.MOVES,
            {
                "people.Person.merged_into": "此前并入的档案",
                "rolls.DuesRate.person": "团费标准",
                "rolls.DuesPayment.person": "团费交纳",
                "rolls.Leaving.person": "离团事项",
                "rolls.Expulsion.person": "开除团籍",
                "transfers.Transfer.person": "团组织关系转接",
                "transfers.AbroadStay.person": "出国（境）登记",
                "joining.Case.person": "入团申请",
                "joining.Number.person": "发展团员编号",
                "recommending.Recommendation.person": "推优入党",
                "cadres.Achievement.person": "工作业绩",
                "cadres.Candidate.person": "储备人选",
                "cadres.Incentive.person": "激励记录",
                "cadres.Secondment.person": "互兼互挂",
                "venues.Booking.person": "场地预约",
                "venues.Shift.person": "驿站值班",
                "venues.Swap.asker": "换班申请",
                "venues.Swap.other": "换班对象",
                "training.Lecturer.person": "团课讲师",
                "training.Enrolment.person": "培训报名",
                "volunteering.Attendance.volunteer": "活动签到",
                "volunteering.StarCase.volunteer": "星级评定",
                "volunteering.CarriedHours.volunteer": "往年时长",
                "volunteering.SignUp.volunteer": "活动报名",
                "volunteering.TeamMember.volunteer": "志愿队伍成员",
                "volunteering.TeamPost.volunteer": "志愿队伍职务",
                "volunteering.TeamConfirmation.head": "队伍负责人确认",
                "volunteering.HeadChange.volunteer": "队伍负责人变更",
                "volunteering.CarriedRow.volunteer": "外来时长清单",
                "volunteering.Certificate.volunteer": "志愿服务证明",
                "volunteering.CourtesyClaim.volunteer": "礼遇领取",
                "volunteering.HoursDispute.volunteer": "时长异议",
                "volunteering.LateLine.volunteer": "补录时长",
                "volunteering.Scan.volunteer": "扫码记录",
            },
        ),
        # Both branches reviewed, both units counted, both rows elected or answering for one applicant:
        # what was written down then stays as it was.
        **_all(
            Fate.LEAVES,
            {
                "appraisals.Line.person": "团员评议",
                "cadres.Elected.person": "换届当选",
                "founding.ListedMember.person": "建团申请名单",
                "joining.Sponsor.person": "入团联系人、介绍人",
                "people.FormerStay.person": "此前的团籍",
                "reconciling.Difference.person": "对账差异",
                "reconciling.RunRow.person": "对账清单",
                "reorganising.StepMember.person": "机构调整名单",
            },
        ),
        **_all(
            Fate.DROPS,
            {
                "volunteering.Profile.volunteer": "志愿者资料",
                "volunteering.SessionCall.volunteer": "活动召集",
                "volunteering.Credit.volunteer": "培训学分",
                "projects.EventPerson.person": "项目日程参加人员",
            },
        ),
        **_all(
            Fate.ENDS,
            {"volunteering.CalendarFeed.person": "日历订阅地址"},
        ),
        **_all(
            Fate.STAYS,
            {
                "access.Account.person": "登录账号",
                "access.Holding.person": "岗位",
                "access.Invitation.person": "邀请",
                "access.SupportSession.admin": "支持会话",
                "consent.Consent.person": "同意书",
                "consent.Guardianship.ward": "被监护人",
                "consent.Guardianship.guardian": "监护人",
                "volunteering.Volunteer.beside": "志愿者同行的监护人",
                "people.ChildAccess.person": "查看未成年人的申请",
                "notices.Notice.person": "通知",
                "notices.Preference.person": "通知方式",
                "notices.Reminder.person": "提醒",
                "hooks.Subscription.person": "事件推送",
                "privacy.Request.person": "个人信息请求",
                "merging.Merge.kept": "人员合并",
                "merging.Merge.duplicate": "人员合并",
                "merging.Apart.first": "不是同一人",
                "merging.Apart.second": "不是同一人",
                "founding.Unit.officer": "建团责任人",
                "founding.Visit.visitor": "建团走访",
                "founding.Application.secretary": "拟任书记",
                "founding.Application.applicant": "建团申请人",
                "branches.Grading.secretary": "评星签字",
                "branches.Grading.witness": "评星签字",
                "branches.Grading.reviewer": "评星复核",
                "branches.Grading.checker": "评星抽查",
                "assessments.Review.reviewer": "考核评审",
                "cadres.Examination.person": "储备人选考察",
                "inspections.Visit.inspector": "巡查员",
                "meetings.Chore.owner": "会务事项负责人",
                "meetings.Reader.person": "内部事项阅读范围",
                "meetings.Representative.person": "成员单位代表",
                "volunteering.TeamObjection.person": "队伍异议",
                "volunteering.StarDecision.person": "星级评定签字",
                "volunteering.StarObjection.person": "星级异议",
                "drafting.FixedWording.person": "措辞登记人",
                "issuing.Signing.person": "报告签批",
            },
        ),
    }
)
