"""Names for people and organisations that do not exist."""

from random import Random

FAMILY = "林陈何周沈苏温纪许叶程袁戴黎贺卢邱蒋汤秦廖韦顾史龚覃骆柯倪阮"
GIVEN = "禾青穗苗麦谷岚川岸峤澄沐遥朗煦晗钧屿栎榆桐柏枫舟帆桥桉溪泉汐"
BUSINESS = ("青禾样例", "新岸样例", "远帆样例", "晨曦样例", "栎林样例", "山海样例", "明川样例")
TRADES = ("电子", "物流", "软件", "新能源", "医疗器械", "文创", "餐饮", "精密制造", "检测")
CIRCLES = ("社会工作服务中心", "公益服务中心", "青少年发展中心", "行业协会", "志愿服务促进会")
SCHOOLS = ("实验学校", "中学", "高级中学", "职业技术学校", "外国语学校")
WORKPLACES = ("政务服务中心", "供水分公司", "公交车队", "街道医院", "国资公司", "图书馆")
DEEDS = (
    "社区清洁日",
    "交通文明引导",
    "长者探访",
    "核酸检测点秩序维护",
    "图书整理",
    "河道巡护",
    "义剪义诊",
    "儿童课后陪伴",
    "垃圾分类督导",
    "便民咨询",
    "平安巡逻",
    "应急物资搬运",
)
TEAM_WORDS = ("向阳", "微光", "同心", "暖阳", "蓝马甲", "邻里", "青苗", "蒲公英", "守望", "春风")
PLACES = ("党群服务中心", "文化广场", "社区公园", "地铁站口", "图书馆", "体育公园", "老年活动室")


def person(random: Random) -> str:
    """Make up a person's name of two or three characters."""
    given = random.choice(GIVEN) + (random.choice(GIVEN) if random.random() < 0.7 else "")
    return random.choice(FAMILY) + given
