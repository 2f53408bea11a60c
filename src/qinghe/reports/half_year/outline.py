"""The outline of the half-year report: three parts, six, four and four items.

A sentence is data. `{VOL-02}` is a figure said in its usual way, `{VOL-02|exact}` another way;
`{district}` is a proper name. Everything else is general wording that fits any district; a
district changes `Names`, not sentences. Numbers that are fixed words (G-51) are written out.
"""

from dataclasses import asdict, dataclass

from qinghe.kernel.orgs.kinds import AREAS, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period

ORGANS: dict[str, str] = {
    OrgKind.STREET: "团工委",
    OrgKind.COMMUNITY: "团总支",
}  # who reports for an area


@dataclass(frozen=True)
class RunIn:
    """一是…, 二是…: an opening clause and what follows it in the same paragraph."""

    heading: str
    text: str


@dataclass(frozen=True)
class Item:
    """（一）…: a heading and its run-ins."""

    heading: str
    run_ins: tuple[RunIn, ...]


@dataclass(frozen=True)
class Part:
    """一、…: a heading, an opening, and either items or run-ins of its own."""

    heading: str
    opening: str = ""
    run_ins: tuple[RunIn, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A whole report, before its figures."""

    title: tuple[str, ...]
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    signature: str
    date: str
    note: str


@dataclass(frozen=True)
class Names:
    """The proper names of one district; the contact is the office's own and never kept here."""

    organ: str
    full_organ: str
    district: str
    theme: str
    broadcast: str
    honoured_national: str
    honoured_provincial: str
    media: str
    programme: str
    pilot_street: str
    conference_street: str
    school_trust: str
    contact: str
    signed: tuple[tuple[str, str], ...] = ()  # the day of issue of each period's report (G-22)

    def values(self, *, org: Org, period: Period) -> dict[str, str]:
        """Return every name by its key, with the words for the organisation and the period."""
        return {
            **{key: value for key, value in asdict(self).items() if isinstance(value, str)},
            **self._reporting(org),
            "signed_on": dict(self.signed).get(period.name, "××××年×月×日"),
            "year": str(period.start.year),
            "period": period.label,
            "half": period.label.removeprefix(f"{period.start.year}年"),
            "next_period": period.next().label,
            "next_half": period.next().label.removeprefix(f"{period.next().start.year}年"),
        }

    def _reporting(self, org: Org) -> dict[str, str]:
        """Return who reports, and the word for all that stands below."""
        if org.kind == OrgKind.DISTRICT:
            return {"whole": "全区"}
        organ = f"{org.name}{ORGANS.get(org.kind, '')}"
        whole = f"全{org.get_level_display()}" if org.kind in AREAS else "本单位"
        return {"organ": organ, "full_organ": organ, "whole": whole}


NAMES = Names(
    organ="团区委",
    full_organ="共青团深圳市龙岗区委员会",
    district="龙岗",
    theme="喜迎二十大、永远跟党走、奋进新征程",
    broadcast="五四",
    honoured_national="横岗街道团工委",
    honoured_provincial="坂田街道天安云谷团委",
    media="龙岗青年",
    programme="少年请听好",
    pilot_street="横岗街道",
    conference_street="坂田街道",
    school_trust="梦想图书室",
    contact="（联系人：××，联系方式：××）",
    signed=(("2022H1", "2022年7月4日"),),
)

IDEAS = Item(
    "聚焦思想引领，讲好青年爱听的道理",
    (
        RunIn(
            "抓实主题宣传",
            "{whole}各级团组织集中学习庆祝建团百年大会精神，以“{theme}”为主题开展教育实践。"
            "以“{broadcast}”为节点组织线上直播，参与观看{CON-01}人次。",
        ),
        RunIn(
            "用好身边榜样",
            "推荐优秀集体和个人参评各级荣誉，期内共有{HON-01}个集体和个人获全国、省、市、区"
            "“五四奖章”“两红两优”等荣誉；其中{honoured_national}等{HON-02}个团委获评“全国五四红旗团委”，"
            "{honoured_provincial}等{HON-03}个团委获评省级“五四红旗团委”。",
        ),
        RunIn(
            "建强网络阵地",
            "以“{media}”账号矩阵为主渠道，开展云上主题团日和青少年思政课程，"
            "改版节目《{programme}》播出{CON-02}期，开设青年典型专栏。"
            "组织团员参加“青年大学习”，参学比例达到{STU-01}。",
        ),
    ),
)

ORGANISATION = Item(
    "夯实组织根基，让团的工作落到支部",
    (
        RunIn(
            "坚持党建带团建",
            "推动党建带团建纳入各级考核和述职评议，衔接党、团、队育人链条。"
            "经团组织推优入党的团员{AFF-01}名；"
            "各学校团委、少工委开展入团教育{ACT-01}次、入队仪式{ACT-02}次，"
            "推优参评各级“红领巾奖章”{HON-04}枚。",
        ),
        RunIn(
            "规范基层团建",
            "全年下发学校领域发展团员编号{AFF-02}个、社会领域发展团员编号{AFF-03}个。"
            "部署两新组织团建“{TGT-01}个百分百”工作，全年下达建团指标{TGT-02}家；"
            "依托非公经济、社会组织和互联网行业团工委牵头推进，"
            "新增两新团组织{DIR-01}家，期末共计{DIR-02}家。"
            "团员教育评议率达到{AFF-04}，年度团籍注册率达到{AFF-05}。",
        ),
        RunIn(
            "深化共青团改革",
            "总结基层组织改革做法，在上级改革交流平台分享经验{MTG-01}次。"
            "印发进一步深化改革的措施清单，明确{TGT-03}个方面{TGT-04}项举措。"
            "区委常委会传达学习和研究青年工作、共青团工作{MTG-02}次，"
            "部署开展能力作风提升行动，着力解决团干部能力作风方面的问题。",
        ),
    ),
)

YOUTH = Item(
    "汇聚各方力量，服务青年投身发展",
    (
        RunIn(
            "落实党管青年",
            "指导{pilot_street}巩固青年发展“双试点”成果，设立街道级青年工作委员会；"
            "指导{conference_street}建立青少年工作党政联席会议制度，由街道党政领导召集，有关部门参加。",
        ),
        RunIn(
            "畅通联系渠道",
            "健全团代表、委员联系青年制度，依托团代表联络站收集和反馈青年意见；"
            "推进校地融合，引导高校青年参与{district}建设；"
            "组织“两代表一委员”团干部、青年企业家参加调研座谈，提升建言献策水平。",
        ),
        RunIn(
            "帮助青年扎根",
            "建立“一对一”企业服务机制，组织青年先锋队、青年突击队协助企业解决困难。"
            "举办“圆梦计划”学历提升宣讲，{OPP-01}家企业参加；"
            "依托“展翅计划”开发实习岗位{OPP-02}个；"
            "组织大学生“返家乡”社会实践，发布岗位信息{OPP-03}个，收到简历{OPP-04}份。",
        ),
    ),
)

GROWTH = Item(
    "服务成长成才，促进青年交流合作",
    (
        RunIn(
            "促进湾区青年交往",
            "协助举办青年宣讲活动，会同有关部门编印港澳青年就业创业服务手册，"
            "运行“觅U”青年交友平台，以线上互动、线下活动扩大青年交往。",
        ),
        RunIn(
            "支持青年创新创业",
            "推进“导师领航计划”，组织导师与学员结对开展领航沙龙；"
            "开展团员青年服务岗、走访学员企业等驻点服务{ACT-03}场，"
            "整合统战、青创和企业服务资源建设基地。",
        ),
        RunIn(
            "做优青年服务品牌",
            "区街社联动开展“流动少年宫”进社区，{ACT-04}个青少年服务项目落地社区；"
            "推动青年科学研究院登记注册，首批洽谈青年人才项目{OPP-05}个。",
        ),
    ),
)

VOLUNTEERING = Item(
    "壮大志愿队伍，引导青年参与基层治理",
    (
        RunIn(
            "扩大组织覆盖",
            "建设“志愿者之家”，联系指导{DIR-05}个街道义工联，"
            "新增团体志愿者队伍{VOL-05}支、注册志愿者{VOL-01}人。"
            "{half}{whole}开展志愿服务活动{VOL-02}场次，参与志愿者{VOL-03}人次，"
            "服务总时长{VOL-04}小时。",
        ),
        RunIn(
            "参与基层治理",
            "围绕文明城市创建，巡查督导{INS-01}个志愿服务点位的“三有”建设；"
            "持续实施“少年急救官”公益训练营；开展健康学堂等线上活动{ACT-05}期；"
            "通过“U爱助梦”项目募集图书{VOL-10}册，建成{school_trust}{VOL-11}个。",
        ),
        RunIn(
            "规范队伍管理",
            "坚持精神激励为主，推出“头雁”培训计划和志愿者礼遇计划。"
            "推荐的{HON-05}名志愿者获市级最美志愿者称号，认定星级志愿者{VOL-12}名。",
        ),
    ),
)

EMERGENCY = Item(
    "冲在防控一线，发挥青年突击作用",
    (
        RunIn(
            "健全请战机制",
            "建立团组织向党组织报告请战机制，发布动员令、招募令{EMG-01}个；"
            "组建青年突击队{EMG-02}支，集结党团员青年{EMG-03}名，"
            "成立突击队临时党团支部{EMG-04}个，由队长兼任临时支部书记。",
        ),
        RunIn(
            "完善服务机制",
            "在{CAS-01}个封管控区开通{CAS-02}条“24小时党群志愿服务热线”，"
            "由社区工作者、团干部和志愿者轮值，接听诉求电话{CAS-03}个；"
            "开设心理服务防疫专线，接听心理咨询电话{CAS-04}个；制定封控区、管控区服务群众指引。",
        ),
        RunIn(
            "健全激励机制",
            "火线授予{HON-06}支队伍、{HON-07}名青年抗疫优秀集体和个人荣誉；"
            "推出抗疫专栏，举办线上活动，累计观众{CON-03}人次。",
        ),
    ),
)

PROBLEMS = Part(
    "存在的问题",
    opening="{period}，{whole}共青团工作取得一定成效，对照上级要求和青年期待，仍有以下不足：",
    run_ins=(
        RunIn(
            "基层组织建设仍需加强",
            "各级团干部中专职团干部占{DIR-06}，兼职比重大；"
            "两新领域团组织占{whole}团组织的{DIR-04}，覆盖面有待扩大。",
        ),
        RunIn("一体化工作格局仍需完善", "区街社工作联动、力量配置和资源整合还不够紧密。"),
        RunIn("服务青年的方式仍需创新", "部分活动与青年兴趣和需求的契合度有待提高。"),
        RunIn(
            "参与基层治理仍需深入",
            "志愿服务宣传推广、培训师资和成果转化不足，义工联与街道、社区的联系不够紧密。",
        ),
    ),
)

PLAN = (
    Item(
        "突出党建引领，健全组织体系",
        (
            RunIn(
                "加强政治建设",
                "完善“党管青年”工作格局，组织团员青年学习重要著作，坚定跟党走的信念。",
            ),
            RunIn("推进有效覆盖", "紧盯两新组织团建空白点，把团的工作延伸到各个领域。"),
            RunIn(
                "锤炼能力作风",
                "以年度攻坚任务清单为抓手，推动团干部主动认领任务，充实专职团干部储备库。",
            ),
        ),
    ),
    Item(
        "突出担当作为，促进三级联动",
        (
            RunIn(
                "健全管理机制", "用好“党建带团建”考核、“智慧团建”平台和工作情况通报，从严管团治团。"
            ),
            RunIn("提升干部素质", "开展基层团干部培训和大讨论，优化团干部互兼互挂机制。"),
            RunIn(
                "统筹服务项目",
                "完善区街社三级项目统筹机制，统筹开展流动少年宫、抗疫支援和志愿服务。",
            ),
        ),
    ),
    Item(
        "突出多元发展，拓展服务举措",
        (
            RunIn(
                "推进青年发展",
                "推动青年发展型城区建设，筹备召开全区青少年工作党政联席会议第{MTG-03}次全体会议。",
            ),
            RunIn(
                "建好活动阵地",
                "巩固“塔群式”活动阵地，推进“青年之家”、团办青年社团和网上青年社群建设，办好公益暑托班。",
            ),
            RunIn(
                "支持创新创业", "加快建设青年科学研究院，深化“导师领航计划”，为企业提供精准服务。"
            ),
        ),
    ),
    Item(
        "突出全民参与，提升志愿服务",
        (
            RunIn(
                "优化阵地运营",
                "完善“志愿者之家”，建设全区志愿服务专库，加强与市内外志愿服务组织的交流。",
            ),
            RunIn(
                "完善三级机制", "落实志愿服务联席会议制度、志愿服务组织化覆盖方案和志愿者礼遇计划。"
            ),
            RunIn(
                "建设专业队伍",
                "组建志愿服务讲师队和宣讲团，打造“公益生态圈”，"
                "落实“一社区{TGT-05}志愿服务队伍”，畅通居民参与社会治理的“最后一公里”。",
            ),
        ),
    ),
)

OUTLINE = Outline(
    title=("{organ}{period}工作总结", "和{next_half}工作思路"),
    opening=(
        "{period}，在区委、区政府和上级团组织的领导下，{organ}围绕中心、服务大局，"
        "团结带领{whole}团员青年学习思想、服务青年、建设基层、投身治理，各项工作有序推进。"
        "现将主要工作情况汇报如下：",
    ),
    parts=(
        Part(
            "{period}主要工作开展情况",
            items=(IDEAS, ORGANISATION, YOUTH, GROWTH, VOLUNTEERING, EMERGENCY),
        ),
        PROBLEMS,
        Part(
            "{next_period}工作思路",
            opening="{next_half}，{organ}将围绕迎接党的二十大，以四个突出为主线，重点做好以下工作。",
            items=PLAN,
        ),
    ),
    signature="{full_organ}",
    date="{signed_on}",
    note="{contact}",
)
